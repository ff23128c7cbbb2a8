//! The bindings for JavaScript: convert, call, convert back. No rule lives here.
//!
//! Values cross as plain objects whose TypeScript types are made from the Rust
//! ones; errors are `Error` with a stable `code`.

mod offsets;

use crate::screen::{Finding, Screener};
use crate::set::{Set, SetError, SetInfo};
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
    #[wasm_bindgen(unchecked_return_type = "Outcome")]
    pub fn screen(&self, address: &str) -> Result<JsValue, JsValue> {
        to_js(&self.inner.screen(address))
    }

    /// What is known about every address in a text, in order; `start` and `end` are indexes into the string.
    #[wasm_bindgen(js_name = screenText, unchecked_return_type = "Finding[]")]
    pub fn screen_text(&self, text: &str) -> Result<JsValue, JsValue> {
        let mut findings: Vec<Finding> = self.inner.screen_text(text);
        offsets::to_utf16(text, findings.iter_mut().flat_map(|found| [&mut found.start, &mut found.end]));
        to_js(&findings)
    }
}

/// A plain object, with `null` for what is missing.
fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(|error| js_sys::Error::new(&error.to_string()).into())
}

fn to_error(error: &SetError) -> JsValue {
    let js = js_sys::Error::new(&error.to_string());
    // Setting a property of a fresh error cannot fail.
    let _ = js_sys::Reflect::set(&js, &"code".into(), &error.code().into());
    js.into()
}
