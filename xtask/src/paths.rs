//! Where things are: the tree, what is built in it, and the cache outside of it.

use std::env;
use std::path::PathBuf;

/// The root of the checkout.
pub fn root() -> PathBuf {
    let xtask = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().map(PathBuf::from).unwrap_or(xtask)
}

/// A place under the folder for what is built.
pub fn target(name: &str) -> PathBuf {
    root().join("target").join(name)
}

/// Where tools are kept between checkouts: `TAINTWATCH_CACHE`, or the user's cache folder.
pub fn cache() -> PathBuf {
    if let Some(folder) = env::var_os("TAINTWATCH_CACHE") {
        return folder.into();
    }
    let home = || env::home_dir().unwrap_or_else(env::temp_dir);
    let base = match env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute()) {
        Some(folder) => folder,
        None if cfg!(target_os = "macos") => home().join("Library/Caches"),
        None if cfg!(windows) => env::var_os("LOCALAPPDATA").map_or_else(home, PathBuf::from),
        None => home().join(".cache"),
    };
    base.join("taintwatch")
}
