//! Addresses that are hexadecimal digits: Aptos, Sui and Starknet, NEAR's implicit accounts, Sia, and EVM ones behind a
//! prefix.
//!
//! Sources: AIP-40 (Aptos), Sui's documentation, SNIP for Starknet's felts,
//! NEP-413's implicit accounts, Ronin's and XDC's documentation. Only the long
//! form is read: 64 digits have no checksum and may as well be a transaction id.

use super::super::blake2b;
use super::super::evm;
use super::super::parted::{characters, strip_ignoring_case};
use super::{Form, IdentityKind as Kind, Parts, Problem, Read};
use crate::hex::unhex;

fn kind(mark: &str) -> Kind {
    match mark {
        "aptos" => Kind::AptosAccount256,
        "sui" => Kind::SuiAccount256,
        _ => Kind::StarknetAccount256,
    }
}

/// Starknet's addresses are numbers below 2^251.
fn fits(kind: Kind, bytes: &[u8]) -> bool {
    kind != Kind::StarknetAccount256 || bytes.first().is_some_and(|top| *top < 8)
}

pub(super) fn read_hex32(mark: &str, text: &str) -> Read {
    // The digits alone are enough, as for EVM chains.
    let bytes = unhex::<32>(text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text))?;
    fits(kind(mark), &bytes).then(|| Ok(Parts::new(Form::Hex32, kind(mark), &bytes, &[])))
}

pub(super) fn write_hex32(mark: &str, parts: &Parts) -> Option<String> {
    let good = (parts.form, parts.kind) == (Form::Hex32, kind(mark)) && parts.extra.is_empty();
    (good && fits(parts.kind, &parts.payload)).then(|| format!("0x{}", crate::hex::hex(&parts.payload)))
}

pub(super) fn read_implicit(_: &str, text: &str) -> Read {
    // NEAR account names have no capitals.
    let bytes = unhex::<32>(text).filter(|_| !text.bytes().any(|c| c.is_ascii_uppercase()))?;
    Some(Ok(Parts::new(Form::Hex32, Kind::Ed25519Key, &bytes, &[])))
}

pub(super) fn write_implicit(_: &str, parts: &Parts) -> Option<String> {
    ((parts.form, parts.kind) == (Form::Hex32, Kind::Ed25519Key) && parts.extra.is_empty())
        .then(|| crate::hex::hex(&parts.payload))
}

/// How many bytes of a Sia address are its hash, before six of a checksum.
const SIA: usize = 32;

/// Source: `types/unlockhash.go` of Sia's node.
pub(super) fn read_sia(_: &str, text: &str) -> Read {
    let bytes = unhex::<38>(text)?;
    let (hash, sum) = bytes.split_at(SIA);
    if blake2b::hash::<32>(hash)[..6] != *sum {
        return super::checksum("a Sia address");
    }
    Some(Ok(Parts::plain(Kind::OwnAccount, hash)))
}

pub(super) fn write_sia(_: &str, parts: &Parts) -> Option<String> {
    let fits = parts.are_plain(Kind::OwnAccount);
    let hash = &parts.payload;
    (fits && hash.len() == SIA).then(|| crate::hex::hex(&[hash, &blake2b::hash::<32>(hash)[..6]].concat()))
}

pub(super) fn read_prefixed(prefix: &str, text: &str) -> Read {
    const LIKE: &str = "an Ethereum-style address with a chain's prefix";
    let digits = strip_ignoring_case(text, prefix)?;
    // Both `ronin:0x…` and `ronin:…` are in use.
    let skipped = if digits.starts_with("0x") { 2 } else { 0 };
    let digits = digits.get(skipped..)?;
    Some(match evm::parse_hex(digits) {
        Ok(bytes) => Ok(Parts::new(Form::Prefixed, Kind::Keccak160, &bytes, &[])),
        Err(Some(at)) => Err(Problem::character(LIKE, text, prefix.len() + skipped + at)),
        Err(None) => Err(Problem::Length {
            like: LIKE,
            expected: prefix.len() + skipped + 40,
            found: characters(text),
        }),
    })
}

pub(super) fn write_prefixed(prefix: &str, parts: &Parts) -> Option<String> {
    ((parts.form, parts.kind) == (Form::Prefixed, Kind::Keccak160) && parts.extra.is_empty())
        .then(|| format!("{prefix}{}", crate::hex::hex(&parts.payload)))
}
