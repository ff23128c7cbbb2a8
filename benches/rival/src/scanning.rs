//! The usual expressions for eight kinds of addresses as one, by the crate `regex`; they check no checksum.

use regex::bytes::Regex;
use wasm_bindgen::prelude::*;

/// Finds what the expressions match.
#[wasm_bindgen]
pub struct Rival {
    expressions: Regex,
}

#[wasm_bindgen]
impl Rival {
    /// Takes expressions in the syntax that JavaScript and the crate share, each as one alternative.
    #[wasm_bindgen(constructor)]
    pub fn new(expressions: Vec<String>) -> Result<Rival, JsError> {
        let all = expressions.join("|");
        Ok(Self { expressions: Regex::new(&format!("(?-u){all}"))? })
    }

    /// The places of all matches, in bytes of UTF-8: begin, end, begin, end …
    pub fn scan(&self, text: &str) -> Vec<u32> {
        let found = self.expressions.find_iter(text.as_bytes());
        found.flat_map(|found| [found.start() as u32, found.end() as u32]).collect()
    }
}
