//! Making a set from tags: the same tags give the same bytes, in whatever order they come.

use super::format::{ALIGNMENT, ENTRY, HEADER, MAGIC, MAJOR, MINOR, NONE, section};
use crate::identity::{Identity, IdentityKind};
use crate::tag::{Actor, Date, Incident, Source, Tag};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Collects what goes into a set.
///
/// ```
/// use taintwatch::{Date, Set, SetBuilder};
/// let bytes = SetBuilder::new("mine", "My own set", Date::parse("2026-01-31").unwrap()).finish();
/// assert_eq!(Set::open(bytes)?.info().identities, 0);
/// # Ok::<(), taintwatch::SetError>(())
/// ```
pub struct SetBuilder {
    id: String,
    title: String,
    date: Date,
    actors: BTreeSet<Actor>,
    incidents: BTreeSet<Incident>,
    tags: Vec<Tag>,
}

impl SetBuilder {
    /// Begins a set with this stable name, title for people, and date up to which it was kept.
    pub fn new(id: &str, title: &str, date: Date) -> Self {
        Self {
            id: id.to_owned(),
            title: title.to_owned(),
            date,
            actors: BTreeSet::new(),
            incidents: BTreeSet::new(),
            tags: Vec::new(),
        }
    }

    /// Adds an actor that tags may name.
    #[must_use]
    pub fn actor(mut self, actor: Actor) -> Self {
        self.actors.insert(actor);
        self
    }

    /// Adds an incident that tags may name; one without tags is kept as well.
    #[must_use]
    pub fn incident(mut self, incident: Incident) -> Self {
        self.incidents.insert(incident);
        self
    }

    /// Adds a tag. The same tag twice is one tag.
    #[must_use]
    pub fn tag(mut self, tag: Tag) -> Self {
        self.tags.push(tag);
        self
    }

    /// The set's bytes.
    pub fn finish(self) -> Vec<u8> {
        let spelled: Vec<String> = self.tags.iter().filter_map(published).collect();
        let mut texts = self.texts();
        texts.extend(spelled.iter().map(String::as_str));
        let strings = Dictionary::new(texts);
        let sources: BTreeSet<&Source> = self.tags.iter().map(|tag| &tag.source).collect();
        let row = |texts: &[&str]| -> Vec<u8> {
            texts.iter().flat_map(|t| strings.index(t).to_le_bytes()).collect()
        };

        let source_index: BTreeMap<_, _> = sources.iter().zip(0u32..).collect();
        let records: Vec<(Identity, Vec<u8>)> = self
            .tags
            .iter()
            .map(|tag| {
                let text = |text: &Option<String>| text.as_deref().map_or(NONE, |text| strings.index(text));
                let words = [
                    strings.index(&tag.label),
                    text(&tag.incident),
                    text(&tag.actor),
                    strings.index(&tag.abuse),
                    strings.index(&tag.role),
                    source_index[&&tag.source],
                    tag.delisted.map_or(NONE, Date::number),
                    published(tag).map_or(NONE, |text| strings.index(&text)),
                ];
                let mut record: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
                record.extend(tag.address.chain().code.to_le_bytes());
                record.extend([tag.address.form() as u8, tag.confidence as u8]);
                (tag.address.identity(), record)
            })
            .collect();

        let distinct: BTreeSet<&Vec<u8>> = records.iter().map(|(_, record)| record).collect();
        let tag_index: BTreeMap<_, _> = distinct.iter().zip(0u32..).collect();
        let mut by_identity: BTreeMap<Identity, BTreeSet<u32>> = BTreeMap::new();
        for (identity, record) in &records {
            by_identity.entry(*identity).or_default().insert(tag_index[&record]);
        }
        let (lists, tables) = identity_tables(&by_identity);

        let mut sections: Vec<(u32, Vec<u8>)> = vec![
            (section::META, {
                let mut meta = row(&[&self.id, &self.title]);
                meta.extend(self.date.number().to_le_bytes());
                meta
            }),
            (section::STRINGS, strings.bytes()),
            (
                section::SOURCES,
                sources.iter().flat_map(|s| row(&[&s.title, &s.publisher, &s.url, &s.date])).collect(),
            ),
            (
                section::ACTORS,
                self.actors.iter().flat_map(|a| row(&[&a.id, &a.label, &a.uri, &a.about])).collect(),
            ),
            (
                section::INCIDENTS,
                self.incidents
                    .iter()
                    .flat_map(|i| row(&[&i.id, &i.title, &i.date, &i.loss, &i.about]))
                    .collect(),
            ),
            (section::TAGS, distinct.into_iter().flatten().copied().collect()),
            (section::LISTS, lists),
        ];
        sections.extend(tables);
        assemble(&sections)
    }

