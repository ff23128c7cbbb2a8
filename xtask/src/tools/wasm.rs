//! A Rust compiler for `wasm32-unknown-unknown`: rustup's where the target can be
//! had, else Debian's, whose packages carry the standard library's source.

use super::{debian, find};
use crate::paths;
use crate::step::{Done, at, output, quietly, say};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";
const PACKAGES: [&str; 3] = ["rustc-web", "rust-web-src", "lld-19"];
const LINKER: &str = "wasm-ld-19";

/// For LLVM: less inlined, and no loops written out but the smallest.
const LLVM: &str =
    "--inline-threshold=39 --unroll-runtime=false --unroll-allow-partial=false --unroll-threshold=15";

/// What a build for Wasm must have in its environment.
pub struct Toolchain {
    variables: Vec<(&'static str, OsString)>,
    /// The folder of its programs, where they are not those on the PATH.
    programs: Option<PathBuf>,
}

impl Toolchain {
    /// Finds or makes a toolchain.
    pub fn get() -> Done<Self> {
        if rustup_has_target() {
            return Ok(Self { variables: Vec::new(), programs: None });
        }
        if let Some(ready) = Self::from_debian_if_ready() {
            return Ok(ready);
        }
        if find(&["rustup"]).is_some() {
            let add = quietly(
                "adding Rust's WebAssembly target with rustup",
                "20 s",
                Command::new("rustup").args(["target", "add", TARGET]),
            );
            match add {
                Ok(_) if rustup_has_target() => return Ok(Self { variables: Vec::new(), programs: None }),
                _ => say("rustup cannot fetch it here; trying Debian's compiler instead"),
            }
        }
        Self::from_debian()
    }

    /// Sets the environment of a build for Wasm. It has a target folder of its own,
    /// as two compilers cannot share one.
    pub fn apply<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        // The module names no folder of this machine, so that others can build the same bytes.
        let home = env::var_os("CARGO_HOME").map(PathBuf::from);
        let cargo = home.or_else(|| Some(env::home_dir()?.join(".cargo"))).unwrap_or_default();
        let remap = |from: &Path, to: &str| format!("--remap-path-prefix={}={to}", from.display());
        // The first three as in .cargo/config.toml, which these take the place of.
        let flags = [
            "-Ctarget-feature=+simd128".to_owned(),
            "-Cno-vectorize-loops".to_owned(),
            format!("-Cllvm-args={LLVM}"),
            remap(&cargo, "cargo"),
            remap(&paths::root(), "taintwatch"),
        ]
        .join("\u{1f}");
        command.env("CARGO_ENCODED_RUSTFLAGS", flags);
        command.env("CARGO_TARGET_DIR", paths::target("wasm"))
    }

    /// Where a program that looks for `rustc` on the PATH must find it, as wasm-pack does.
    pub fn programs(&self) -> Option<&Path> {
        self.programs.as_deref()
    }

    fn from_debian_if_ready() -> Option<Self> {
        let folder = debian_folder()?;
        (folder.join("ready").is_file() && find(&[LINKER]).is_some()).then(|| Self::with_sysroot(&folder))
    }

    fn with_sysroot(folder: &Path) -> Self {
        Self {
            variables: vec![
                ("RUSTC", folder.join("bin/rustc").into()),
                ("RUSTDOC", folder.join("bin/rustdoc").into()),
                ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", LINKER.into()),
            ],
            programs: Some(folder.join("bin")),
        }
    }

    fn from_debian() -> Done<Self> {
        debian::install(&PACKAGES, "Debian's Rust compiler for WebAssembly", "1 min").map_err(|message| {
            format!("Rust's WebAssembly target is needed: rustup target add {TARGET}\nOr else: {message}")
        })?;
        let folder = debian_folder().ok_or("Debian's /usr/bin/rustc does not run")?;
        let sources = library_source()?;
        let _ = fs::remove_dir_all(&folder);
        at(&folder, fs::create_dir_all(&folder))?;

        // Cargo writes a lock file beside what it builds, so the source is copied first.
        let library = folder.join("library");
        crate::step::copy_folder(&sources, &library)?;
        let build = folder.join("build");
        quietly(
            "building Rust's standard library for WebAssembly",
            "40 s",
            Command::new("cargo")
                .env("RUSTC", "/usr/bin/rustc")
                .env("RUSTC_BOOTSTRAP", "1")
                .env("RUSTFLAGS", "-Cembed-bitcode=yes -Zforce-unstable-if-unmarked")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", LINKER)
                .args(["build", "--release", "--target", TARGET, "--manifest-path"])
                .arg(library.join("sysroot/Cargo.toml"))
                .arg("--target-dir")
                .arg(&build),
        )?;
        let rustlib = folder.join("lib/rustlib");
        let target = rustlib.join(TARGET).join("lib");
        at(&target, fs::create_dir_all(&target))?;
        let built = build.join(TARGET).join("release/deps");
        for entry in at(&built, fs::read_dir(&built))? {
            let path = at(&built, entry)?.path();
            if path.extension().is_some_and(|extension| extension == "rlib")
                && let Some(name) = path.file_name()
            {
                at(&path, fs::copy(&path, target.join(name)))?;
            }
        }
        let host =
            output("/usr/bin/rustc", &["--print", "host-tuple"]).ok_or("rustc does not name its host")?;
        let theirs = Path::new("/usr/lib/rustlib").join(&host);
        at(&theirs, symlink(&theirs, rustlib.join(&host)))?;
        let bin = folder.join("bin");
        at(&bin, fs::create_dir_all(&bin))?;
        for program in ["rustc", "rustdoc"] {
            let script =
                format!("#!/bin/sh\nexec /usr/bin/{program} --sysroot '{}' \"$@\"\n", folder.display());
            let path = bin.join(program);
            at(&path, fs::write(&path, script))?;
            at(&path, fs::set_permissions(&path, fs::Permissions::from_mode(0o755)))?;
        }
        let _ = fs::remove_dir_all(&build);
        let _ = fs::remove_dir_all(&library);
        let ready = folder.join("ready");
        at(&ready, fs::write(&ready, ""))?;
        Ok(Self::with_sysroot(&folder))
    }
}

fn rustup_has_target() -> bool {
    let sysroot = output("rustc", &["--print", "sysroot"]);
    sysroot.is_some_and(|sysroot| {
        let libraries = Path::new(&sysroot).join("lib/rustlib").join(TARGET).join("lib");
        fs::read_dir(libraries).is_ok_and(|mut entries| entries.next().is_some())
    })
}

/// The cache folder for the compiler that Debian has now; an update gets another.
fn debian_folder() -> Option<PathBuf> {
    let version = output("/usr/bin/rustc", &["--version"])?;
    let name: String =
        version.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect();
    Some(paths::cache().join("wasm").join(name))
}

fn library_source() -> Done<PathBuf> {
    let files = output("dpkg", &["-L", "rust-web-src"]).unwrap_or_default();
    let manifest =
        files.lines().find(|line| line.ends_with("/library/Cargo.toml") && !line.contains("/tests/"));
    manifest
        .and_then(|manifest| Path::new(manifest).parent())
        .map(Path::to_owned)
        .ok_or_else(|| "Debian's rust-web-src does not hold the standard library where it used to".to_owned())
}
