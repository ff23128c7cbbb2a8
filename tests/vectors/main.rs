//! The official vectors of every kind of address, through the public reader.
//!
//! The text files name the source of each block of vectors.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use taintwatch::{Chain, read, read_on, scan};

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.starts_with('#'))
}

#[test]
fn valid_addresses_read_as_what_they_are() {
    assert_eq!(all_read(include_str!("valid.txt")), 27);
    assert_eq!(all_read(include_str!("own.txt")), 89);
}

/// Reads every vector, writes it again and finds it in running text; tells how many there are.
fn all_read(vectors: &str) -> usize {
    let mut count = 0;
    for line in lines(vectors) {
        let [ticker, form, hex, address] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let reading = read(address).unwrap_or_else(|problem| panic!("{address}: {problem}"));
        let first = reading.addresses[0];
        assert_eq!((first.chain().ticker, first.form().name()), (ticker, form), "{address}");
        assert_eq!(first.identity().hex(), hex, "{address}");
        assert!(reading.warning.is_none(), "{address}");
        // The canonical spelling is the vector itself, but for capitals and a prefix or `0x` that may be left out.
        let canonical = first.to_string().to_lowercase();
        // An invoice stands for the node that made it, and HIP-15's letters are no part of the account.
        let spelled = match form {
            "invoice" => hex.to_owned(),
            _ => address.trim_end_matches("-vfmkw").to_lowercase().replace(":0x", ":"),
        };
        assert!(canonical.ends_with(&spelled), "{canonical}");
        // And it is found in running text, unless it is shorter than what is looked for, or may be a hash.
        if address.len() >= taintwatch::SHORTEST && !matches!(form, "hex32" | "node") {
            let text = format!("Send it to {address}, please.");
            let found: Vec<_> = scan(&text).iter().map(|found| &text[found.span.clone()]).collect();
            assert_eq!(found, [address]);
        }
        count += 1;
    }
    count
}

#[test]
fn invalid_addresses_are_refused_for_the_right_reason() {
    assert_eq!(all_refused(include_str!("invalid.txt")), 27);
    assert_eq!(all_refused(include_str!("own_invalid.txt")), 52);
}

fn all_refused(vectors: &str) -> usize {
    let mut count = 0;
    for line in lines(vectors) {
        let (code, text) = line.split_once(' ').unwrap_or((line, ""));
        let problem = read(text).expect_err(text);
        assert_eq!(problem.code(), code, "{text}: {problem}");
        count += 1;
    }
    count
}

/// The tickers of chains that a vector file is about.
fn chains(vectors: &str) -> BTreeSet<&'static str> {
    let ticker = |line: &str| Chain::named(line.split(' ').next()?).map(|chain| chain.ticker);
    lines(vectors).map(|line| ticker(line).unwrap_or_else(|| panic!("{line}"))).collect()
}

#[test]
fn sixty_chains_have_published_addresses_and_refuse_mistyped_ones() {
    let published = include_str!("chains.txt");
    for line in lines(published) {
        let (ticker, address) = line.split_once(' ').unwrap();
        let chain = Chain::named(ticker).unwrap();
        let reading = read_on(chain, address).unwrap_or_else(|problem| panic!("{line}: {problem}"));
        assert_eq!(reading.addresses[0].chain(), chain, "{line}");
        assert!(reading.warning.is_none(), "{line}");
        // One character changed, at every place behind what names the chain: no address of it, or an odd one.
        let is_checked = !matches!(ticker, "SOL" | "NEAR" | "RSK" | "FLOW" | "EOS" | "WAXP");
        for at in (8..address.len()).filter(|_| is_checked) {
            let old = address.as_bytes()[at];
            let new = match old {
                b'2'..=b'6' => old + 1,
                _ => b'3',
            };
            let changed = format!("{}{}{}", &address[..at], char::from(new), &address[at + 1..]);
            let refused = read_on(chain, &changed).map_or(true, |reading| reading.warning.is_some());
            // EIP-55 tells only by the letters' case: nine in ten and more.
            assert!(refused || address.starts_with("0x"), "{changed}");
        }
    }
    let mut all = chains(published);
    all.extend(chains(include_str!("valid.txt")));
    all.extend(chains(include_str!("own.txt")));
    assert!(all.len() >= 60, "{}: {all:?}", all.len());
}
