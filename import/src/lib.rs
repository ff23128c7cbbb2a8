//! Turns what publishers write into sets: today TagPack YAML, with its actors and safeguards.
//!
//! Nothing is dropped in silence: whatever is wrong comes back as a [`Fault`]
//! with file, line and reason, and a set is made only where there is none.

mod fault;
mod folder;
mod safeguard;
mod tagpack;

pub use fault::Fault;
pub use folder::compile;
