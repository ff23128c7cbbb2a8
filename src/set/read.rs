//! Opening a set and looking identities up in it, where its bytes lie.
//!
//! Opening checks every offset and touches no identity, so it costs the same
//! for a hundred and for ten million. A lookup is a binary search.

use super::format::{ALIGNMENT, ENTRY, HASH, HEADER, MAGIC, MAJOR, MOST_SECTIONS, NONE, record, section};
use crate::address::{Address, Chain, Form};
use crate::identity::{Identity, IdentityKind};
use crate::tag::{Actor, Confidence, Date, Incident, Source, Tag};
use core::cmp::Ordering;
use core::ops::Range;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use thiserror::Error;

/// Why bytes are not a set that can be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SetError {
    /// The first bytes are not those of a set.
    #[error("this is not a Taintwatch set (.tws)")]
    NotASet,
    /// It is of a format that only newer programs read.
    #[error("this set has format version {found}, and only version 1 is understood here: update Taintwatch")]
    Version {
        /// The major version that it has.
        found: u16,
    },
    /// It is shorter or longer than its header says.
    #[error("this set should be {expected} bytes long but is {found}: it was cut off or added to")]
    Length {
        /// The length that the header gives, in bytes.
        expected: u64,
        /// The length that it has, in bytes.
        found: usize,
    },
    /// Something in it points outside of it or contradicts itself.
    #[error("this set is damaged: its {part} is not as it must be")]
    Damaged {
        /// The part that is wrong.
        part: &'static str,
    },
    /// Its contents are not those that its hash was made of.
    #[error("this set is damaged: its contents do not match its SHA-256")]
    Hash,
}

impl SetError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotASet => "not_a_set",
            Self::Version { .. } => "set_version",
            Self::Length { .. } => "set_length",
            Self::Damaged { .. } => "set_damaged",
            Self::Hash => "set_hash",
        }
    }
}

/// What a set says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct SetInfo {
    /// Its stable name.
    pub id: String,
    /// Its title for people.
    pub title: String,
    /// The day up to which it was kept, `yyyy-mm-dd`.
    pub date: String,
    /// How many identities it holds.
    pub identities: u32,
}

/// An opened set.
#[derive(Debug)]
pub struct Set {
    bytes: Cow<'static, [u8]>,
    /// Where each known section lies, by id.
    sections: Vec<(u32, Range<usize>)>,
    tables: Vec<Table>,
    info: SetInfo,
}

/// The identities of one kind.
#[derive(Debug)]
struct Table {
    kind: IdentityKind,
    width: usize,
    count: usize,
    keys: Range<usize>,
    lists: Range<usize>,
}

impl Set {
    /// Opens a set: checks its header and every offset, and nothing that grows with the number of identities.
    ///
    /// # Errors
    /// Where the bytes are not a set of this format, cut off, or point outside themselves.
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, SetError> {
        let bytes = bytes.into();
        let sections = sections(&bytes)?;
        let mut set = Self {
            bytes,
            sections,
            tables: Vec::new(),
            info: SetInfo { id: String::new(), title: String::new(), date: String::new(), identities: 0 },
        };
        set.tables = set.identity_tables()?;
        set.info = set.read_info()?;
        Ok(set)
    }

    /// What the set says of itself.
    pub fn info(&self) -> &SetInfo {
        &self.info
    }

    /// Proves that the whole is what its writer wrote: the hash, the order of the identities and
    /// every reference. To be done once, when a set arrives.
    ///
    /// # Errors
    /// Where the hash is another, or anything in the set cannot be read.
    pub fn verify(&self) -> Result<(), SetError> {
        if *Sha256::digest(&self.bytes[HEADER..]) != self.bytes[HASH..HASH + 32] {
            return Err(SetError::Hash);
        }
        for table in &self.tables {
            for at in 0..table.count {
                if at > 0 && self.key(table, at - 1) >= self.key(table, at) {
                    return Err(SetError::Damaged { part: "order of identities" });
                }
                let identity = identity_of(table.kind, self.key(table, at))
                    .ok_or(SetError::Damaged { part: "table of identities" })?;
                self.tags(table, at, &identity)?;
            }
        }
        let records = |id, length| self.section(id).len() / length;
        (0..records(section::ACTORS, record::ACTOR)).try_for_each(|i| self.read_actor(i).map(drop))?;
        (0..records(section::INCIDENTS, record::INCIDENT)).try_for_each(|i| self.read_incident(i).map(drop))
    }

