//! Proving that a set is what its writer wrote, once, when it arrives: from memory, or as it streams in.

use super::error::SetError;
use super::format::{GROUP, HEADER, record, section, word};
use super::read::{Elsewhere, Set};
use super::table::{Groups, Table};
use sha2::{Digest, Sha256};

/// Proves a set part by part, in the memory of a part.
///
/// ```
/// use taintwatch::{Set, SetVerifier};
/// let file = taintwatch_data::BUILTIN;
/// let mut verifier = SetVerifier::new(&file[..Set::head_length(file)?])?;
/// for part in file.chunks(1000) {
///     verifier.push(part)?;
/// }
/// assert_eq!(verifier.finish()?.id, "builtin");
/// # Ok::<(), taintwatch::SetError>(())
/// ```
pub struct SetVerifier {
    set: Set,
    hash: Sha256,
    length: usize,
    /// How many bytes have come.
    at: usize,
    /// Which table the next bytes belong to.
    table: usize,
    /// The bytes of a group that has not come whole.
    part: Vec<u8>,
    walk: Walk,
}

/// Where the walk through a table is.
#[derive(Debug, Default)]
struct Walk {
    group: usize,
    /// The next bucket.
    bucket: usize,
    /// The place behind the last key of the bucket before.
    bucket_end: usize,
    last: Vec<u8>,
}

impl SetVerifier {
    /// Begins with the head of a set, as long as [`Set::head_length`] says.
    ///
    /// # Errors
    /// Where it is no head of a set, or what the head says cannot be.
    pub fn new(head: &[u8]) -> Result<Self, SetError> {
        let length = super::format::long(head, 16).and_then(|length| usize::try_from(length).ok());
        let set = Set::open_stored(head.to_vec(), Box::new(Elsewhere))?;
        set.verify_head()?;
        Ok(Self {
            set,
            hash: Sha256::new(),
            length: length.unwrap_or(0),
            at: 0,
            table: 0,
            part: Vec::new(),
            walk: Walk::default(),
        })
    }

    /// Takes the next bytes of the file, of which the head is the beginning.
    ///
    /// # Errors
    /// Where they are not as they must be.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), SetError> {
        // The head that was given first must be the one that is proved.
        let head = self.set.head().get(self.at..).unwrap_or_default();
        if bytes.iter().zip(head).any(|(byte, known)| byte != known) {
            return Err(SetError::Damaged { part: "head" });
        }
        let hashed = HEADER.saturating_sub(self.at).min(bytes.len());
        self.hash.update(&bytes[hashed..]);
        let mut rest = bytes;
        while !rest.is_empty() {
            let Some(table) = self.set.tables.get(self.table) else {
                self.at += rest.len();
                break;
            };
            let layout = table.layout;
            if self.at < table.pages.start {
                let before = rest.len().min(table.pages.start - self.at);
                rest = &rest[before..];
                self.at += before;
                continue;
            }
            if self.at == table.pages.end {
                (self.table, self.walk) = (self.table + 1, Walk::default());
                continue;
            }
            let taken = rest.len().min(layout.group() - self.part.len());
            self.part.extend(&rest[..taken]);
            (rest, self.at) = (&rest[taken..], self.at + taken);
            if self.part.len() == layout.group() {
                self.walk.take(&self.set, table, &self.part)?;
                self.part.clear();
            }
        }
        Ok(())
    }

    /// The end of the file: what the set says of itself, now that it is proved.
    ///
    /// # Errors
    /// Where the file is longer or shorter than it says, or its hash is another.
    pub fn finish(self) -> Result<super::SetInfo, SetError> {
        if self.at != self.length {
            return Err(SetError::Length { expected: self.length as u64, found: self.at });
        }
        if *self.hash.finalize() != self.set.hash() {
            return Err(SetError::Hash);
        }
        Ok(self.set.info().clone())
    }
}

impl Walk {
    /// Checks the next group: that its keys rise, that their lists are there, that what fills it up is zero.
    fn take(&mut self, set: &Set, table: &Table, bytes: &[u8]) -> Result<(), SetError> {
        const BAD: SetError = SetError::Damaged { part: "table of identities" };
        let groups = Groups { layout: table.layout, first: self.group, bytes };
        for at in self.group * GROUP..(self.group + 1) * GROUP {
            let (rest, list) = (groups.rest(at).ok_or(BAD)?, groups.list(at).ok_or(BAD)?);
            if at >= table.layout.count {
                if list != 0 || rest.iter().any(|byte| *byte != 0) {
                    return Err(BAD);
                }
                continue;
            }
            let mut is_first = at == 0;
            while self.bucket_end <= at {
                self.bucket_end = set.bucket(table, self.bucket)?.end;
                (self.bucket, is_first) = (self.bucket + 1, true);
            }
            if !is_first && self.last[..] >= *rest {
                return Err(SetError::Damaged { part: "order of identities" });
            }
            self.last.clear();
            self.last.extend(rest);
            if list as usize >= set.lists() {
                return Err(SetError::Damaged { part: "list of tags" });
            }
        }
        self.group += 1;
        Ok(())
    }
}

impl Set {
    /// Proves that the whole is what its writer wrote: the hash, the order of the identities, and that each has a list whose
    /// tags are there. To be done once, when a set arrives.
    ///
    /// # Errors
    /// Where the hash is another, or anything in the set cannot be read.
    pub fn verify(&self) -> Result<(), SetError> {
        let mut verifier = SetVerifier::new(self.head())?;
        let length = verifier.length;
        for start in (0..length).step_by(PART) {
            verifier.push(&self.read(start..length.min(start + PART))?)?;
        }
        verifier.finish().map(drop)
    }

    /// Proves what does not grow with the number of identities.
    fn verify_head(&self) -> Result<(), SetError> {
        const STRINGS: SetError = SetError::Damaged { part: "table of strings" };
        let count = word(self.section(section::STRINGS), 0).unwrap_or(0) as usize;
        let mut last: Option<&str> = None;
        for at in 0..count {
            let text = self.string(at).ok_or(STRINGS)?;
            if last.is_some_and(|last| last >= text) {
                return Err(STRINGS);
            }
            last = Some(text);
        }
        (0..self.records(section::ACTORS, record::ACTOR)).try_for_each(|i| self.read_actor(i).map(drop))?;
        (0..self.records(section::INCIDENTS, record::INCIDENT))
            .try_for_each(|i| self.read_incident(i).map(drop))?;
        self.tables.iter().try_for_each(|table| table.verify(self.head()))?;
        let tags = self.tags();
        for list in 0..self.lists() as u32 {
            for tag in self.list(list)? {
                if tag >= tags {
                    return Err(SetError::Damaged { part: "list of tags" });
                }
            }
        }
        Ok(())
    }
}

/// How much is read at once.
const PART: usize = 1 << 20;
