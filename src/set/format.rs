//! What a `.tws` file is made of: the numbers that its writer and its reader share.
//!
//! See `docs/set-format.md` for the whole. All integers are little-endian.

use crate::identity::{Identity, IdentityKind};
use sha2::{Digest, Sha256};

/// The first eight bytes. The high bit and the line ends show damage by a text-mode transfer, as PNG's do.
pub(super) const MAGIC: [u8; 8] = *b"\x89TWS\r\n\x1a\n";
/// Readers refuse any other major version.
pub(super) const MAJOR: u16 = 3;
/// Readers take any minor version: sections that they do not know are passed over.
pub(super) const MINOR: u16 = 0;
/// Where the SHA-256 of everything behind the header stands.
pub(super) const HASH: usize = 24;
/// The header's length in bytes.
pub(super) const HEADER: usize = 56;
/// A section's entry in the table: id, zero, offset, length.
pub(super) const ENTRY: usize = 24;
/// More sections than any version will have; a bound on the work of opening.
pub(super) const MOST_SECTIONS: usize = 128;
/// More tags than any address has; a bound on the work of one lookup.
pub(super) const MOST_TAGS: usize = 256;
/// The longest string in bytes; another one.
pub(super) const LONGEST_TEXT: usize = 1 << 14;
/// What a section's offset is a multiple of.
pub(super) const ALIGNMENT: usize = 8;

/// "There is none", where an index into a dictionary is expected.
pub(super) const NONE: u32 = u32::MAX;

/// The ids of the sections.
pub(super) mod section {
    pub const META: u32 = 1;
    pub const STRINGS: u32 = 2;
    pub const SOURCES: u32 = 3;
    pub const ACTORS: u32 = 4;
    pub const INCIDENTS: u32 = 5;
    pub const TAGS: u32 = 6;
    pub const LISTS: u32 = 7;
    pub const SCOPE: u32 = 8;
    /// Where the keys of a kind begin: this plus the number of the kind.
    pub const INDEX: u32 = 256;
    /// The keys of a kind with their lists: this plus the number of the kind.
    pub const PAGES: u32 = 512;
}

/// How many words (`u32`) a record has.
pub(super) mod record {
    /// id, title, date, dispute.
    pub const META: usize = 4;
    /// title, publisher, url, date.
    pub const SOURCE: usize = 4;
    /// id, label, uri, about.
    pub const ACTOR: usize = 4;
    /// id, title, date, loss, about.
    pub const INCIDENT: usize = 5;
    /// label, incident, actor, abuse, role, source, delisted, published, asset, network, concepts, date, hops, share,
    /// then chain (16 bits), form (8 bits) and confidence (8 bits).
    pub const TAG: usize = 15;
}

/// How many keys stand together with their lists: eight of any number of bits are whole bytes.
pub(super) const GROUP: usize = 8;
/// The bytes of a compact key: 96 bits, of which forging a match would need all.
pub(super) const COMPACT: usize = 12;
/// The words in front of an index: count, bytes of a key, bytes of its prefix, bits of a list.
pub(super) const INDEX_HEAD: usize = 4;

/// How the keys of a kind are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// How many keys there are.
    pub count: usize,
    /// The bytes of a key: all of it, or [`COMPACT`].
    pub key: usize,
    /// How many of them are not written, as the place of the key says them: 0, 1 or 2.
    pub prefix: usize,
    /// The bits of the number of a list.
    pub bits: usize,
}

impl Layout {
    /// The layout that takes the fewest bytes.
    pub fn smallest(count: usize, key: usize, bits: usize) -> Self {
        let with = |prefix| Self { count, key, prefix, bits };
        let layouts = (0..=2).map(with).filter(|layout| layout.is_possible());
        layouts.min_by_key(|layout| layout.index() + layout.pages()).unwrap_or(with(0))
    }

