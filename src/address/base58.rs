//! Base58Check: Bitcoin's base-58 digits with a four-byte double SHA-256 checksum.
//!
//! Source: the Bitcoin wiki's "Base58Check encoding"; vectors in `tests/vectors`.

use sha2::{Digest, Sha256};

/// The 58 digits.
pub(super) const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Each ASCII character's digit, or 0xff.
const DIGITS: [u8; 128] = {
    let mut digits = [0xff; 128];
    let mut i = 0;
    while i < 58 {
        digits[ALPHABET[i] as usize] = i as u8;
        i += 1;
    }
    digits
};

/// A version byte and a 20-byte hash with its checksum: what every address here decodes to.
const ADDRESS: usize = 25;

/// Why a text is not a Base58Check address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Bad {
    /// The character at this place (from 0, in bytes) is none of the 58.
    Character(usize),
    /// It does not decode to 25 bytes.
    Length,
    /// The last four bytes are not the checksum of the others.
    Checksum,
}

/// Decodes to a version byte and 20 bytes.
pub(super) fn decode(text: &str) -> Result<(u8, [u8; 20]), Bad> {
    let text = text.as_bytes();
    if let Some(at) = text.iter().position(|&c| digit(c).is_none()) {
        return Err(Bad::Character(at));
    }
    // 25 bytes take at most 35 digits; more cannot be an address and are not worth decoding.
    if text.len() > 35 {
        return Err(Bad::Length);
    }
    let mut bytes = [0u8; ADDRESS];
    for &c in text {
        let mut carry = u32::from(digit(c).unwrap_or(0));
        for byte in bytes.iter_mut().rev() {
            carry += u32::from(*byte) * 58;
            *byte = carry as u8;
            carry >>= 8;
        }
        if carry != 0 {
            return Err(Bad::Length);
        }
    }
    // Each leading `1` is a zero byte, no more and no fewer: any other spelling is not canonical.
    let ones = text.iter().take_while(|&&c| c == b'1').count();
    let zeros = bytes.iter().take_while(|&&b| b == 0).count();
    if ones != zeros {
        return Err(Bad::Length);
    }
    if checksum(&bytes[..21]) != bytes[21..] {
        return Err(Bad::Checksum);
    }
    let mut hash = [0; 20];
    hash.copy_from_slice(&bytes[1..21]);
    Ok((bytes[0], hash))
}

/// Encodes a version byte and 20 bytes.
pub(super) fn encode(version: u8, hash: &[u8]) -> String {
    encode_check(&[&[version][..], hash].concat())
}

/// Decodes any number of bytes from at most `longest` digits.
pub(super) fn decode_bytes(text: &str, longest: usize) -> Option<Vec<u8>> {
    if text.len() > longest {
        return None;
    }
    // The number's bytes, the lowest first.
    let mut bytes: Vec<u8> = Vec::with_capacity(longest);
    for c in text.bytes() {
        let mut carry = u32::from(digit(c)?);
        for byte in &mut bytes {
            carry += u32::from(*byte) * 58;
            *byte = carry as u8;
            carry >>= 8;
        }
        if carry != 0 {
            bytes.push(carry as u8);
        }
    }
    let ones = text.bytes().take_while(|&c| c == b'1').count();
    bytes.extend(core::iter::repeat_n(0, ones));
    bytes.reverse();
    Some(bytes)
}

/// Decodes any number of bytes whose checksum holds; the checksum is not among them.
pub(super) fn decode_check(text: &str, longest: usize) -> Option<Vec<u8>> {
    let mut bytes = decode_bytes(text, longest)?;
    let sum = bytes.split_off(bytes.len().checked_sub(4)?);
    (checksum(&bytes) == sum[..]).then_some(bytes)
}

/// Encodes bytes with their checksum.
pub(super) fn encode_check(bytes: &[u8]) -> String {
    encode_bytes(&[bytes, &checksum(bytes)].concat())
}

/// Encodes bytes as they are.
pub(super) fn encode_bytes(bytes: &[u8]) -> String {
    let zeros = bytes.iter().take_while(|&&b| b == 0).count();
    let mut digits = Vec::with_capacity(bytes.len() * 7 / 5 + 1);
    for &byte in &bytes[zeros..] {
        let mut carry = u32::from(byte);
        for digit in &mut digits {
            carry += u32::from(*digit) << 8;
            *digit = (carry % 58) as u8;
            carry /= 58;
        }
        while carry != 0 {
            digits.push((carry % 58) as u8);
            carry /= 58;
        }
    }
    let ones = core::iter::repeat_n('1', zeros);
    ones.chain(digits.iter().rev().map(|&d| ALPHABET[usize::from(d)].into())).collect()
}

/// What a digit counts.
pub(super) fn digit(c: u8) -> Option<u8> {
    DIGITS.get(usize::from(c)).copied().filter(|&d| d != 0xff)
}

fn checksum(bytes: &[u8]) -> [u8; 4] {
    let twice = Sha256::digest(Sha256::digest(bytes));
    [twice[0], twice[1], twice[2], twice[3]]
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(decode("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN0"), Err(Bad::Character(33)));
        assert_eq!(decode("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3"), Err(Bad::Checksum));
        assert_eq!(decode("11BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"), Err(Bad::Length));
        assert_eq!(decode(""), Err(Bad::Length));
        assert_eq!(decode(&"z".repeat(10_000)), Err(Bad::Length));
        assert_eq!(decode("é"), Err(Bad::Character(0)));
    }

    proptest! {
        #[test]
        fn round_trips_and_agrees_with_bs58(version: u8, hash: [u8; 20]) {
            let text = encode(version, &hash);
            prop_assert_eq!(decode(&text), Ok((version, hash)));
            prop_assert_eq!(text, bs58::encode(hash).with_check_version(version).into_string());
        }

        #[test]
        fn accepts_exactly_what_bs58_accepts(text in "[1-9A-HJ-NP-Za-km-z]{20,40}") {
            let theirs = bs58::decode(&text).with_check(None).into_vec().ok().filter(|b| b.len() == 21);
            prop_assert_eq!(decode(&text).ok().map(|(v, h)| [&[v][..], &h].concat()), theirs);
        }

        #[test]
        fn never_panics(text: String) {
            let _ = decode(&text);
        }
    }
}
