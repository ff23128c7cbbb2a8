//! Any text gets its answers, whatever chain is asked for: never a panic, spans in order, and no level without a reason.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;
use taintwatch::{Chain, Level, Screener, Set};
use taintwatch_fuzz::text;

fuzz_target!(|input: &[u8]| {
    static SCREENER: OnceLock<Screener> = OnceLock::new();
    let screener = SCREENER.get_or_init(|| {
        let mut screener = Screener::new();
        screener.add(Set::open(taintwatch_data::BUILTIN).unwrap());
        screener
    });
    let Some((which, input)) = input.split_first() else { return };
    let text = &*text(input);
    let asked = Chain::all().get(usize::from(*which)).or_else(|| Chain::hinted(text));
    let outcome = screener.screen_for(text, asked);
    assert!(outcome.level != Some(Level::None) || outcome.matches.is_empty());
    assert!(outcome.level < Some(Level::Caution) || !outcome.matches.is_empty());
    let mut start = 0;
    for found in screener.screen_text_for(text, asked) {
        assert!(
            start <= found.start && text.get(found.start..found.end).is_some_and(|span| !span.is_empty())
        );
        start = found.start;
    }
});
