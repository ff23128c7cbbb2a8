//! Deltas (`.twd`): what changed between two sets, and making the newer of the older, byte for byte.
//!
//! Sets cannot be compared byte by byte: one more text renumbers all behind it.
//! So a delta tells of each dictionary which of its items are new, of the lists
//! which one took the place of which, and of the keys only what that does not
//! say. The layout is in `docs/set-format.md`. A delta says what the hash of
//! its result is, so a wrong one is refused and nothing is lost.

use super::codec::{BAD, In, Out};
use super::dictionary::{SOURCE_OF_TAG, TEXTS_OF_TAG, list_section, strings, tags_section, width_of, words};
use super::error::SetError;
use super::format::{Layout, NONE, bits_for, record, section, word};
use super::read::Set;
use super::table::Table;
use super::write::{TableWriter, assemble};
use crate::identity::IdentityKind;
use std::collections::HashMap;
use std::hash::Hash;

const MAGIC: [u8; 8] = *b"\x89TWD\r\n\x1a\n";
const VERSION: u64 = 1;
const OTHER: SetError = SetError::Damaged { part: "delta (it is for another set than this)" };

type Row = Vec<u32>;

/// The dictionaries whose records name others: the section, its words, which of them are texts.
const DICTIONARIES: [(u32, usize, &[usize]); 4] = [
    (section::SOURCES, record::SOURCE, &[0, 1, 2, 3]),
    (section::ACTORS, record::ACTOR, &[0, 1, 2, 3]),
    (section::INCIDENTS, record::INCIDENT, &[0, 1, 2, 3, 4]),
    (section::TAGS, record::TAG, &TEXTS_OF_TAG),
];

/// The delta from one set to another, both whole in memory.
///
/// # Errors
/// Where one of them is damaged, or the newer one was written by rules that are not ours.
pub fn delta(old: &[u8], new: &[u8]) -> Result<Vec<u8>, SetError> {
    let (from, to) = (Set::open(old.to_vec())?, Set::open(new.to_vec())?);
    let mut out = Out(Vec::new());
    out.0.extend(MAGIC);
    out.number(VERSION);
    out.0.extend(from.hash());
    out.0.extend(to.hash());
    out.number(new.len() as u64);
    for id in [section::META, section::SCOPE] {
        out.bytes(to.section(id));
    }
    let (old_texts, new_texts) = (texts(&from)?, texts(&to)?);
    let known: Vec<Option<String>> = old_texts.iter().cloned().map(Some).collect();
    out.items(&known, &new_texts, |out, text| out.bytes(text.as_bytes()));
    let text_map = map(&old_texts, &new_texts);
    let mut source_map = Vec::new();
    let mut tag_map = Vec::new();
    for (id, size, places) in DICTIONARIES {
        let known = translated(rows(&from, id, size), places, &text_map, &source_map);
        let new_rows = rows(&to, id, size);
        out.items(&known, &new_rows, |out, row| row.iter().for_each(|word| out.number(u64::from(*word))));
        match id {
            section::SOURCES => source_map = map_known(&known, &new_rows),
            section::TAGS => tag_map = map_known(&known, &new_rows),
            _ => {}
        }
    }
    let known = translated_lists(lists(&from)?, &tag_map);
    let new_lists = lists(&to)?;
    out.items(&known, &new_lists, |out, list| {
        out.number(list.len() as u64);
        list.iter().for_each(|tag| out.number(u64::from(*tag)));
    });

    let tables: Vec<TableChange> =
        IdentityKind::ALL.into_iter().filter_map(|kind| TableChange::new(&from, &to, kind)).collect();
    // For each list that keys had, the one that most of them have now.
    let mut moves: HashMap<(u32, u32), u32> = HashMap::new();
    for (old, new) in tables.iter().flat_map(|table| &table.kept) {
        *moves.entry((*old, *new)).or_default() += 1;
    }
    let mut moved = vec![(0, NONE); known.len()];
    let mut sorted: Vec<_> = moves.into_iter().collect();
    sorted.sort_unstable();
    for ((old, new), count) in sorted {
        if count > moved[old as usize].0 {
            moved[old as usize] = (count, new);
        }
    }
    let moved: Vec<u32> = moved.into_iter().map(|(_, new)| new).collect();
    out.moves(&moved);
    out.number(tables.len() as u64);
    for table in &tables {
        table.write(&moved, &mut out);
    }
    // What cannot be made again is not worth sending.
    if apply(old, &out.0)? == new {
        Ok(out.0)
    } else {
        Err(SetError::TooLarge { part: "sections that are not known here" })
    }
}

