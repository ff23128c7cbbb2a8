//! What Taintwatch is measured against, compiled to WebAssembly with it: never shipped.

mod scanning;
mod sets;

pub use scanning::Rival;
pub use sets::{BinarySearch, FilterSet, FstSet, OurSet, Walk};
