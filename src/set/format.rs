//! What a `.tws` file is made of: the numbers that its writer and its reader share.
//!
//! See `docs/set-format.md` for the whole. All integers are little-endian.

/// The first eight bytes. The high bit and the line ends show damage by a text-mode transfer, as PNG's do.
pub(super) const MAGIC: [u8; 8] = *b"\x89TWS\r\n\x1a\n";
/// Readers refuse any other major version.
pub(super) const MAJOR: u16 = 1;
/// Readers take any minor version: sections that they do not know are passed over.
pub(super) const MINOR: u16 = 0;
/// Where the SHA-256 of everything behind the header stands.
pub(super) const HASH: usize = 24;
/// The header's length in bytes.
pub(super) const HEADER: usize = 56;
/// A section's entry in the table: id, zero, offset, length.
pub(super) const ENTRY: usize = 24;
/// More sections than any version will have; a bound on the work of opening.
pub(super) const MOST_SECTIONS: usize = 64;
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
    /// The identity tables: this plus the number of the kind.
    pub const IDENTITIES: u32 = 256;
}

/// Lengths of the records in bytes: each is a row of `u32`.
pub(super) mod record {
    /// id, title, date.
    pub const META: usize = 12;
    /// title, publisher, url, date.
    pub const SOURCE: usize = 16;
    /// id, label, uri, about.
    pub const ACTOR: usize = 16;
    /// id, title, date, loss, about.
    pub const INCIDENT: usize = 20;
    /// label, incident, actor, abuse, role, source, delisted, published, then chain (u16), form (u8), confidence (u8).
    pub const TAG: usize = 36;
}
