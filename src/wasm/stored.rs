//! Sets that stay where JavaScript stores them: which parts an answer wants, and those that were given.
//!
//! Only JavaScript can read what is stored, and only later. So an answer that
//! lacks a part is "not checked" and says which part it wanted; once that is
//! given the same question gets its answer.

use crate::set::{Pages, SetError};
use core::cell::Cell;
use core::ops::Range;
use std::rc::Rc;

/// The parts of one stored set.
#[derive(Default)]
struct Parts {
    given: Cell<Vec<(usize, Vec<u8>)>>,
    /// Begin, end, begin, end …
    wanted: Cell<Vec<u32>>,
}

/// The parts of the stored sets, by the sets' ids.
#[derive(Default)]
pub(super) struct Shelf(Vec<(String, Stored)>);

#[derive(Clone, Default)]
pub(super) struct Stored(Rc<Parts>);

impl Pages for Stored {
    fn read(&self, range: Range<usize>) -> Result<Vec<u8>, SetError> {
        let given = self.0.given.take();
        let part = given.iter().find(|(start, bytes)| *start == range.start && bytes.len() == range.len());
        let part = part.map(|(_, bytes)| bytes.clone());
        self.0.given.set(given);
        if part.is_none() {
            let mut wanted = self.0.wanted.take();
            wanted.extend([range.start as u32, range.end as u32]);
            self.0.wanted.set(wanted);
        }
        part.ok_or(SetError::Read { reason: "it was not given" })
    }
}

impl Shelf {
    /// Room for a set of this id.
    pub fn add(&mut self, id: &str, stored: Stored) {
        self.remove(id);
        self.0.push((id.to_owned(), stored));
    }

    pub fn remove(&mut self, id: &str) {
        self.0.retain(|(other, _)| other != id);
    }

    /// What was wanted of a set since this was last asked: begin, end, begin, end …
    pub fn wanted(&self, id: &str) -> Vec<u32> {
        self.parts(id).map(|parts| parts.wanted.take()).unwrap_or_default()
    }

    pub fn give(&self, id: &str, start: usize, bytes: Vec<u8>) {
        if let Some(parts) = self.parts(id) {
            let mut given = parts.given.take();
            given.push((start, bytes));
            parts.given.set(given);
        }
    }

    /// Drops all that was given: a part is cheap to read once more, and memory is not.
    pub fn clear(&self) {
        self.0.iter().for_each(|(_, Stored(parts))| drop(parts.given.take()));
    }

    fn parts(&self, id: &str) -> Option<&Parts> {
        self.0.iter().find(|(other, _)| other == id).map(|(_, stored)| &*stored.0)
    }
}
