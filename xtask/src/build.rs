//! Building the loadable extension (`target/extension`) and the npm package (`pkg`).

use crate::paths::{root, target};
use crate::step::{Done, at, copy_folder, quietly, say};
use crate::tools::cargo;
use crate::tools::node::Node;
use crate::tools::wasm::Toolchain;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use taintwatch_import::Safeguards;

/// What the bindings step makes, in `target/module`.
const MODULE: [&str; 4] =
    ["taintwatch.js", "taintwatch.d.ts", "taintwatch_bg.wasm", "taintwatch_bg.wasm.d.ts"];

/// The npm package's entry that the extension loads, and what that imports.
const ENTRY: [&str; 4] = ["worker.js", "index.js", "api.js", "guard.js"];

/// The folder of hand-written JavaScript that belongs to the bindings (`src/wasm/text.js`).
const SNIPPETS: &str = "snippets";

/// Builds both.
pub fn everything() -> Done {
    let module = module()?;
    let extension = extension_from(&module)?;
    let package = npm_package_from(&module)?;
    say(&format!("the extension is in {}", shown(&extension)));
    say(&format!("the npm package is in {}", shown(&package)));
    Ok(())
}

/// Writes the references of the Rust crate and of the npm package, as pages to read.
pub fn docs() -> Done {
    let mut rust = Command::new("cargo");
    rust.current_dir(root()).args(["doc", "--locked", "--package", "taintwatch", "--no-deps"]);
    quietly("writing the reference of the crate", "30 s the first time", &mut rust)?;
    let package = npm_package_from(&module()?)?;
    let reference = target("reference");
    let mut typescript = Node::get()?.command();
    typescript.args(["node_modules/deno/bin.cjs", "doc", "--html", "--name=taintwatch", "--output"]);
    typescript.arg(&reference).arg(package.join("index.d.ts"));
    quietly("writing the reference of the npm package", "", &mut typescript)?;
    say(&format!("the crate's is {}", shown(&target("doc/taintwatch/index.html"))));
    say(&format!("the npm package's is {}", shown(&reference.join("index.html"))));
    Ok(())
}

/// Builds the extension and tells where it is.
pub fn extension() -> Done<PathBuf> {
    extension_from(&module()?)
}

/// The Wasm module with its JavaScript bindings, in `target/module`.
fn module() -> Done<PathBuf> {
    let mut build = Command::new("cargo");
    build.current_dir(root()).args(["build", "--release", "--lib", "--package", "taintwatch", "--locked"]);
    let bound = bindings("the core", &mut build, "taintwatch")?;
    let module = target("module");
    let (wasm, optimized) = (bound.join("taintwatch_bg.wasm"), module.join("taintwatch_bg.wasm"));
    // What was optimized last, and how, so that it is not done again.
    let same = target("module.optimized");
    let bytes = [OPTIMIZE.join(" ").into_bytes(), at(&wasm, fs::read(&wasm))?].concat();
    let kept = fs::read(&optimized).ok().filter(|_| fs::read(&same).is_ok_and(|last| last == bytes));
    let _ = fs::remove_dir_all(&module);
    copy_folder(&bound, &module)?;
    if let Some(kept) = kept {
        at(&optimized, fs::write(&optimized, kept))?;
        return Ok(module);
    }
    let mut optimize = Node::get()?.command();
    optimize.arg("node_modules/binaryen/bin/wasm-opt").args(OPTIMIZE).arg(&wasm).arg("-o").arg(&optimized);
    quietly("optimizing the core", "10 s", &mut optimize)?;
    at(&same, fs::write(&same, bytes))?;
    Ok(module)
}

/// How `wasm-opt` makes the core small and fast.
const OPTIMIZE: [&str; 6] = [
    "-O3",
    "--converge",
    // What is called once stays where it is: 250 bytes less once it is packed, and as fast.
    "--one-caller-inline-max-function-size=80",
    "--low-memory-unused",
    "--strip-producers",
    "--strip-target-features",
];

