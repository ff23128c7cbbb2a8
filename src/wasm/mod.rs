//! The bindings for JavaScript: convert, call, convert back. No rule lives here.
//!
//! Values cross as plain objects whose TypeScript types are made from the Rust
//! ones; errors are `Error` with a stable `code`.

mod text;

use crate::address::{Chain, is_on, read};
use crate::screen::{Finding, Screener};
use crate::set::{Set, SetError, SetInfo};
use js_sys::{Array, JsString};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Holds sets and answers for addresses and texts.
#[wasm_bindgen(js_name = Screener)]
#[derive(Default)]
pub struct JsScreener {
    inner: Screener,
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
        self.inner.add(set);
        info
    }

    /// The sets that are asked.
    #[wasm_bindgen(unchecked_return_type = "SetInfo[]")]
    pub fn sets(&self) -> Result<JsValue, JsValue> {
        let sets: Vec<&SetInfo> = self.inner.sets().iter().map(Set::info).collect();
        to_js(&sets)
    }

    /// What is known about one address. Never throws for any text: what is no address gets a `problem`.
    ///
    /// `chain` is the CAIP-2 id or ticker of the chain that an address is asked for: its readings on that chain come
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
        let text = String::from(text);
        let mut findings = self.inner.screen_text_for(&text, asked);
        let mut place = text::Place::in_text(text.as_bytes());
        for found in &mut findings {
            found.start = place.units_at(found.start);
            found.end = place.units_at(found.end);
        }
        to_js(&findings)
    }
}

/// Finds every address in a text, in order, in time linear in its length, whatever chain it is on. What may as well be
/// a transaction id or a hash, as 64 hexadecimal digits may, is left out.
///
/// `chain` is the CAIP-2 id of the most likely chain: `readAddress` tells of all.
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

/// Whether a text is an address of any chain or, if one is named by CAIP-2 id or ticker, of that chain. Throws an
/// `Error` with `code` `unknown_chain` where there is no such chain.
#[wasm_bindgen(js_name = isAddress)]
pub fn is_address(text: &str, chain: Option<String>) -> Result<bool, JsValue> {
    let Some(name) = chain else { return Ok(read(text).is_ok_and(|reading| reading.warning.is_none())) };
    Ok(is_on(named(&name)?, text))
}

fn named(name: &str) -> Result<&'static Chain, JsValue> {
    let unknown = || error("unknown_chain", &format!("no chain has the CAIP-2 id or ticker “{name}”"));
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
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(|error| js_sys::Error::new(&error.to_string()).into())
}

fn to_error(error: &SetError) -> JsValue {
    self::error(error.code(), &error.to_string())
}

/// An `Error` with a stable code.
fn error(code: &str, message: &str) -> JsValue {
    let js = js_sys::Error::new(message);
    // Setting a property of a fresh error cannot fail.
    let _ = js_sys::Reflect::set(&js, &"code".into(), &code.into());
    js.into()
}
