//! Opening a set and looking identities up in it, where its bytes lie.
//!
//! Opening checks every offset and touches no identity, so it costs the same
//! for a hundred and for ten million. What is known of all (the *head*) is in
//! memory; the identities may stay where the set is stored, as [`Pages`].

use super::format::{
    ALIGNMENT, ENTRY, HASH, HEADER, LONGEST_TEXT, MAGIC, MAJOR, MOST_SECTIONS, MOST_TAGS, NONE, identity_of,
    long, record, section, word,
};
use super::table::{Groups, Table};
use crate::address::{Address, Chain, Form};
use crate::identity::{Identity, IdentityKind};
use crate::tag::{Actor, Confidence, Date, Incident, Share, Source, Tag};
use core::fmt::Debug;
use core::ops::Range;
use serde::Serialize;
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
    #[error("this set has format version {found}, and only version 2 is understood here: update Taintwatch")]
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
    /// There is more in it than the format has room for.
    #[error("this is too much for a set: {part}")]
    TooLarge {
        /// What there is too much of.
        part: &'static str,
    },
    /// The place where it is stored did not give a part of it.
    #[error("a part of this set cannot be read: {reason}")]
    Read {
        /// Why not.
        reason: String,
    },
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
            Self::TooLarge { .. } => "set_too_large",
            Self::Read { .. } => "set_read",
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
    /// The CAIP-2 ids of the chains that it is about; none where it is about all.
    pub chains: Vec<String>,
    /// The kinds of abuse that it is about; none where it is about all.
    pub abuses: Vec<String>,
}

/// Where the identities of a set are read from that is not held in memory.
pub trait Pages: Debug {
    /// The bytes of the file from `range.start` up to `range.end`.
    ///
    /// # Errors
    /// [`SetError::Read`] where they are not to be had.
    fn read(&self, range: Range<usize>) -> Result<Vec<u8>, SetError>;
}

/// An opened set.
#[derive(Debug)]
pub struct Set {
    /// The whole file, or its head.
    bytes: Cow<'static, [u8]>,
    /// What the head leaves out.
    pages: Option<Box<dyn Pages>>,
    /// Where each section lies, by id.
    sections: Vec<(u32, Range<usize>)>,
    pub(super) tables: Vec<Table>,
    info: SetInfo,
}

impl Set {
    /// Opens a set: checks its header and every offset, and nothing that grows with the number of identities.
    ///
    /// # Errors
    /// Where the bytes are not a set of this format, cut off, or point outside themselves.
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, SetError> {
        let bytes = bytes.into();
        let (length, sections) = sections(&bytes)?;
        if length != bytes.len() {
            return Err(SetError::Length { expected: length as u64, found: bytes.len() });
        }
        Self::with(bytes, sections, None)
    }

    /// Opens a set that stays where it is stored: `head` is its beginning, as long as [`Set::head_length`] says.
    ///
    /// # Errors
    /// The same as [`Set::open`]'s; a head that is too short is damaged.
    pub fn open_stored(head: impl Into<Cow<'static, [u8]>>, pages: Box<dyn Pages>) -> Result<Self, SetError> {
        let head = head.into();
        let (_, sections) = sections(&head)?;
        Self::with(head, sections, Some(pages))
    }

    /// How many bytes of a set are its head, that is all but the identities. `beginning` is as much of the file as there
    /// is, at best [`Set::BEGINNING`] bytes.
    ///
    /// # Errors
    /// Where it is not the beginning of a set.
    pub fn head_length(beginning: &[u8]) -> Result<usize, SetError> {
        let (length, sections) = sections(beginning)?;
        let first = sections.iter().find(|(id, _)| *id >= section::PAGES);
        Ok(first.map_or(length, |(_, range)| range.start))
    }

    /// So many bytes of a file, or all of it, are enough for [`Set::head_length`].
    pub const BEGINNING: usize = HEADER + MOST_SECTIONS * ENTRY;

