//! The keys of one kind: where they lie, and how one of them is found.

use super::equal::{Keys, PAIRS, alike, first_alike};
use super::error::SetError;
use super::format::{
    COMPACT, GROUP, INDEX_HEAD, Layout, folded_key, hashed_key, section, whole_key, whole_width, word,
};
use crate::identity::{Identity, IdentityKind};
use core::cmp::Ordering;
use core::ops::Range;
use std::borrow::Cow;

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
    /// Whether the keys are payloads that are folded.
    is_folded: bool,
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
        let is_folded = layout.key == COMPACT && kind.is_uniform();
        Ok(Self { kind, layout, starts: index.start + 4 * INDEX_HEAD..index.end, pages, is_folded })
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
    #[inline(always)]
    pub fn bucket(&self, bytes: &[u8], bucket: usize) -> Result<Range<usize>, SetError> {
        if self.layout.prefix == 0 {
            return Ok(0..self.layout.count);
        }
        // Where it begins and, with the next, where it ends.
        let words = bytes.get(self.starts.start + 4 * bucket..self.starts.end).and_then(<[u8]>::first_chunk);
        let words = words.map(|words| u64::from_le_bytes(*words)).ok_or(BAD)?;
        let (start, end) = (words as u32 as usize, (words >> 32) as usize);
        if start > end || end > self.layout.count { Err(BAD) } else { Ok(start..end) }
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

    /// Where an identity must be, if it is there; `bytes` is the file, or its head.
    #[inline(always)]
    pub fn aim(&self, identity: &Identity, bytes: &[u8]) -> Result<Aim, SetError> {
        let (bucket, head, tail) =
            if self.is_folded { self.compact_target(folded_key(identity)) } else { self.target(identity) };
        let Range { start: low, end: high } = self.bucket(bytes, bucket)?;
        // The keys of a bucket are spread evenly, being hashes or the like: their first bits say about where one is.
        let aim = Aim { head, tail, low, high, at: 0 };
        Ok(Aim { at: low + aim.share(aim.first_four()), ..aim })
    }

    /// The bucket of an identity, and what is looked for in it as an aim has it.
    #[inline(never)]
    fn target(&self, identity: &Identity) -> (usize, u64, u32) {
        if self.layout.key == COMPACT {
            return self.compact_target(hashed_key(identity));
        }
        let key = whole_key(identity);
        let (prefix, rest) = key.split_at_checked(self.layout.prefix).unwrap_or_default();
        (bucket_of(prefix), first_eight(rest), 0)
    }

    #[inline(always)]
    fn compact_target(&self, key: [u8; COMPACT]) -> (usize, u64, u32) {
        let [first @ .., _, _, _, _] = key;
        let (first, bits) = (u64::from_le_bytes(first), 8 * self.layout.prefix as u32);
        let tail = last_four(&key);
        // The first 64 bits behind the prefix.
        let behind = u64::from(tail) << 32 << (32 - bits);
        let bucket = u64::from((first as u32).swap_bytes()) << bits >> 32;
        (bucket as usize, first >> bits | behind, tail)
    }

    /// Finds the number of the list of what is aimed at; `read` gives the bytes at a place of the file.
    pub fn find<'a>(
        &self,
        identity: &Identity,
        aim: &Aim,
        read: impl FnOnce(Range<usize>) -> Result<Cow<'a, [u8]>, SetError>,
    ) -> Result<Option<u32>, SetError> {
        if aim.low == aim.high {
            return Ok(None);
        }
        let (first, range) = self.groups(&(aim.low..aim.high));
        let bytes = read(range)?;
        let groups = Groups { layout: self.layout, first, bytes: &bytes };
        groups.search(identity, aim).map(|at| groups.list(at).ok_or(BAD)).transpose()
    }
}

/// What is looked for, and where among the others it must be.
#[derive(Clone, Copy, Default)]
pub(super) struct Aim {
    /// The first eight bytes of what is written of the key (little-endian, as they are compared and not ordered).
    head: u64,
    /// The last four bytes of a compact key, likewise; some of them are among the eight.
    tail: u32,
    low: usize,
    high: usize,
    /// About where it is.
    pub at: usize,
}

impl Aim {
    /// The first four bytes of what is written of the key, as a number that orders as they do.
    #[inline(always)]
    fn first_four(&self) -> u32 {
        (self.head as u32).swap_bytes()
    }

    /// How many keys of the bucket lie between two whose first four bytes are so far apart.
    #[inline(always)]
    fn share(&self, far: u32) -> usize {
        ((u64::from(far) * (self.high - self.low) as u64) >> 32) as usize
    }
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

    /// The place of a target, where it is there.
    #[inline(never)]
    pub fn search(&self, identity: &Identity, aim: &Aim) -> Option<usize> {
        if aim.low == aim.high {
            return None;
        }
        let guess = match self.layout.rest() {
            10 if self.layout.key == COMPACT => self.guess::<10>(aim),
            11 if self.layout.key == COMPACT => self.guess::<11>(aim),
            _ => Guess::Untold,
        };
        match guess {
            Guess::Is(at) => Some(at),
            Guess::IsNot => None,
            Guess::Untold => self.halve(identity, aim),
        }
    }

