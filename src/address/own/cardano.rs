//! Cardano: Shelley addresses (CIP-19, bech32 without a length limit) and Byron's (base 58 of CBOR with a CRC-32).
//!
//! The identity is the payment credential, a key's or a script's hash; the
//! stake credential or pointer is what the spelling has beyond it.

use super::super::base58::{self, BITCOIN};
use super::super::bech32::{self, BECH32};
use super::{Form, IdentityKind as Kind, Parts, Read, checksum, crc32, unknown};

const LIKE: &str = "a Cardano address";
/// CIP-19 has no limit of its own; this is that of the codes' strength.
const LONGEST: usize = 1023;
/// The human-readable part of stake addresses.
const STAKE: &str = "stake";
/// The network number of the mainnet.
const MAINNET: u8 = 1;
/// CBOR: an array of two, tag 24, a byte string with a length of one byte.
const BYRON_HEAD: [u8; 4] = [0x82, 0xd8, 0x18, 0x58];

pub(super) fn read(hrp: &str, text: &str) -> Read {
    if text.starts_with("DdzFF") || text.starts_with("Ae2") {
        return read_byron(text);
    }
    let prefix =
        [hrp, STAKE].into_iter().find(|p| text.strip_prefix(p).is_some_and(|rest| rest.starts_with('1')))?;
    let Ok((found, bytes)) = bech32::decode_bytes(text, BECH32, LONGEST) else { return checksum(LIKE) };
    let (&header, body) = bytes.split_first()?;
    if found != prefix || header & 15 != MAINNET || body.len() < 28 {
        return unknown(LIKE);
    }
    let (credential, rest) = body.split_at(28);
    // The lowest bit of the type tells a script from a key; the second that of the stake credential.
    let form = match (header >> 4, rest.len(), prefix == STAKE) {
        (0..=3, 28, false) => Form::Native,
        (4..=5, 3..=15, false) => Form::Pointer,
        (6..=7, 0, false) => Form::Enterprise,
        (14..=15, 0, true) => Form::Stake,
        _ => return unknown(LIKE),
    };
    let payload = [&[header >> 4 & 1][..], credential].concat();
    let extra = match form {
        Form::Native => [&[header >> 5 & 1][..], rest].concat(),
        _ => rest.to_vec(),
    };
    Some(Ok(Parts::new(form, Kind::CardanoCredential, &payload, &extra)))
}

pub(super) fn write(hrp: &str, parts: &Parts) -> Option<String> {
    if parts.kind == Kind::ByronRoot224 {
        return write_byron(parts);
    }
    if parts.kind != Kind::CardanoCredential {
        return None;
    }
    let (&script, credential) = parts.payload.split_first().filter(|(script, _)| **script <= 1)?;
    let (kind, rest, hrp) = match (parts.form, &parts.extra[..]) {
        (Form::Native, [stake @ 0..=1, rest @ ..]) if rest.len() == 28 => (stake << 1, rest, hrp),
        (Form::Pointer, rest) if (3..=15).contains(&rest.len()) => (4, rest, hrp),
        (Form::Enterprise, []) => (6, &[][..], hrp),
        (Form::Stake, []) => (14, &[][..], STAKE),
        _ => return None,
    };
    Some(bech32::encode_bytes(
        hrp,
        &[&[(kind | script) << 4 | MAINNET][..], credential, rest].concat(),
        BECH32,
    ))
}

fn read_byron(text: &str) -> Read {
    let bytes = base58::decode_bytes(&BITCOIN, text)?;
    let (&length, rest) = bytes.strip_prefix(&BYRON_HEAD)?.split_first()?;
    let (payload, tail) = rest.split_at_checked(usize::from(length))?;
    // The checksum is the second of the array: an unsigned number of four bytes.
    let [0x1a, sum @ ..] = tail else { return unknown(LIKE) };
    if crc32(payload).to_be_bytes() != sum {
        return checksum(LIKE);
    }
    // An array of three: the root's 28 bytes, the attributes, the type.
    let body = payload.strip_prefix(&[0x83, 0x58, 0x1c])?;
    let (root, rest) = body.split_at_checked(28)?;
    if rest.is_empty() || rest.len() > super::super::LONGEST_EXTRA {
        return unknown(LIKE);
    }
    Some(Ok(Parts::new(Form::Byron, Kind::ByronRoot224, root, rest)))
}

fn write_byron(parts: &Parts) -> Option<String> {
    if parts.form != Form::Byron || parts.extra.is_empty() {
        return None;
    }
    let payload = [&[0x83, 0x58, 0x1c][..], &parts.payload, &parts.extra].concat();
    let sum = crc32(&payload).to_be_bytes();
    Some(base58::encode_bytes(
        &BITCOIN,
        &[&BYRON_HEAD[..], &[payload.len() as u8], &payload, &[0x1a], &sum].concat(),
    ))
}
