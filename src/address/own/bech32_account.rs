//! Accounts in plain bech32: the Cosmos family, EVM accounts in the same clothes, MultiversX, Avalanche's X and P
//! chains, Zcash Sapling, Chia.
//!
//! Sources: Cosmos SDK ADR-028 (20 bytes for keys, 32 for modules and
//! contracts), SLIP-173 and the chains' registries for the human-readable
//! parts; Avalanche's "Cryptographic primitives" for `X-` and `P-`; MultiversX's
//! "Accounts and addresses".

use super::super::bech32::{self, BECH32, BECH32M, Bad, LONGEST};
use super::super::parted::{characters, parted};
use super::{Form, IdentityKind as Kind, Parts, Problem, Read, unknown};

const ACCOUNT: &str = "an account address in bech32";

fn read(hrp: &str, text: &str, key: Kind) -> Read {
    let (head, rest) = text.split_at_checked(hrp.len())?;
    if !head.eq_ignore_ascii_case(hrp) || !rest.starts_with('1') {
        return None;
    }
    match bech32::decode_bytes(text, BECH32, LONGEST) {
        Ok((found, bytes)) if found.eq_ignore_ascii_case(hrp) => match bytes.len() {
            20 => Some(Ok(Parts::plain(key, &bytes))),
            32 => Some(Ok(Parts::new(Form::Contract, Kind::ContractHash256, &bytes, &[]))),
            _ => unknown(ACCOUNT),
        },
        Ok(_) => None,
        Err(bad) => Some(Err(match bad {
            Bad::Character(at) => Problem::character(ACCOUNT, text, at),
            Bad::MixedCase => Problem::MixedCase { like: ACCOUNT },
            Bad::Length => {
                Problem::Length { like: ACCOUNT, expected: hrp.len() + 39, found: characters(text) }
            }
            Bad::Checksum => Problem::Checksum { like: ACCOUNT },
            Bad::Program => Problem::UnknownVersion { like: ACCOUNT },
        })),
    }
}

fn write(hrp: &str, parts: &Parts, key: Kind) -> Option<String> {
    match (parts.form, parts.kind) {
        (Form::Native, kind) if kind == key => {}
        (Form::Contract, Kind::ContractHash256) => {}
        _ => return None,
    }
    parts.extra.is_empty().then(|| bech32::encode_bytes(hrp, &parts.payload, BECH32))
}

pub(super) fn read_hash(hrp: &str, text: &str) -> Read {
    read(hrp, text, Kind::Hash160)
}

pub(super) fn write_hash(hrp: &str, parts: &Parts) -> Option<String> {
    write(hrp, parts, Kind::Hash160)
}

pub(super) fn read_keccak(hrp: &str, text: &str) -> Read {
    read(hrp, text, Kind::Keccak160)
}

pub(super) fn write_keccak(hrp: &str, parts: &Parts) -> Option<String> {
    write(hrp, parts, Kind::Keccak160)
}

/// MultiversX's accounts.
pub(super) fn read_key(hrp: &str, text: &str) -> Read {
    let read = read(hrp, text, Kind::Hash160)?;
    Some(read.and_then(|parts| match parts.form {
        Form::Contract if parts.payload.starts_with(&[0; 8]) => Ok(parts),
        Form::Contract => Ok(Parts::plain(Kind::Ed25519Key, &parts.payload)),
        _ => Err(Problem::UnknownVersion { like: ACCOUNT }),
    }))
}

pub(super) fn write_key(hrp: &str, parts: &Parts) -> Option<String> {
    let is_contract = parts.payload.starts_with(&[0; 8]);
    (is_contract == (parts.form == Form::Contract)).then(|| write(hrp, parts, Kind::Ed25519Key)).flatten()
}

/// What is of one length: so many digits behind the human-readable part and its `1`.
fn read_fixed(hrp: &str, text: &str, (code, kind): (u32, Kind), length: usize, like: &'static str) -> Read {
    let (head, rest) = text.split_at_checked(hrp.len())?;
    if !head.eq_ignore_ascii_case(hrp) || !rest.starts_with('1') || rest.len() != 1 + length {
        return None;
    }
    match bech32::decode_bytes(text, code, LONGEST) {
        Ok((found, bytes)) if found.eq_ignore_ascii_case(hrp) => Some(Ok(Parts::plain(kind, &bytes))),
        Ok(_) => unknown(like),
        Err(_) => super::checksum(like),
    }
}

fn write_fixed(hrp: &str, parts: &Parts, (code, kind): (u32, Kind)) -> Option<String> {
    ((parts.form, parts.kind) == (Form::Native, kind) && parts.extra.is_empty())
        .then(|| bech32::encode_bytes(hrp, &parts.payload, code))
}

/// Zcash's shielded Sapling addresses: a diversifier and a transmission key.
const SAPLING: (u32, Kind) = (BECH32, Kind::SaplingReceiver);

pub(super) fn read_sapling(hrp: &str, text: &str) -> Read {
    read_fixed(hrp, text, SAPLING, 75, "a Zcash shielded address")
}

pub(super) fn write_sapling(hrp: &str, parts: &Parts) -> Option<String> {
    write_fixed(hrp, parts, SAPLING)
}

/// Chia's: the hash of the program that says who may spend, a "puzzle hash".
const PUZZLE: (u32, Kind) = (BECH32M, Kind::ContractHash256);

pub(super) fn read_puzzle(hrp: &str, text: &str) -> Read {
    read_fixed(hrp, text, PUZZLE, 58, "a Chia address")
}

pub(super) fn write_puzzle(hrp: &str, parts: &Parts) -> Option<String> {
    write_fixed(hrp, parts, PUZZLE)
}

/// With or without the letter: without it, the address is one on both chains.
pub(super) fn read_avalanche(letter: &str, text: &str) -> Read {
    let text = match parted(text, b'-') {
        Some((found, rest)) if found == letter => rest,
        Some(_) => return None,
        None => text,
    };
    let read = read("avax", text, Kind::Hash160)?;
    Some(read.and_then(|parts| match parts.form {
        Form::Native => Ok(parts),
        _ => Err(Problem::UnknownVersion { like: ACCOUNT }),
    }))
}

pub(super) fn write_avalanche(letter: &str, parts: &Parts) -> Option<String> {
    let plain = parts.form == Form::Native;
    plain.then(|| write("avax", parts, Kind::Hash160)).flatten().map(|text| format!("{letter}-{text}"))
}