/// The command-line tool, as it is released.
pub fn tool() -> Done<PathBuf> {
    let mut build = Command::new("cargo");
    build.current_dir(root()).args(["build", "--release", "--package", "taintwatch-cli", "--locked"]);
    quietly("building the command-line tool", "60 s the first time", &mut build)?;
    Ok(target("release/taintwatch"))
}

/// What scanning and sets are measured against, in `target/bound/taintwatch_rival`.
pub fn rival() -> Done<PathBuf> {
    let mut build = Command::new("cargo");
    build.current_dir(root().join("benches/rival")).args(["build", "--release", "--locked"]);
    bindings("the rival of the benchmarks", &mut build, "taintwatch_rival")
}

/// Builds for WebAssembly and makes the JavaScript bindings, in `target/bound`.
fn bindings(what: &str, build: &mut Command, name: &str) -> Done<PathBuf> {
    let toolchain = Toolchain::get()?;
    let bindgen = cargo::wasm_bindgen()?.folder()?.join("wasm-bindgen");
    let build = build.args(["--target", "wasm32-unknown-unknown"]);
    quietly(&format!("building {what} for WebAssembly"), "30 s the first time", toolchain.apply(build))?;
    let wasm = target("wasm").join(format!("wasm32-unknown-unknown/release/{name}.wasm"));
    let folder = target("bound").join(name);
    let _ = fs::remove_dir_all(&folder);
    let mut bind = Command::new(bindgen);
    // Names of functions are a tenth of the size and show nothing to anybody.
    bind.args(["--target", "web", "--remove-name-section", "--out-name", name, "--out-dir"])
        .arg(&folder)
        .arg(wasm);
    quietly("making the JavaScript bindings", "", &mut bind)?;
    strip_comments(&folder)?;
    Ok(folder)
}

/// Takes the comments out of the scripts in a folder: what they say of the bindings is in the types as well, and what of
/// the rest in `src/wasm`. They are a third of the size.
fn strip_comments(folder: &Path) -> Done {
    for entry in at(folder, fs::read_dir(folder))? {
        let path = at(folder, entry)?.path();
        if path.is_dir() {
            strip_comments(&path)?;
        } else if path.extension().is_some_and(|ending| ending == "js") {
            let script = at(&path, fs::read_to_string(&path))?;
            at(&path, fs::write(&path, without_comments(&script)))?;
        }
    }
    Ok(())
}

/// A script without the lines that are comments, but for what tools read.
fn without_comments(script: &str) -> String {
    let mut is_inside = false;
    let is_code = |line: &&str| {
        let line = line.trim();
        is_inside |= line.starts_with("/*");
        let is_comment = (is_inside || line.starts_with("//")) && !line.contains("@ts-self-types");
        is_inside &= !line.ends_with("*/");
        !is_comment
    };
    script.lines().filter(is_code).flat_map(|line| [line, "\n"]).collect()
}

fn extension_from(module: &Path) -> Done<PathBuf> {
    let source = root().join("extension");
    let built = target("extension");
    let _ = fs::remove_dir_all(&built);
    copy_folder(&source, &built)?;
    for not_shipped in ["hosts.txt", "tsconfig.json", "README.md"] {
        let _ = fs::remove_file(built.join(not_shipped));
    }
    let package = built.join("taintwatch");
    at(&package, fs::create_dir_all(package.join("core")))?;
    for name in ENTRY {
        at(&package, fs::copy(root().join("pkg/template").join(name), package.join(name)))?;
    }
    for name in ["taintwatch.js", "taintwatch_bg.wasm"] {
        at(&package, fs::copy(module.join(name), package.join("core").join(name)))?;
    }
    copy_folder(&module.join(SNIPPETS), &package.join("core").join(SNIPPETS))?;
    at(&package, fs::write(package.join("builtin.tws"), taintwatch_data::BUILTIN))?;
    let known = built.join("background/safeguards.json");
    at(&known, fs::write(&known, pretty(&json!(safeguards()?))))?;
    let manifest = built.join("manifest.json");
    let text = at(&manifest, fs::read_to_string(&manifest))?;
    let mut filled = fill_manifest(&text, &hosts()?)?;
    join_scripts(&built, &mut filled)?;
    at(&manifest, fs::write(&manifest, pretty(&filled)))?;

    // Where the type checker looks for what is only there once it is built.
    let types = target("types/taintwatch");
    at(&types, fs::create_dir_all(types.join("core")))?;
    for name in ["index.d.ts", "worker.d.ts"] {
        at(&types, fs::copy(root().join("pkg/template").join(name), types.join(name)))?;
    }
    at(&types, fs::copy(module.join("taintwatch.d.ts"), types.join("core/taintwatch.d.ts")))?;
    Ok(built)
}