    /// Whether a reader can search it.
    pub fn is_possible(&self) -> bool {
        self.prefix <= 2 && self.bits <= 32 && self.key >= 8 + self.prefix.min(self.key) && self.key <= 128
    }

    /// The bytes that are written of a key.
    pub fn rest(&self) -> usize {
        self.key - self.prefix
    }

    /// The bytes of a group: eight keys and eight lists.
    pub fn group(&self) -> usize {
        GROUP * self.rest() + self.bits
    }

    /// How many buckets there are: one for each prefix.
    pub fn buckets(&self) -> usize {
        1 << (8 * self.prefix)
    }

    /// The bytes of the section with the index.
    pub fn index(&self) -> usize {
        let starts = if self.prefix == 0 { 0 } else { self.buckets() + 1 };
        4 * (INDEX_HEAD + starts)
    }

    /// The bytes of the section with the keys.
    pub fn pages(&self) -> usize {
        self.count.div_ceil(GROUP) * self.group()
    }
}

/// The bits that number so many lists.
pub(super) fn bits_for(lists: usize) -> usize {
    (usize::BITS - lists.saturating_sub(1).leading_zeros()) as usize
}

/// The length in bytes of a kind's whole keys: its payload's, and one more where that length changes.
pub(super) fn whole_width(kind: IdentityKind) -> usize {
    kind.lengths().end() + usize::from(has_length(kind))
}

/// An identity as a table with whole keys has it: the payload; where a kind's payloads differ in length, behind a byte
/// with the length and filled up with zeros.
pub(super) fn whole_key(identity: &Identity) -> Vec<u8> {
    let (kind, payload) = (identity.kind(), identity.payload());
    let mut key = Vec::with_capacity(whole_width(kind));
    if has_length(kind) {
        key.push(payload.len() as u8);
    }
    key.extend_from_slice(payload);
    key.resize(whole_width(kind), 0);
    key
}

/// An identity as a table with compact keys has it: folded, or hashed where payloads are alike by design.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn compact_key(identity: &Identity) -> [u8; COMPACT] {
    if identity.kind().is_uniform() { folded_key(identity) } else { hashed_key(identity) }
}

/// The beginning of a payload's SHA-256.
pub(super) fn hashed_key(identity: &Identity) -> [u8; COMPACT] {
    let mut key = [0; COMPACT];
    for (into, byte) in key.iter_mut().zip(Sha256::digest(identity.payload())) {
        *into = byte;
    }
    key
}

/// A payload folded onto 12 bytes by exclusive or, so that every bit counts and the small numbers that some chains
/// reserve stay apart. No kind whose payloads are folded has more than three times as many, and zeros change nothing.
#[inline(always)]
pub(super) fn folded_key(identity: &Identity) -> [u8; COMPACT] {
    let sixteen =
        |at: usize| identity.padded()[at..].first_chunk().map_or(0, |bytes| u128::from_le_bytes(*bytes));
    let folded = sixteen(0) ^ sixteen(COMPACT) ^ sixteen(2 * COMPACT);
    let [key @ .., _, _, _, _] = folded.to_le_bytes();
    key
}

/// The identity that a whole key was made of.
pub(super) fn identity_of(kind: IdentityKind, key: &[u8]) -> Option<Identity> {
    if !has_length(kind) {
        return Identity::new(kind, key);
    }
    let (&length, rest) = key.split_first()?;
    let (payload, filling) = rest.split_at_checked(usize::from(length))?;
    filling.iter().all(|&byte| byte == 0).then(|| Identity::new(kind, payload)).flatten()
}

fn has_length(kind: IdentityKind) -> bool {
    kind.lengths().start() != kind.lengths().end()
}

/// The word at this place of a row of words.
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let start = at.checked_mul(4)?;
    let bytes = bytes.get(start..start.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

pub(super) fn long(bytes: &[u8], start: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(start..start.checked_add(8)?)?.try_into().ok()?))
}
