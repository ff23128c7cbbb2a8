//! Running everything that proves the project, and counting it.

use crate::build;
use crate::paths::{root, target};
use crate::step::{Done, at, openly, quietly, say};
use crate::tools::node::Node;
use crate::tools::wasm::Toolchain;
use crate::tools::{browsers, cargo, path_with};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(clap::Args)]
pub struct Arguments {
    /// Only this part: lint, native, wasm, types, module or extension.
    part: Option<String>,
}

#[derive(clap::Args)]
pub struct BenchArguments {
    /// Only this benchmark, by the name of its file in benches/.
    name: Option<String>,
}

/// How many tests ran.
#[derive(Default)]
struct Count {
    passed: usize,
    failed: usize,
}

type Part = (&'static str, fn(&mut Count) -> Done);

const PARTS: [Part; 6] = [
    ("lint", lint),
    ("native", native),
    ("wasm", wasm),
    ("types", types),
    ("module", module),
    ("extension", extension),
];

/// Runs every part, or the one that is named; goes on after a failure, so that one run shows all.
pub fn run(arguments: &Arguments) -> Done {
    let chosen: Vec<&Part> =
        PARTS.iter().filter(|(name, _)| arguments.part.as_deref().is_none_or(|part| part == *name)).collect();
    if chosen.is_empty() {
        let names: Vec<&str> = PARTS.iter().map(|(name, _)| *name).collect();
        return Err(format!("there is no such part; the parts are {}", names.join(", ")));
    }
    let mut count = Count::default();
    let mut failures = Vec::new();
    for (name, part) in chosen {
        if let Err(message) = part(&mut count) {
            eprintln!("\n{name}: {message}");
            failures.push(*name);
        }
    }
    println!("\n{} passed, {} failed", count.passed, count.failed);
    match failures[..] {
        [] => Ok(()),
        _ => Err(format!("these parts failed: {}", failures.join(", "))),
    }
}

/// Runs the benchmarks of `benches`, on what is shipped, or the one that is named.
pub fn bench(arguments: &BenchArguments) -> Done {
    let folder = root().join("benches");
    let is_chosen =
        |file: &PathBuf| arguments.name.as_ref().is_none_or(|name| file.file_stem() == Some(name.as_ref()));
    let chosen = |ending| {
        scripts(&folder, ending).map(|files| files.into_iter().filter(is_chosen).collect::<Vec<_>>())
    };
    let (native, scripts) = (chosen(".rs")?, chosen(".mjs")?);
    if native.is_empty() && scripts.is_empty() {
        return Err("there is no such benchmark in benches/".to_owned());
    }
    for file in native {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut bench =
            cargo_command(&["bench", "--quiet", "--locked", "--package", "taintwatch", "--bench", &name]);
        openly(&file.display().to_string(), &mut bench, &mut String::new())?;
    }
    if scripts.is_empty() {
        return Ok(());
    }
    let extension = build::extension()?;
    build::rival()?;
    let node = Node::get()?;
    let chromium = browsers::chromium()?;
    let firefox = browsers::firefox()?;
    let tool = build::tool()?;
    for file in scripts {
        // Ten million strings take more than Node.js would else give.
        let mut bench = node.command();
        bench.args(["--max-old-space-size=12000", "--expose-gc"]).arg(&file);
        bench.env("TAINTWATCH_BROWSER_PATH", &chromium).env("TAINTWATCH_TOOL", &tool);
        bench.env("TAINTWATCH_FIREFOX_PATH", &firefox).env("TAINTWATCH_EXTENSION", &extension);
        openly(&file.display().to_string(), &mut bench, &mut String::new())?;
    }
    Ok(())
}

/// The files of a folder whose names end so, sorted.
fn scripts(folder: &Path, ending: &str) -> Done<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in at(folder, fs::read_dir(folder))? {
        let path = at(folder, entry)?.path();
        if path.to_string_lossy().ends_with(ending) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn lint(_: &mut Count) -> Done {
    quietly("checking the format", "", &mut cargo_command(&["fmt", "--all", "--check"]))?;
    let mut clippy = cargo_command(&["clippy", "--locked", "--workspace", "--exclude", "taintwatch-native"]);
    clippy.args(["--all-targets", "--", "-D", "warnings"]);
    quietly("linting", "40 s the first time", &mut clippy)?;
    let mut doc = cargo_command(&["doc", "--locked", "--workspace", "--no-deps", "--document-private-items"]);
    quietly("checking the documentation", "10 s", doc.env("RUSTDOCFLAGS", "-D warnings")).map(drop)
}

fn native(count: &mut Count) -> Done {
    counted(count, "native tests", &mut cargo_command(&["test", "--locked", "--workspace"]))
}

fn wasm(count: &mut Count) -> Done {
    let toolchain = Toolchain::get()?;
    let bindgen = cargo::wasm_bindgen()?.folder()?;
    let pack = cargo::wasm_pack().folder()?;
    browsers::chromium()?;
    browsers::firefox()?;
    let drivers = [browsers::chromedriver()?, browsers::geckodriver()?];
    let folders: Vec<&Path> = toolchain
        .programs()
        .into_iter()
        .chain([bindgen.as_path(), pack.as_path()])
        .chain(drivers.iter().filter_map(|d| d.parent()))
        .collect();
    let wasm_pack = || {
        let mut command = Command::new(pack.join("wasm-pack"));
        command.current_dir(root()).env("PATH", path_with(&folders));
        toolchain.apply(&mut command);
        command
    };
    // Built where nobody looks, to prove that the plain command works.
    let out = target("wasm-pack");
    let mut plain = wasm_pack();
    plain.args(["build", "--mode", "no-install", "--out-dir"]).arg(&out);
    quietly("wasm-pack build", "30 s the first time", &mut plain)?;
    for browser in ["--node", "--chrome", "--firefox"] {
        let mut test = wasm_pack();
        test.args(["test", "--mode", "no-install", browser]);
        if browser != "--node" {
            test.arg("--headless");
        }
        counted(count, &format!("wasm-pack test {browser}"), test.args(["--", "--locked"]))?;
    }
    Ok(())
}

fn types(_: &mut Count) -> Done {
    build::everything()?;
    let node = Node::get()?;
    for project in ["extension", "tests/extension", "tests/module", "benches"] {
        let mut check = node.command();
        check.args(["node_modules/typescript/bin/tsc", "--noEmit", "--project", project]);
        quietly(&format!("checking the types of {project}"), "", &mut check)?;
    }
    Ok(())
}

fn module(count: &mut Count) -> Done {
    build::everything()?;
    let node = Node::get()?;
    let folder = root().join("tests/module");
    let test = |name: &str| {
        let mut test = node.command();
        test.args(["--test", "--test-reporter=spec"]).arg(folder.join(name));
        test
    };
    counted(count, "the module in Node.js", &mut test("package.test.mjs"))?;
    counted(count, "sets in Node.js", test("sets.test.mjs").env("TAINTWATCH_TOOL", debug_tool()?))?;
    for (name, program) in [("chromium", browsers::chromium()?), ("firefox", browsers::firefox()?)] {
        let mut test = test("bundlers.test.mjs");
        test.env("TAINTWATCH_BROWSER", name).env("TAINTWATCH_BROWSER_PATH", program);
        counted(count, &format!("the module in {name}"), &mut test)?;
    }
    Ok(())
}

fn extension(count: &mut Count) -> Done {
    let extension = build::extension()?;
    let node = Node::get()?;
    let tool = debug_tool()?;
    let files = scripts(&root().join("tests/extension"), ".test.mjs")?;
    // Chromium mostly waits while it is driven; two of Firefox keep one another waiting.
    for (name, program, at_a_time) in
        [("chromium", browsers::chromium()?, 2), ("firefox", browsers::firefox()?, 1)]
    {
        let mut test = node.command();
        test.args(["--test", "--test-reporter=spec"])
            .arg(format!("--test-concurrency={at_a_time}"))
            .args(&files);
        test.env("TAINTWATCH_BROWSER", name).env("TAINTWATCH_BROWSER_PATH", program);
        test.env("TAINTWATCH_EXTENSION", &extension).env("TAINTWATCH_TOOL", &tool);
        counted(count, &format!("the extension in {name}"), &mut test)?;
    }
    Ok(())
}

/// The command-line tool as its own tests need it: as a package by itself its crates have other features, and would be
/// compiled once more.
fn debug_tool() -> Done<PathBuf> {
    let mut build = cargo_command(&["test", "--locked", "--workspace", "--test", "sets", "--no-run"]);
    quietly("building the command-line tool", "30 s the first time", &mut build)?;
    Ok(target("debug/taintwatch"))
}

fn cargo_command(arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(root()).args(arguments);
    command
}

/// Runs tests and adds up what their runners say. A run without a single test is a failure.
fn counted(count: &mut Count, what: &str, command: &mut Command) -> Done {
    let mut text = String::new();
    let done = openly(what, command, &mut text);
    let (passed, failed) = tally(&text);
    count.passed += passed;
    count.failed += failed;
    done?;
    if passed == 0 {
        return Err(format!("{what}: no test ran"));
    }
    say(&format!("{what}: {passed} passed, {failed} failed"));
    Ok(())
}

/// What the summaries of Rust's test runners (`test result: …`) and Node's (`ℹ pass …`) say.
fn tally(text: &str) -> (usize, usize) {
    let (mut passed, mut failed) = (0, 0);
    for line in text.lines().map(str::trim) {
        let number_before = |word: &str| -> usize {
            let words: Vec<&str> = line.split([' ', ';', '.']).filter(|w| !w.is_empty()).collect();
            let at = words.iter().position(|w| *w == word).unwrap_or(0);
            at.checked_sub(1).and_then(|at| words[at].parse().ok()).unwrap_or(0)
        };
        if line.starts_with("test result:") {
            passed += number_before("passed");
            failed += number_before("failed");
        } else if let Some(number) = line.strip_prefix("ℹ pass ") {
            passed += number.parse::<usize>().unwrap_or(0);
        } else if let Some(number) = line.strip_prefix("ℹ fail ") {
            failed += number.parse::<usize>().unwrap_or(0);
        }
    }
    (passed, failed)
}

#[cfg(test)]
mod tests {
    use super::tally;

    #[test]
    fn both_kinds_of_summaries_are_added_up() {
        let text = "test a ... ok\ntest result: ok. 43 passed; 1 failed; 0 ignored; 0 measured\n\
                    ℹ tests 5\nℹ pass 4\nℹ fail 1\ntest result: ok. 2 passed; 0 failed; 0 ignored";
        assert_eq!(tally(text), (49, 2));
        assert_eq!(tally("nothing"), (0, 0));
    }
}
