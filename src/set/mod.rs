//! Sets: compiled, immutable collections of identities with their tags (`.tws`).
//!
//! A set is one byte string that is searched where it lies. `write` makes one
//! of tags, with the help of `dictionary` and `rows`; `read` opens and
//! searches it, `table` the keys of one kind, `records` tells what it says of them; `verify` proves it when it
//! arrives; `delta` makes a newer one of an older,
//! in the numbers of `codec`; `inspect` is for
//! those who publish sets. `format` is what all of them agree on; the layout byte by byte is
//! in `docs/set-format.md`. This module knows no text and no rule of what is
//! dangerous.

#[cfg(not(target_arch = "wasm32"))]
mod codec;
#[cfg(not(target_arch = "wasm32"))]
mod delta;
#[cfg(not(target_arch = "wasm32"))]
mod dictionary;
mod equal;
mod error;
mod format;
#[cfg(not(target_arch = "wasm32"))]
mod inspect;
mod read;
mod records;
#[cfg(not(target_arch = "wasm32"))]
mod rows;
mod table;
mod verify;
#[cfg(not(target_arch = "wasm32"))]
mod write;

#[cfg(not(target_arch = "wasm32"))]
pub use delta::{apply, delta};
pub use error::SetError;
#[cfg(not(target_arch = "wasm32"))]
pub use inspect::{Change, Statement, TableInfo, compare};
pub use read::{Pages, Set, SetInfo};
pub use verify::SetVerifier;
#[cfg(not(target_arch = "wasm32"))]
pub use write::{Keep, SetBuilder};

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