    fn with(
        bytes: Cow<'static, [u8]>,
        sections: Vec<(u32, Range<usize>)>,
        pages: Option<Box<dyn Pages>>,
    ) -> Result<Self, SetError> {
        let info = SetInfo {
            id: String::new(),
            title: String::new(),
            date: String::new(),
            identities: 0,
            chains: Vec::new(),
            abuses: Vec::new(),
        };
        let mut set = Self { bytes, pages, sections, tables: Vec::new(), info };
        let head = |(id, range): &(u32, Range<usize>)| *id >= section::PAGES || range.end <= set.bytes.len();
        if !set.sections.iter().all(head) {
            return Err(SetError::Damaged { part: "head" });
        }
        for kind in IdentityKind::ALL {
            let [index, groups] = Table::sections(kind).map(|id| set.range(id));
            if let Some(index) = index {
                set.tables.push(Table::new(kind, &set.bytes, index, groups)?);
            }
        }
        set.info = set.read_info()?;
        Ok(set)
    }

    /// What the set says of itself.
    pub fn info(&self) -> &SetInfo {
        &self.info
    }

    /// The SHA-256 of the set, as its header has it.
    pub fn hash(&self) -> [u8; 32] {
        let hash = self.bytes.get(HASH..).and_then(|rest| rest.first_chunk());
        hash.copied().unwrap_or_default()
    }

    /// The tags of an identity; none where it is not in the set.
    ///
    /// # Errors
    /// Where what the set says of it cannot be read.
    pub fn lookup(&self, identity: &Identity) -> Result<Vec<Tag>, SetError> {
        match self.find(identity)? {
            Some(list) => self.list(list)?.map(|tag| self.tag(tag?, identity)).collect(),
            None => Ok(Vec::new()),
        }
    }

    /// Whether an identity is in the set, which takes a tenth of a microsecond.
    ///
    /// # Errors
    /// Where its place cannot be read.
    pub fn contains(&self, identity: &Identity) -> Result<bool, SetError> {
        self.find(identity).map(|found| found.is_some())
    }

    /// All of the file but the identities.
    pub(super) fn head(&self) -> &[u8] {
        let length = Self::head_length(&self.bytes).unwrap_or(0);
        self.bytes.get(..length).unwrap_or(&self.bytes)
    }

    /// The places of the keys with this prefix.
    pub(super) fn bucket(&self, table: &Table, bucket: usize) -> Result<Range<usize>, SetError> {
        table.bucket(&self.bytes, bucket)
    }

    fn find(&self, identity: &Identity) -> Result<Option<u32>, SetError> {
        match self.tables.iter().find(|table| table.kind == identity.kind()) {
            Some(table) => table.find(identity, &self.bytes, |range| self.read(range)),
            None => Ok(None),
        }
    }

    /// Every identity that can be told from its key, kind by kind: those of a table with whole keys.
    ///
    /// A set of many identities keeps 96 bits of each, which find it but do not tell it.
    pub fn identities(&self) -> impl Iterator<Item = Identity> {
        let whole = self.tables.iter().filter(|table| table.is_whole());
        whole.flat_map(|table| self.keys(table).filter_map(|(key, _)| identity_of(table.kind, &key)))
    }

    /// The keys of a table in their order, with the numbers of their lists. Ends where they cannot be read.
    pub(super) fn keys(&self, table: &Table) -> impl Iterator<Item = (Vec<u8>, u32)> {
        let layout = table.layout;
        (0..layout.buckets()).flat_map(move |bucket| {
            let places = table.bucket(&self.bytes, bucket).unwrap_or(0..0);
            let first = places.start / super::format::GROUP;
            let start = table.pages.start + first * layout.group();
            let end = table.pages.start + places.end.div_ceil(super::format::GROUP) * layout.group();
            let bytes = self.read(start..end.max(start)).unwrap_or_default();
            let prefix = (bucket as u32).to_be_bytes();
            places.filter_map(move |at| {
                let groups = Groups { layout, first, bytes: &bytes };
                let mut key = prefix[4 - layout.prefix..].to_vec();
                key.extend(groups.rest(at)?);
                Some((key, groups.list(at)?))
            })
        })
    }

    /// The actor of this id.
    pub fn actor(&self, id: &str) -> Option<Actor> {
        self.actors().find(|actor| actor.id == id)
    }

    /// The incident of this id.
    pub fn incident(&self, id: &str) -> Option<Incident> {
        self.incidents().find(|incident| incident.id == id)
    }

    /// Every actor that can be read.
    pub fn actors(&self) -> impl Iterator<Item = Actor> {
        (0..self.records(section::ACTORS, record::ACTOR)).filter_map(|at| self.read_actor(at).ok())
    }

