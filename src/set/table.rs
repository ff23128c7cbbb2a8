//! The keys of one kind: where they lie, and how one of them is found.

use super::error::SetError;
use super::format::{COMPACT, GROUP, INDEX_HEAD, Layout, compact_key, section, whole_key, whole_width, word};
use super::window::{WINDOW, count_below};
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
        let is_small = layout.is_possible() && layout.count / GROUP < usize::MAX / layout.group();
        if !is_width || !is_small || layout.index() != words.len() {
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

    /// What is looked for, for an identity.
    #[inline(never)]
    pub fn target(&self, identity: &Identity) -> Target {
        if self.layout.key == COMPACT {
            let [a, b, tail] = compact_key(identity);
            // The first 64 bits, and those behind the prefix.
            let (first, prefix) = (u64::from(a) << 32 | u64::from(b), 8 * self.layout.prefix as u32);
            let behind = u64::from(tail).checked_shr(32 - prefix).unwrap_or(0);
            let bucket = ((first >> 32) << prefix >> 32) as usize;
            return Target { bucket, head: first << prefix | behind, tail };
        }
        let key = whole_key(identity);
        let (prefix, rest) = key.split_at_checked(self.layout.prefix).unwrap_or_default();
        Target { bucket: bucket_of(prefix), head: first_eight(rest), tail: 0 }
    }

    /// Where a target must be, if it is there; `bytes` is the file, or its head.
    #[inline(never)]
    pub fn aim(&self, target: Target, bytes: &[u8]) -> Result<Aim, SetError> {
        let Range { start, end } = self.bucket(bytes, target.bucket)?;
        // The keys of a bucket are spread evenly, being hashes or the like: their first bits say about where one is.
        let share = ((target.head >> 32) * (end - start) as u64) >> 32;
        Ok(Aim { low: start, high: end, at: start + share as usize })
    }

    /// Finds the number of the list of a target; `read` gives the bytes at a place of the file.
    pub fn find<'a>(
        &self,
        identity: &Identity,
        target: Target,
        aim: Aim,
        read: impl FnOnce(Range<usize>) -> Result<std::borrow::Cow<'a, [u8]>, SetError>,
    ) -> Result<Option<u32>, SetError> {
        if aim.low == aim.high {
            return Ok(None);
        }
        let (first, range) = self.groups(&(aim.low..aim.high));
        let bytes = read(range)?;
        let groups = Groups { layout: self.layout, first, bytes: &bytes };
        let head = groups.head(aim.at);
        groups.search(identity, target, aim, head).map(|at| groups.list(at).ok_or(BAD)).transpose()
    }
}

/// A key that is looked for.
#[derive(Clone, Copy, Default)]
pub(super) struct Target {
    bucket: usize,
    /// The first eight bytes of what is written of it, as a number.
    head: u64,
    /// The last four bytes of a compact key, as a number; some of them are among the eight.
    tail: u32,
}

/// Where a target must be among the others.
#[derive(Clone, Copy, Default)]
pub(super) struct Aim {
    low: usize,
    high: usize,
    /// About where it is.
    pub at: usize,
}

/// The bucket of the keys that begin with these bytes.
pub(super) fn bucket_of(prefix: &[u8]) -> usize {
    prefix.iter().fold(0, |bucket, &byte| bucket << 8 | usize::from(byte))
}

impl<'a> Groups<'a> {
    /// What is written of the key at a place of the table.
    #[inline(always)]
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

    /// The place of a target, where it is there; `head` is that of the key that is aimed at.
    #[inline(never)]
    pub fn search(&self, identity: &Identity, target: Target, aim: Aim, head: u32) -> Option<usize> {
        match self.guess(target, aim, head) {
            Guess::Is(at) => Some(at),
            Guess::IsNot => None,
            Guess::Among(low, high) => self.halve(identity, target, low, high),
        }
    }

