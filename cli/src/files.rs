//! The files that a command is to read, and how their text comes in.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use taintwatch_import::as_utf8;

/// Stands for the standard input among files.
pub const STANDARD_INPUT: &str = "-";

/// A file, or the files of a folder in the order of their names, without those that are hidden.
pub fn under(path: &Path) -> Result<Vec<PathBuf>, String> {
    let bad = |error: io::Error| format!("{}: {error}", path.display());
    if path == Path::new(STANDARD_INPUT) || !fs::metadata(path).map_err(bad)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    let mut entries =
        fs::read_dir(path).and_then(|entries| entries.collect::<Result<Vec<_>, _>>()).map_err(bad)?;
    entries.sort_by_key(fs::DirEntry::path);
    for entry in entries {
        let inner = entry.path();
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        // A link to a folder may lead round in a circle.
        let is_link = entry.file_type().map_err(bad)?.is_symlink();
        if !is_hidden && (inner.is_file() || inner.is_dir() && !is_link) {
            // Whoever opens what cannot be read tells of it.
            files.append(&mut under(&inner).unwrap_or_else(|_| vec![inner]));
        }
    }
    Ok(files)
}

/// The text of a file, or of the standard input.
pub fn lines(path: &Path) -> Result<Box<dyn BufRead>, String> {
    if path == Path::new(STANDARD_INPUT) {
        return Ok(Box::new(BufReader::new(as_utf8(io::stdin()))));
    }
    let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(Box::new(BufReader::new(as_utf8(file))))
}
