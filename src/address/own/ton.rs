//! TON: raw (`0:` and 64 digits) and user-friendly addresses (48 characters of base 64, closed by a CRC-16).
//!
//! Source: TEP-2 and TON's documentation, "Smart contract addresses". The
//! identity is the workchain and the account's hash.

use super::super::parted::parted;
use super::{Form, IdentityKind as Kind, Parts, Read, checksum, crc16, unknown};
use crate::hex::unhex;

const LIKE: &str = "a TON address";
const BOUNCEABLE: u8 = 0x11;
const NON_BOUNCEABLE: u8 = 0x51;
/// Added to either on the test network.
const TEST: u8 = 0x80;
const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

pub(super) fn read(network: &str, text: &str) -> Read {
    if let Some((workchain, digits)) = parted(text, b':').filter(|_| network.is_empty()) {
        return read_raw(workchain, digits);
    }
    if text.len() != 48 || !matches!(text.as_bytes()[0], b'E' | b'U' | b'k' | b'0') {
        return None;
    }
    let mut bytes = Vec::with_capacity(36);
    let (mut buffer, mut bits) = (0u32, 0);
    for c in text.bytes() {
        // The two alphabets differ in two characters, and wallets write either.
        let c = match c {
            b'+' => b'-',
            b'/' => b'_',
            c => c,
        };
        buffer = buffer << 6 | URL_SAFE.iter().position(|&d| d == c)? as u32;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((buffer >> bits) as u8);
        }
    }
    let (body, sum) = bytes.split_at(34);
    if crc16(body).to_be_bytes() != sum {
        // Any 48 characters of base 64 might be meant; only those of the two usual beginnings look like it.
        return if text.starts_with("EQ") || text.starts_with("UQ") { checksum(LIKE) } else { None };
    }
    let test = if network.is_empty() { 0 } else { TEST };
    if body[0] & TEST != test {
        return None;
    }
    let form = match body[0] ^ test {
        BOUNCEABLE => Form::Bounceable,
        NON_BOUNCEABLE => Form::NonBounceable,
        _ => return unknown(LIKE),
    };
    if !matches!(body[1], 0 | 0xff) {
        return unknown(LIKE);
    }
    Some(Ok(Parts::new(form, Kind::TonAccount, &body[1..], &[])))
}

fn read_raw(workchain: &str, digits: &str) -> Read {
    let workchain = match workchain {
        "0" => 0,
        "-1" => 0xff,
        _ => return None,
    };
    let payload = [&[workchain][..], &unhex::<32>(digits)?].concat();
    Some(Ok(Parts::new(Form::Raw, Kind::TonAccount, &payload, &[])))
}

pub(super) fn write(network: &str, parts: &Parts) -> Option<String> {
    let workchain = match parts.payload.first() {
        Some(0) => "0",
        Some(0xff) => "-1",
        _ => return None,
    };
    if parts.kind != Kind::TonAccount || !parts.extra.is_empty() {
        return None;
    }
    let tag = match parts.form {
        Form::Raw if !network.is_empty() => return None,
        Form::Raw => return Some(format!("{workchain}:{}", crate::hex::hex(&parts.payload[1..]))),
        Form::Bounceable => BOUNCEABLE,
        Form::NonBounceable => NON_BOUNCEABLE,
        _ => return None,
    };
    let tag = if network.is_empty() { tag } else { tag | TEST };
    let mut bytes = [&[tag][..], &parts.payload].concat();
    bytes.extend(crc16(&bytes).to_be_bytes());
    let digits = bytes.chunks_exact(3).flat_map(|three| {
        let value = three.iter().fold(0u32, |value, &byte| value << 8 | u32::from(byte));
        [18, 12, 6, 0].map(|shift| char::from(URL_SAFE[(value >> shift & 63) as usize]))
    });
    Some(digits.collect())
}
