//! Any text is an address or a problem; what is read can be written and is then read as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(reading) = taintwatch::read(text) {
        for address in reading.addresses {
            let written = address.to_string();
            let again = taintwatch::read(&written).unwrap_or_else(|problem| panic!("{text} as {written}: {problem}"));
            assert!(again.addresses.contains(&address), "{text} as {written}");
        }
    }
});
