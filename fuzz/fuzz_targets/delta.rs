//! Any bytes are a delta or an error, and one that applies gives the very set that it names.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let old = taintwatch_data::BUILTIN;
    if let Ok(new) = taintwatch::apply(old, bytes) {
        assert!(taintwatch::Set::open(new).is_ok());
    }
});
