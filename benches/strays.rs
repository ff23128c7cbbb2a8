//! How many random strings pass for addresses, by chain: `cargo xtask bench strays`.
//!
//! Of every length and in every alphabet that addresses have, a hundred thousand strings are scanned. A checksum of `n`
//! bits lets one in `2^n` through, and no more may come; where a chain has none, every string of the form is an address.

use std::collections::BTreeMap;
use taintwatch::{Form, scan};

/// Strings of each alphabet and length.
const STRINGS: usize = 100_000;

const BASE58: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const BECH32: &[u8] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const HEX: &[u8] = b"0123456789abcdef";
const SMALL: &[u8] = b"abcdefghijklmnopqrstuvwxyz";
const BASE32: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const SMALL_BASE32: &[u8] = b"abcdefghijklmnopqrstuvwxyz234567";
const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Each alphabet with what its strings begin with, in turn.
const ALPHABETS: &[(&str, &[u8], &[&str])] = &[
    ("base 58", BASE58, &[""]),
    (
        "base 58 behind usual heads",
        BASE58,
        &["1", "3", "L", "M", "D", "T", "t1", "t3", "r", "X", "4", "8", "tz1", "B62q", "5", "Ds"],
    ),
    (
        "bech32 behind usual heads",
        BECH32,
        &["bc1q", "bc1p", "ltc1q", "cosmos1", "osmo1", "inj1", "addr1", "u1", "sp1q", "zs1", "q", "p"],
    ),
    ("hexadecimal", HEX, &["", "41", "03"]),
    ("hexadecimal behind 0x", HEX, &["0x"]),
    ("words", SMALL, &[""]),
    ("base 32", BASE32, &["", "G", "M", "SP"]),
    ("base 32 in small letters", SMALL_BASE32, &["f1", "f2", "f410f", "nano_1", ""]),
    ("base 64", BASE64, &["EQ", "UQ", ""]),
];

/// The bits of a form's checksum on a chain.
fn bits(ticker: &str, form: Form) -> u32 {
    match (ticker, form) {
        // Only their form: an EVM address without a letter case, 32 bytes in base 58, a name or a number.
        (
            _,
            Form::Evm
            | Form::TronHex
            | Form::Hex32
            | Form::Prefixed
            | Form::Raw
            | Form::Id
            | Form::Name
            | Form::Node,
        ) => 0,
        ("SOL", _) => 0,
        // Two digits modulo 97.
        (_, Form::Icap) => 6,
        ("DOT" | "KSM" | "ASTR" | "ACA" | "HDX" | "TAO", _) => 16,
        ("XLM" | "TON" | "tTON", _) => 16,
        ("FLOW", _) => 19,
        (_, Form::CashP2pkh | Form::CashP2sh | Form::CashTokenP2pkh | Form::CashTokenP2sh) => 40,
        ("KAS" | "XNO", _) => 40,
        // Bech32 and bech32m.
        _ => 30,
    }
}

fn main() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as usize % below
    };
    println!("\n| alphabet | strings | addresses | by chain and form |\n| --- | --- | --- | --- |");
    let mut too_many = Vec::new();
    for (name, alphabet, heads) in ALPHABETS {
        let (mut strings, mut addresses) = (0u64, 0u64);
        let mut found: BTreeMap<(&str, &str, u32), u64> = BTreeMap::new();
        for length in taintwatch::SHORTEST..=110 {
            for i in 0..STRINGS {
                let mut text = heads[i % heads.len()].to_owned();
                while text.len() < length {
                    text.push(char::from(alphabet[random(alphabet.len())]));
                }
                strings += 1;
                for found_here in scan(&text) {
                    addresses += 1;
                    for address in found_here.reading.addresses {
                        let (ticker, form) = (address.chain().ticker, address.form());
                        *found.entry((ticker, form.name(), bits(ticker, form))).or_default() += 1;
                    }
                }
            }
        }
        let cells: Vec<String> = found
            .iter()
            .map(|((ticker, form, bits), count)| match bits {
                0 => format!("{ticker} {form}: {count}, no checksum"),
                bits => format!("{ticker} {form}: {count}, {bits} bits"),
            })
            .collect();
        let cells = if cells.is_empty() { "none".to_owned() } else { cells.join("; ") };
        println!("| {name} | {strings} | {addresses} | {cells} |");
        for ((ticker, form, bits), count) in found {
            // What chance allows, and room for luck.
            let expected = strings as f64 / 2f64.powi(bits as i32);
            if bits > 0 && count as f64 > expected + 5.0 * expected.sqrt() + 3.0 {
                too_many.push(format!(
                    "{ticker} {form} in {name}: {count} where at most {expected:.2} are expected"
                ));
            }
        }
    }
    assert!(too_many.is_empty(), "more than the checksums allow:\n{}", too_many.join("\n"));
}
