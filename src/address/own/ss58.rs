//! SS58, the addresses of Polkadot, Kusama and the other Substrate chains: a network number, 32 bytes, two of BLAKE2b.
//!
//! Source: the Substrate documentation, "SS58 address format"; numbers from its registry.

use super::super::base58::{self, BITCOIN};
use super::super::blake2b;
use super::{IdentityKind as Kind, Parts, Read, checksum};

const LIKE: &str = "a Polkadot-style address";

pub(super) fn read(network: &str, text: &str) -> Read {
    if !(35..=50).contains(&text.len()) {
        return None;
    }
    let bytes = base58::decode_bytes(&BITCOIN, text)?;
    let rest = bytes.strip_prefix(&head(network)?[..]).filter(|rest| rest.len() == 34)?;
    if checksum_of(&bytes[..bytes.len() - 2]) != rest[32..] {
        return checksum(LIKE);
    }
    Some(Ok(Parts::plain(Kind::AccountId256, &rest[..32])))
}

pub(super) fn write(network: &str, parts: &Parts) -> Option<String> {
    if !parts.are_plain(Kind::AccountId256) {
        return None;
    }
    let mut bytes = [&head(network)?[..], &parts.payload].concat();
    let sum = checksum_of(&bytes);
    bytes.extend(sum);
    Some(base58::encode_bytes(&BITCOIN, &bytes))
}

/// What an address of this network begins with, in bytes: a number below 64 is one byte; up to 16,383 it is two, with its bits shuffled.
pub(super) fn head(network: &str) -> Option<Vec<u8>> {
    let number: u16 = network.parse().ok()?;
    Some(match number {
        0..=63 => vec![number as u8],
        _ => vec![(number >> 2 & 0x3f) as u8 | 0x40, (number >> 8) as u8 | (number << 6) as u8],
    })
}

fn checksum_of(bytes: &[u8]) -> [u8; 2] {
    let [first, second, ..] = blake2b::hash::<64>(&[b"SS58PRE", bytes].concat());
    [first, second]
}
