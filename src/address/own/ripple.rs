//! The XRP Ledger: classic addresses, and X-addresses that carry a destination tag.
//!
//! Sources: XRPL's documentation ("base58 encodings"); XLS-5 for X-addresses.
//! Both stand for the same account id, which is a key hash as Bitcoin makes them.

use super::super::base58::{self, Alphabet};
use super::{Form, IdentityKind as Kind, Parts, Problem, Read, unknown};

static ALPHABET: Alphabet = Alphabet::new(b"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz");
const LIKE: &str = "an XRP Ledger address";
const X_MAINNET: [u8; 2] = [0x05, 0x44];

pub(super) fn read(_: &str, text: &str) -> Read {
    let checksum = Some(Err(Problem::Checksum { like: LIKE }));
    match (text.as_bytes()[0], text.len()) {
        (b'r', 25..=35) => {
            return match base58::decode_if(&ALPHABET, text, |version| version == 0) {
                Ok((_, account)) => Some(Ok(Parts::plain(Kind::Hash160, &account))),
                Err(base58::Bad::Character(_)) => None,
                Err(_) => checksum,
            };
        }
        (b'X', 46..=47) if text.bytes().all(|c| ALPHABET.digit(c).is_some()) => {}
        _ => return None,
    }
    let Some(bytes) = base58::decode_check(&ALPHABET, text) else { return checksum };
    match bytes.strip_prefix(&X_MAINNET) {
        // The account, whether there is a tag, the tag in little-endian, four zeros.
        Some(rest) if rest.len() == 29 && fits(&rest[20..]) => {
            Some(Ok(Parts::new(Form::XAddress, Kind::Hash160, &rest[..20], &rest[20..25])))
        }
        _ => unknown(LIKE),
    }
}

/// The flag and tag of an X-address, and what is behind them.
fn fits(tail: &[u8]) -> bool {
    matches!(tail, [0, 0, 0, 0, 0, rest @ ..] | [1, _, _, _, _, rest @ ..] if rest.iter().all(|&b| b == 0))
}

pub(super) fn write(_: &str, parts: &Parts) -> Option<String> {
    let bytes = match (parts.form, parts.kind, &parts.extra[..]) {
        (Form::Native, Kind::Hash160, []) => [&[0][..], &parts.payload].concat(),
        (Form::XAddress, Kind::Hash160, tag) if tag.len() == 5 && fits(tag) => {
            [&X_MAINNET[..], &parts.payload, tag, &[0; 4]].concat()
        }
        _ => return None,
    };
    Some(base58::encode_check(&ALPHABET, &bytes))
}
