//! Numbering what tags say while a set is made: each text, source, tag and list once, in an order that only their
//! content decides.

use super::error::SetError;
use super::format::{LONGEST_TEXT, MOST_TAGS, NONE, record};
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

/// Distinct things, numbered in the order in which they came.
#[derive(Debug)]
pub(super) struct Numbered<T> {
    numbers: HashMap<T, u32>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self { numbers: HashMap::new() }
    }
}

impl<T: Hash + Eq + Ord> Numbered<T> {
    /// The number of a thing, which is new where it was not there.
    pub fn number<B>(&mut self, thing: &B) -> u32
    where
        T: std::borrow::Borrow<B>,
        B: Hash + Eq + ToOwned<Owned = T> + ?Sized,
    {
        if let Some(number) = self.numbers.get(thing) {
            return *number;
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(thing.to_owned(), number);
        number
    }

    /// The things in their own order, and for each old number the new one.
    pub fn sorted(self) -> (Vec<T>, Vec<u32>) {
        let mut things: Vec<(T, u32)> = self.numbers.into_iter().collect();
        things.sort_unstable();
        let mut renumbered = vec![0; things.len()];
        for ((_, old), new) in things.iter().zip(0..) {
            renumbered[*old as usize] = new;
        }
        (things.into_iter().map(|(thing, _)| thing).collect(), renumbered)
    }
}

/// What a record of the section of tags says.
pub(super) type TagRow = [u32; record::TAG];
/// What a record of the section of sources says.
pub(super) type SourceRow = [u32; record::SOURCE];

/// The places in a [`TagRow`] that are numbers of texts.
pub(super) const TEXTS_OF_TAG: [usize; 9] = [0, 1, 2, 3, 4, 7, 8, 9, 10];
/// The place in a [`TagRow`] that is the number of a source.
pub(super) const SOURCE_OF_TAG: usize = 5;

/// Puts the new numbers in the place of the old ones.
pub(super) fn renumber(row: &mut [u32], places: &[usize], numbers: &[u32]) {
    for &place in places {
        if row[place] != NONE {
            row[place] = numbers[row[place] as usize];
        }
    }
}

/// The bytes of the section of strings: their count, where each ends, and they themselves.
pub(super) fn strings(texts: &[impl AsRef<str>]) -> Result<Vec<u8>, SetError> {
    let total: usize = texts.iter().map(|text| text.as_ref().len()).sum();
    if texts.iter().any(|text| text.as_ref().len() > LONGEST_TEXT) {
        return Err(SetError::TooLarge { part: "a text of more than 16 KB" });
    }
    if u32::try_from(total).is_err() {
        return Err(SetError::TooLarge { part: "more than 4 GB of texts" });
    }
    let mut bytes = (texts.len() as u32).to_le_bytes().to_vec();
    let mut end = 0;
    for text in texts {
        end += text.as_ref().len() as u32;
        bytes.extend(end.to_le_bytes());
    }
    texts.iter().for_each(|text| bytes.extend(text.as_ref().as_bytes()));
    Ok(bytes)
}

/// The bytes of rows of words.
pub(super) fn words<'a>(rows: impl IntoIterator<Item = &'a [u32]>) -> Vec<u8> {
    rows.into_iter().flatten().flat_map(|word| word.to_le_bytes()).collect()
}

/// The bytes of the section of tags: how many each of their words takes, and all together; then the tags. Each number is
/// written as the next one, so that a column without any takes nothing.
pub(super) fn tags_section(rows: &[impl AsRef<[u32]>]) -> Vec<u8> {
    let mut widths = [0; record::TAG];
    for row in rows {
        for (width, word) in widths.iter_mut().zip(row.as_ref()) {
            *width = width_of(*word).max(*width);
        }
    }
    let mut bytes = widths.to_vec();
    bytes.push(widths.iter().sum());
    for row in rows {
        for (width, word) in widths.iter().zip(row.as_ref()) {
            bytes.extend(&word.wrapping_sub(NONE).to_le_bytes()[..usize::from(*width)]);
        }
    }
    bytes
}

/// The bytes that a word of a tag takes.
pub(super) fn width_of(word: u32) -> u8 {
    (u32::BITS - word.wrapping_sub(NONE).leading_zeros()).div_ceil(8) as u8
}

/// The bytes of the section of lists: their count, where each ends, and they themselves.
pub(super) fn list_section(lists: &[Vec<u32>]) -> Vec<u8> {
    let mut head = vec![lists.len() as u32];
    let mut end = 0;
    for list in lists {
        end += list.len() as u32;
        head.push(end);
    }
    words([&head[..]].into_iter().chain(lists.iter().map(|list| &list[..])))
}

/// Lists of tags: each once, sorted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Lists of one tag, by the tag; nearly all are such.
    single: Vec<bool>,
    longer: BTreeMap<Vec<u32>, u32>,
    numbers_of_single: Vec<u32>,
}

impl Lists {
    pub fn add(&mut self, list: &[u32]) -> Result<(), SetError> {
        if list.len() > MOST_TAGS {
            return Err(SetError::TooLarge { part: "more than 256 tags of one address" });
        }
        match list {
            [tag] => {
                let tag = *tag as usize;
                if self.single.len() <= tag {
                    self.single.resize(tag + 1, false);
                }
                self.single[tag] = true;
            }
            _ if self.longer.contains_key(list) => {}
            _ => drop(self.longer.insert(list.to_vec(), 0)),
        }
        Ok(())
    }

    /// Numbers the lists in their order and gives the bytes of their section.
    pub fn finish(&mut self) -> Vec<u8> {
        let single = self.single.iter().zip(0..).filter(|(is_there, _)| **is_there).map(|(_, tag)| vec![tag]);
        let mut all: Vec<Vec<u32>> = single.chain(self.longer.keys().cloned()).collect();
        all.sort_unstable();
        self.numbers_of_single = vec![0; self.single.len()];
        for (list, number) in all.iter().zip(0..) {
            match list[..] {
                [tag] => self.numbers_of_single[tag as usize] = number,
                _ => drop(self.longer.insert(list.clone(), number)),
            }
        }
        list_section(&all)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.single.iter().filter(|is_there| **is_there).count() + self.longer.len()
    }

    /// The number of a list that was added, after [`Lists::finish`].
    pub fn number(&self, list: &[u32]) -> u32 {
        match list {
            [tag] => self.numbers_of_single[*tag as usize],
            _ => self.longer[list],
        }
    }
}
