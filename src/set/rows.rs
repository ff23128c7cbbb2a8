//! The identities of a set that is being made, ten million of them in the memory of their keys.

use super::format::{COMPACT, compact_key, identity_of, whole_key, whole_width};
use crate::identity::{Identity, IdentityKind};

/// Keys of one kind, each with the number of a tag; the same key as often as it has tags.
///
/// A row is as long as the shortest size that holds the key and the number, so that rows lie side by side and sort as
/// numbers do.
#[derive(Debug)]
pub(super) struct Rows {
    kind: IdentityKind,
    /// The bytes of a key.
    width: usize,
    sizes: Sizes,
}

#[derive(Debug)]
enum Sizes {
    Compact(Vec<[u8; 16]>),
    Small(Vec<[u8; 24]>),
    Middle(Vec<[u8; 36]>),
    Large(Vec<[u8; 72]>),
}

/// Does the same with whichever size there is.
macro_rules! each {
    ($sizes:expr, $rows:ident => $body:expr) => {
        match $sizes {
            Sizes::Compact($rows) => $body,
            Sizes::Small($rows) => $body,
            Sizes::Middle($rows) => $body,
            Sizes::Large($rows) => $body,
        }
    };
}

impl Rows {
    /// No rows, with whole keys.
    pub fn new(kind: IdentityKind) -> Self {
        Self::with(kind, whole_width(kind))
    }

    fn with(kind: IdentityKind, width: usize) -> Self {
        let sizes = match width {
            0..=12 => Sizes::Compact(Vec::new()),
            13..=20 => Sizes::Small(Vec::new()),
            21..=32 => Sizes::Middle(Vec::new()),
            _ => Sizes::Large(Vec::new()),
        };
        Self { kind, width, sizes }
    }

    pub fn kind(&self) -> IdentityKind {
        self.kind
    }

    /// The bytes of a key.
    pub fn width(&self) -> usize {
        self.width
    }

    pub fn push(&mut self, identity: &Identity, tag: u32) {
        if self.width == COMPACT && whole_width(self.kind) != COMPACT {
            self.push_key(&compact_key(identity), tag);
        } else {
            self.push_key(&whole_key(identity), tag);
        }
    }

    pub fn push_key(&mut self, key: &[u8], tag: u32) {
        each!(&mut self.sizes, rows => rows.push(row(key, tag)));
    }

    /// Puts new numbers in the place of the tags' old ones, sorts, and drops what is there twice.
    pub fn settle(&mut self, numbers: &[u32]) {
        each!(&mut self.sizes, rows => {
            for row in rows.iter_mut() {
                let (_, tag) = parts(row);
                *row.last_chunk_mut() .unwrap_or(&mut [0; 4]) = numbers[tag as usize].to_be_bytes();
            }
            rows.sort_unstable();
            rows.dedup();
        });
    }

    /// The same with compact keys.
    pub fn compact(self) -> Self {
        if self.width == COMPACT || whole_width(self.kind) < COMPACT {
            return self;
        }
        let mut compact = Self::with(self.kind, COMPACT);
        each!(&self.sizes, rows => {
            if let Sizes::Compact(new) = &mut compact.sizes {
                new.reserve_exact(rows.len());
            }
            for row in rows {
                let (key, tag) = parts(row);
                if let Some(identity) = identity_of(self.kind, &key[..self.width]) {
                    compact.push(&identity, tag);
                }
            }
        });
        each!(&mut compact.sizes, rows => { rows.sort_unstable(); rows.dedup() });
        compact
    }

    /// How many different keys there are, once it is settled.
    pub fn keys(&self) -> usize {
        let mut count = 0;
        self.for_each(|_, _| count += 1);
        count
    }

    /// Every key with its tags, in order, once it is settled.
    pub fn for_each(&self, mut take: impl FnMut(&[u8], &[u32])) {
        let mut tags: Vec<u32> = Vec::new();
        each!(&self.sizes, rows => {
            let mut rows = rows.iter().peekable();
            while let Some(row) = rows.next() {
                let (key, tag) = parts(row);
                tags.push(tag);
                if rows.peek().is_none_or(|next| parts(next).0 != key) {
                    take(&key[..self.width], &tags);
                    tags.clear();
                }
            }
        });
    }
}

fn row<const N: usize>(key: &[u8], tag: u32) -> [u8; N] {
    let mut row = [0; N];
    row[..key.len()].copy_from_slice(key);
    row[N - 4..].copy_from_slice(&tag.to_be_bytes());
    row
}

fn parts<const N: usize>(row: &[u8; N]) -> (&[u8], u32) {
    let (key, tag) = row.split_at(N - 4);
    (key, tag.try_into().map_or(0, u32::from_be_bytes))
}
