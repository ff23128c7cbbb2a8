//! The official vectors of every kind of address, through the public reader.
//!
//! `valid.txt` and `invalid.txt` name the source of each block of vectors.
#![cfg(not(target_arch = "wasm32"))]

use taintwatch::{read, scan};

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.starts_with('#'))
}

#[test]
fn valid_addresses_read_as_what_they_are() {
    let mut count = 0;
    for line in lines(include_str!("valid.txt")) {
        let [ticker, form, hex, address] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let reading = read(address).unwrap_or_else(|problem| panic!("{address}: {problem}"));
        let first = reading.addresses[0];
        assert_eq!((first.chain().ticker, first.form().name()), (ticker, form), "{address}");
        assert_eq!(first.identity().hex(), hex, "{address}");
        assert!(reading.warning.is_none(), "{address}");
        // The canonical spelling is the vector itself, but for capitals and a left-out prefix.
        let canonical = first.to_string();
        assert!(canonical.to_lowercase().ends_with(&address.to_lowercase()), "{canonical}");
        // And it is found in running text, unless it is shorter than what is looked for.
        if address.len() >= taintwatch::SHORTEST {
            let text = format!("Send it to {address}, please.");
            assert_eq!(
                scan(&text).iter().map(|found| &text[found.span.clone()]).collect::<Vec<_>>(),
                [address]
            );
        }
        count += 1;
    }
    assert_eq!(count, 27);
}

#[test]
fn invalid_addresses_are_refused_for_the_right_reason() {
    let mut count = 0;
    for line in lines(include_str!("invalid.txt")) {
        let (code, text) = line.split_once(' ').unwrap_or((line, ""));
        let problem = read(text).expect_err(text);
        assert_eq!(problem.code(), code, "{text}: {problem}");
        count += 1;
    }
    assert_eq!(count, 27);
}
