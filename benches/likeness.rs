//! How often random addresses look too alike: `cargo xtask bench likeness`.
//!
//! Ten million random pairs of each kind of address are compared, each pair as if it were the only one. What is told may
//! be wrong in one of 2^20 comparisons, so at most ten of them; and how much a character is worth is checked where there
//! are enough to count, by how many pairs have that many bits or more.

use taintwatch::{Address, Chain, Form, Identity, IdentityKind, lookalikes};

const PAIRS: usize = 10_000_000;

const KINDS: &[(&str, Form, IdentityKind)] = &[
    ("ETH", Form::Evm, IdentityKind::Keccak160),
    ("BTC", Form::P2pkh, IdentityKind::Hash160),
    ("BTC", Form::P2wpkh, IdentityKind::Hash160),
    ("TRX", Form::Tron, IdentityKind::Keccak160),
    ("SOL", Form::Native, IdentityKind::Ed25519Key),
    ("BCH", Form::CashP2pkh, IdentityKind::Hash160),
];

fn main() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    println!("{PAIRS} random pairs of each kind; at most {} may be told", PAIRS >> 20);
    for &(ticker, form, kind) in KINDS {
        let chain = Chain::named(ticker).expect("a chain of the table");
        let mut make = || {
            let payload: Vec<u8> = (0..*kind.lengths().end()).map(|_| byte(&mut state)).collect();
            let identity = Identity::new(kind, &payload).expect("a payload of its length");
            Address::new(chain, form, identity).expect("a form of the chain").to_string()
        };
        // Spelling takes longer than comparing: each address is the one of a pair and the other of the next.
        let mut told = 0;
        let mut last = make();
        for _ in 0..PAIRS {
            let next = make();
            told += lookalikes(&[&next], Some(&[&last])).len();
            last = next;
        }
        println!("{ticker:4} {form:?}: {told} told");
        assert!(told <= PAIRS >> 20, "more than the stated chance");
    }
}

/// A random byte (xorshift64).
fn byte(state: &mut u64) -> u8 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 32) as u8
}
