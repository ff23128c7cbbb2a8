//! Ergo: a public key with a byte of version and a checksum by BLAKE2b, in base 58. Its addresses of scripts have many lengths
//! and are not read.
//!
//! Source: ErgoAddress.scala of the reference client: the byte is 1 for a key of the main network.

use super::super::base58::{self, BITCOIN};
use super::super::blake2b;
use super::{IdentityKind as Kind, Parts, Read, checksum};

const KEY: u8 = 1;

pub(super) fn read(_: &str, text: &str) -> Read {
    if text.len() != 51 || !text.starts_with('9') {
        return None;
    }
    let bytes = base58::decode_bytes(&BITCOIN, text).filter(|bytes| bytes.len() == 38)?;
    let (body, sum) = bytes.split_at(34);
    if checksum_of(body) != sum {
        return checksum("an Ergo address");
    }
    let key = body.strip_prefix(&[KEY]).filter(|key| is_compressed(key))?;
    Some(Ok(Parts::plain(Kind::Secp256k1Key, key)))
}

pub(super) fn write(_: &str, parts: &Parts) -> Option<String> {
    let fits = parts.are_plain(Kind::Secp256k1Key);
    (fits && is_compressed(&parts.payload)).then(|| {
        let body = [&[KEY], &parts.payload[..]].concat();
        base58::encode_bytes(&BITCOIN, &[&body[..], &checksum_of(&body)].concat())
    })
}

fn is_compressed(key: &[u8]) -> bool {
    key.first().is_some_and(|parity| matches!(parity, 2 | 3))
}

fn checksum_of(body: &[u8]) -> [u8; 4] {
    let [a, b, c, d, ..] = blake2b::hash::<32>(body);
    [a, b, c, d]
}
