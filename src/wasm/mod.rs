//! The bindings for JavaScript: convert, call, convert back. No rule lives here.
//!
//! Values cross as plain objects whose TypeScript types are made from the Rust
//! ones; errors are `Error` with a stable `code`.

mod js;
mod stored;
mod text;
pub(crate) mod types;

use crate::address::{self, Chain, is_on, read};
use crate::screen::{Finding, Listing, Screener};
use crate::set::{Set, SetError, SetInfo, SetVerifier};
use core::cell::Cell;
use core::mem::ManuallyDrop;
use js::Array;
pub use js::JsString;
use serde::Serialize;
use stored::{Shelf, Stored};
use wasm_bindgen::prelude::*;

#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Holds sets and answers for addresses and texts.
#[wasm_bindgen(js_name = Screener)]
#[derive(Default)]
pub struct JsScreener {
    inner: Screener,
    shelf: Shelf,
}

#[wasm_bindgen(js_class = Screener)]
impl JsScreener {
    /// A screener without sets: until one is added, every answer is "not checked".
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a set (the bytes of a `.tws` file) after proving that it is whole; one with the same id is replaced.
    ///
    /// Throws an `Error` with `code` `not_a_set`, `set_version`, `set_length`, `set_damaged` or `set_hash`.
    #[wasm_bindgen(js_name = addSet, unchecked_return_type = "SetInfo")]
    pub fn add_set(&mut self, bytes: Vec<u8>) -> Result<JsValue, JsValue> {
        let set = Set::open(bytes).map_err(|error| to_error(&error))?;
        set.verify().map_err(|error| to_error(&error))?;
        let info = to_js(set.info());
        self.shelf.remove(&set.info().id);
        self.inner.add(set);
        info
    }

    /// Adds a set that stays where it is stored, by its head alone (as many bytes as `setHeadLength` says); one with the
    /// same id is replaced. It must have been proved when it arrived, by a `SetVerifier`.
    ///
    /// An answer for which a part of the set is needed is "not checked" at first: give what `wanted` lists by `give`, and
    /// ask again.
    ///
    /// Throws an `Error` with `code` `not_a_set`, `set_version` or `set_damaged`.
    #[wasm_bindgen(js_name = addStoredSet, unchecked_return_type = "SetInfo")]
    pub fn add_stored_set(&mut self, head: Vec<u8>) -> Result<JsValue, JsValue> {
        let stored = Stored::default();
        let set = Set::open_stored(head, Box::new(stored.clone())).map_err(|error| to_error(&error))?;
        self.shelf.add(&set.info().id, stored);
        let info = to_js(set.info());
        self.inner.add(set);
        info
    }

    /// Takes the set of this id away; tells whether it was there.
    #[wasm_bindgen(js_name = removeSet)]
    pub fn remove_set(&mut self, id: &str) -> bool {
        self.shelf.remove(id);
        self.inner.remove(id)
    }

    /// The parts of a stored set that answers wanted since this was last asked: where each begins in the file and where it
    /// ends, in turn.
    pub fn wanted(&self, set: &str) -> Vec<u32> {
        self.shelf.wanted(set)
    }

    /// Gives a part of a stored set: the bytes of its file from `start` on.
    pub fn give(&self, set: &str, start: usize, bytes: Vec<u8>) {
        self.shelf.give(set, start, bytes);
    }

    /// Drops the parts that were given.
    pub fn clear(&self) {
        self.shelf.clear();
    }

    /// Which of many addresses any set lists: for each 0 for no, 1 for yes, 2 for what is no address or could not be told.
    /// Says nothing of what is known of them: for those that are listed ask `screen`.
    ///
    /// `addresses` are an array of strings or, which is faster, a text with one a line.
    #[wasm_bindgen(js_name = areListed)]
    pub fn are_listed(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string | readonly string[]")] addresses: &JsValue,
    ) -> Result<Vec<u8>, JsValue> {
        let mut listing = Listing::new(&self.inner);
        let mut add = |address: &[u8]| listing.add(address);
        match addresses.dyn_ref() {
            Some(text) => text::lines(text, &mut add),
            None => text::strings(addresses.unchecked_ref(), &mut add)?,
        }
        Ok(listing.finish().into_iter().map(|answer| answer as u8).collect())
    }

