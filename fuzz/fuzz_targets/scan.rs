//! Any text is scanned to its end; spans are in order and each reads as what was found there.
#![no_main]

use libfuzzer_sys::fuzz_target;
use taintwatch_fuzz::text;

fuzz_target!(|input: &[u8]| {
    // Several texts, each of its own beginning, one behind the other.
    let text: String = input.split(|byte| *byte == b'\n').map(|part| text(part) + " ").collect();
    let mut end = 0;
    for found in taintwatch::scan(&text) {
        assert!(end <= found.span.start && found.span.start < found.span.end);
        assert!(text.get(found.span.clone()).is_some());
        let again =
            taintwatch::read(&found.text).unwrap_or_else(|problem| panic!("{}: {problem}", found.text));
        for address in &found.reading.addresses {
            assert!(
                again.addresses.iter().any(|other| other.identity() == address.identity()),
                "{}",
                found.text
            );
        }
        end = found.span.end;
    }
});
