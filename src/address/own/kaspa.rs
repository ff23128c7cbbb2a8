//! Kaspa: CashAddr's checksum and digits with a version byte of its own.
//!
//! Source: rusty-kaspa's `crypto/addresses`: version 0 a Schnorr key, 1 an ECDSA key, 8 a script's hash.

use super::super::bech32::{regroup, split, values};
use super::super::cashaddr;
use super::super::parted::characters;
use super::{IdentityKind as Kind, Parts, Problem, Read, checksum, unknown};

const LIKE: &str = "a Kaspa address";

pub(super) fn read(prefix: &str, text: &str) -> Read {
    let digits = text.strip_prefix(prefix)?.strip_prefix(':')?;
    if !(61..=64).contains(&digits.len()) {
        return Some(Err(Problem::Length { like: LIKE, expected: 67, found: characters(text) }));
    }
    if digits.bytes().any(|c| c.is_ascii_uppercase()) {
        return Some(Err(Problem::MixedCase { like: LIKE }));
    }
    let values = match values(digits) {
        Ok(values) => values,
        Err(at) => return Some(Err(Problem::character(LIKE, text, prefix.len() + 1 + at))),
    };
    if !cashaddr::checksum_holds(prefix, &values) {
        return checksum(LIKE);
    }
    let Some(bytes) = regroup(&values[..values.len() - 8]) else { return unknown(LIKE) };
    if !fits(&bytes) {
        return unknown(LIKE);
    }
    Some(Ok(Parts::plain(Kind::KaspaKey, &bytes)))
}

fn fits(bytes: &[u8]) -> bool {
    matches!((bytes[0], bytes.len()), (0 | 8, 33) | (1, 34))
}

pub(super) fn write(prefix: &str, parts: &Parts) -> Option<String> {
    let good = parts.are_plain(Kind::KaspaKey);
    (good && fits(&parts.payload)).then(|| cashaddr::encode_values(prefix, split(&parts.payload)))
}
