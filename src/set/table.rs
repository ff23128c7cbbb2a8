//! The keys of one kind: where they lie, and how one of them is found.

use super::error::SetError;
use super::format::{COMPACT, GROUP, INDEX_HEAD, Key, Layout, section, whole_width, word};
use crate::identity::{Identity, IdentityKind};
use core::cmp::Ordering;
use core::ops::Range;

const BAD: SetError = SetError::Damaged { part: "table of identities" };

/// The identities of one kind.
#[derive(Debug)]
pub(super) struct Table {
    pub kind: IdentityKind,
    pub layout: Layout,
    /// Where the words of the index lie in the file.
    starts: Range<usize>,
    /// Where the groups lie in the file.
    pub pages: Range<usize>,
}

/// Some groups of a table, such as those that a bucket lies in.
pub(super) struct Groups<'a> {
    pub layout: Layout,
    /// Which of the table's groups the first is.
    pub first: usize,
    pub bytes: &'a [u8],
}

impl Table {
    /// The table of a kind from the sections that hold its index and its groups.
    pub fn new(
        kind: IdentityKind,
        bytes: &[u8],
        index: &Range<usize>,
        pages: Option<&Range<usize>>,
    ) -> Result<Self, SetError> {
        let words = bytes.get(index.clone()).ok_or(BAD)?;
        let number = |at| word(words, at).map(|word| word as usize).ok_or(BAD);
        let layout = Layout { count: number(0)?, key: number(1)?, prefix: number(2)?, bits: number(3)? };
        let is_width = layout.key == COMPACT || layout.key == whole_width(kind);
        // No file that fits in memory has more groups than it has bytes.
        let is_small = layout.count < usize::MAX / 1024;
        if !is_width || !layout.is_possible() || !is_small || layout.index() != words.len() {
            return Err(BAD);
        }
        let pages = pages.cloned().unwrap_or(index.end..index.end);
        if layout.pages() != pages.len() {
            return Err(BAD);
        }
        Ok(Self { kind, layout, starts: index.start + 4 * INDEX_HEAD..index.end, pages })
    }

    /// The ids of the two sections of a kind.
    pub fn sections(kind: IdentityKind) -> [u32; 2] {
        [section::INDEX + kind as u32, section::PAGES + kind as u32]
    }

    /// Whether the keys are whole, so that the identities can be told from them.
    pub fn is_whole(&self) -> bool {
        self.layout.key == whole_width(self.kind)
    }

    /// The places of the keys with this prefix; `bytes` is the file, or its head.
    pub fn bucket(&self, bytes: &[u8], bucket: usize) -> Result<Range<usize>, SetError> {
        if self.layout.prefix == 0 {
            return Ok(0..self.layout.count);
        }
        let starts = bytes.get(self.starts.clone()).ok_or(BAD)?;
        let [start, end] = [bucket, bucket + 1].map(|at| word(starts, at).map(|word| word as usize));
        let range = start.ok_or(BAD)?..end.ok_or(BAD)?;
        if range.start > range.end || range.end > self.layout.count { Err(BAD) } else { Ok(range) }
    }

    /// The first of the groups that these places lie in, and where they lie in the file.
    pub fn groups(&self, places: &Range<usize>) -> (usize, Range<usize>) {
        let first = places.start / GROUP;
        let at = |group: usize| self.pages.start + group * self.layout.group();
        (first, at(first)..at(places.end.div_ceil(GROUP).max(first)))
    }

    /// Proves that the index rises from nothing to the number of keys.
    pub fn verify(&self, bytes: &[u8]) -> Result<(), SetError> {
        let mut end = 0;
        for bucket in 0..self.layout.buckets() {
            let places = self.bucket(bytes, bucket)?;
            if places.start != end {
                return Err(BAD);
            }
            end = places.end;
        }
        if end == self.layout.count { Ok(()) } else { Err(BAD) }
    }

    /// Finds the number of an identity's list; `read` gives the bytes at a place of the file.
    pub fn find<'a>(
        &self,
        identity: &Identity,
        bytes: &[u8],
        read: impl FnOnce(Range<usize>) -> Result<std::borrow::Cow<'a, [u8]>, SetError>,
    ) -> Result<Option<u32>, SetError> {
        let layout = self.layout;
        let key = Key::new(identity, layout.key);
        let (prefix, rest) = key.bytes().split_at_checked(layout.prefix).ok_or(BAD)?;
        let places = self.bucket(bytes, bucket_of(prefix))?;
        if places.is_empty() {
            return Ok(None);
        }
        let (first, range) = self.groups(&places);
        let bytes = read(range)?;
        let groups = Groups { layout, first, bytes: &bytes };
        let found = groups.search(places, rest).ok_or(BAD)?;
        found.map(|at| groups.list(at).ok_or(BAD)).transpose()
    }
}

/// The bucket of the keys that begin with these bytes.
pub(super) fn bucket_of(prefix: &[u8]) -> usize {
    prefix.iter().fold(0, |bucket, &byte| bucket << 8 | usize::from(byte))
}

impl<'a> Groups<'a> {
    /// What is written of the key at a place of the table.
    pub fn rest(&self, at: usize) -> Option<&'a [u8]> {
        let length = self.layout.rest();
        let start = (at / GROUP).checked_sub(self.first)? * self.layout.group() + at % GROUP * length;
        self.bytes.get(start..start + length)
    }

    /// The number of the list of the key at a place of the table.
    pub fn list(&self, at: usize) -> Option<u32> {
        let bits = self.layout.bits;
        let lists = ((at / GROUP).checked_sub(self.first)? + 1) * self.layout.group() - bits;
        let bit = at % GROUP * bits;
        let start = lists + bit / 8;
        let bytes = self.bytes.get(start..lists + bits)?;
        // 32 bits that begin anywhere lie in five bytes.
        let value = bytes.iter().take(5).rev().fold(0, |value: u64, &byte| value << 8 | u64::from(byte));
        Some((value >> (bit % 8) & ((1 << bits) - 1)) as u32)
    }

    /// The place of a key among these places, or `None` within where it is not among them; `None` where the bytes do not
    /// reach.
    ///
    /// Keys are hashes or the like, so their first bits say about where a key must be (interpolation). From there the steps
    /// double, so that keys which somebody chose cost a logarithm and not a walk.
    fn search(&self, places: Range<usize>, key: &[u8]) -> Option<Option<usize>> {
        let head = first_eight(key)?;
        let compare = |at: usize| -> Option<Ordering> {
            let rest = self.rest(at)?;
            let order = first_eight(rest)?.cmp(&head);
            Some(if order.is_eq() { rest[8..].cmp(&key[8..]) } else { order })
        };
        let (mut low, mut high) = (places.start, places.end);
        let share = ((head >> 32) * (high - low) as u64) >> 32;
        let mut at = low + share as usize;
        let mut step = 1;
        let mut last = None;
        while low < high {
            let order = compare(at)?;
            match order {
                Ordering::Equal => return Some(Some(at)),
                Ordering::Less => low = at + 1,
                Ordering::Greater => high = at,
            }
            // Once the key is between two places, halving is best.
            if last.is_some_and(|last| last != order) {
                step = usize::MAX;
            }
            last = Some(order);
            at = match order {
                _ if step > high - low => low + (high - low) / 2,
                Ordering::Less => low + step - 1,
                _ => high - step,
            };
            step = step.saturating_mul(2);
        }
        Some(None)
    }
}

fn first_eight(bytes: &[u8]) -> Option<u64> {
    Some(u64::from_be_bytes(bytes.first_chunk::<8>().copied()?))
}