    /// Whether any set lists one address; `undefined` for what is no address or could not be told.
    #[wasm_bindgen(js_name = isListed)]
    pub fn is_listed(&self, address: &str) -> Option<bool> {
        self.inner.lists(address)
    }

    /// The sets that are asked.
    #[wasm_bindgen(unchecked_return_type = "SetInfo[]")]
    pub fn sets(&self) -> Result<JsValue, JsValue> {
        let sets: Vec<&SetInfo> = self.inner.sets().iter().map(Set::info).collect();
        to_js(&sets)
    }

    /// What is known about one address. Never throws for any text: what is no address gets a `problem`.
    ///
    /// `chain` is the CAIP-2 id, ticker or name of the chain that an address is asked for: its readings on that chain come
    /// first, and one on another network is a `notice`. Throws an `Error` with `code` `unknown_chain` where there is no
    /// such chain.
    #[wasm_bindgen(unchecked_return_type = "Outcome")]
    pub fn screen(&self, address: &str, chain: Option<String>) -> Result<JsValue, JsValue> {
        let chain = chain.as_deref().map(named).transpose()?;
        to_js(&self.inner.screen_for(address, chain))
    }

    /// What is known about every address in a text, in order; `start` and `end` are indexes into the string.
    ///
    /// `beside` is what stands beside the field that the text is from, such as its label: where it names one chain, an
    /// address on another network is a `notice`.
    #[wasm_bindgen(js_name = screenText, unchecked_return_type = "Finding[]")]
    pub fn screen_text(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] text: &JsString,
        beside: Option<String>,
    ) -> Result<JsValue, JsValue> {
        let asked = beside.as_deref().and_then(Chain::hinted);
        if text.length() > text::SHORT {
            let mut findings: Vec<Finding> = Vec::new();
            text::scan(text, true, &mut |found| findings.extend(self.inner.finding(found, asked, false)));
            return to_js(&findings);
        }
        let text = text.as_string().unwrap_or_default();
        let mut findings = self.inner.screen_text_for(&text, asked);
        let mut place = text::Place::in_text(text.as_bytes());
        for found in &mut findings {
            found.start = place.units_at(found.start);
            found.end = place.units_at(found.end);
        }
        to_js(&findings)
    }
}

/// Proves a set part by part as it arrives, in the memory of a part.
#[wasm_bindgen(js_name = SetVerifier)]
pub struct JsSetVerifier(SetVerifier);

#[wasm_bindgen(js_class = SetVerifier)]
impl JsSetVerifier {
    /// Begins with the head of a set, as many bytes as `setHeadLength` says. Throws as `addStoredSet` does.
    #[wasm_bindgen(constructor)]
    pub fn new(head: &[u8]) -> Result<Self, JsValue> {
        SetVerifier::new(head).map(Self).map_err(|error| to_error(&error))
    }

    /// Takes the next bytes of the file, of which the head is the beginning. Throws where they are not as they must be.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), JsValue> {
        self.0.push(bytes).map_err(|error| to_error(&error))
    }

    /// The end of the file: what the set says of itself, now that it is proved. Throws an `Error` with `code` `set_length`,
    /// `set_damaged` or `set_hash` where it is not.
    #[wasm_bindgen(unchecked_return_type = "SetInfo")]
    pub fn finish(self) -> Result<JsValue, JsValue> {
        to_js(&self.0.finish().map_err(|error| to_error(&error))?)
    }
}

/// How many bytes of a set are its head, that is all but the identities. `beginning` is the file's first 4,096 bytes, or
/// all of a shorter one.
#[wasm_bindgen(js_name = setHeadLength)]
pub fn set_head_length(beginning: &[u8]) -> Result<usize, JsValue> {
    Set::head_length(beginning).map_err(|error| to_error(&error))
}

