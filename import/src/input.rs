//! A file on its way in: opened as often as an importer reads it, counting lines and bytes.

use crate::fault::Fault;
use crate::text::as_utf8;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// A file to import.
pub struct Input<'a> {
    path: PathBuf,
    folder: PathBuf,
    progress: &'a dyn Fn(u64),
}

impl<'a> Input<'a> {
    /// The file at this path; `progress` is told how many bytes of it were read since it was last told.
    pub fn new(path: &Path, progress: &'a dyn Fn(u64)) -> Self {
        let folder = path.parent().unwrap_or(path);
        Self { path: path.to_owned(), folder: folder.to_owned(), progress }
    }

    /// Lets it include what stands in this folder, which the file is somewhere below; else only what is beside it.
    #[must_use]
    pub fn within(self, folder: &Path) -> Self {
        Self { folder: folder.to_owned(), ..self }
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder in which it may include files.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Begins to read it.
    pub(crate) fn open(&self) -> Result<Counted<'a, impl BufRead + use<>>, Fault> {
        let file = File::open(&self.path).map_err(|error| self.fault(None, error.to_string()))?;
        // Files are read from the beginning to the end, and most are large.
        let inner = BufReader::with_capacity(1 << 18, as_utf8(file));
        Ok(Counted { inner, lines: 0, progress: self.progress, told: 0 })
    }

    /// The whole as text.
    pub(crate) fn text(&self) -> Result<String, Fault> {
        let mut bytes = Vec::new();
        self.open()?.read_to_end(&mut bytes).map_err(|error| self.fault(None, error.to_string()))?;
        String::from_utf8(bytes).map_err(|error| {
            let bad = error.utf8_error().valid_up_to();
            let line = 1 + error.as_bytes()[..bad].iter().filter(|byte| **byte == b'\n').count() as u64;
            self.fault(Some(line), "this is not UTF-8 text")
        })
    }

    /// Calls `each` with every line and its number, from 1.
    pub(crate) fn each_line(&self, each: &mut dyn FnMut(u64, &str)) -> Result<(), Fault> {
        let mut reader = self.open()?;
        let mut line = String::new();
        loop {
            line.clear();
            let number = reader.line();
            match reader.read_line(&mut line) {
                Ok(0) => return Ok(()),
                Ok(_) => each(number, line.trim()),
                Err(error) => return Err(self.fault(Some(number), error.to_string())),
            }
        }
    }

    /// The first bytes, for a look at what it is.
    pub(crate) fn beginning(&self) -> Result<String, Fault> {
        let mut bytes = Vec::new();
        let file = File::open(&self.path).map_err(|error| self.fault(None, error.to_string()))?;
        as_utf8(file)
            .take(8192)
            .read_to_end(&mut bytes)
            .map_err(|error| self.fault(None, error.to_string()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// A fault of this file.
    pub(crate) fn fault(&self, line: Option<u64>, reason: impl Into<String>) -> Fault {
        Fault::new(&self.path, line, reason)
    }
}

/// A reader that knows how many lines were taken from it.
pub(crate) struct Counted<'a, R> {
    inner: R,
    lines: u64,
    progress: &'a dyn Fn(u64),
    told: u64,
}

impl<R> Counted<'_, R> {
    /// The line that comes next, from 1.
    pub fn line(&self) -> u64 {
        self.lines + 1
    }

    fn took(&mut self, bytes: u64, lines: u64) {
        self.lines += lines;
        self.told += bytes;
        if self.told >= 1 << 20 || bytes == 0 {
            (self.progress)(std::mem::take(&mut self.told));
        }
    }
}

impl<R: BufRead> Read for Counted<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        let lines = into[..read].iter().filter(|byte| **byte == b'\n').count();
        self.took(read as u64, lines as u64);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        let lines = self.inner.fill_buf().map_or(0, |buffer| {
            buffer[..amount.min(buffer.len())].iter().filter(|byte| **byte == b'\n').count()
        });
        self.inner.consume(amount);
        self.took(amount as u64, lines as u64);
    }
}
