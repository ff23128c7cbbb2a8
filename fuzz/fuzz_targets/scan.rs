//! Any text is scanned to its end; spans are in order and each reads as what was found there.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut end = 0;
    for found in taintwatch::scan(text) {
        assert!(end <= found.span.start && found.span.start < found.span.end);
        assert!(text.get(found.span.clone()).is_some());
        assert_eq!(taintwatch::read(&found.text).as_ref(), Ok(&found.reading));
        end = found.span.end;
    }
});
