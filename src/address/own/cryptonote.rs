//! Monero's addresses: base 58 in blocks of eight bytes, closed by four bytes of Keccak-256.
//!
//! Source: Monero's `src/common/base58.cpp` and `cryptonote_config.h`. The
//! identity is the public spend key; the view key and a payment id are what
//! the spelling has beyond it.

use super::super::base58::BITCOIN;
use super::super::keccak::keccak256;
use super::{Form, IdentityKind as Kind, Parts, Read, checksum, unknown};

const LIKE: &str = "a Monero address";
/// How many digits a block of so many bytes takes.
const DIGITS: [usize; 9] = [0, 2, 3, 5, 6, 7, 9, 10, 11];
const FORMS: [Form; 3] = [Form::Native, Form::Integrated, Form::Subaddress];

pub(super) fn read(networks: &str, text: &str) -> Read {
    if !matches!(text.len(), 95 | 106) {
        return None;
    }
    let bytes = decode(text)?;
    let (body, sum) = bytes.split_at(bytes.len() - 4);
    if keccak256(body)[..4] != *sum {
        return checksum(LIKE);
    }
    let at = numbers(networks).position(|number| number == body[0])?;
    let expected = if FORMS[at] == Form::Integrated { 73 } else { 65 };
    if body.len() != expected {
        return unknown(LIKE);
    }
    Some(Ok(Parts::new(FORMS[at], Kind::MoneroSpendKey, &body[1..33], &body[33..])))
}

pub(super) fn write(networks: &str, parts: &Parts) -> Option<String> {
    let at = FORMS.iter().position(|form| *form == parts.form)?;
    let expected = if parts.form == Form::Integrated { 40 } else { 32 };
    if parts.kind != Kind::MoneroSpendKey || parts.extra.len() != expected {
        return None;
    }
    let mut bytes = [&[numbers(networks).nth(at)?][..], &parts.payload, &parts.extra].concat();
    let sum = keccak256(&bytes);
    bytes.extend_from_slice(&sum[..4]);
    Some(encode(&bytes))
}

fn numbers(networks: &str) -> impl Iterator<Item = u8> {
    networks.split(' ').filter_map(|number| number.parse().ok())
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(80);
    for block in text.as_bytes().chunks(11) {
        let size = DIGITS.iter().position(|&digits| digits == block.len())?;
        let value =
            block.iter().try_fold(0u128, |value, &c| Some(value * 58 + u128::from(BITCOIN.digit(c)?)))?;
        if value >> (8 * size) != 0 {
            return None;
        }
        bytes.extend_from_slice(&value.to_be_bytes()[16 - size..]);
    }
    Some(bytes)
}

fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(106);
    for block in bytes.chunks(8) {
        let mut value = block.iter().fold(0u64, |value, &byte| value << 8 | u64::from(byte));
        let mut digits = vec![0; DIGITS[block.len()]];
        for digit in digits.iter_mut().rev() {
            *digit = (value % 58) as u8;
            value /= 58;
        }
        text.extend(digits.into_iter().map(|digit| BITCOIN.character(digit)));
    }
    text
}
