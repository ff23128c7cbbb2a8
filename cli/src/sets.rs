//! The sets that are asked: the built-in one and files, of which the identities stay where they are stored.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use taintwatch::{Pages, Screener, Set, SetError};

#[derive(clap::Args)]
#[group(skip)]
pub struct Arguments {
    /// A set to ask (a `.tws` file), beside the built-in one; may be given several times.
    #[arg(long = "set", value_name = "FILE")]
    sets: Vec<PathBuf>,
    /// Do not ask the built-in set.
    #[arg(long)]
    no_builtin: bool,
}

/// The sets that the command line names. One that cannot be opened is an error: nothing may be called clean by its silence.
pub fn screener(arguments: &Arguments) -> Result<Screener, String> {
    let mut screener = Screener::new();
    if !arguments.no_builtin {
        let set =
            Set::open(taintwatch_data::BUILTIN).map_err(|error| format!("the built-in set: {error}"))?;
        screener.add(set);
    }
    for path in &arguments.sets {
        screener.add(open(path)?);
    }
    Ok(screener)
}

/// Opens a set: a small one is read and proved, of a large one the identities are read as they are looked up.
pub fn open(path: &Path) -> Result<Set, String> {
    /// Up to here reading and proving costs nothing to speak of.
    const SMALL: u64 = 4 << 20;
    let bad = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let mut file = File::open(path).map_err(|error| bad(&error))?;
    let length = file.metadata().map_err(|error| bad(&error))?.len();
    if length <= SMALL {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| bad(&error))?;
        let set = Set::open(bytes).map_err(|error| bad(&error))?;
        set.verify().map_err(|error| bad(&error))?;
        return Ok(set);
    }
    let head = head(&mut file).map_err(|error| bad(&error))?;
    Set::open_stored(head, Box::new(Stored(Mutex::new(file)))).map_err(|error| bad(&error))
}

/// The head of a set that is stored in a file.
pub fn head(file: &mut File) -> Result<Vec<u8>, SetError> {
    let unread = |_| SetError::Read { reason: "the file cannot be read" };
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0)).map_err(unread)?;
    file.take(Set::BEGINNING as u64).read_to_end(&mut head).map_err(unread)?;
    let length = Set::head_length(&head)?;
    let missing = length.saturating_sub(head.len()) as u64;
    file.take(missing).read_to_end(&mut head).map_err(unread)?;
    head.truncate(length);
    Ok(head)
}

/// A file of which parts are read.
struct Stored(Mutex<File>);

impl Pages for Stored {
    fn read(&self, range: Range<usize>) -> Result<Vec<u8>, SetError> {
        let unread = SetError::Read { reason: "the file cannot be read" };
        let mut file = self.0.lock().map_err(|_| unread)?;
        let mut bytes = vec![0; range.len()];
        file.seek(SeekFrom::Start(range.start as u64)).map_err(|_| unread)?;
        file.read_exact(&mut bytes).map_err(|_| unread)?;
        Ok(bytes)
    }
}
