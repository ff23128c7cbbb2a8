//! Accounts in plain bech32: the Cosmos family, EVM accounts in the same clothes, MultiversX, Avalanche's X and P
//! chains; and what is of one length in it, as Zcash Sapling and Chia.
//!
//! Sources: Cosmos SDK ADR-028 (20 bytes for keys, 32 for modules and
//! contracts), SLIP-173 and the chains' registries for the human-readable
//! parts; Avalanche's "Cryptographic primitives" for `X-` and `P-`; MultiversX's
//! "Accounts and addresses"; Oasis Core's "Consensus Layer: Addresses"; Radix' "Addresses on Radix".

use super::super::bech32::{self, BECH32, BECH32M, Bad, LONGEST};
use super::super::parted::{characters, parted};
use super::{Form, IdentityKind as Kind, Parts, Problem, Read, behind_hrp, unknown};

const ACCOUNT: &str = "an account address in bech32";

fn read(hrp: &str, text: &str, key: Kind) -> Read {
    behind_hrp(hrp, text)?;
    match bech32::decode_bytes(text, BECH32, LONGEST) {
        Ok((found, bytes)) if found.len() == hrp.len() => match bytes.len() {
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

/// What is of one length behind the human-readable part and its `1`.
struct Fixed {
    code: u64,
    kind: Kind,
    /// How many digits there are, with the checksum.
    digits: usize,
    /// What the first byte is, where it is always the same.
    first: Option<u8>,
    like: &'static str,
}

impl Fixed {
    const fn of(hrp: &str) -> Self {
        match hrp.as_bytes() {
            // A diversifier and a transmission key.
            b"zs" => Self::new(BECH32, Kind::SaplingReceiver, 75, None, "a Zcash shielded address"),
            // The hash of the program that says who may spend, a "puzzle hash".
            b"xch" => Self::new(BECH32M, Kind::ContractHash256, 58, None, "a Chia address"),
            // The version, then a hash of 20 bytes.
            b"oasis" => Self::new(BECH32, Kind::OwnAccount, 40, Some(0), "an Oasis address"),
            // The sort of entity, then a hash of 29 bytes.
            _ => Self::new(BECH32M, Kind::OwnAccount, 54, None, "a Radix address"),
        }
    }

    const fn new(code: u64, kind: Kind, digits: usize, first: Option<u8>, like: &'static str) -> Self {
        Self { code, kind, digits, first, like }
    }

    fn begins(&self, bytes: &[u8]) -> bool {
        self.first.is_none_or(|first| bytes.first() == Some(&first))
    }
}

/// How many digits stand behind this human-readable part and its `1`.
pub(super) fn fixed_digits(hrp: &str) -> usize {
    Fixed::of(hrp).digits
}

pub(super) fn read_fixed(hrp: &str, text: &str) -> Read {
    let fixed = Fixed::of(hrp);
    if behind_hrp(hrp, text)?.len() != fixed.digits {
        return None;
    }
    match bech32::decode_bytes(text, fixed.code, LONGEST) {
        Ok((found, bytes)) if found.len() == hrp.len() && fixed.begins(&bytes) => {
            Some(Ok(Parts::plain(fixed.kind, &bytes)))
        }
        Ok(_) => unknown(fixed.like),
        Err(_) => super::checksum(fixed.like),
    }
}

pub(super) fn write_fixed(hrp: &str, parts: &Parts) -> Option<String> {
    let fixed = Fixed::of(hrp);
    let fits = parts.are_plain(fixed.kind);
    let text = (fits && fixed.begins(&parts.payload))
        .then(|| bech32::encode_bytes(hrp, &parts.payload, fixed.code))?;
    (text.len() == hrp.len() + 1 + fixed.digits).then_some(text)
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