/// The newer set, of the older one and the delta between them.
///
/// # Errors
/// Where the delta is for another set or damaged, or its result is not what it should be.
pub fn apply(old: &[u8], delta: &[u8]) -> Result<Vec<u8>, SetError> {
    let from = Set::open(old.to_vec())?;
    let mut input = In(delta.strip_prefix(&MAGIC).ok_or(SetError::Damaged { part: "delta (it is none)" })?);
    if input.number()? != VERSION {
        return Err(SetError::Damaged { part: "delta (it is of a version that is not understood here)" });
    }
    if input.take(32)? != from.hash() {
        return Err(OTHER);
    }
    let hash = input.take(32)?.to_vec();
    let length = input.number()?;
    // What is larger was not made of these two: a bound on the memory that a hostile delta takes.
    if length > 64 * (old.len() + delta.len()) as u64 {
        return Err(BAD);
    }
    let mut budget = Budget(length);
    let mut sections = Vec::new();
    for id in [section::META, section::SCOPE] {
        sections.push((id, input.bytes()?.to_vec()));
    }
    let old_texts = texts(&from)?;
    let known: Vec<Option<String>> = old_texts.iter().cloned().map(Some).collect();
    let new_texts = input.items(
        &known,
        |input| String::from_utf8(input.bytes()?.to_vec()).map_err(|_| BAD),
        |text| budget.spend(4 + text.len()),
    )?;
    sections.push((section::STRINGS, strings(&new_texts)?));
    let text_map = map(&old_texts, &new_texts);
    let mut source_map = Vec::new();
    let mut tag_map = Vec::new();
    for (id, size, places) in DICTIONARIES {
        let known = translated(rows(&from, id, size), places, &text_map, &source_map);
        let new_rows = input.items(
            &known,
            |input| (0..size).map(|_| input.word()).collect::<Result<Row, _>>(),
            |row| {
                let width = |word: &u32| if id == section::TAGS { width_of(*word).into() } else { 4 };
                budget.spend(row.iter().map(width).sum())
            },
        )?;
        match id {
            section::SOURCES => source_map = map_known(&known, &new_rows),
            section::TAGS => tag_map = map_known(&known, &new_rows),
            _ => {}
        }
        let content = match id {
            section::TAGS => tags_section(&new_rows),
            _ => words(new_rows.iter().map(|row| &row[..])),
        };
        sections.push((id, content));
    }
    let known = translated_lists(lists(&from)?, &tag_map);
    let new_lists = input.items(
        &known,
        |input| {
            let length = input.number()?;
            (0..length).map(|_| input.word()).collect::<Result<Row, _>>()
        },
        |list| budget.spend(4 + 4 * list.len()),
    )?;
    sections.push((section::LISTS, list_section(&new_lists)));
    let bits = bits_for(new_lists.len());

    let moved = input.moves(known.len())?;
    for _ in 0..input.number()? {
        let kind = u8::try_from(input.number()?).ok().and_then(IdentityKind::from_code).ok_or(BAD)?;
        for (id, bytes) in Table::sections(kind).into_iter().zip(apply_table(
            &from,
            kind,
            bits,
            &moved,
            &mut input,
            &mut budget,
        )?) {
            sections.push((id, bytes));
        }
    }
    let new = assemble(sections);
    let is_right = Set::open(new.clone())?.hash() == hash[..] && new.len() as u64 == length;
    if is_right {
        Ok(new)
    } else {
        Err(SetError::Damaged { part: "delta (its result is not what it should be)" })
    }
}