    fn texts(&self) -> BTreeSet<&str> {
        let mut texts = BTreeSet::from([&*self.id, &*self.title]);
        for a in &self.actors {
            texts.extend([&*a.id, &*a.label, &*a.uri, &*a.about]);
        }
        for i in &self.incidents {
            texts.extend([&*i.id, &*i.title, &*i.date, &*i.loss, &*i.about]);
        }
        for tag in &self.tags {
            let s = &tag.source;
            texts.extend([&*tag.label, &*tag.abuse, &*tag.role, &*s.title, &*s.publisher, &*s.url, &*s.date]);
            texts.extend(tag.incident.as_deref());
            texts.extend(tag.actor.as_deref());
        }
        texts
    }
}

/// The address as it was published, where identity, chain and form do not say it all.
fn published(tag: &Tag) -> Option<String> {
    (!tag.address.is_plain()).then(|| tag.address.to_string())
}

/// The sorted distinct strings, each known by its index.
struct Dictionary<'a>(BTreeMap<&'a str, u32>);

impl<'a> Dictionary<'a> {
    fn new(texts: BTreeSet<&'a str>) -> Self {
        Self(texts.into_iter().zip(0..).collect())
    }

    fn index(&self, text: &str) -> u32 {
        self.0[text]
    }

    /// The count, where each string ends, and the strings themselves.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = (self.0.len() as u32).to_le_bytes().to_vec();
        let mut end = 0;
        for text in self.0.keys() {
            end += text.len() as u32;
            bytes.extend(end.to_le_bytes());
        }
        for text in self.0.keys() {
            bytes.extend(text.as_bytes());
        }
        bytes
    }
}

/// The lists of tags, and for each kind that occurs its table: payload length, count,
/// sorted payloads, and for each the word at which its list begins.
fn identity_tables(by_identity: &BTreeMap<Identity, BTreeSet<u32>>) -> (Vec<u8>, Vec<(u32, Vec<u8>)>) {
    let mut lists: Vec<u32> = Vec::new();
    let mut known: BTreeMap<&BTreeSet<u32>, u32> = BTreeMap::new();
    let distinct: BTreeSet<&BTreeSet<u32>> = by_identity.values().collect();
    for list in distinct {
        known.insert(list, lists.len() as u32);
        lists.push(list.len() as u32);
        lists.extend(list);
    }
    let mut tables = Vec::new();
    for kind in IdentityKind::ALL {
        let rows: Vec<_> = by_identity.iter().filter(|(identity, _)| identity.kind() == kind).collect();
        if rows.is_empty() {
            continue;
        }
        let width = super::read::key_width(kind);
        let mut table: Vec<u8> =
            [width as u32, rows.len() as u32].iter().flat_map(|n| n.to_le_bytes()).collect();
        for (identity, _) in &rows {
            table.extend(super::read::key(identity));
        }
        table.resize(table.len().next_multiple_of(4), 0);
        table.extend(rows.iter().flat_map(|(_, list)| known[list].to_le_bytes()));
        tables.push((section::IDENTITIES + kind as u32, table));
    }
    (lists.iter().flat_map(|word| word.to_le_bytes()).collect(), tables)
}

fn assemble(sections: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut table = Vec::new();
    let mut body = Vec::new();
    let start = HEADER + sections.len() * ENTRY;
    for (id, content) in sections {
        body.resize((start + body.len()).next_multiple_of(ALIGNMENT) - start, 0);
        table.extend([*id, 0].iter().flat_map(|n| n.to_le_bytes()));
        table.extend([start + body.len(), content.len()].iter().flat_map(|&n| (n as u64).to_le_bytes()));
        body.extend(content);
    }
    let mut bytes = MAGIC.to_vec();
    bytes.extend(MAJOR.to_le_bytes());
    bytes.extend(MINOR.to_le_bytes());
    bytes.extend((sections.len() as u32).to_le_bytes());
    bytes.extend(((start + body.len()) as u64).to_le_bytes());
    bytes.extend(Sha256::new().chain_update(&table).chain_update(&body).finalize());
    bytes.extend(table);
    bytes.extend(body);
    bytes
}
