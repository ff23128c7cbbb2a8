//! Keys and key hashes in base 58: Solana without a checksum; Tezos, Mina and Zcash with prefix bytes and Bitcoin's.
//!
//! Sources: Solana's documentation (an address is 32 bytes); the Tezos
//! protocol's `operation_hash` prefixes as listed in its documentation;
//! Mina's `signature_lib` (version byte 0xcb, then a compressed key).

use super::super::base58::{self, BITCOIN};
use super::{Form, IdentityKind as Kind, Parts, Problem, Read};

const TEZOS: &str = "a Tezos address";
const MINA: &str = "a Mina address";

pub(super) fn read_solana(_: &str, text: &str) -> Read {
    if !(32..=44).contains(&text.len()) {
        return None;
    }
    // There is no checksum to tell it from other texts, but no key in a billion is written in one letter case.
    if !text.bytes().any(|c| c.is_ascii_lowercase()) || !text.bytes().any(|c| c.is_ascii_uppercase()) {
        return None;
    }
    // A `1` in front is a byte; behind them, digits hold 5.86 bits each. Most texts that are something else end here.
    let ones = text.bytes().take_while(|&c| c == b'1').count();
    let (bytes, digits) = (32 - ones.min(32), text.len() - ones);
    if digits * 5858 < 8000 * bytes.saturating_sub(1) || digits.saturating_sub(1) * 5857 > 8000 * bytes {
        return None;
    }
    let bytes = base58::decode_bytes(&BITCOIN, text).filter(|bytes| bytes.len() == 32)?;
    Some(Ok(Parts::plain(Kind::Ed25519Key, &bytes)))
}

pub(super) fn write_solana(_: &str, parts: &Parts) -> Option<String> {
    let fits = parts.are_plain(Kind::Ed25519Key);
    let text = fits.then(|| base58::encode_bytes(&BITCOIN, &parts.payload))?;
    read_solana("", &text).is_some().then_some(text)
}

/// The prefix bytes of `tz1`, `tz2`, `tz3`, `tz4` and `KT1`, in the order of the identity's first byte.
const PREFIXES: [[u8; 3]; 5] = [[6, 161, 159], [6, 161, 161], [6, 161, 164], [6, 161, 166], [2, 90, 121]];
const CONTRACT: usize = 4;

pub(super) fn read_tezos(_: &str, text: &str) -> Read {
    if text.len() != 36
        || !text.get(..3).is_some_and(|head| ["tz1", "tz2", "tz3", "tz4", "KT1"].contains(&head))
    {
        return None;
    }
    let Some(bytes) = base58::decode_check(&BITCOIN, text) else {
        return Some(Err(Problem::Checksum { like: TEZOS }));
    };
    let at = PREFIXES.iter().position(|prefix| bytes.starts_with(prefix))?;
    let hash = bytes.get(3..).filter(|hash| hash.len() == 20)?;
    let form = if at == CONTRACT { Form::Contract } else { Form::Native };
    Some(Ok(Parts::new(form, Kind::TezosHash, &[&[at as u8][..], hash].concat(), &[])))
}

pub(super) fn write_tezos(_: &str, parts: &Parts) -> Option<String> {
    let (&at, hash) = parts.payload.split_first()?;
    let form = if usize::from(at) == CONTRACT { Form::Contract } else { Form::Native };
    if parts.kind != Kind::TezosHash || parts.form != form || !parts.extra.is_empty() {
        return None;
    }
    Some(base58::encode_check(&BITCOIN, &[PREFIXES.get(usize::from(at))?, hash].concat()))
}

/// Zcash's transparent addresses and their like: the bytes of a version and a hash, a key's and a script's, as the mark
/// has them in hexadecimal.
pub(super) fn read_versions(versions: &str, text: &str) -> Read {
    let bytes = base58::decode_check(&BITCOIN, text)?;
    let (version, hash) = bytes.split_at_checked(bytes.len().checked_sub(20)?)?;
    let version = crate::hex::hex(version);
    let (form, kind) = match versions.split(' ').position(|known| known == version)? {
        0 => (Form::P2pkh, Kind::Hash160),
        _ => (script_form(versions), Kind::ScriptHash160),
    };
    Some(Ok(Parts::new(form, kind, hash, &[])))
}

/// Where there is no version for keys, every account is a script.
fn script_form(versions: &str) -> Form {
    if versions.starts_with('-') { Form::Native } else { Form::P2sh }
}

pub(super) fn write_versions(versions: &str, parts: &Parts) -> Option<String> {
    let at = match (parts.form, parts.kind, parts.extra.len()) {
        (Form::P2pkh, Kind::Hash160, 0) => 0,
        (form, Kind::ScriptHash160, 0) if form == script_form(versions) => 1,
        _ => return None,
    };
    let version = version_bytes(versions.split(' ').nth(at)?);
    (!version.is_empty()).then(|| base58::encode_check(&BITCOIN, &[version, parts.payload.clone()].concat()))
}

/// The bytes of a version in a mark; none for one that the chain does not have.
pub(super) fn version_bytes(version: &str) -> Vec<u8> {
    let byte = |digits: &str| u8::from_str_radix(digits, 16).ok();
    (0..version.len()).step_by(2).filter_map(|at| byte(version.get(at..at + 2)?)).collect()
}

const MINA_HEAD: [u8; 3] = [0xcb, 1, 1];

pub(super) fn read_mina(_: &str, text: &str) -> Read {
    if text.len() != 55 || !text.starts_with("B62") {
        return None;
    }
    match base58::decode_check(&BITCOIN, text) {
        Some(bytes) => {
            let key = bytes.strip_prefix(&MINA_HEAD).filter(|key| key.len() == 33 && key[32] <= 1)?;
            Some(Ok(Parts::plain(Kind::MinaKey, key)))
        }
        None => Some(Err(Problem::Checksum { like: MINA })),
    }
}

pub(super) fn write_mina(_: &str, parts: &Parts) -> Option<String> {
    let fits = parts.are_plain(Kind::MinaKey);
    (fits && parts.payload.get(32).is_some_and(|parity| *parity <= 1))
        .then(|| base58::encode_check(&BITCOIN, &[&MINA_HEAD[..], &parts.payload].concat()))
}
