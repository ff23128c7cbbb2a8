//! Turns what publishers write into sets: each of its formats is an [`Importer`] under `formats`, and the
//! [`Compiler`] makes a set of what they hand over.
//!
//! Nothing is dropped in silence: whatever is wrong comes back as a [`Fault`]
//! with file, line and reason. What makes a tag a tag is decided in `compile`
//! alone; an importer only says what stands in a file.

mod compile;
mod entry;
mod fault;
mod folder;
mod formats;
mod input;
mod network;
mod safeguard;
mod text;
mod yaml;

pub use compile::{Compiled, Compiler, Defaults, Lacks, Options, dispute};
pub use entry::{Entry, FIELDS, SourceFields};
pub use fault::Fault;
pub use folder::compile;
pub use formats::{Importer, Sink, fitting, importers, named};
pub use input::Input;
pub use safeguard::Safeguards;
pub use text::as_utf8;
