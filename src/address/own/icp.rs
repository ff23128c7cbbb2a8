//! The Internet Computer: account ids (64 digits that begin with their CRC-32) and principals (base 32 in groups).
//!
//! Source: the Internet Computer Interface Specification ("Textual
//! representation of principals") and the ledger's documentation.

use super::super::bech32::{regroup, split};
use super::{Form, IdentityKind as Kind, Parts, Read, checksum, crc32, digits, text_of};
use crate::hex::unhex;

const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const LIKE: &str = "an Internet Computer principal";

pub(super) fn read_account(_: &str, text: &str) -> Read {
    let bytes = unhex::<32>(text)?;
    let (sum, hash) = bytes.split_at(4);
    // Most texts of 64 digits are something else: no problem of theirs.
    (crc32(hash).to_be_bytes() == sum).then(|| Ok(Parts::plain(Kind::IcpAccount224, hash)))
}

pub(super) fn read_principal(_: &str, text: &str) -> Read {
    let is_grouped = text.bytes().enumerate().all(|(at, c)| (c == b'-') == (at % 6 == 5));
    if !(9..=63).contains(&text.len()) || !is_grouped {
        return None;
    }
    let groups = digits(ALPHABET, &text.chars().filter(|c| *c != '-').collect::<String>())?;
    let bytes = regroup(&groups).filter(|bytes| (5..=33).contains(&bytes.len()))?;
    let (sum, principal) = bytes.split_at(4);
    if crc32(principal).to_be_bytes() != sum {
        // Words with hyphens have the shape too; a canister's id ends with `-cai`, a person's has 63 characters.
        return if text.ends_with("-cai") || text.len() == 63 { checksum(LIKE) } else { None };
    }
    let parts = Parts::new(Form::Principal, Kind::IcpPrincipal, principal, &[]);
    // Only one way of grouping is right.
    (write_principal("", &parts)? == text).then_some(Ok(parts))
}

pub(super) fn write_account(_: &str, parts: &Parts) -> Option<String> {
    let fits = parts.are_plain(Kind::IcpAccount224);
    fits.then(|| crate::hex::hex(&with_sum(&parts.payload)))
}

pub(super) fn write_principal(_: &str, parts: &Parts) -> Option<String> {
    if (parts.form, parts.kind) != (Form::Principal, Kind::IcpPrincipal) || !parts.extra.is_empty() {
        return None;
    }
    let text = text_of(ALPHABET, &split(&with_sum(&parts.payload)));
    let mut grouped = String::with_capacity(text.len() * 6 / 5);
    for (at, c) in text.chars().enumerate() {
        if at > 0 && at % 5 == 0 {
            grouped.push('-');
        }
        grouped.push(c);
    }
    Some(grouped)
}

fn with_sum(payload: &[u8]) -> Vec<u8> {
    [&crc32(payload).to_be_bytes()[..], payload].concat()
}