/// What happened to the keys of one kind.
struct TableChange {
    kind: IdentityKind,
    key: usize,
    count: usize,
    /// For each key that stayed its list then and now, in the order of the keys.
    kept: Vec<(u32, u32)>,
    /// The places of the keys that stayed among the old ones.
    kept_at: Vec<u32>,
    /// The places of the keys that went.
    removed: Vec<u32>,
    added: Vec<(Vec<u8>, u32)>,
}

impl TableChange {
    fn new(from: &Set, to: &Set, kind: IdentityKind) -> Option<Self> {
        let table = to.tables.iter().find(|table| table.kind == kind)?;
        let layout = table.layout;
        let mut change = Self {
            kind,
            key: layout.key,
            count: layout.count,
            kept: Vec::new(),
            kept_at: Vec::new(),
            removed: Vec::new(),
            added: Vec::new(),
        };
        let old = old_keys(from, kind, layout.key);
        let mut old = old.iter().zip(0..).peekable();
        to.each_key(table, &mut |key, list| {
            while let Some((_, at)) = old.next_if(|((old, _), _)| old[..] < *key) {
                change.removed.push(at);
            }
            match old.next_if(|((old, _), _)| old[..] == *key) {
                Some(((_, before), at)) => {
                    change.kept.push((*before, list));
                    change.kept_at.push(at);
                }
                None => change.added.push((key.to_vec(), list)),
            }
        });
        change.removed.extend(old.map(|(_, at)| at));
        Some(change)
    }

    fn write(&self, moved: &[u32], out: &mut Out) {
        out.number(self.kind as u64);
        out.number(self.key as u64);
        out.number(self.count as u64);
        out.number(self.removed.len() as u64);
        let mut next = 0;
        for at in &self.removed {
            out.number(u64::from(at - next));
            next = at + 1;
        }
        let changed = self.kept.iter().zip(&self.kept_at);
        let changed: Vec<_> = changed.filter(|((old, new), _)| moved[*old as usize] != *new).collect();
        out.number(changed.len() as u64);
        next = 0;
        for ((_, list), at) in changed {
            out.number(u64::from(at - next));
            out.number(u64::from(*list));
            next = at + 1;
        }
        out.number(self.added.len() as u64);
        for (key, list) in &self.added {
            out.0.extend(key);
            out.number(u64::from(*list));
        }
    }
}

/// The sections of a kind after what a delta says of it.
fn apply_table(
    from: &Set,
    kind: IdentityKind,
    bits: usize,
    moved: &[u32],
    input: &mut In,
    budget: &mut Budget,
) -> Result<[Vec<u8>; 2], SetError> {
    let key = usize::try_from(input.number()?).map_err(|_| BAD)?;
    let count = usize::try_from(input.number()?).map_err(|_| BAD)?;
    // Whatever the layout: all but the prefix of each key is written.
    budget.spend(count.checked_mul(key.saturating_sub(2).max(1)).ok_or(BAD)?)?;
    let layout = Layout::smallest(count, key, bits);
    if !layout.is_possible() {
        return Err(BAD);
    }
    let mut old = old_keys(from, kind, key);
    let mut places = Places::default();
    let mut gone = vec![false; old.len()];
    for _ in 0..input.number()? {
        *gone.get_mut(places.next(input)?).ok_or(BAD)? = true;
    }
    for (_, list) in &mut old {
        *list = *moved.get(*list as usize).ok_or(BAD)?;
    }
    let mut places = Places::default();
    for _ in 0..input.number()? {
        let (at, list) = (places.next(input)?, input.word()?);
        old.get_mut(at).ok_or(BAD)?.1 = list;
    }
    let mut writer = TableWriter::new(layout);
    let mut left = count;
    let mut push = |key: &[u8], list| {
        left = left.checked_sub(1).ok_or(BAD)?;
        if list == NONE {
            return Err(BAD);
        }
        writer.push(key, list);
        Ok(())
    };
    let mut old = old.iter().zip(gone).filter(|(_, gone)| !gone).map(|(old, _)| old).peekable();
    let mut last: &[u8] = &[];
    for _ in 0..input.number()? {
        let added = input.take(key)?;
        let list = input.word()?;
        if !last.is_empty() && last >= added {
            return Err(BAD);
        }
        last = added;
        while let Some((key, list)) = old.next_if(|(old, _)| old[..] < *added) {
            push(key, *list)?;
        }
        push(added, list)?;
    }
    for (key, list) in old {
        push(key, *list)?;
    }
    if left == 0 { Ok(writer.finish()) } else { Err(BAD) }
}

