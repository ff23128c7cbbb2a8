//! `taintwatch verify`: proves that a set is what its writer wrote, in the memory of a part.

use crate::out::{Done, hex, identities, print_lines};
use crate::{progress, sets};
use std::fs::File;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};
use taintwatch::SetVerifier;

#[derive(clap::Args)]
pub struct Arguments {
    /// The sets.
    #[arg(required = true, value_name = "SET")]
    sets: Vec<PathBuf>,
}

/// Proves every set, or says what is wrong with the first that is not sound.
pub fn run(arguments: &Arguments) -> Done {
    for path in &arguments.sets {
        print_lines(&verify(path).map_err(|reason| format!("{}: {reason}", path.display()))?)?;
    }
    Ok(0)
}

fn verify(path: &Path) -> Result<[String; 3], String> {
    let mut file = File::open(path).map_err(|error| error.to_string())?;
    let length = file.metadata().map_err(|error| error.to_string())?.len();
    let head = sets::head(&mut file).map_err(|error| error.to_string())?;
    let hash = hex(head.get(24..56).unwrap_or_default());
    let mut verifier = SetVerifier::new(&head).map_err(|error| error.to_string())?;
    file.rewind().map_err(|error| error.to_string())?;
    let bar = progress::bar("proving", Some(length));
    let mut part = vec![0; 1 << 20];
    loop {
        let read = file.read(&mut part).map_err(|error| error.to_string())?;
        if read == 0 {
            break;
        }
        verifier.push(&part[..read]).map_err(|error| error.to_string())?;
        bar.inc(read as u64);
    }
    bar.finish_and_clear();
    let info = verifier.finish().map_err(|error| error.to_string())?;
    Ok([
        format!("{}: sound", path.display()),
        format!("  {} of {}, {}", info.title, info.date, identities(info.identities.into())),
        format!("  SHA-256 {hash}"),
    ])
}
