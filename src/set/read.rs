//! Opening a set and looking identities up in it, where its bytes lie.
//!
//! Opening checks every offset and touches no identity, so it costs the same
//! for a hundred and for ten million. What is known of all (the *head*) is in
//! memory; the identities may stay where the set is stored, as [`Pages`].

use super::error::SetError;
use super::format::{
    ALIGNMENT, ENTRY, HASH, HEADER, MAGIC, MAJOR, MOST_SECTIONS, identity_of, long, section, word,
};
use super::table::{Aim, Groups, Table};
use crate::identity::{Identity, IdentityKind};
use crate::tag::Tag;
use core::fmt;
use core::ops::Range;
use serde::Serialize;
use std::borrow::Cow;

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
    /// Where to write to its publisher about an address that is listed by mistake: `https://…` or `mailto:…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub dispute: Option<String>,
}

impl SetInfo {
    /// Whether a text is what [`SetInfo::dispute`] may be: a page or a mailbox, which a person may be led to.
    pub fn is_dispute(text: &str) -> bool {
        text.starts_with("https://") || text.starts_with("mailto:")
    }
}

/// What several threads may use at a time, where there are threads.
#[cfg(not(target_arch = "wasm32"))]
pub trait Shared: Send + Sync {}
#[cfg(not(target_arch = "wasm32"))]
impl<T: Send + Sync> Shared for T {}
/// What several threads may use at a time, where there are threads.
#[cfg(target_arch = "wasm32")]
pub trait Shared {}
#[cfg(target_arch = "wasm32")]
impl<T> Shared for T {}

/// Where the identities of a set are read from that is not held in memory.
pub trait Pages: Shared {
    /// The bytes of the file from `range.start` up to `range.end`.
    ///
    /// # Errors
    /// [`SetError::Read`] where they are not to be had.
    fn read(&self, range: Range<usize>) -> Result<Vec<u8>, SetError>;
}

/// A set of which only the head is there.
pub(super) struct Elsewhere;

impl Pages for Elsewhere {
    fn read(&self, _: core::ops::Range<usize>) -> Result<Vec<u8>, SetError> {
        Err(SetError::Read { reason: "it is still arriving" })
    }
}

/// So many identities are looked for at once.
const BLOCK: usize = 16;

/// Where each section lies, by id.
type Sections = Vec<(u32, Range<usize>)>;

/// An opened set.
pub struct Set {
    /// The whole file, or its head.
    bytes: Cow<'static, [u8]>,
    /// What the head leaves out.
    pages: Option<Box<dyn Pages>>,
    /// Where each section lies, by id.
    sections: Sections,
    pub(super) tables: Vec<Table>,
    info: SetInfo,
}

