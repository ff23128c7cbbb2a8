//! Zcash's unified addresses: several receivers in one, jumbled so that no part can be exchanged; and its `tex1…`.
//!
//! Source: ZIP 316 (F4Jumble over BLAKE2b, then bech32m without a length
//! limit) and ZIP 320. Each receiver is an identity of its own, so each is a
//! spelling of its own; the mark is the receiver's typecode.

use super::super::bech32::{self, BECH32M};
use super::super::blake2b;
use super::{Form, IdentityKind as Kind, Parts, Read, behind_hrp, checksum, unknown};

const LIKE: &str = "a Zcash unified address";
const HRP: &str = "u";
/// The human-readable part filled up with zeros, which closes what is jumbled.
const PADDING: [u8; 16] = *b"u\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
/// The receivers that have a meaning: typecode, kind and length in bytes.
const RECEIVERS: [(u8, Kind, usize); 4] = [
    (0, Kind::Hash160, 20),
    (1, Kind::ScriptHash160, 20),
    (2, Kind::SaplingReceiver, 43),
    (3, Kind::OrchardReceiver, 43),
];

pub(super) fn read(mark: &str, text: &str) -> Read {
    behind_hrp("u", text)?;
    let Ok((_, jumbled)) = bech32::decode_bytes(text, BECH32M, 1023) else { return checksum(LIKE) };
    let Some(items) = unjumble(jumbled) else { return unknown(LIKE) };
    let Some(receivers) = receivers(&items) else { return unknown(LIKE) };
    let (_, kind, _) = *RECEIVERS.iter().find(|(code, ..)| mark.parse() == Ok(*code))?;
    let (_, payload) = receivers.into_iter().find(|(found, _)| *found == kind)?;
    Some(Ok(Parts::new(Form::Unified, kind, payload, &items)))
}

pub(super) fn write(mark: &str, parts: &Parts) -> Option<String> {
    let (code, kind, length) = *RECEIVERS.iter().find(|(code, ..)| mark.parse() == Ok(*code))?;
    if (parts.form, parts.kind) != (Form::Unified, kind) || parts.payload.len() != length {
        return None;
    }
    let items = match parts.extra[..] {
        // A shielded receiver may stand alone, a transparent one may not.
        [] if code > 1 => [&[code, length as u8][..], &parts.payload].concat(),
        [] => return None,
        _ => parts.extra.clone(),
    };
    let holds = receivers(&items)?.contains(&(kind, &parts.payload[..]));
    let mut bytes = [&items[..], &PADDING].concat();
    (holds && jumble(&mut bytes)).then(|| bech32::encode_bytes(HRP, &bytes, BECH32M))
}

/// The receivers among the items, whose typecodes must rise; what has no meaning yet is passed over.
fn receivers(items: &[u8]) -> Option<Vec<(Kind, &[u8])>> {
    let (mut found, mut rest, mut last) = (Vec::new(), items, None);
    while !rest.is_empty() {
        let code = compact(&mut rest)?;
        let length = usize::try_from(compact(&mut rest)?).ok()?;
        let (data, behind) = rest.split_at_checked(length)?;
        rest = behind;
        if last.replace(code).is_some_and(|last| last >= code) {
            return None;
        }
        if let Some((_, kind, expected)) = RECEIVERS.iter().find(|(known, ..)| u64::from(*known) == code) {
            if data.len() != *expected {
                return None;
            }
            found.push((*kind, data));
        }
    }
    // One transparent receiver at most, and not alone.
    let is_transparent = |(kind, _): &&(Kind, &[u8])| matches!(kind, Kind::Hash160 | Kind::ScriptHash160);
    let transparent = found.iter().filter(is_transparent).count();
    (transparent < 2 && last > Some(1)).then_some(found)
}

/// Bitcoin's number of variable length, in its shortest form.
fn compact(bytes: &mut &[u8]) -> Option<u64> {
    let (&first, rest) = bytes.split_first()?;
    let width = match first {
        253 => 2,
        254 => 4,
        255 => return None,
        _ => {
            *bytes = rest;
            return Some(first.into());
        }
    };
    let (number, rest) = rest.split_at_checked(width)?;
    *bytes = rest;
    let number = number.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte));
    (number >= if width == 2 { 253 } else { 1 << 16 }).then_some(number)
}

/// The items of what was jumbled, if the padding behind them is right.
fn unjumble(mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    let (left, right) = halves(&mut bytes)?;
    hide_left(left, right, 1);
    hide_right(left, right, 1);
    hide_left(left, right, 0);
    hide_right(left, right, 0);
    bytes.strip_suffix(&PADDING).map(<[u8]>::to_vec)
}

fn jumble(bytes: &mut [u8]) -> bool {
    let Some((left, right)) = halves(bytes) else { return false };
    hide_right(left, right, 0);
    hide_left(left, right, 0);
    hide_right(left, right, 1);
    hide_left(left, right, 1);
    true
}

/// The left half has at most 64 bytes; `None` where there are too few or too many.
fn halves(bytes: &mut [u8]) -> Option<(&mut [u8], &mut [u8])> {
    let middle = (bytes.len() / 2).min(64);
    ((48..=middle + blake2b::LONGEST).contains(&bytes.len())).then(|| bytes.split_at_mut(middle))
}

/// ZIP 316's `H`: the left half, hidden by a hash of the right one.
fn hide_left(left: &mut [u8], right: &[u8], round: u8) {
    let with = hash(b'H', [round, 0, 0], left.len(), right);
    left.iter_mut().zip(with).for_each(|(byte, with)| *byte ^= with);
}

/// ZIP 316's `G`: the right half, hidden by hashes of the left one.
fn hide_right(left: &[u8], right: &mut [u8], round: u8) {
    for (at, part) in right.chunks_mut(64).enumerate() {
        let with = hash(b'G', [round, at as u8, 0], 64, left);
        part.iter_mut().zip(with).for_each(|(byte, with)| *byte ^= with);
    }
}

/// BLAKE2b of at most one block, personalised as ZIP 316 has it.
fn hash(letter: u8, behind: [u8; 3], size: usize, bytes: &[u8]) -> [u8; 64] {
    let mut personal = *b"UA_F4Jumble_?___";
    personal[12] = letter;
    personal[13..].copy_from_slice(&behind);
    // Both halves are at most one block.
    blake2b::blake2b(&personal, size, bytes).unwrap_or([0; 64])
}

/// ZIP 320: a transparent key's hash that is to be paid from transparent funds alone.
pub(super) fn read_tex(hrp: &str, text: &str) -> Read {
    const LIKE: &str = "a Zcash tex address";
    if behind_hrp(hrp, text)?.len() != 38 {
        return None;
    }
    match bech32::decode_bytes(text, BECH32M, bech32::LONGEST) {
        Ok((_, bytes)) if bytes.len() == 20 => Some(Ok(Parts::plain(Kind::Hash160, &bytes))),
        Ok(_) => unknown(LIKE),
        Err(_) => checksum(LIKE),
    }
}

pub(super) fn write_tex(hrp: &str, parts: &Parts) -> Option<String> {
    parts.are_plain(Kind::Hash160).then(|| bech32::encode_bytes(hrp, &parts.payload, BECH32M))
}
