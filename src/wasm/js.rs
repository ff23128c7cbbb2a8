//! What of JavaScript's own is called. The crate `js-sys` has all of it, and then two kilobytes of the core are calls from
//! JavaScript into Rust that nobody makes.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// An array.
    pub type Array;
    #[wasm_bindgen(constructor)]
    pub(super) fn new() -> Array;
    #[wasm_bindgen(method, getter)]
    pub(super) fn length(this: &Array) -> u32;

    /// A string, which crosses only when it is asked for.
    #[wasm_bindgen(js_name = String, is_type_of = JsValue::is_string)]
    pub type JsString;
    #[wasm_bindgen(method, getter)]
    pub(super) fn length(this: &JsString) -> u32;

    /// An error, and the code that it is told by.
    pub(super) type Error;
    #[wasm_bindgen(constructor)]
    pub(super) fn new(message: &str) -> Error;
    #[wasm_bindgen(method, setter)]
    pub(super) fn set_code(this: &Error, code: &str);

    #[wasm_bindgen(js_namespace = JSON, catch)]
    pub(super) fn parse(json: &str) -> Result<JsValue, JsValue>;
}
