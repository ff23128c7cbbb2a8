//! Making a set from tags: the same tags give the same bytes, in whatever order they come.

use super::dictionary::{
    Lists, Numbered, SOURCE_OF_TAG, SourceRow, TEXTS_OF_TAG, TagRow, renumber, strings, tags_section, words,
};
use super::error::SetError;
use super::format::{
    ALIGNMENT, COMPACT, ENTRY, GROUP, HEADER, Layout, MAGIC, MAJOR, MINOR, NONE, bits_for, record, section,
};
use super::rows::Rows;
use super::table::bucket_of;
use crate::identity::IdentityKind;
use crate::tag::{Actor, Date, Incident, Source, Tag};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// How much of each identity a set keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// The whole in sets of up to [`Keep::MOST_WHOLE`] identities, 96 bits in larger ones.
    #[default]
    Fitting,
    /// The whole: the addresses can be told from the set.
    Whole,
    /// 96 bits: the addresses are found, in the fewest bytes, but cannot be told.
    Compact,
}

impl Keep {
    /// The most identities that are kept whole where nothing else is said.
    pub const MOST_WHOLE: usize = 20_000;
}

/// Collects what goes into a set.
///
/// ```
/// use taintwatch::{Date, Set, SetBuilder};
/// let bytes = SetBuilder::new("mine", "My own set", Date::parse("2026-01-31").unwrap()).finish()?;
/// assert_eq!(Set::open(bytes)?.info().identities, 0);
/// # Ok::<(), taintwatch::SetError>(())
/// ```
#[derive(Debug)]
pub struct SetBuilder {
    id: String,
    title: String,
    date: Date,
    dispute: Option<String>,
    keep: Keep,
    chains: BTreeSet<String>,
    abuses: BTreeSet<String>,
    actors: BTreeSet<Actor>,
    incidents: BTreeSet<Incident>,
    texts: Numbered<String>,
    sources: Numbered<SourceRow>,
    tags: Numbered<TagRow>,
    rows: BTreeMap<IdentityKind, Rows>,
}

impl SetBuilder {
    /// Begins a set with this stable name, title for people, and date up to which it was kept.
    pub fn new(id: &str, title: &str, date: Date) -> Self {
        Self {
            id: id.to_owned(),
            title: title.to_owned(),
            date,
            dispute: None,
            keep: Keep::default(),
            chains: BTreeSet::new(),
            abuses: BTreeSet::new(),
            actors: BTreeSet::new(),
            incidents: BTreeSet::new(),
            texts: Numbered::default(),
            sources: Numbered::default(),
            tags: Numbered::default(),
            rows: BTreeMap::new(),
        }
    }

    /// Changes the date up to which it was kept, which may only be known at the end.
    #[must_use]
    pub fn dated(mut self, date: Date) -> Self {
        self.date = date;
        self
    }

    /// Says where to write to its publisher about an address that is listed by mistake: see [`SetInfo::dispute`](super::SetInfo).
    #[must_use]
    pub fn dispute(mut self, dispute: Option<String>) -> Self {
        self.dispute = dispute;
        self
    }

    /// Says how much of each identity to keep.
    #[must_use]
    pub fn keep(mut self, keep: Keep) -> Self {
        self.keep = keep;
        self
    }

    /// Declares what the set is about: the CAIP-2 ids of chains, and kinds of abuse. Nothing stands for all.
    #[must_use]
    pub fn scope(
        mut self,
        chains: impl IntoIterator<Item = String>,
        abuses: impl IntoIterator<Item = String>,
    ) -> Self {
        self.chains = chains.into_iter().collect();
        self.abuses = abuses.into_iter().collect();
        self
    }

    /// Adds an actor that tags may name.
    pub fn actor(&mut self, actor: Actor) {
        self.actors.insert(actor);
    }

    /// Adds an incident that tags may name; one without tags is kept as well.
    pub fn incident(&mut self, incident: Incident) {
        self.incidents.insert(incident);
    }

