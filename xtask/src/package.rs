//! Packing what is released: the same sources give the same bytes, whose hashes can be published.

use crate::build;
use crate::paths::{root, target};
use crate::step::{Done, at, quietly, say};
use crate::tools::node::Node;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;

/// Packs the extension as a zip file and the module as an npm tarball, and prints their SHA-256.
pub fn run() -> Done {
    build::everything()?;
    let folder = target("package");
    let _ = fs::remove_dir_all(&folder);
    at(&folder, fs::create_dir_all(&folder))?;
    let zip = folder.join(format!("taintwatch-extension-{}.zip", env!("CARGO_PKG_VERSION")));
    zip_folder(&target("extension"), &zip)?;
    let node = Node::get()?;
    let mut pack = node.npm();
    pack.current_dir(root().join("pkg")).args(["pack", "--pack-destination"]).arg(&folder);
    quietly("packing the npm package", "", &mut pack)?;
    let mut files: Vec<PathBuf> =
        at(&folder, fs::read_dir(&folder))?.filter_map(|e| Some(e.ok()?.path())).collect();
    files.sort();
    for file in files {
        let hash = Sha256::digest(at(&file, fs::read(&file))?);
        let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        say(&format!("{hex}  {}", file.file_name().unwrap_or_default().display()));
    }
    Ok(())
}

/// A zip of a folder: sorted, and without times, owners or anything else that a second build would change.
fn zip_folder(folder: &Path, to: &Path) -> Done {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    let mut zip = zip::ZipWriter::new(at(to, File::create(to))?);
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    let failed = |error: zip::result::ZipError| format!("{}: {error}", to.display());
    for file in files {
        let name = file.strip_prefix(folder).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        zip.start_file(name, options).map_err(failed)?;
        at(to, zip.write_all(&at(&file, fs::read(&file))?))?;
    }
    zip.finish().map_err(failed).map(drop)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Done {
    for entry in at(folder, fs::read_dir(folder))? {
        let path = at(folder, entry)?.path();
        if path.is_dir() { collect(&path, files)? } else { files.push(path) }
    }
    Ok(())
}
