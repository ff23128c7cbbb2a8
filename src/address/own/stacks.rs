//! Stacks: c32check, Crockford's base 32 of a hash as Bitcoin makes them, with Bitcoin's checksum.
//!
//! Source: SIP-005, "Address encoding". The mark is the version's letters, a key's and a script's: `PM`.

use super::super::base58;
use super::{Form, IdentityKind as Kind, Parts, Read, checksum, groups_of, text_of, unknown};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LIKE: &str = "a Stacks address";

pub(super) fn read(letters: &str, text: &str) -> Read {
    let rest = text.strip_prefix('S')?;
    if !(28..=41).contains(&text.len()) || !rest.bytes().all(|c| ALPHABET.contains(&c)) {
        return None;
    }
    let at = letters.bytes().position(|letter| letter == rest.as_bytes()[0])?;
    let bytes = decode(rest.get(1..)?)?;
    let (hash, sum) = bytes.split_at(20);
    let version = ALPHABET.iter().position(|&c| c == rest.as_bytes()[0])? as u8;
    if checksum_of(version, hash) != sum {
        return checksum(LIKE);
    }
    let parts = match at {
        0 => Parts::plain(Kind::Hash160, hash),
        _ => Parts::new(Form::P2sh, Kind::ScriptHash160, hash, &[]),
    };
    // Each leading zero is a zero byte: any other spelling is not canonical.
    if write(letters, &parts)? == text { Some(Ok(parts)) } else { unknown(LIKE) }
}

pub(super) fn write(letters: &str, parts: &Parts) -> Option<String> {
    let at = match (parts.form, parts.kind, parts.extra.len()) {
        (Form::Native, Kind::Hash160, 0) => 0,
        (Form::P2sh, Kind::ScriptHash160, 0) => 1,
        _ => return None,
    };
    let letter = *letters.as_bytes().get(at)?;
    let version = ALPHABET.iter().position(|&c| c == letter)? as u8;
    let bytes = [&parts.payload[..], &checksum_of(version, &parts.payload)].concat();
    Some(format!("S{}{}", char::from(letter), encode(&bytes)))
}

/// The digits as one number of 24 bytes.
fn decode(text: &str) -> Option<[u8; 24]> {
    let mut bytes = [0u8; 24];
    for c in text.bytes() {
        let mut carry = ALPHABET.iter().position(|&d| d == c)? as u32;
        for byte in bytes.iter_mut().rev() {
            carry += u32::from(*byte) << 5;
            *byte = carry as u8;
            carry >>= 8;
        }
        if carry != 0 {
            return None;
        }
    }
    Some(bytes)
}

fn encode(bytes: &[u8]) -> String {
    let zeros = bytes.iter().take_while(|&&byte| byte == 0).count();
    let groups = groups_of(bytes);
    let leading = groups.iter().take_while(|&&group| group == 0).count();
    "0".repeat(zeros) + &text_of(ALPHABET, &groups[leading..])
}

fn checksum_of(version: u8, hash: &[u8]) -> [u8; 4] {
    base58::checksum(&[&[version], hash].concat())
}