    /// Adds a tag. The same tag twice is one tag.
    pub fn tag(&mut self, tag: &Tag) {
        let mut text = |text: &str| self.texts.number(text);
        let Source { title, publisher, url, date } = &tag.source;
        let source: SourceRow = [text(title), text(publisher), text(url), text(date)];
        let concepts = tag.concepts.join(" ");
        let published = (!tag.address.is_plain()).then(|| tag.address.to_string());
        let mut optional = |given: Option<&str>| given.map_or(NONE, |given| self.texts.number(given));
        let [incident, actor] = [tag.incident.as_deref(), tag.actor.as_deref()].map(&mut optional);
        let published = optional(published.as_deref());
        let [asset, network] = [tag.asset.as_deref(), tag.network.as_deref()].map(&mut optional);
        let concepts = optional(Some(&*concepts).filter(|concepts| !concepts.is_empty()));
        let row: TagRow = [
            self.texts.number(&*tag.label),
            incident,
            actor,
            self.texts.number(&*tag.abuse),
            self.texts.number(&*tag.role),
            self.sources.number(&source),
            tag.delisted.map_or(NONE, Date::number),
            published,
            asset,
            network,
            concepts,
            tag.date.map_or(NONE, Date::number),
            tag.hops.map_or(NONE, u32::from),
            tag.share.map_or(NONE, |share| share.millionths()),
            u32::from(tag.address.chain().code)
                | (tag.address.form() as u32) << 16
                | (tag.confidence as u32) << 24,
        ];
        let number = self.tags.number(&row);
        let identity = tag.address.identity();
        self.rows
            .entry(identity.kind())
            .or_insert_with(|| Rows::new(identity.kind()))
            .push(&identity, number);
    }

    /// The set's bytes.
    ///
    /// # Errors
    /// [`SetError::TooLarge`] where there is more than the format has room for.
    pub fn finish(mut self) -> Result<Vec<u8>, SetError> {
        self.number_texts();
        let Self { texts, sources, tags, mut rows, keep, .. } = self;
        let (texts, text_numbers) = texts.sorted();
        let (mut source_rows, first_numbers) = sources.sorted();
        source_rows.iter_mut().for_each(|row| renumber(row, &[0, 1, 2, 3], &text_numbers));
        let (source_rows, second_numbers) = sort(source_rows);
        let source_numbers = through(&first_numbers, &second_numbers);
        let (mut tag_rows, first_numbers) = tags.sorted();
        for row in &mut tag_rows {
            renumber(row, &TEXTS_OF_TAG, &text_numbers);
            renumber(row, &[SOURCE_OF_TAG], &source_numbers);
        }
        let (tag_rows, second_numbers) = sort(tag_rows);
        let tag_numbers = through(&first_numbers, &second_numbers);

        rows.values_mut().for_each(|rows| rows.settle(&tag_numbers));
        let count: usize = rows.values().map(Rows::keys).sum();
        if u32::try_from(count).is_err() {
            return Err(SetError::TooLarge { part: "more than 4,294,967,295 identities" });
        }
        let is_compact = match keep {
            Keep::Fitting => count > Keep::MOST_WHOLE,
            Keep::Whole => false,
            Keep::Compact => true,
        };
        let rows: Vec<Rows> =
            rows.into_values().map(|rows| if is_compact { rows.compact() } else { rows }).collect();
        let mut lists = Lists::default();
        for rows in &rows {
            let mut added = Ok(());
            rows.for_each(|_, tags| added = added.and_then(|()| lists.add(tags)));
            added?;
        }
        let list_section = lists.finish();

        let number = |text: &String| texts.binary_search(text).map_or(NONE, |at| at as u32);
        let row = |texts: &[&String]| texts.iter().map(|text| number(text)).collect::<Vec<u32>>();
        let (chains, abuses) =
            (self.chains.iter().collect::<Vec<_>>(), self.abuses.iter().collect::<Vec<_>>());
        let mut scope = vec![chains.len() as u32];
        scope.extend(row(&chains));
        scope.push(abuses.len() as u32);
        scope.extend(row(&abuses));
        let mut meta = row(&[&self.id, &self.title]);
        meta.push(self.date.number());
        meta.push(self.dispute.as_ref().map_or(NONE, number));
        debug_assert_eq!(meta.len(), record::META);
        let actors: Vec<_> = self.actors.iter().map(|a| row(&[&a.id, &a.label, &a.uri, &a.about])).collect();
        let incidents: Vec<_> =
            self.incidents.iter().map(|i| row(&[&i.id, &i.title, &i.date, &i.loss, &i.about])).collect();
        let mut sections = vec![
            (section::META, words([&meta[..]])),
            (section::STRINGS, strings(&texts)?),
            (section::SOURCES, words(source_rows.iter().map(|row| &row[..]))),
            (section::ACTORS, words(actors.iter().map(|row| &row[..]))),
            (section::INCIDENTS, words(incidents.iter().map(|row| &row[..]))),
            (section::TAGS, tags_section(&tag_rows)),
            (section::LISTS, list_section),
            (section::SCOPE, words([&scope[..]])),
        ];
        for rows in rows {
            let count = rows.keys();
            let layout = Layout::smallest(count, rows.width(), bits_for(lists.count()));
            let mut table = TableWriter::new(layout);
            rows.for_each(|key, tags| table.push(key, lists.number(tags)));
            let [index, pages] = table.finish();
            sections.push((section::INDEX + rows.kind() as u32, index));
            sections.push((section::PAGES + rows.kind() as u32, pages));
        }
        Ok(assemble(sections))
    }