fn npm_package_from(module: &Path) -> Done<PathBuf> {
    let package = root().join("pkg");
    clear_built(&package)?;
    let core = package.join("core");
    at(&core, fs::create_dir_all(&core))?;
    for name in MODULE {
        at(&core, fs::copy(module.join(name), core.join(name)))?;
    }
    copy_folder(&module.join(SNIPPETS), &core.join(SNIPPETS))?;
    at(&package, fs::write(package.join("builtin.tws"), taintwatch_data::BUILTIN))?;
    at(&package, fs::write(package.join("builtin.js"), carried(taintwatch_data::BUILTIN)))?;
    copy_folder(&package.join("template"), &package)?;
    let manifest = package.join("package.json");
    let text = at(&manifest, fs::read_to_string(&manifest))?;
    let mut value: Value =
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", manifest.display()))?;
    value["version"] = json!(env!("CARGO_PKG_VERSION"));
    at(&manifest, fs::write(&manifest, pretty(&value)))?;
    for license in ["LICENSE-MIT", "LICENSE-APACHE"] {
        at(&package, fs::copy(root().join(license), package.join(license)))?;
    }
    Ok(package)
}

/// The identities of contracts and services that everybody uses, as outcomes name them.
fn safeguards() -> Done<Vec<String>> {
    let parsed = Safeguards::parse(Path::new("data/safeguards"), taintwatch_data::SAFEGUARDS);
    let safeguards =
        parsed.map_err(|faults| faults.iter().map(|fault| format!("{fault}\n")).collect::<String>())?;
    Ok(safeguards.identities().map(|identity| format!("{identity:?}")).collect())
}

/// Takes away what was built before, so that nothing is left of another time.
fn clear_built(package: &Path) -> Done {
    for entry in at(package, fs::read_dir(package))? {
        let path = at(package, entry)?.path();
        match path.file_name().and_then(|name| name.to_str()) {
            Some("template" | "examples") => {}
            _ if path.is_dir() => at(&path, fs::remove_dir_all(&path))?,
            _ => at(&path, fs::remove_file(&path))?,
        }
    }
    Ok(())
}

/// A module that carries a set in its code.
fn carried(set: &[u8]) -> String {
    let digits: String = set.iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "// The built-in set, in hexadecimal: made when the package is built.\n\n\
         const digits =\n  '{digits}';\n\n\
         export default Uint8Array.from(digits.match(/../g), (byte) => Number.parseInt(byte, 16));\n"
    )
}

/// The hosts of `extension/hosts.txt`, in order, each with its line.
fn hosts() -> Done<Vec<String>> {
    let path = root().join("extension/hosts.txt");
    let text = at(&path, fs::read_to_string(&path))?;
    parse_hosts(&text).map_err(|(line, reason)| format!("{}:{line}: {reason}", path.display()))
}

