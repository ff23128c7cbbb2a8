//! Tells, before money is sent, whether a destination address is in a set of
//! attacker-linked ("tainted") addresses, whatever way the address is written.
//!
//! The way through is one line: text is [scanned](scan()) for addresses, an
//! address is [read](read()) into what it really stands for (its
//! [`Identity`]), the identity is looked up in [`Set`]s of [`Tag`]s, and the
//! [`Screener`] says what is known as an [`Outcome`].
//!
//! ```
//! use taintwatch::{Level, Screener, Set};
//!
//! let mut screener = Screener::new();
//! screener.add(Set::open(taintwatch_data::BUILTIN)?);
//!
//! // The address that OFAC lists for the Ronin bridge theft, here in its TRON spelling.
//! let outcome = screener.screen("TAqg8TXo8tmpaz7TwHS669Tgt8MPSWgoxB");
//! assert_eq!(outcome.level, Some(Level::Danger));
//! assert_eq!(outcome.matches[0].incident.as_deref(), Some("2022-03-ronin"));
//! # Ok::<(), taintwatch::SetError>(())
//! ```
//!
//! Nothing here touches the network, the clock or a file: bytes and text come
//! in, answers go out, natively and in WebAssembly alike.
#![cfg_attr(not(target_arch = "wasm32"), forbid(unsafe_code))]
#![cfg_attr(target_arch = "wasm32", deny(unsafe_code))]

mod address;
mod hex;
mod identity;
mod scan;
mod screen;
mod set;
mod tag;
#[cfg(target_arch = "wasm32")]
mod wasm;
// By this name a derive macro asks for what it needs.
#[cfg(target_arch = "wasm32")]
extern crate self as tsify;
#[cfg(target_arch = "wasm32")]
use wasm::types::{SerializationConfig, Tsify};

/// The JavaScript bindings, public so that tests in a browser can call them as JavaScript does.
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
pub mod bindings {
    pub use crate::wasm::{
        JsScreener, JsSetVerifier, JsString, is_address, lookalikes, scan, set_head_length,
    };
}

pub use address::{Address, Chain, Form, Lookalike, Problem, Reading, lookalikes, read, read_on};
pub use identity::{Identity, IdentityKind};
#[cfg(not(target_arch = "wasm32"))]
pub use scan::scan_stream;
pub use scan::{Found, SHORTEST, scan};
pub use screen::{Finding, How, Level, Match, Outcome, ProblemInfo, ReadingInfo, Screener};
#[cfg(not(target_arch = "wasm32"))]
pub use set::{Change, Keep, SetBuilder, Statement, TableInfo, apply, compare, delta};
pub use set::{Pages, Set, SetError, SetInfo, SetVerifier};
pub use tag::{Actor, Confidence, Date, Incident, Share, Source, Tag};