    /// Gives the texts that no tag names their numbers.
    fn number_texts(&mut self) {
        let texts = [&self.id, &self.title].into_iter().chain(&self.dispute);
        let texts = texts.chain(&self.chains).chain(&self.abuses);
        let actors = self.actors.iter().flat_map(|a| [&a.id, &a.label, &a.uri, &a.about]);
        let incidents = self.incidents.iter().flat_map(|i| [&i.id, &i.title, &i.date, &i.loss, &i.about]);
        for text in texts.chain(actors).chain(incidents) {
            self.texts.number(&**text);
        }
    }
}

/// Rows in their order, and the new number of each.
fn sort<T: Ord + Copy>(rows: Vec<T>) -> (Vec<T>, Vec<u32>) {
    let mut order: Vec<u32> = (0..rows.len() as u32).collect();
    order.sort_by_key(|&at| rows[at as usize]);
    let mut numbers = vec![0; rows.len()];
    for (&old, new) in order.iter().zip(0..) {
        numbers[old as usize] = new;
    }
    (order.into_iter().map(|at| rows[at as usize]).collect(), numbers)
}

/// One numbering after the other.
fn through(first: &[u32], second: &[u32]) -> Vec<u32> {
    first.iter().map(|&number| second[number as usize]).collect()
}

/// Lays out the keys of a kind, which come in their order.
pub(super) struct TableWriter {
    layout: Layout,
    counts: Vec<u32>,
    pages: Vec<u8>,
    at: usize,
}

impl TableWriter {
    pub fn new(layout: Layout) -> Self {
        debug_assert!(layout.key >= COMPACT || layout.prefix == 0);
        let pages = Vec::with_capacity(layout.pages());
        Self { layout, counts: vec![0; layout.buckets()], pages, at: 0 }
    }

    pub fn push(&mut self, key: &[u8], list: u32) {
        let layout = self.layout;
        let (prefix, rest) = key.split_at(layout.prefix);
        self.counts[bucket_of(prefix)] += 1;
        let (group, lane) = (self.at / GROUP * layout.group(), self.at % GROUP);
        if lane == 0 {
            self.pages.resize(group + layout.group(), 0);
        }
        let start = group + lane * layout.rest();
        self.pages[start..start + layout.rest()].copy_from_slice(rest);
        let lists = group + GROUP * layout.rest();
        for bit in 0..layout.bits {
            let place = lane * layout.bits + bit;
            self.pages[lists + place / 8] |= ((list >> bit & 1) as u8) << (place % 8);
        }
        self.at += 1;
    }

    /// The sections with the index and with the keys.
    pub fn finish(self) -> [Vec<u8>; 2] {
        let Layout { count, key, prefix, bits } = self.layout;
        debug_assert_eq!(self.at, count);
        let mut index: Vec<u32> = [count, key, prefix, bits].map(|number| number as u32).to_vec();
        if prefix > 0 {
            let mut sum = 0;
            index.push(0);
            for count in self.counts {
                sum += count;
                index.push(sum);
            }
        }
        [words([&index[..]]), self.pages]
    }
}

/// Puts sections together, in the order of their ids.
pub(super) fn assemble(mut sections: Vec<(u32, Vec<u8>)>) -> Vec<u8> {
    sections.sort_unstable_by_key(|(id, _)| *id);
    let start = HEADER + sections.len() * ENTRY;
    let mut table = Vec::new();
    let mut end = start;
    for (id, content) in &sections {
        let begin = end.next_multiple_of(ALIGNMENT);
        table.extend([*id, 0].iter().flat_map(|n| n.to_le_bytes()));
        table.extend([begin, content.len()].iter().flat_map(|&n| (n as u64).to_le_bytes()));
        end = begin + content.len();
    }
    let mut bytes = Vec::with_capacity(end);
    bytes.extend(MAGIC);
    bytes.extend(MAJOR.to_le_bytes());
    bytes.extend(MINOR.to_le_bytes());
    bytes.extend((sections.len() as u32).to_le_bytes());
    bytes.extend((end as u64).to_le_bytes());
    bytes.extend([0; 32]);
    bytes.extend(table);
    for (_, content) in sections {
        bytes.resize(bytes.len().next_multiple_of(ALIGNMENT), 0);
        bytes.extend(content);
    }
    let hash = Sha256::digest(&bytes[HEADER..]);
    bytes[super::format::HASH..HEADER].copy_from_slice(&hash);
    bytes
}
