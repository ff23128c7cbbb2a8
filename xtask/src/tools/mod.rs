//! The tools that building and testing need: each is found, or installed, or asked for by name.

pub mod browsers;
pub mod cargo;
pub mod debian;
pub mod node;
pub mod wasm;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The first of these programs that is on the PATH.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let candidates = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates
        .flat_map(|program| [program.with_extension(env::consts::EXE_EXTENSION), program])
        .find(|program| program.is_file())
}

/// The PATH with these folders before all others. One that is on it already keeps its place, so that
/// what else it holds (another compiler, say) does not go before what the person chose.
pub fn path_with(folders: &[&Path]) -> OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    let own: Vec<PathBuf> = env::split_paths(&path).collect();
    let new = folders.iter().map(|folder| folder.to_path_buf()).filter(|folder| !own.contains(folder));
    env::join_paths(new.chain(own.iter().cloned())).unwrap_or(path)
}