    /// The tags of an identity; none where it is not in the set.
    ///
    /// # Errors
    /// Where what the set says of it cannot be read.
    pub fn lookup(&self, identity: &Identity) -> Result<Vec<Tag>, SetError> {
        let Some(table) = self.tables.iter().find(|table| table.kind == identity.kind()) else {
            return Ok(Vec::new());
        };
        let key = key(identity);
        let (mut low, mut high) = (0, table.count);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.key(table, middle).cmp(&key[..]) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => return self.tags(table, middle, identity),
            }
        }
        Ok(Vec::new())
    }

    /// Every identity that it holds, kind by kind.
    pub(crate) fn identities(&self) -> impl Iterator<Item = Identity> {
        let of = |table: &Table, at| identity_of(table.kind, self.key(table, at));
        self.tables.iter().flat_map(move |table| (0..table.count).filter_map(move |at| of(table, at)))
    }

    /// The actor of this id.
    pub fn actor(&self, id: &str) -> Option<Actor> {
        let count = self.section(section::ACTORS).len() / record::ACTOR;
        (0..count).filter_map(|i| self.read_actor(i).ok()).find(|actor| actor.id == id)
    }

    /// The incident of this id.
    pub fn incident(&self, id: &str) -> Option<Incident> {
        let count = self.section(section::INCIDENTS).len() / record::INCIDENT;
        (0..count).filter_map(|i| self.read_incident(i).ok()).find(|incident| incident.id == id)
    }

    fn section(&self, id: u32) -> &[u8] {
        self.sections
            .iter()
            .find(|(found, _)| *found == id)
            .map_or(&[], |(_, range)| &self.bytes[range.clone()])
    }

    fn key(&self, table: &Table, at: usize) -> &[u8] {
        let start = table.keys.start + at * table.width;
        &self.bytes[start..start + table.width]
    }

    fn identity_tables(&self) -> Result<Vec<Table>, SetError> {
        const BAD: SetError = SetError::Damaged { part: "table of identities" };
        let mut tables = Vec::new();
        for kind in IdentityKind::ALL {
            let Some((_, range)) =
                self.sections.iter().find(|(id, _)| *id == section::IDENTITIES + kind as u32)
            else {
                continue;
            };
            let bytes = &self.bytes[range.clone()];
            let width = word(bytes, 0).ok_or(BAD)? as usize;
            let count = word(bytes, 1).ok_or(BAD)? as usize;
            if width != key_width(kind) {
                return Err(BAD);
            }
            let keys = count.checked_mul(width).ok_or(BAD)?;
            let lists = 8 + keys.checked_next_multiple_of(4).ok_or(BAD)?;
            if count.checked_mul(4).and_then(|n| n.checked_add(lists)) != Some(bytes.len()) {
                return Err(BAD);
            }
            let start = range.start;
            tables.push(Table {
                kind,
                width,
                count,
                keys: start + 8..start + 8 + keys,
                lists: start + lists..range.end,
            });
        }
        Ok(tables)
    }

    fn read_info(&self) -> Result<SetInfo, SetError> {
        const BAD: SetError = SetError::Damaged { part: "description" };
        let meta = self.section(section::META);
        if meta.len() < record::META {
            return Err(BAD);
        }
        let date = word(meta, 2).and_then(Date::from_number).ok_or(BAD)?;
        let identities: usize = self.tables.iter().map(|table| table.count).sum();
        Ok(SetInfo {
            id: self.text(meta, 0)?,
            title: self.text(meta, 1)?,
            date: date.to_string(),
            identities: identities.try_into().map_err(|_| BAD)?,
        })
    }

    fn tags(&self, table: &Table, at: usize, identity: &Identity) -> Result<Vec<Tag>, SetError> {
        const BAD: SetError = SetError::Damaged { part: "list of tags" };
        let list = word(&self.bytes[table.lists.clone()], at).ok_or(BAD)? as usize;
        let lists = self.section(section::LISTS);
        let count = word(lists, list).ok_or(BAD)? as usize;
        if count > lists.len() / 4 {
            return Err(BAD);
        }
        (list + 1..=list + count).map(|i| self.tag(word(lists, i).ok_or(BAD)? as usize, identity)).collect()
    }

    fn tag(&self, index: usize, identity: &Identity) -> Result<Tag, SetError> {
        const BAD: SetError = SetError::Damaged { part: "table of tags" };
        let row = self.record(section::TAGS, record::TAG, index).ok_or(BAD)?;
        let optional = |at| (word(row, at) != Some(NONE)).then(|| self.text(row, at)).transpose();
        let source =
            self.record(section::SOURCES, record::SOURCE, word(row, 5).ok_or(BAD)? as usize).ok_or(BAD)?;
        let chain = Chain::from_code(u16::from_le_bytes([row[32], row[33]])).ok_or(BAD)?;
        let form = Form::from_code(row[34]).ok_or(BAD)?;
        let delisted = match word(row, 6) {
            Some(NONE) => None,
            number => Some(number.and_then(Date::from_number).ok_or(BAD)?),
        };
        Ok(Tag {
            address: self.published(row, chain, form, identity)?.ok_or(BAD)?,
            label: self.text(row, 0)?,
            incident: optional(1)?,
            actor: optional(2)?,
            abuse: self.text(row, 3)?,
            role: self.text(row, 4)?,
            confidence: Confidence::from_code(row[35]).ok_or(BAD)?,
            source: Source {
                title: self.text(source, 0)?,
                publisher: self.text(source, 1)?,
                url: self.text(source, 2)?,
                date: self.text(source, 3)?,
            },
            delisted,
        })
    }

    /// The tag's address: as it was written where the record says so, else made of its parts.
    fn published(
        &self,
        row: &[u8],
        chain: &'static Chain,
        form: Form,
        identity: &Identity,
    ) -> Result<Option<Address>, SetError> {
        if word(row, 7) == Some(NONE) {
            return Ok(Address::new(chain, form, *identity));
        }
        let same = |a: &Address| a.form() == form && a.identity() == *identity;
        let reading = crate::address::read(&self.text(row, 7)?).ok();
        let readings = reading.into_iter().flat_map(|reading| reading.addresses);
        Ok(readings.filter(same).find_map(|address| address.on(chain)))
    }

    fn read_actor(&self, index: usize) -> Result<Actor, SetError> {
        let row = self
            .record(section::ACTORS, record::ACTOR, index)
            .ok_or(SetError::Damaged { part: "table of actors" })?;
        let text = |at| self.text(row, at);
        Ok(Actor { id: text(0)?, label: text(1)?, uri: text(2)?, about: text(3)? })
    }

    fn read_incident(&self, index: usize) -> Result<Incident, SetError> {
        let row = self
            .record(section::INCIDENTS, record::INCIDENT, index)
            .ok_or(SetError::Damaged { part: "table of incidents" })?;
        let text = |at| self.text(row, at);
        Ok(Incident { id: text(0)?, title: text(1)?, date: text(2)?, loss: text(3)?, about: text(4)? })
    }

    fn record(&self, id: u32, length: usize, index: usize) -> Option<&[u8]> {
        let start = index.checked_mul(length)?;
        self.section(id).get(start..start.checked_add(length)?)
    }

    /// The string whose index is the word at this place of a record.
    fn text(&self, row: &[u8], at: usize) -> Result<String, SetError> {
        self.string(row, at).ok_or(SetError::Damaged { part: "table of strings" })
    }

    fn string(&self, row: &[u8], at: usize) -> Option<String> {
        let strings = self.section(section::STRINGS);
        let count = word(strings, 0)? as usize;
        let index = word(row, at)? as usize;
        if index >= count {
            return None;
        }
        let start = if index == 0 { 0 } else { word(strings, index)? as usize };
        let end = word(strings, index + 1)? as usize;
        let text = strings.get(count.checked_add(1)?.checked_mul(4)?..)?.get(start..end)?;
        core::str::from_utf8(text).ok().map(str::to_owned)
    }
}