/// The keys of a kind with their lists, where they are of the same length.
fn old_keys(from: &Set, kind: IdentityKind, key: usize) -> Vec<(Vec<u8>, u32)> {
    let mut keys = Vec::new();
    if let Some(table) = from.tables.iter().find(|table| table.kind == kind && table.layout.key == key) {
        from.each_key(table, &mut |key, list| keys.push((key.to_vec(), list)));
    }
    keys
}

fn texts(set: &Set) -> Result<Vec<String>, SetError> {
    let count = word(set.section(section::STRINGS), 0).unwrap_or(0) as usize;
    let text = |at| set.string(at).map(str::to_owned).ok_or(SetError::Damaged { part: "table of strings" });
    (0..count).map(text).collect()
}

fn rows(set: &Set, id: u32, size: usize) -> Vec<Row> {
    let words = |record: &[u8]| (0..size).filter_map(|at| word(record, at)).collect();
    match id {
        section::TAGS => (0..set.tags()).filter_map(|at| set.tag_row(at)).map(|row| words(&row)).collect(),
        _ => (0..set.records(id, size)).filter_map(|at| set.record(id, size, at)).map(words).collect(),
    }
}

fn lists(set: &Set) -> Result<Vec<Row>, SetError> {
    (0..set.lists() as u32).map(|list| Ok(set.list(list)?.map(|tag| tag as u32).collect())).collect()
}

/// For each old thing the number that it has among the new ones, or [`NONE`].
fn map<T: Hash + Eq>(old: &[T], new: &[T]) -> Vec<u32> {
    let numbers: HashMap<&T, u32> = new.iter().zip(0..).collect();
    old.iter().map(|thing| numbers.get(thing).copied().unwrap_or(NONE)).collect()
}

fn map_known<T: Hash + Eq>(old: &[Option<T>], new: &[T]) -> Vec<u32> {
    let numbers: HashMap<&T, u32> = new.iter().zip(0..).collect();
    old.iter()
        .map(|thing| thing.as_ref().and_then(|thing| numbers.get(thing)).copied().unwrap_or(NONE))
        .collect()
}

/// Old records in the new numbers; `None` where one names what is no more.
fn translated(rows: Vec<Row>, texts: &[usize], text_map: &[u32], source_map: &[u32]) -> Vec<Option<Row>> {
    let is_tag = texts.len() == TEXTS_OF_TAG.len();
    let translate = |mut row: Row| {
        for (place, word) in row.iter_mut().enumerate() {
            let map = match place {
                _ if *word == NONE => continue,
                SOURCE_OF_TAG if is_tag => source_map,
                place if texts.contains(&place) => text_map,
                _ => continue,
            };
            *word = map.get(*word as usize).copied().filter(|new| *new != NONE)?;
        }
        Some(row)
    };
    rows.into_iter().map(translate).collect()
}

fn translated_lists(lists: Vec<Row>, tag_map: &[u32]) -> Vec<Option<Row>> {
    let new = |tag: u32| tag_map.get(tag as usize).copied().filter(|new| *new != NONE);
    lists.into_iter().map(|list| list.into_iter().map(new).collect()).collect()
}

/// How many bytes the result may still take.
struct Budget(u64);

impl Budget {
    fn spend(&mut self, bytes: usize) -> Result<(), SetError> {
        self.0 = self.0.checked_sub(bytes as u64).ok_or(BAD)?;
        Ok(())
    }
}

/// Places that rise, each as the gap before it.
#[derive(Default)]
struct Places(u64);

impl Places {
    fn next(&mut self, input: &mut In) -> Result<usize, SetError> {
        let at = self.0.checked_add(input.number()?).ok_or(BAD)?;
        self.0 = at.checked_add(1).ok_or(BAD)?;
        usize::try_from(at).map_err(|_| BAD)
    }
}
