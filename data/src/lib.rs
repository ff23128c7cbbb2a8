//! The built-in set: the TagPacks under `data/incidents`, compiled when this package is built.
//!
//! To change what is in it, edit those files; a bad checksum, a missing source
//! or the address of a well-known service fails the build.

/// The built-in set's bytes (`.tws`), for `taintwatch::Set::open`.
pub static BUILTIN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/builtin.tws"));

/// The safeguards that come with the tool: `data/safeguards/well-known.yaml`, as it is written.
pub static SAFEGUARDS: &str = include_str!("../safeguards/well-known.yaml");