/// The length in bytes of a kind's keys: its payload's, and one more where that length changes.
pub(super) fn key_width(kind: IdentityKind) -> usize {
    kind.lengths().end() + usize::from(has_length(kind))
}

/// An identity as it stands in its table: the payload; where a kind's payloads differ in length,
/// behind a byte with the length and filled up with zeros.
pub(super) fn key(identity: &Identity) -> Vec<u8> {
    let payload = identity.payload();
    let mut key = Vec::with_capacity(key_width(identity.kind()));
    if has_length(identity.kind()) {
        key.push(payload.len() as u8);
    }
    key.extend_from_slice(payload);
    key.resize(key_width(identity.kind()), 0);
    key
}

/// The identity that [`key`] was made of.
fn identity_of(kind: IdentityKind, key: &[u8]) -> Option<Identity> {
    if !has_length(kind) {
        return Identity::new(kind, key);
    }
    let (&length, rest) = key.split_first()?;
    let (payload, filling) = rest.split_at_checked(usize::from(length))?;
    filling.iter().all(|&byte| byte == 0).then(|| Identity::new(kind, payload)).flatten()
}

fn has_length(kind: IdentityKind) -> bool {
    kind.lengths().start() != kind.lengths().end()
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let start = at.checked_mul(4)?;
    let bytes = bytes.get(start..start.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

fn long(bytes: &[u8], start: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(start..start.checked_add(8)?)?.try_into().ok()?))
}