impl fmt::Debug for Set {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.info.id)
    }
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

    /// What a set says of itself, of its head alone.
    ///
    /// # Errors
    /// The same as [`Set::open`]'s.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn describe(bytes: &[u8]) -> Result<SetInfo, SetError> {
        let head = bytes.get(..Self::head_length(bytes)?).ok_or(SetError::Damaged { part: "head" })?;
        Ok(Self::open_stored(head.to_vec(), Box::new(Elsewhere))?.info)
    }

    /// So many bytes of a file, or all of it, are enough for [`Set::head_length`].
    pub const BEGINNING: usize = HEADER + MOST_SECTIONS * ENTRY;

    fn with(
        bytes: Cow<'static, [u8]>,
        sections: Sections,
        pages: Option<Box<dyn Pages>>,
    ) -> Result<Self, SetError> {
        let info = SetInfo {
            id: String::new(),
            title: String::new(),
            date: String::new(),
            identities: 0,
            chains: Vec::new(),
            abuses: Vec::new(),
            dispute: None,
        };
        let mut set = Self { bytes, pages, sections, tables: Vec::new(), info };
        let head = |(id, range): &(u32, Range<usize>)| *id >= section::PAGES || range.end <= set.bytes.len();
        if !set.sections.iter().all(head) {
            return Err(SetError::Damaged { part: "head" });
        }
        // A number of things in front of so many words.
        let is_counted = |id| {
            let words = set.section(id);
            word(words, 0).is_none_or(|count| (count as usize) < words.len() / 4)
        };
        if !is_counted(section::STRINGS) || !is_counted(section::LISTS) {
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
            Some(list) => {
                let mut tags = Vec::new();
                for tag in self.list(list)? {
                    tags.push(self.tag(tag, identity)?);
                }
                Ok(tags)
            }
            None => Ok(Vec::new()),
        }
    }

    /// Whether an identity is in the set, without what is said of it.
    ///
    /// # Errors
    /// Where its place cannot be read.
    pub fn contains(&self, identity: &Identity) -> Result<bool, SetError> {
        let Some(table) = self.table(identity.kind()) else { return Ok(false) };
        let aim = table.aim(identity, &self.bytes)?;
        match self.groups_in_memory(table) {
            Some(groups) => Ok(groups.search(identity, &aim).is_some()),
            None => self.find(identity).map(|found| found.is_some()),
        }
    }

    /// The same for many at once, in order. Looking for one is mostly waiting for memory, so that others are looked for
    /// meanwhile.
    pub fn contains_each(&self, identities: &[Identity], mut each: impl FnMut(Result<bool, SetError>)) {
        let mut rest = identities;
        while let Some(first) = rest.first() {
            let kind = first.kind();
            let alike = rest.iter().take(BLOCK).take_while(|identity| identity.kind() == kind).count();
            let (block, others) = rest.split_at(alike);
            rest = others;
            let mut aims = [Aim::default(); BLOCK];
            let Some(groups) = self.aim_at_each(kind, block, &mut aims) else {
                block.iter().for_each(|identity| each(self.contains(identity)));
                continue;
            };
            // Here the memory is asked for all of them, with nothing in between, and below it has answered.
            std::hint::black_box(aims.iter().fold(0, |all, aim| all ^ groups.touch(aim.at)));
            for (identity, aim) in block.iter().zip(&aims) {
                each(Ok(groups.search(identity, aim).is_some()));
            }
        }
    }

    /// Aims at some identities of a kind; all its groups, where they are in memory and each could be aimed at.
    #[inline(always)]
    fn aim_at_each(
        &self,
        kind: IdentityKind,
        identities: &[Identity],
        aims: &mut [Aim],
    ) -> Option<Groups<'_>> {
        let table = self.table(kind)?;
        for (identity, aim) in identities.iter().zip(aims) {
            *aim = table.aim(identity, &self.bytes).ok()?;
        }
        self.groups_in_memory(table)
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

    fn table(&self, kind: IdentityKind) -> Option<&Table> {
        self.tables.iter().find(|table| table.kind == kind)
    }

    /// All groups of a table, where they are in memory.
    #[inline(always)]
    fn groups_in_memory(&self, table: &Table) -> Option<Groups<'_>> {
        let bytes = self.bytes.get(table.pages.clone())?;
        Some(Groups { layout: table.layout, first: 0, bytes })
    }

    /// Finds the number of the list of an identity.
    fn find(&self, identity: &Identity) -> Result<Option<u32>, SetError> {
        let Some(table) = self.table(identity.kind()) else { return Ok(None) };
        let aim = table.aim(identity, &self.bytes)?;
        table.find(identity, &aim, |range| self.read(range))
    }

    /// Calls `take` with every identity that can be told from its key, kind by kind: those of a table with whole keys.
    ///
    /// A set of many identities keeps 96 bits of each, which find it but do not tell it.
    pub fn each_identity(&self, mut take: impl FnMut(Identity)) {
        for table in self.tables.iter().filter(|table| table.is_whole()) {
            self.each_key(table, &mut |key, _| {
                if let Some(identity) = identity_of(table.kind, key) {
                    take(identity);
                }
            });
        }
    }

    /// Calls `take` with the keys of a table in their order, and the numbers of their lists; but for what cannot be read.
    pub(super) fn each_key(&self, table: &Table, take: &mut dyn FnMut(&[u8], u32)) {
        let layout = table.layout;
        for bucket in 0..layout.buckets() {
            let Ok(places) = table.bucket(&self.bytes, bucket) else { continue };
            let (first, range) = table.groups(&places);
            let Ok(bytes) = self.read(range) else { continue };
            let groups = Groups { layout, first, bytes: &bytes };
            let mut key = (bucket as u32).to_be_bytes()[4 - layout.prefix..].to_vec();
            for at in places {
                if let (Some(rest), Some(list)) = (groups.rest(at), groups.list(at)) {
                    key.truncate(layout.prefix);
                    key.extend_from_slice(rest);
                    take(&key, list);
                }
            }
        }
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
                    return Err(SetError::Read { reason: "it is shorter than it was" });
                }
                Ok(Cow::Owned(bytes))
            }
            (None, None) => Err(SetError::Damaged { part: "table of identities" }),
        }
    }
}

/// Reads the header and the table of sections: the length of the file, and where each section lies.
fn sections(bytes: &[u8]) -> Result<(usize, Sections), SetError> {
    const BAD: SetError = SetError::Damaged { part: "table of sections" };
    if !bytes.starts_with(&MAGIC) {
        return Err(SetError::NotASet);
    }
    let cut_off = SetError::Length { expected: HEADER as u64, found: bytes.len() };
    let versions = word(bytes, 2).ok_or(cut_off)?;
    if versions as u16 != MAJOR {
        return Err(SetError::Version { found: versions as u16 });
    }
    let length = long(bytes, 16).ok_or(cut_off)?;
    if bytes.len() < HEADER {
        return Err(cut_off);
    }
    let length = usize::try_from(length).map_err(|_| BAD)?;
    let count = word(bytes, 3).ok_or(BAD)? as usize;
    if count > MOST_SECTIONS {
        return Err(BAD);
    }
    let mut sections: Sections = Vec::with_capacity(count);
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
