//! Addresses in the base 32 of RFC 4648 without padding: Stellar's strkeys, Algorand's and NEM's addresses.
//!
//! Sources: SEP-23 (strkeys; CRC-16, written low byte first); Algorand's
//! developer documentation (the last four bytes of SHA-512/256 of the key); NEM's
//! documentation, "Address Components" (the first four bytes of Keccak-256 of network and hash).

use super::super::bech32::{regroup, split};
use super::super::keccak::keccak256;
use super::{Form, IdentityKind as Kind, Parts, Read, checksum, crc16, digits, text_of, unknown};
use sha2::{Digest, Sha512_256};

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STELLAR: &str = "a Stellar address";
const ALGORAND: &str = "an Algorand address";
const NEM: &str = "a NEM address";

/// Version bytes: account `G`, muxed account `M`, contract `C`.
const ACCOUNT: u8 = 6 << 3;
const MUXED: u8 = 12 << 3;
const CONTRACT: u8 = 2 << 3;

/// The bytes; none where what is left over behind the last is not zero.
#[inline(never)]
fn bytes_of(text: &str) -> Option<Option<Vec<u8>>> {
    Some(regroup(&digits(ALPHABET, text)?))
}

pub(super) fn read_stellar(_: &str, text: &str) -> Read {
    if !matches!((text.len(), text.as_bytes()[0]), (56, b'G' | b'C') | (69, b'M')) {
        return None;
    }
    let Some(bytes) = bytes_of(text)? else { return checksum(STELLAR) };
    let (body, crc) = bytes.split_at(bytes.len() - 2);
    if crc16(body).to_le_bytes() != crc {
        return checksum(STELLAR);
    }
    Some(Ok(match body[0] {
        ACCOUNT => Parts::plain(Kind::Ed25519Key, &body[1..]),
        MUXED => Parts::new(Form::Muxed, Kind::Ed25519Key, &body[1..33], &body[33..]),
        CONTRACT => Parts::new(Form::Contract, Kind::ContractHash256, &body[1..], &[]),
        _ => return unknown(STELLAR),
    }))
}

pub(super) fn write_stellar(_: &str, parts: &Parts) -> Option<String> {
    let version = match (parts.form, parts.kind, parts.extra.len()) {
        (Form::Native, Kind::Ed25519Key, 0) => ACCOUNT,
        (Form::Muxed, Kind::Ed25519Key, 8) => MUXED,
        (Form::Contract, Kind::ContractHash256, 0) => CONTRACT,
        _ => return None,
    };
    let mut bytes = [&[version][..], &parts.payload, &parts.extra].concat();
    bytes.extend(crc16(&bytes).to_le_bytes());
    Some(text_of(ALPHABET, &split(&bytes)))
}

pub(super) fn read_algorand(_: &str, text: &str) -> Read {
    if text.len() != 58 {
        return None;
    }
    let Some(bytes) = bytes_of(text)? else { return checksum(ALGORAND) };
    if sum_of(&bytes[..32]) != bytes[32..] {
        return checksum(ALGORAND);
    }
    Some(Ok(Parts::plain(Kind::Ed25519Key, &bytes[..32])))
}

pub(super) fn write_algorand(_: &str, parts: &Parts) -> Option<String> {
    if !parts.are_plain(Kind::Ed25519Key) {
        return None;
    }
    Some(text_of(ALPHABET, &split(&[&parts.payload, &sum_of(&parts.payload)[..]].concat())))
}

/// NEM's main network, which is written `N` and one of the first four letters.
const NEM_MAIN: u8 = 0x68;
/// The network, and a hash of 20 bytes.
const NEM_LENGTH: usize = 21;

pub(super) fn read_nem(_: &str, text: &str) -> Read {
    if text.len() != 40 {
        return None;
    }
    let Some(bytes) = bytes_of(text)? else { return checksum(NEM) };
    let (body, sum) = bytes.split_at(NEM_LENGTH);
    if body[0] != NEM_MAIN {
        return None;
    }
    if &keccak256(body)[..4] != sum {
        return checksum(NEM);
    }
    Some(Ok(Parts::plain(Kind::OwnAccount, body)))
}

pub(super) fn write_nem(_: &str, parts: &Parts) -> Option<String> {
    let body = &parts.payload;
    let fits = parts.are_plain(Kind::OwnAccount) && body.len() == NEM_LENGTH && body[0] == NEM_MAIN;
    fits.then(|| text_of(ALPHABET, &split(&[body, &keccak256(body)[..4]].concat())))
}

/// Algorand's checksum. One copy of the hash, which is inlined wherever it is called.
#[inline(never)]
fn sum_of(key: &[u8]) -> [u8; 4] {
    let hash = Sha512_256::digest(key);
    core::array::from_fn(|at| hash[28 + at])
}
