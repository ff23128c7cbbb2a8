//! What a set says beside its keys: of itself, of actors and incidents, and in its tags.

use super::error::SetError;
use super::format::{LONGEST_TEXT, MOST_TAGS, NONE, record, section, word};
use super::read::{Set, SetInfo};
use crate::address::{Address, Chain, Form};
use crate::identity::Identity;
use crate::tag::{Actor, Confidence, Date, Incident, Share, Source, Tag};
use core::ops::Range;

impl Set {
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

    pub(super) fn read_info(&self) -> Result<SetInfo, SetError> {
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
        // What is no page or mailbox leads nowhere, whoever wrote it.
        let dispute = word(meta, 3).and_then(|at| self.string(at as usize));
        Ok(SetInfo {
            dispute: dispute.filter(|text| SetInfo::is_dispute(text)).map(str::to_owned),
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
        if list >= count {
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

    /// How many tags there are.
    pub(super) fn tags(&self) -> usize {
        self.tag_columns().map_or(0, |(_, size, rows)| rows.len().checked_div(size).unwrap_or(0))
    }

    /// The widths of a tag's words, the bytes of a tag, and all tags.
    fn tag_columns(&self) -> Option<(&[u8; record::TAG], usize, &[u8])> {
        let (widths, rest) = self.section(section::TAGS).split_first_chunk()?;
        let (&size, rows) = rest.split_first()?;
        Some((widths, size.into(), rows))
    }

    /// The record of a tag, in words.
    pub(super) fn tag_row(&self, index: usize) -> Option<[u8; 4 * record::TAG]> {
        let (widths, size, rows) = self.tag_columns()?;
        let mut row = [0; 4 * record::TAG];
        let mut rest = rows.get(index.checked_mul(size)?..)?;
        for (word, &width) in row.as_chunks_mut::<4>().0.iter_mut().zip(widths) {
            let (number, others) = rest.split_at_checked(width.into())?;
            let number = number.iter().rev().fold(0_u32, |number, &byte| number << 8 | u32::from(byte));
            *word = number.wrapping_add(NONE).to_le_bytes();
            rest = others;
        }
        Some(row)
    }

    pub(super) fn tag(&self, index: usize, identity: &Identity) -> Result<Tag, SetError> {
        const BAD: SetError = SetError::Damaged { part: "table of tags" };
        let row = &self.tag_row(index).ok_or(BAD)?[..];
        let numbers: [u32; record::TAG] = core::array::from_fn(|at| word(row, at).unwrap_or(NONE));
        let [_, _, _, _, _, source, delisted, published, _, _, _, date, hops, share, last] = numbers;
        let source = self.record(section::SOURCES, record::SOURCE, source as usize).ok_or(BAD)?;
        let (chain, form, confidence) = split_last_word(last);
        let chain = Chain::from_code(chain).ok_or(BAD)?;
        let form = Form::from_code(form).ok_or(BAD)?;
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
            confidence: Confidence::from_code(confidence).ok_or(BAD)?,
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

/// The codes of chain, form and confidence, which share the last word of a tag.
pub(super) fn split_last_word(word: u32) -> (u16, u8, u8) {
    (word as u16, (word >> 16) as u8, (word >> 24) as u8)
}