/// Finds every address in a text, in order, in time linear in its length, whatever chain it is on. What may as well be
/// a transaction id or a hash, as 64 hexadecimal digits may, is left out.
///
/// `chain` is the CAIP-2 id of the most likely chain: `screen` tells of all.
#[wasm_bindgen(unchecked_return_type = "FoundAddress[]")]
pub fn scan(#[wasm_bindgen(unchecked_param_type = "string")] text: &JsString) -> Array {
    let all = Array::new();
    let mut names = Names::default();
    text::scan(text, false, &mut |found| {
        let chain = names.of(found.reading.addresses[0].chain());
        let hidden = (!found.is_plain).then(|| found.text.clone());
        text::push_found(&all, text, found.span.start as u32, found.span.end as u32, chain, hidden);
    });
    all
}

/// Whether a text is an address of any chain or, if one is named by CAIP-2 id, ticker or name, of that chain. Throws an
/// `Error` with `code` `unknown_chain` where there is no such chain.
#[wasm_bindgen(js_name = isAddress)]
pub fn is_address(
    text: String,
    #[wasm_bindgen(unchecked_optional_param_type = "string | null")] chain: &JsValue,
) -> bool {
    thread_local! {
        /// The chain that was asked for last, and what named it: mostly the same is asked for again. Never dropped.
        static LAST: Cell<(ManuallyDrop<JsValue>, Option<&'static Chain>)> = const {
            Cell::new((ManuallyDrop::new(JsValue::UNDEFINED), None))
        };
    }
    let (mut name, last) = LAST.take();
    let found = if *name == *chain {
        Ok(last)
    } else {
        let found = match chain.as_string() {
            Some(name) => named(&name).map(Some),
            None if chain.is_undefined() || chain.is_null() => Ok(None),
            None => named("").map(Some),
        };
        *name = if found.is_ok() { chain.clone() } else { JsValue::UNDEFINED };
        found
    };
    LAST.set((name, found.as_ref().ok().copied().flatten()));
    match found {
        Ok(Some(chain)) => is_on(chain, &text),
        Ok(None) => read(&text).is_ok_and(|reading| reading.warning.is_none()),
        // Thrown from here, as a `Result` would cost each call a list of what it returns. Nothing is dropped by it.
        Err(unknown) => {
            drop(text);
            wasm_bindgen::throw_val(unknown)
        }
    }
}

/// Which of the addresses (one a line) look too alike one of those that are known (one a line, whole or as the ends with
/// `…` between them) or, where none are given, one another; the most alike first. Addresses of one identity, in whatever
/// spelling, are never told; nor is what is no address.
#[wasm_bindgen(unchecked_return_type = "Lookalike[]")]
pub fn lookalikes(addresses: &str, known: Option<String>) -> Result<JsValue, JsValue> {
    let addresses: Vec<&str> = addresses.split('\n').collect();
    let known = known.as_deref().map(|known| known.split('\n').collect::<Vec<_>>());
    to_js(&address::lookalikes(&addresses, known.as_deref()))
}

fn named(name: &str) -> Result<&'static Chain, JsValue> {
    let unknown = || error("unknown_chain", &format!("no chain is called “{name}”"));
    Chain::named(name).ok_or_else(unknown)
}

#[wasm_bindgen(typescript_custom_section)]
const FOUND_ADDRESS: &str = "/** An address in a text. */
export interface FoundAddress {
    /** Where it begins: an index into the string. */
    start: number;
    /** Where it ends. */
    end: number;
    /** The address as it reads without what hides in it. */
    address: string;
    /** The CAIP-2 id of the most likely chain. */
    chain: string;
}";

/// The ids of chains as JavaScript strings, each made once.
#[derive(Default)]
struct Names {
    made: Vec<(u16, JsValue)>,
}

impl Names {
    fn of(&mut self, chain: &'static Chain) -> &JsValue {
        let at = self.made.iter().position(|(code, _)| *code == chain.code).unwrap_or_else(|| {
            self.made.push((chain.code, JsValue::from_str(chain.caip2)));
            self.made.len() - 1
        });
        &self.made[at].1
    }
}

/// A plain object, with `null` for what is missing.
fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    // Writing into memory what has only names for keys never fails.
    js::parse(&serde_json::to_string(value).unwrap_or_default())
}

fn to_error(error: &SetError) -> JsValue {
    self::error(error.code(), &error.to_string())
}

/// An `Error` with a stable code.
fn error(code: &str, message: &str) -> JsValue {
    let error = js::Error::new(message);
    error.set_code(code);
    error.into()
}