/// Reads the header and the table of sections.
fn sections(bytes: &[u8]) -> Result<Vec<(u32, Range<usize>)>, SetError> {
    const BAD: SetError = SetError::Damaged { part: "table of sections" };
    if !bytes.starts_with(&MAGIC) {
        return Err(SetError::NotASet);
    }
    let cut_off = SetError::Length { expected: HEADER as u64, found: bytes.len() };
    let versions = word(bytes, 2).ok_or(cut_off.clone())?;
    if versions as u16 != MAJOR {
        return Err(SetError::Version { found: versions as u16 });
    }
    let expected = long(bytes, 16).ok_or(cut_off.clone())?;
    if bytes.len() < HEADER {
        return Err(cut_off);
    }
    if expected != bytes.len() as u64 {
        return Err(SetError::Length { expected, found: bytes.len() });
    }
    let count = word(bytes, 3).ok_or(BAD)? as usize;
    if count > MOST_SECTIONS {
        return Err(BAD);
    }
    let mut sections: Vec<(u32, Range<usize>)> = Vec::with_capacity(count);
    let mut free = HEADER + count * ENTRY;
    for entry in 0..count {
        let at = HEADER + entry * ENTRY;
        let id = bytes.get(at..).and_then(|rest| word(rest, 0)).ok_or(BAD)?;
        let start = long(bytes, at + 8).and_then(|n| usize::try_from(n).ok()).ok_or(BAD)?;
        let length = long(bytes, at + 16).and_then(|n| usize::try_from(n).ok()).ok_or(BAD)?;
        let end = start.checked_add(length).ok_or(BAD)?;
        let in_order = sections.last().is_none_or(|(last, _)| *last < id);
        if !in_order || start < free || !start.is_multiple_of(ALIGNMENT) || end > bytes.len() {
            return Err(BAD);
        }
        free = end;
        sections.push((id, start..end));
    }
    Ok(sections)
}