/// One host a line, then its name for people; `#` begins a comment.
fn parse_hosts(text: &str) -> Result<Vec<String>, (usize, String)> {
    let mut hosts: Vec<String> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (host, name) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
        if !host.contains('.') || !host.chars().all(good) {
            return Err((at + 1, format!("`{host}` is not a host name in small letters")));
        }
        if name.trim().is_empty() {
            return Err((at + 1, format!("`{host}` has no name for people")));
        }
        if hosts.iter().any(|known| known == host || host.ends_with(&format!(".{known}"))) {
            return Err((at + 1, format!("`{host}` is covered already")));
        }
        hosts.push(host.to_owned());
    }
    Ok(hosts)
}

/// The manifest with its version and the hosts: in `host_permissions` and in each content script.
fn fill_manifest(text: &str, hosts: &[String]) -> Done<Value> {
    let mut manifest: Value =
        serde_json::from_str(text).map_err(|error| format!("extension/manifest.json: {error}"))?;
    let patterns: Vec<String> = hosts.iter().map(|host| format!("https://*.{host}/*")).collect();
    manifest["version"] = json!(env!("CARGO_PKG_VERSION"));
    manifest["host_permissions"] = json!(patterns);
    let scripts =
        manifest["content_scripts"].as_array_mut().ok_or("extension/manifest.json has no content_scripts")?;
    for script in scripts {
        script["matches"] = json!(patterns);
    }
    Ok(manifest)
}

/// What pages get, in one file: the parts of the sensor and the warning, in the order of the manifest.
const JOINED: &str = "content/parts.js";

/// Joins the scripts that pages get, but for the last, which sets them going: 26 files would keep each page and each
/// frame in it waiting some 10 ms longer in Firefox and 3 in Chromium.
fn join_scripts(built: &Path, manifest: &mut Value) -> Done {
    let js = &mut manifest["content_scripts"][0]["js"];
    let paths: Vec<String> =
        js.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    let (start, parts) = paths.split_last().ok_or("extension/manifest.json names no content script")?;
    let mut joined = String::new();
    for part in parts {
        let path = built.join(part);
        joined += &format!("// {part}\n{}\n", at(&path, fs::read_to_string(&path))?);
        // The extension's own pages have words and evidence as well.
        if !part.starts_with("presentation/") {
            at(&path, fs::remove_file(&path))?;
        }
    }
    let path = built.join(JOINED);
    at(&path, fs::write(&path, joined))?;
    *js = json!([JOINED, start]);
    Ok(())
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// A path as a person in the root of the tree would write it.
fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_list_is_good_and_long_enough() {
        let hosts = hosts().unwrap();
        assert!(hosts.len() >= 80, "{}", hosts.len());
    }

    #[test]
    fn a_bad_host_is_named_with_its_line() {
        for (text, line) in [
            ("# a\nexample.com\n", 2),
            ("Example.com A", 1),
            ("a.com A\nb.a.com B", 2),
            ("https://a.com A", 1),
        ] {
            assert_eq!(parse_hosts(text).unwrap_err().0, line, "{text}");
        }
        assert_eq!(parse_hosts("# x\n\na.com  A B # c\n").unwrap(), ["a.com"]);
    }

    #[test]
    fn comments_are_left_out_of_scripts() {
        let script = "/* @ts-self-types=\"./a.d.ts\" */\n// one\nlet a = 'x // y'; // two\n  /**\n   * three\n   */\nlet b = a /* four */ + 1;\n/* five */\nlet c;\n";
        let left = "/* @ts-self-types=\"./a.d.ts\" */\nlet a = 'x // y'; // two\nlet b = a /* four */ + 1;\nlet c;\n";
        assert_eq!(without_comments(script), left);
    }

    #[test]
    fn the_manifest_gets_every_host_twice() {
        let value = fill_manifest(r#"{"content_scripts": [{}]}"#, &["a.com".to_owned()]).unwrap();
        assert_eq!(value["host_permissions"], json!(["https://*.a.com/*"]));
        assert_eq!(value["content_scripts"][0]["matches"], json!(["https://*.a.com/*"]));
    }
}
