//! The module in real browsers: `wasm-pack test --headless --chrome` and `--firefox`.
#![cfg(target_arch = "wasm32")]

mod cases;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
