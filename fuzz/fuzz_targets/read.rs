//! Any text is an address or a problem, whatever chain is asked for; what is read can be written and is then read as the
//! same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use taintwatch::{Chain, Form, read, read_on};
use taintwatch_fuzz::text;

fuzz_target!(|input: &[u8]| {
    let Some((which, input)) = input.split_first() else { return };
    let text = text(input);
    let chain = &Chain::all()[usize::from(*which) % Chain::all().len()];
    let readings = [read(&text), read_on(chain, &text)];
    for address in readings.into_iter().flatten().flat_map(|reading| reading.addresses) {
        let written = address.to_string();
        let again = read_on(address.chain(), &written);
        let again = again.unwrap_or_else(|problem| panic!("{text} as {written}: {problem}"));
        // An invoice is written as the node that made it.
        let is_same = |other: &taintwatch::Address| match address.form() {
            Form::Invoice => other.identity() == address.identity(),
            _ => *other == address,
        };
        assert!(again.addresses.iter().any(is_same), "{text} as {written}");
    }
});