    /// Looks where the key must be, keys being spread evenly: those around that place are compared at once, by their first
    /// four bytes, and others where these are too far off. But for that nothing waits for an answer of the memory to ask it
    /// again, or depends on the keys, so that a processor need not guess the way.
    #[inline(always)]
    fn guess<const REST: usize>(&self, aim: &Aim) -> Guess {
        let &Aim { head, tail, low, high, mut at } = aim;
        let four = aim.first_four();
        // The groups that the keys of the bucket lie in.
        let (least, last) = (low / GROUP, (high - 1) / GROUP);
        let is_wide = REST != FEWEST || high - low > FEW;
        for _ in 0..MOST_WINDOWS {
            // Two groups; where eight keys are enough, those around the place, so that less memory is read.
            let (from, pairs, these, those);
            if is_wide {
                from = PAIRS * (at.saturating_sub(GROUP / 2) / GROUP).min(last.saturating_sub(1)).max(least);
                pairs = 2 * PAIRS;
                these = self.look::<REST>(from, head as u32);
                those = self.look::<REST>(from + PAIRS, head as u32);
            } else {
                from = (at.saturating_sub(GROUP / 2 - 1) / 2).min(PAIRS * last).max(PAIRS * least);
                pairs = PAIRS;
                these = self.look::<REST>(from, head as u32);
                those = 0;
            }
            let (begin, behind) = (2 * from, 2 * (from + pairs));
            if these | those != 0 {
                let at = begin + first_alike(these, those);
                let is_it = |rest: &[u8]| first_eight(rest) == head && last_four(rest) == tail;
                let found = low <= at && at < high && self.rest(at).is_some_and(is_it);
                // Where the first bytes of several are the same.
                return if found { Guess::Is(at) } else { Guess::Untold };
            }
            if begin > low && self.head(begin) > four {
                at = begin.saturating_sub(aim.share(self.head(begin) - four));
            } else if behind < high && self.head(behind - 1) < four {
                at = behind + aim.share(four - self.head(behind - 1));
            } else {
                return Guess::IsNot;
            }
        }
        Guess::Untold
    }

    /// Which of the keys from a pair on begin with these four bytes, as [`alike`] tells it.
    #[inline(always)]
    fn look<const REST: usize>(&self, from: usize, four: u32) -> u64 {
        let pair = from - PAIRS * self.first;
        let start = 2 * REST * pair + self.layout.bits * (pair / PAIRS);
        // Behind a group are its lists.
        let keys =
            |start: usize| -> Option<&Keys<REST>> { self.bytes.get(start..)?.as_chunks().0.first_chunk() };
        let (Some(before), Some(behind)) = (keys(start), keys(start + self.layout.bits)) else { return 0 };
        alike(before, behind, PAIRS - pair % PAIRS, four)
    }

    /// Halves what is left until it is found.
    #[inline(never)]
    fn halve(&self, identity: &Identity, aim: &Aim) -> Option<usize> {
        let &Aim { head, tail, mut low, mut high, .. } = aim;
        let whole = (self.layout.key != COMPACT).then(|| whole_key(identity));
        let order = |rest: &[u8]| match &whole {
            Some(key) => rest.get(8..).cmp(&key.get(self.layout.prefix + 8..)),
            None => last_four(rest).swap_bytes().cmp(&tail.swap_bytes()),
        };
        while low < high {
            let at = low + (high - low) / 2;
            let rest = self.rest(at)?;
            match first_eight(rest).swap_bytes().cmp(&head.swap_bytes()).then_with(|| order(rest)) {
                Ordering::Equal => return Some(at),
                Ordering::Less => low = at + 1,
                Ordering::Greater => high = at,
            }
        }
        None
    }

    /// The first four bytes of what is written of the key at a place, as a number that orders as they do.
    #[inline(always)]
    fn head(&self, at: usize) -> u32 {
        self.rest(at).map_or(0, first_four)
    }

    /// Something of the key at a place, so that the memory is asked for it.
    #[inline(always)]
    pub fn touch(&self, at: usize) -> u32 {
        self.rest(at).map_or(0, last_four)
    }
}

/// What a look at where a key must be comes to.
enum Guess {
    Is(usize),
    IsNot,
    /// It could not be told where it would be.
    Untold,
}

/// So often is looked before what is left is halved.
const MOST_WINDOWS: usize = 4;
/// Of so many keys the one that is looked for is almost always among the eight where it must be.
const FEW: usize = 32;
/// The bytes that are written of a key in the largest tables.
const FEWEST: usize = COMPACT - 2;

#[inline(always)]
fn first_four(bytes: &[u8]) -> u32 {
    bytes.first_chunk().map_or(0, |four| u32::from_be_bytes(*four))
}

#[inline(always)]
fn first_eight(bytes: &[u8]) -> u64 {
    bytes.first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight))
}

#[inline(always)]
fn last_four(bytes: &[u8]) -> u32 {
    bytes.last_chunk().map_or(0, |four| u32::from_le_bytes(*four))
}