    /// Looks where the key must be, keys being spread evenly: the one that is aimed at says how far off it is, and those
    /// around that place are counted through, and their neighbours where that was not far enough. Nothing in this depends
    /// on the keys but where is looked, so that a processor need not guess the way. Four bytes of each are compared, so
    /// that all fit two vectors.
    #[inline]
    fn guess(&self, target: Target, Aim { low, high, at }: Aim, head: u32) -> Guess {
        if high - low < WINDOW || self.layout.key != COMPACT {
            return Guess::Among(low, high);
        }
        let four = (target.head >> 32) as u32;
        let off = ((u64::from(head.abs_diff(four)) * (high - low) as u64) >> 32) as usize;
        let guess = if head < four { at + off } else { at.saturating_sub(off) };
        let mut from = guess.saturating_sub(WINDOW / 2).max(low).min(high - WINDOW);
        // Between these is the first key that is not below.
        let (mut least, mut most) = (low, high);
        for _ in 0..MOST_WINDOWS {
            let Some(below) = self.count_below(from, four) else { break };
            if below < WINDOW {
                most = from + below;
            }
            if below > 0 {
                least = from + below;
            }
            if least >= most {
                return self.judge(target, least, high);
            }
            if most - least < WINDOW {
                break;
            }
            from = if below == 0 { most - WINDOW } else { least };
        }
        Guess::Among(least, if most < high && self.head(most) == four { high } else { most })
    }

    /// How many of the keys from a place on, as many as a window has, are below another by their first four bytes.
    #[inline(always)]
    fn count_below(&self, from: usize, four: u32) -> Option<usize> {
        let first = (from / GROUP).checked_sub(self.first)?;
        let bytes = self.bytes.get(first * self.layout.group()..)?;
        let (rest, bits) = (self.layout.rest(), self.layout.bits);
        // Behind the last key of a group stand its lists.
        let lane = from % GROUP;
        let start = |i: usize| (lane + i) * rest + (lane + i) / GROUP * bits;
        let head = |i: usize| {
            bytes.get(start(i)..).and_then(<[u8]>::first_chunk).map_or(0, |four| u32::from_le_bytes(*four))
        };
        let heads = [head(0), head(1), head(2), head(3), head(4), head(5), head(6), head(7)];
        Some(count_below(heads, four))
    }

    /// Whether the first key that is not below a target is it.
    #[inline(always)]
    fn judge(&self, target: Target, at: usize, high: usize) -> Guess {
        if at == high {
            return Guess::IsNot;
        }
        match self.rest(at) {
            Some(rest) if first_four(rest) != (target.head >> 32) as u32 => Guess::IsNot,
            Some(rest) if first_eight(rest) == target.head && last_four(rest) == target.tail => Guess::Is(at),
            // Where the first bytes of several are the same.
            _ => Guess::Among(at, high),
        }
    }

    /// Halves what is left until it is found.
    #[inline(never)]
    fn halve(&self, identity: &Identity, target: Target, mut low: usize, mut high: usize) -> Option<usize> {
        let whole = (self.layout.key != COMPACT).then(|| whole_key(identity));
        let tail = |rest: &[u8]| match &whole {
            Some(key) => rest.get(8..).cmp(&key.get(self.layout.prefix + 8..)),
            None => last_four(rest).cmp(&target.tail),
        };
        while low < high {
            let at = low + (high - low) / 2;
            let rest = self.rest(at)?;
            match first_eight(rest).cmp(&target.head).then_with(|| tail(rest)) {
                Ordering::Equal => return Some(at),
                Ordering::Less => low = at + 1,
                Ordering::Greater => high = at,
            }
        }
        None
    }

    /// The first four bytes of what is written of the key at a place, as a number.
    #[inline(always)]
    pub fn head(&self, at: usize) -> u32 {
        self.rest(at).map_or(0, first_four)
    }
}

/// What a look at where a key must be comes to.
enum Guess {
    Is(usize),
    IsNot,
    /// It is among these, or nowhere.
    Among(usize, usize),
}

/// So many windows are looked at before what is left is halved.
const MOST_WINDOWS: usize = 4;

#[inline(always)]
fn first_eight(bytes: &[u8]) -> u64 {
    bytes.first_chunk::<8>().map_or(0, |eight| u64::from_be_bytes(*eight))
}

#[inline(always)]
fn first_four(bytes: &[u8]) -> u32 {
    bytes.first_chunk::<4>().map_or(0, |four| u32::from_be_bytes(*four))
}

#[inline(always)]
fn last_four(bytes: &[u8]) -> u32 {
    bytes.last_chunk::<4>().map_or(0, |four| u32::from_be_bytes(*four))
}
