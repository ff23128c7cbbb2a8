//! Filecoin: an id (`f0`), a key's or an actor's hash (`f1`, `f2`), a BLS key (`f3`) or a delegated address (`f4`).
//!
//! Source: the Filecoin specification, "Address". The delegated addresses of
//! the EVM actor (`f410f…`) are EVM key hashes and identified as such.

use super::super::bech32::{regroup, split};
use super::super::blake2b;
use super::super::parted::parted;
use super::{Form, IdentityKind as Kind, Parts, Read, checksum, digits, text_of, unknown};

const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const LIKE: &str = "a Filecoin address";
/// Ids are below this: nine bytes of LEB128 hold 63 bits.
const ID_BOUND: u64 = 1 << 63;
/// The actor that holds EVM addresses.
const EVM_ACTOR: &str = "10";

pub(super) fn read(letter: &str, text: &str) -> Read {
    let lower = text.to_ascii_lowercase();
    if lower != text && text.to_ascii_uppercase() != text {
        return None;
    }
    let rest = lower.strip_prefix(letter)?;
    let protocol = rest.bytes().next()?.checked_sub(b'0').filter(|protocol| *protocol <= 4)?;
    let rest = rest.get(1..)?;
    if protocol == 0 {
        let canonical = !rest.is_empty() && (rest == "0" || !rest.starts_with('0'));
        let id: u64 = rest.parse().ok().filter(|&id: &u64| canonical && id < ID_BOUND)?;
        return Some(Ok(Parts::new(
            Form::Id,
            Kind::FilecoinPayload,
            &[&[0][..], &id.to_be_bytes()].concat(),
            &[],
        )));
    }
    let (actor, rest) = if protocol == 4 { parted(rest, b'f')? } else { ("", rest) };
    if protocol == 4 && actor != EVM_ACTOR {
        return None;
    }
    let expected = match protocol {
        1 | 2 => 39,
        3 => 84,
        _ => 39,
    };
    if rest.len() != expected {
        return None;
    }
    let Some(bytes) = regroup(&digits(ALPHABET, rest)?) else { return checksum(LIKE) };
    let (payload, sum) = bytes.split_at(bytes.len() - 4);
    if checksum_of(protocol, payload) != sum {
        return checksum(LIKE);
    }
    Some(Ok(match (protocol, payload.len()) {
        (4, 20) => Parts::new(Form::Delegated, Kind::Keccak160, payload, &[]),
        (1 | 2, 20) | (3, 48) => Parts::plain(Kind::FilecoinPayload, &[&[protocol][..], payload].concat()),
        _ => return unknown(LIKE),
    }))
}

pub(super) fn write(letter: &str, parts: &Parts) -> Option<String> {
    if !parts.extra.is_empty() {
        return None;
    }
    let armoured = |protocol: u8, payload: &[u8]| {
        text_of(ALPHABET, &split(&[payload, &checksum_of(protocol, payload)[..]].concat()))
    };
    match (parts.form, parts.kind, &parts.payload[..]) {
        (Form::Delegated, Kind::Keccak160, payload) => {
            Some(format!("{letter}4{EVM_ACTOR}f{}", armoured(4, payload)))
        }
        (Form::Id, Kind::FilecoinPayload, [0, id @ ..]) => {
            let id = u64::from_be_bytes(id.try_into().ok()?);
            (id < ID_BOUND).then(|| format!("{letter}0{id}"))
        }
        (Form::Native, Kind::FilecoinPayload, [protocol @ 1..=3, payload @ ..])
            if payload.len() == if *protocol == 3 { 48 } else { 20 } =>
        {
            Some(format!("{letter}{protocol}{}", armoured(*protocol, payload)))
        }
        _ => None,
    }
}

fn checksum_of(protocol: u8, payload: &[u8]) -> [u8; 4] {
    // The EVM actor's number is a part of what is hashed, as LEB128.
    let actor = if protocol == 4 { &[10][..] } else { &[] };
    blake2b::hash(&[&[protocol], actor, payload].concat())
}
