//! Node.js and the npm packages that tests and type checks use (`package-lock.json`).

use super::{debian, find, path_with};
use crate::paths;
use crate::step::{Done, at, output, quietly};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The oldest major version that will do.
const OLDEST: u32 = 20;
/// The version that is taken from the npm registry where the system's is too old.
const FETCHED: &str = "22";

/// Node.js, ready to run scripts that use the project's npm packages.
pub struct Node {
    program: PathBuf,
}

impl Node {
    /// Finds or installs Node.js, and installs the packages of the lock file if they are not there yet.
    pub fn get() -> Done<Self> {
        let program = program()?;
        let node = Self { program };
        node.install_packages()?;
        Ok(node)
    }

    /// A command that runs Node.js in the root of the tree.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(paths::root());
        self.on_path(&mut command);
        command
    }

    /// A command that runs npm in the root of the tree.
    pub fn npm(&self) -> Command {
        let mut command = Command::new("npm");
        command.current_dir(paths::root());
        self.on_path(&mut command);
        command
    }

    fn on_path(&self, command: &mut Command) {
        if let Some(folder) = self.program.parent() {
            command.env("PATH", path_with(&[folder]));
        }
    }

    /// `npm ci`, unless the packages are those of the lock file already.
    fn install_packages(&self) -> Done {
        let lock = paths::root().join("package-lock.json");
        let wanted = at(&lock, fs::read(&lock))?;
        let mark = paths::root().join("node_modules/.taintwatch-lock.json");
        if fs::read(&mark).is_ok_and(|installed| installed == wanted) {
            return Ok(());
        }
        quietly(
            "installing the npm packages for tests",
            "10 s",
            self.npm().args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]),
        )?;
        at(&mark, fs::write(&mark, wanted))
    }
}

fn program() -> Done<PathBuf> {
    if let Some(node) = find(&["node"]).filter(|node| is_new_enough(node) && find(&["npm"]).is_some()) {
        return Ok(node);
    }
    let fetched = paths::cache().join("tools/node");
    let node = fetched.join(format!("node_modules/node-{}/bin/node", platform()));
    if is_new_enough(&node) {
        return Ok(node);
    }
    if find(&["npm"]).is_none() {
        debian::install(&["nodejs", "npm"], "Node.js", "1 min")?;
    }
    if let Some(node) = find(&["node"]).filter(|node| is_new_enough(node)) {
        return Ok(node);
    }
    at(&fetched, fs::create_dir_all(&fetched))?;
    let package = format!("node-{}@{FETCHED}", platform());
    let mut command = Command::new("npm");
    command.current_dir(&fetched).args(["install", "--no-audit", "--no-fund", "--prefix", "."]).arg(package);
    quietly(
        &format!("installing Node.js {FETCHED}, as the system's is older than {OLDEST}"),
        "10 s",
        &mut command,
    )?;
    if is_new_enough(&node) { Ok(node) } else { Err(format!("install Node.js {OLDEST} or newer")) }
}

fn is_new_enough(node: &Path) -> bool {
    let version = output(node, &["--version"]);
    version
        .and_then(|text| text.trim_start_matches('v').split('.').next()?.parse().ok())
        .is_some_and(|v: u32| v >= OLDEST)
}

/// How the npm registry names this platform.
fn platform() -> String {
    let system = if cfg!(target_os = "macos") { "darwin" } else { "linux" };
    let processor = if cfg!(target_arch = "aarch64") { "arm64" } else { "x64" };
    format!("{system}-{processor}")
}
