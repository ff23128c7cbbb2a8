//! Any bytes are a delta or an error, and one that applies gives the very set that it names. The bytes are those of a real
//! delta, changed, or the fuzzer's own.
#![no_main]

use libfuzzer_sys::fuzz_target;
use taintwatch_fuzz::{DELTAS, SETS, edited};

fuzz_target!(|input: &[u8]| {
    let Some((which, edits)) = input.split_first() else { return };
    let which = usize::from(which % 3);
    let delta = match DELTAS.get(which) {
        Some(delta) => edited(delta, edits),
        None => edits.to_vec(),
    };
    // The first delta leads away from the second set, the second from the third.
    let old = &SETS[(which + 1).min(2)];
    if let Ok(new) = taintwatch::apply(old, &delta) {
        assert!(taintwatch::Set::open(new).is_ok());
    }
});
