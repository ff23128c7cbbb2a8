//! Conflux: CashAddr's checksum over digits of its own, with or without the prefix.
//!
//! Source: CIP-37. The optional parts between the prefix and the account (`type.user`) are passed over.

use super::super::bech32::{regroup, split};
use super::super::cashaddr;
use super::super::parted::parted_at_last;
use super::{IdentityKind as Kind, Parts, Problem, Read, checksum, digits, text_of, unknown};

const ALPHABET: &[u8; 32] = b"abcdefghjkmnprstuvwxyz0123456789";
const LIKE: &str = "a Conflux address";

pub(super) fn read(prefix: &str, text: &str) -> Read {
    let small = text.to_ascii_lowercase();
    let parted = parted_at_last(&small, b':');
    let (head, account) = parted.unwrap_or((prefix, &small));
    let values = digits(ALPHABET, account)?;
    if values.len() != 42 || !head.starts_with(prefix) {
        return None;
    }
    if text != small && text.bytes().any(|c| c.is_ascii_lowercase()) {
        return Some(Err(Problem::MixedCase { like: LIKE }));
    }
    if !cashaddr::checksum_holds(prefix, &values) {
        // Without the prefix it may as well be something else.
        parted?;
        return checksum(LIKE);
    }
    match regroup(&values[..34]) {
        Some(bytes) if bytes[0] == 0 => Some(Ok(Parts::plain(Kind::Keccak160, &bytes[1..]))),
        _ => unknown(LIKE),
    }
}

pub(super) fn write(prefix: &str, parts: &Parts) -> Option<String> {
    let good = parts.are_plain(Kind::Keccak160);
    good.then(|| {
        let values = cashaddr::with_checksum(prefix, split(&[&[0], &parts.payload[..]].concat()));
        format!("{prefix}:{}", text_of(ALPHABET, &values))
    })
}
