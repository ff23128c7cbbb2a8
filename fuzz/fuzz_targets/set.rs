//! Any bytes are a set or an error, and a set that opens answers without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use taintwatch::{Identity, IdentityKind, Set};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(set) = Set::open(bytes.to_vec()) {
        let _ = set.verify();
        for kind in IdentityKind::ALL {
            let payload = vec![0; *kind.lengths().end()];
            let identity = Identity::new(kind, &payload).expect("a payload of the kind's length");
            let _ = set.lookup(&identity);
        }
    }
});
