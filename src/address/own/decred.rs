//! Decred: two bytes of version, a hash, and a checksum by BLAKE-256, in base 58.
//!
//! Source: dcrd's `chaincfg/mainnetparams.go` and `stdaddr`. The hashes are
//! RIPEMD-160 of BLAKE-256, which no other chain makes.

use super::super::base58::{self, BITCOIN};
use super::super::blake256::blake256;
use super::{Form, IdentityKind as Kind, Parts, Read, checksum, unknown};

const LIKE: &str = "a Decred address";
/// A key's hash (`Ds`), a script's (`Dc`), and the hashes of keys for Ed25519 (`De`) and Schnorr signatures (`DS`), in
/// the order of the identity's first byte.
const VERSIONS: [[u8; 2]; 4] = [[0x07, 0x3f], [0x07, 0x1a], [0x07, 0x1f], [0x07, 0x01]];
const SCRIPT: usize = 1;

pub(super) fn read(_: &str, text: &str) -> Read {
    if text.len() != 35 || !text.starts_with('D') {
        return None;
    }
    let bytes = base58::decode_bytes(&BITCOIN, text).filter(|bytes| bytes.len() == 26)?;
    let at = VERSIONS.iter().position(|version| bytes.starts_with(version))?;
    let (body, sum) = bytes.split_at(22);
    if checksum_of(body)? != sum {
        return checksum(LIKE);
    }
    let payload = [&[at as u8][..], &body[2..]].concat();
    if payload.len() != 21 {
        return unknown(LIKE);
    }
    Some(Ok(Parts::new(form(at), Kind::DecredHash, &payload, &[])))
}

pub(super) fn write(_: &str, parts: &Parts) -> Option<String> {
    let (&at, hash) = parts.payload.split_first()?;
    let version = VERSIONS.get(usize::from(at))?;
    if (parts.form, parts.kind) != (form(at.into()), Kind::DecredHash) || !parts.extra.is_empty() {
        return None;
    }
    let body = [version, hash].concat();
    Some(base58::encode_bytes(&BITCOIN, &[&body[..], &checksum_of(&body)?].concat()))
}

fn form(at: usize) -> Form {
    if at == SCRIPT { Form::P2sh } else { Form::P2pkh }
}

fn checksum_of(body: &[u8]) -> Option<[u8; 4]> {
    let [a, b, c, d, ..] = blake256(&blake256(body)?)?;
    Some([a, b, c, d])
}
