//! The module as JavaScript calls it. The same cases run in Node (`node.rs`) and in browsers (`browser.rs`).

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

const LISTED: &str = "3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG";

fn screener() -> taintwatch::bindings::JsScreener {
    let mut screener = taintwatch::bindings::JsScreener::new();
    let info = screener.add_set(taintwatch_data::BUILTIN.to_vec()).unwrap();
    assert_eq!(get(&info, "id"), "builtin");
    screener
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap()
}

fn first(array: &JsValue) -> JsValue {
    array.unchecked_ref::<Array>().get(0)
}

#[wasm_bindgen_test]
fn a_listed_address_is_found_with_its_evidence() {
    let outcome = screener().screen(LISTED).unwrap();
    assert_eq!(get(&outcome, "level"), "danger");
    let matches: Array = get(&outcome, "matches").unchecked_into();
    assert_eq!(matches.length(), 3);
    let found = matches.get(0);
    assert_eq!(get(&found, "incident"), "2023-07-coinspaid");
    assert_eq!(get(&found, "how"), "exact");
    assert_eq!(get(&found, "same_key"), false);
    assert_eq!(get(&get(&found, "source"), "publisher"), "FBI");
    assert_eq!(get(&first(&get(&outcome, "actors")), "id"), "lazarus-group");
    assert_eq!(get(&first(&get(&outcome, "asked")), "id"), "builtin");
}

#[wasm_bindgen_test]
fn a_clean_address_and_a_broken_one_are_told_apart() {
    let clean = screener().screen("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq").unwrap();
    assert_eq!(get(&clean, "level"), "none");
    let broken = screener().screen("3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiH").unwrap();
    assert!(get(&broken, "level").is_null());
    assert_eq!(get(&get(&broken, "problem"), "code"), "typing");
    assert_eq!(get(&get(&broken, "problem"), "at"), 34);
    let none = taintwatch::bindings::JsScreener::new().screen(LISTED).unwrap();
    assert!(get(&none, "level").is_null());
    assert_eq!(get(&get(&none, "problem"), "code"), "no_set");
}

#[wasm_bindgen_test]
fn spans_are_indexes_into_the_javascript_string() {
    let text = format!("🦀 é {LISTED}, then 𝔘 0x098B716B8Aaf21512996dC57EB0615e2383E2f96");
    let findings: Array = screener().screen_text(&text.as_str().into()).unwrap().unchecked_into();
    let string = js_sys::JsString::from(text);
    let slices: Vec<String> = findings
        .iter()
        .map(|found| {
            let index = |key| get(&found, key).as_f64().unwrap() as u32;
            string.slice(index("start"), index("end")).into()
        })
        .collect();
    assert_eq!(slices, [LISTED, "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"]);
    assert_eq!(get(&get(&findings.get(1), "outcome"), "level"), "danger");
}

#[wasm_bindgen_test]
fn a_bad_set_is_an_error_with_a_code_and_leaves_the_others() {
    let mut screener = screener();
    let mut damaged = taintwatch_data::BUILTIN.to_vec();
    *damaged.last_mut().unwrap() ^= 1;
    for (bytes, code) in [
        (b"not a set".to_vec(), "not_a_set"),
        (taintwatch_data::BUILTIN[..1000].to_vec(), "set_length"),
        (damaged, "set_hash"),
    ] {
        let error = screener.add_set(bytes).unwrap_err();
        assert!(error.is_instance_of::<js_sys::Error>());
        assert_eq!(get(&error, "code"), code);
    }
    assert_eq!(get(&first(&screener.sets().unwrap()), "id"), "builtin");
    assert_eq!(get(&screener.screen(LISTED).unwrap(), "level"), "danger");
}
