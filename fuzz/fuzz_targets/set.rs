//! Any bytes are a set or an error, and a set that opens answers without a panic, however it is asked. The bytes are those
//! of a real set, changed, or the fuzzer's own.
#![no_main]

use libfuzzer_sys::fuzz_target;
use taintwatch::{Identity, IdentityKind, Set, SetVerifier};
use taintwatch_fuzz::{SETS, edited};

fuzz_target!(|input: &[u8]| {
    let Some((which, edits)) = input.split_first() else { return };
    let bytes = match SETS.get(usize::from(which % 4)) {
        Some(set) => edited(set, edits),
        None => edits.to_vec(),
    };
    if let Ok(length) = Set::head_length(&bytes)
        && let Some(head) = bytes.get(..length)
        && let Ok(mut verifier) = SetVerifier::new(head)
        && bytes.chunks(97).all(|part| verifier.push(part).is_ok())
    {
        let _ = verifier.finish();
    }
    if let Ok(set) = Set::open(bytes) {
        let _ = (set.verify(), set.statements());
        let mut asked = Vec::new();
        for kind in IdentityKind::ALL {
            let payload = vec![0; *kind.lengths().end()];
            asked.push(Identity::new(kind, &payload).expect("a payload of the kind's length"));
        }
        set.each_identity(|identity| asked.push(identity));
        for identity in &asked {
            let _ = set.lookup(identity);
        }
        set.contains_each(&asked, |found| {
            let _ = found;
        });
    }
});
