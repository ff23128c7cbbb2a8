//! Waves: a version, the network and a key's hash, with a checksum of its own, in base 58.
//!
//! Source: Waves' documentation, "Address": the hash is Keccak-256 of BLAKE2b-256.

use super::super::base58::{self, BITCOIN};
use super::super::blake2b;
use super::super::keccak::keccak256;
use super::{IdentityKind as Kind, Parts, Read, checksum};

/// The version and the letter of the main network.
const HEAD: [u8; 2] = [1, b'W'];
/// Both, and a hash of 20 bytes.
const LENGTH: usize = 22;

pub(super) fn read(_: &str, text: &str) -> Read {
    if text.len() != 35 || !text.starts_with("3P") {
        return None;
    }
    let bytes = base58::decode_bytes(&BITCOIN, text).filter(|bytes| bytes.len() == LENGTH + 4)?;
    let (body, sum) = bytes.split_at(LENGTH);
    if checksum_of(body) != sum {
        return checksum("a Waves address");
    }
    body.starts_with(&HEAD).then(|| Ok(Parts::plain(Kind::OwnAccount, body)))
}

pub(super) fn write(_: &str, parts: &Parts) -> Option<String> {
    let fits = parts.are_plain(Kind::OwnAccount);
    let body = &parts.payload;
    (fits && body.len() == LENGTH && body.starts_with(&HEAD))
        .then(|| base58::encode_bytes(&BITCOIN, &[body, &checksum_of(body)[..]].concat()))
}

fn checksum_of(body: &[u8]) -> [u8; 4] {
    let [a, b, c, d, ..] = keccak256(&blake2b::hash::<32>(body));
    [a, b, c, d]
}
