//! Sets: compiled, immutable collections of identities with their tags (`.tws`).
//!
//! A set is one byte string that is searched where it lies. `write` makes one
//! of tags, with the help of `dictionary` and `rows`; `read` opens and
//! searches it, `table` the keys of one kind; `verify` proves it when it
//! arrives. `format` is what all of them agree on; the layout byte by byte is
//! in `docs/set-format.md`. This module knows no text and no rule of what is
//! dangerous.

#[cfg(not(target_arch = "wasm32"))]
mod dictionary;
mod error;
mod format;
mod read;
#[cfg(not(target_arch = "wasm32"))]
mod rows;
mod table;
mod verify;
#[cfg(not(target_arch = "wasm32"))]
mod write;

pub use error::SetError;
pub use read::{Pages, Set, SetInfo};
pub use verify::SetVerifier;
#[cfg(not(target_arch = "wasm32"))]
pub use write::{Keep, SetBuilder};

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
