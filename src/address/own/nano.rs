//! Nano: a public key in a base 32 of its own, closed by five bytes of BLAKE2b.
//!
//! Source: Nano's documentation, "Account public keys and addresses".

use super::super::blake2b;
use super::{IdentityKind as Kind, Parts, Read, checksum, digits, groups_of, text_of, unknown};

const ALPHABET: &[u8; 32] = b"13456789abcdefghijkmnopqrstuwxyz";
const LIKE: &str = "a Nano address";
/// The older prefix, which stands for the same.
const OLD_PREFIX: &str = "xrb_";

pub(super) fn read(prefix: &str, text: &str) -> Read {
    let rest = text.strip_prefix(prefix).or_else(|| text.strip_prefix(OLD_PREFIX))?;
    if rest.len() != 60 {
        return None;
    }
    let groups = digits(ALPHABET, rest)?;
    // 52 digits are 260 bits: the key's 256 behind four zeros.
    if groups[0] > 1 {
        return unknown(LIKE);
    }
    let key = bytes_of(&groups[..52]);
    if checksum_of(&key) != bytes_of(&groups[52..])[..] {
        return checksum(LIKE);
    }
    Some(Ok(Parts::plain(Kind::NanoKey, &key)))
}

pub(super) fn write(prefix: &str, parts: &Parts) -> Option<String> {
    parts.are_plain(Kind::NanoKey).then(|| {
        let key = text_of(ALPHABET, &groups_of(&parts.payload));
        format!("{prefix}{key}{}", text_of(ALPHABET, &groups_of(&checksum_of(&parts.payload))))
    })
}

/// The hash's bytes stand in reverse.
fn checksum_of(key: &[u8]) -> [u8; 5] {
    let mut sum: [u8; 5] = blake2b::hash(key);
    sum.reverse();
    sum
}

/// Groups joined to bytes from the right: what is left over is at the left.
fn bytes_of(groups: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (mut buffer, mut bits) = (0u32, 0);
    for &group in groups.iter().rev() {
        buffer |= u32::from(group) << bits;
        bits += 5;
        if bits >= 8 {
            bytes.push(buffer as u8);
            buffer >>= 8;
            bits -= 8;
        }
    }
    bytes.reverse();
    bytes
}