    /// Every incident that can be read.
    pub fn incidents(&self) -> impl Iterator<Item = Incident> {
        (0..self.records(section::INCIDENTS, record::INCIDENT)).filter_map(|at| self.read_incident(at).ok())
    }

    /// How many records of so many words a section has.
    pub(super) fn records(&self, id: u32, words: usize) -> usize {
        self.section(id).len() / (4 * words)
    }

    /// A section of the head; nothing where there is none.
    pub(super) fn section(&self, id: u32) -> &[u8] {
        self.range(id).and_then(|range| self.bytes.get(range.clone())).unwrap_or_default()
    }

    fn range(&self, id: u32) -> Option<&Range<usize>> {
        self.sections.iter().find(|(found, _)| *found == id).map(|(_, range)| range)
    }

    /// The bytes at a place of the file: from memory, or from where it is stored.
    pub(super) fn read(&self, range: Range<usize>) -> Result<Cow<'_, [u8]>, SetError> {
        match (self.bytes.get(range.clone()), &self.pages) {
            (Some(bytes), _) => Ok(Cow::Borrowed(bytes)),
            (None, Some(pages)) => {
                let length = range.len();
                let bytes = pages.read(range)?;
                if bytes.len() != length {
                    return Err(SetError::Read { reason: "it is shorter than it was".to_owned() });
                }
                Ok(Cow::Owned(bytes))
            }
            (None, None) => Err(SetError::Damaged { part: "table of identities" }),
        }
    }

    fn read_info(&self) -> Result<SetInfo, SetError> {
        const BAD: SetError = SetError::Damaged { part: "description" };
        let meta = self.section(section::META);
        let date = word(meta, 2).and_then(Date::from_number).ok_or(BAD)?;
        let identities: usize = self.tables.iter().map(|table| table.layout.count).sum();
        let scope = self.section(section::SCOPE);
        let chains = word(scope, 0).unwrap_or(0) as usize;
        let abuses = word(scope, chains + 1).unwrap_or(0) as usize;
        if chains.max(abuses) > scope.len() {
            return Err(BAD);
        }
        Ok(SetInfo {
            id: self.text(meta, 0)?,
            title: self.text(meta, 1)?,
            date: date.to_string(),
            identities: identities.try_into().map_err(|_| BAD)?,
            chains: (0..chains).map(|at| self.text(scope, 1 + at)).collect::<Result<_, _>>()?,
            abuses: (0..abuses).map(|at| self.text(scope, 2 + chains + at)).collect::<Result<_, _>>()?,
        })
    }

    /// How many lists of tags there are.
    pub(super) fn lists(&self) -> usize {
        word(self.section(section::LISTS), 0).unwrap_or(0) as usize
    }

    /// The numbers of the tags in a list.
    pub(super) fn list(
        &self,
        list: u32,
    ) -> Result<impl Iterator<Item = Result<usize, SetError>> + '_, SetError> {
        const BAD: SetError = SetError::Damaged { part: "list of tags" };
        let words = self.section(section::LISTS);
        let (count, list) = (self.lists(), list as usize);
        if list >= count || count > words.len() / 4 {
            return Err(BAD);
        }
        let start = if list == 0 { 0 } else { word(words, list).ok_or(BAD)? as usize };
        let end = word(words, list + 1).ok_or(BAD)? as usize;
        if start > end || end > words.len() / 4 || end - start > MOST_TAGS {
            return Err(BAD);
        }
        Ok((start..end).map(move |at| Ok(word(words, 1 + count + at).ok_or(BAD)? as usize)))
    }

    pub(super) fn tag(&self, index: usize, identity: &Identity) -> Result<Tag, SetError> {
        const BAD: SetError = SetError::Damaged { part: "table of tags" };
        let row = self.record(section::TAGS, record::TAG, index).ok_or(BAD)?;
        let number = |at| word(row, at).filter(|number| *number != NONE);
        let optional = |at| number(at).map(|_| self.text(row, at)).transpose();
        let date = |at| number(at).map(|number| Date::from_number(number).ok_or(BAD)).transpose();
        let source = word(row, 5).and_then(|at| self.record(section::SOURCES, record::SOURCE, at as usize));
        let source = source.ok_or(BAD)?;
        let last = word(row, 14).ok_or(BAD)?;
        let chain = Chain::from_code(last as u16).ok_or(BAD)?;
        let form = Form::from_code((last >> 16) as u8).ok_or(BAD)?;
        Ok(Tag {
            address: self.published(row, chain, form, identity)?.ok_or(BAD)?,
            label: self.text(row, 0)?,
            incident: optional(1)?,
            actor: optional(2)?,
            abuse: self.text(row, 3)?,
            role: self.text(row, 4)?,
            confidence: Confidence::from_code((last >> 24) as u8).ok_or(BAD)?,
            source: Source {
                title: self.text(source, 0)?,
                publisher: self.text(source, 1)?,
                url: self.text(source, 2)?,
                date: self.text(source, 3)?,
            },
            delisted: date(6)?,
            asset: optional(8)?,
            network: optional(9)?,
            concepts: optional(10)?
                .unwrap_or_default()
                .split(' ')
                .filter(|c| !c.is_empty())
                .map(str::to_owned)
                .collect(),
            date: date(11)?,
            hops: number(12).map(|hops| u16::try_from(hops).map_err(|_| BAD)).transpose()?,
            share: number(13).map(|share| Share::from_millionths(share).ok_or(BAD)).transpose()?,
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

    pub(super) fn read_actor(&self, index: usize) -> Result<Actor, SetError> {
        let row = self
            .record(section::ACTORS, record::ACTOR, index)
            .ok_or(SetError::Damaged { part: "table of actors" })?;
        let text = |at| self.text(row, at);
        Ok(Actor { id: text(0)?, label: text(1)?, uri: text(2)?, about: text(3)? })
    }

    pub(super) fn read_incident(&self, index: usize) -> Result<Incident, SetError> {
        let row = self
            .record(section::INCIDENTS, record::INCIDENT, index)
            .ok_or(SetError::Damaged { part: "table of incidents" })?;
        let text = |at| self.text(row, at);
        Ok(Incident { id: text(0)?, title: text(1)?, date: text(2)?, loss: text(3)?, about: text(4)? })
    }

    pub(super) fn record(&self, id: u32, words: usize, index: usize) -> Option<&[u8]> {
        let start = index.checked_mul(4 * words)?;
        self.section(id).get(start..start.checked_add(4 * words)?)
    }

    /// The string whose index is the word at this place of a record.
    pub(super) fn text(&self, row: &[u8], at: usize) -> Result<String, SetError> {
        let text = word(row, at).and_then(|index| self.string(index as usize));
        text.map(str::to_owned).ok_or(SetError::Damaged { part: "table of strings" })
    }

    pub(super) fn string(&self, index: usize) -> Option<&str> {
        let strings = self.section(section::STRINGS);
        let count = word(strings, 0)? as usize;
        if index >= count {
            return None;
        }
        let start = if index == 0 { 0 } else { word(strings, index)? as usize };
        let end = word(strings, index + 1)? as usize;
        let text = strings.get(count.checked_add(1)?.checked_mul(4)?..)?.get(start..end)?;
        if text.len() > LONGEST_TEXT {
            return None;
        }
        core::str::from_utf8(text).ok()
    }
}

/// Reads the header and the table of sections: the length of the file, and where each section lies.
fn sections(bytes: &[u8]) -> Result<(usize, Vec<(u32, Range<usize>)>), SetError> {
    const BAD: SetError = SetError::Damaged { part: "table of sections" };
    if !bytes.starts_with(&MAGIC) {
        return Err(SetError::NotASet);
    }
    let cut_off = SetError::Length { expected: HEADER as u64, found: bytes.len() };
    let versions = word(bytes, 2).ok_or(cut_off.clone())?;
    if versions as u16 != MAJOR {
        return Err(SetError::Version { found: versions as u16 });
    }
    let length = long(bytes, 16).ok_or(cut_off.clone())?;
    if bytes.len() < HEADER {
        return Err(cut_off);
    }
    let length = usize::try_from(length).map_err(|_| BAD)?;
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
        let length_of = long(bytes, at + 16).and_then(|n| usize::try_from(n).ok()).ok_or(BAD)?;
        let end = start.checked_add(length_of).ok_or(BAD)?;
        let in_order = sections.last().is_none_or(|(last, _)| *last < id);
        if !in_order || start < free || !start.is_multiple_of(ALIGNMENT) || end > length {
            return Err(BAD);
        }
        free = end;
        sections.push((id, start..end));
    }
    Ok((length, sections))
}
