//! Opening a set and looking identities up in it, where its bytes lie.
//!
//! Opening checks every offset and touches no identity, so it costs the same
//! for a hundred and for ten million. What is known of all (the *head*) is in
//! memory; the identities may stay where the set is stored, as [`Pages`].

use super::error::SetError;
use super::format::{
    ALIGNMENT, ENTRY, HASH, HEADER, LONGEST_TEXT, MAGIC, MAJOR, MOST_SECTIONS, MOST_TAGS, NONE, identity_of,
    long, record, section, word,
};
use super::table::{Groups, Table};
use crate::address::{Address, Chain, Form};
use crate::identity::{Identity, IdentityKind};
use crate::tag::{Actor, Confidence, Date, Incident, Share, Source, Tag};
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
}

/// Where the identities of a set are read from that is not held in memory.
pub trait Pages {
    /// The bytes of the file from `range.start` up to `range.end`.
    ///
    /// # Errors
    /// [`SetError::Read`] where they are not to be had.
    fn read(&self, range: Range<usize>) -> Result<Vec<u8>, SetError>;
}

/// An opened set.
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
                    return Err(SetError::Read { reason: "it is shorter than it was" });
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
            chains: self.row_of_texts(scope, 1..1 + chains)?,
            abuses: self.row_of_texts(scope, 2 + chains..2 + chains + abuses)?,
        })
    }

    fn row_of_texts(&self, row: &[u8], places: Range<usize>) -> Result<Vec<String>, SetError> {
        let mut texts = Vec::new();
        for at in places {
            texts.push(self.text(row, at)?);
        }
        Ok(texts)
    }

    /// How many lists of tags there are.
    pub(super) fn lists(&self) -> usize {
        word(self.section(section::LISTS), 0).unwrap_or(0) as usize
    }

    /// The numbers of the tags in a list.
    pub(super) fn list(&self, list: u32) -> Result<impl Iterator<Item = usize> + '_, SetError> {
        const BAD: SetError = SetError::Damaged { part: "list of tags" };
        let words = self.section(section::LISTS);
        let (count, list) = (self.lists(), list as usize);
        if list >= count || count > words.len() / 4 {
            return Err(BAD);
        }
        let start = if list == 0 { 0 } else { word(words, list).ok_or(BAD)? as usize };
        let end = word(words, list + 1).ok_or(BAD)? as usize;
        let tags = words.get(4 * (1 + count)..).unwrap_or_default();
        if start > end || end > tags.len() / 4 || end - start > MOST_TAGS {
            return Err(BAD);
        }
        Ok((start..end).map(move |at| word(tags, at).map_or(usize::MAX, |tag| tag as usize)))
    }

    pub(super) fn tag(&self, index: usize, identity: &Identity) -> Result<Tag, SetError> {
        const BAD: SetError = SetError::Damaged { part: "table of tags" };
        let row = self.record(section::TAGS, record::TAG, index).ok_or(BAD)?;
        let numbers: [u32; record::TAG] = core::array::from_fn(|at| word(row, at).unwrap_or(NONE));
        let [_, _, _, _, _, source, delisted, published, _, _, _, date, hops, share, last] = numbers;
        let source = self.record(section::SOURCES, record::SOURCE, source as usize).ok_or(BAD)?;
        let chain = Chain::from_code(last as u16).ok_or(BAD)?;
        let form = Form::from_code((last >> 16) as u8).ok_or(BAD)?;
        let address = match published {
            NONE => Address::new(chain, form, *identity),
            _ => self.published(row, chain, form, identity),
        };
        let is_date = |number| number == NONE || Date::from_number(number).is_some();
        let is_share = share == NONE || Share::from_millionths(share).is_some();
        let is_hops = hops == NONE || hops < 1 << 16;
        if !(is_date(delisted) && is_date(date) && is_share && is_hops) {
            return Err(BAD);
        }
        let [label, abuse, role] = self.texts(row, [0, 3, 4])?;
        let [title, publisher, url, source_date] = self.texts(source, [0, 1, 2, 3])?;
        let [incident, actor, asset, network, concepts] = self.optional_texts(row, [1, 2, 8, 9, 10])?;
        let concepts = concepts.unwrap_or_default();
        Ok(Tag {
            address: address.ok_or(BAD)?,
            label,
            incident,
            actor,
            abuse,
            role,
            confidence: Confidence::from_code((last >> 24) as u8).ok_or(BAD)?,
            source: Source { title, publisher, url, date: source_date },
            delisted: Date::from_number(delisted),
            asset,
            network,
            concepts: concepts.split(' ').filter(|concept| !concept.is_empty()).map(str::to_owned).collect(),
            date: Date::from_number(date),
            hops: u16::try_from(hops).ok(),
            share: Share::from_millionths(share),
        })
    }

    /// The tag's address as it was written, where its parts do not say it all.
    fn published(
        &self,
        row: &[u8],
        chain: &'static Chain,
        form: Form,
        identity: &Identity,
    ) -> Option<Address> {
        let same = |a: &Address| a.form() == form && a.identity() == *identity;
        let text = self.string(word(row, 7)? as usize)?;
        let readings = crate::address::read(text).ok()?.addresses;
        readings.into_iter().filter(same).find_map(|address| address.on(chain))
    }

    pub(super) fn read_actor(&self, index: usize) -> Result<Actor, SetError> {
        let row = self
            .record(section::ACTORS, record::ACTOR, index)
            .ok_or(SetError::Damaged { part: "table of actors" })?;
        let [id, label, uri, about] = self.texts(row, [0, 1, 2, 3])?;
        Ok(Actor { id, label, uri, about })
    }

    pub(super) fn read_incident(&self, index: usize) -> Result<Incident, SetError> {
        let row = self
            .record(section::INCIDENTS, record::INCIDENT, index)
            .ok_or(SetError::Damaged { part: "table of incidents" })?;
        let [id, title, date, loss, about] = self.texts(row, [0, 1, 2, 3, 4])?;
        Ok(Incident { id, title, date, loss, about })
    }

    pub(super) fn record(&self, id: u32, words: usize, index: usize) -> Option<&[u8]> {
        let start = index.checked_mul(4 * words)?;
        self.section(id).get(start..start.checked_add(4 * words)?)
    }

    /// The strings whose indexes are the words at these places of a record.
    fn texts<const N: usize>(&self, row: &[u8], places: [usize; N]) -> Result<[String; N], SetError> {
        let mut texts = [const { String::new() }; N];
        for (text, at) in texts.iter_mut().zip(places) {
            *text = self.text(row, at)?;
        }
        Ok(texts)
    }

    /// The same, where there may be none.
    fn optional_texts<const N: usize>(
        &self,
        row: &[u8],
        places: [usize; N],
    ) -> Result<[Option<String>; N], SetError> {
        let mut texts = [const { None }; N];
        for (text, at) in texts.iter_mut().zip(places) {
            if word(row, at) != Some(NONE) {
                *text = Some(self.text(row, at)?);
            }
        }
        Ok(texts)
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
