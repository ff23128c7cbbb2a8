//! Tools that come as Rust packages, each version in a cache folder of its own.

use crate::paths;
use crate::step::{Done, at, output, quietly};
use crate::tools::find;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A tool, the version that is wanted, and how long building it takes.
pub struct Tool {
    package: &'static str,
    binary: &'static str,
    version: String,
    locked: bool,
    expected: &'static str,
}

/// `wasm-bindgen` and its test runner: the version of the crate in the lock file, as the two must match.
pub fn wasm_bindgen() -> Done<Tool> {
    let lock = paths::root().join("Cargo.lock");
    let text = at(&lock, fs::read_to_string(&lock))?;
    let version = text
        .split("[[package]]")
        .find(|package| package.contains("name = \"wasm-bindgen\"\n"))
        .and_then(|package| package.split("version = \"").nth(1)?.split('"').next())
        .ok_or_else(|| format!("{} does not name wasm-bindgen", lock.display()))?;
    Ok(Tool {
        package: "wasm-bindgen-cli",
        binary: "wasm-bindgen",
        version: version.to_owned(),
        // Its lock file may name versions that were withdrawn since.
        locked: false,
        expected: "2 min",
    })
}

/// `wasm-pack`, which runs the Wasm tests in the browsers.
pub fn wasm_pack() -> Tool {
    Tool {
        package: "wasm-pack",
        binary: "wasm-pack",
        version: "0.15.1".to_owned(),
        locked: true,
        expected: "2 min",
    }
}

/// `geckodriver`, which drives Firefox.
pub fn geckodriver() -> Tool {
    Tool {
        package: "geckodriver",
        binary: "geckodriver",
        version: "0.37.1".to_owned(),
        locked: true,
        expected: "2 min",
    }
}

impl Tool {
    /// The folder that holds the tool's programs, after installing it if need be.
    pub fn folder(&self) -> Done<PathBuf> {
        let installed = find(&[self.binary]);
        if let Some(program) = installed
            && output(&program, &["--version"]).is_some_and(|text| text.contains(&self.version))
            && let Some(folder) = program.parent()
        {
            return Ok(folder.to_owned());
        }
        let root = paths::cache().join("tools").join(format!("{}-{}", self.package, self.version));
        let folder = root.join("bin");
        if folder.join(self.binary).with_extension(std::env::consts::EXE_EXTENSION).is_file() {
            return Ok(folder);
        }
        let mut command = Command::new("cargo");
        command.args(["install", "--quiet", self.package, "--version", &self.version, "--root"]).arg(&root);
        if self.locked {
            command.arg("--locked");
        }
        quietly(&format!("installing {} {}", self.package, self.version), self.expected, &mut command)?;
        Ok(folder)
    }
}
