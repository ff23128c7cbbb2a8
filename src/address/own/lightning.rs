//! Lightning: invoices and node ids, both of which stand for the payee's node key; and silent payments.
//!
//! Sources: BOLT 11 (the payee is named by `n` or recovered from the
//! signature) and BOLT 7 for node ids; BIP 352 for silent payments, whose
//! identity is the spend key. The mark is what follows `ln`, or the
//! human-readable part.

use super::super::base58::sha256;
use super::super::bech32::{self, BECH32, BECH32M, Values};
use super::super::parted::strip_ignoring_case;
use super::super::secp256k1::{self, Key};
use super::{Form, IdentityKind as Kind, Parts, Problem, Read, behind_hrp, checksum, unknown};
use crate::hex::{hex, unhex};

const INVOICE: &str = "a Lightning invoice";
/// What only an invoice that was read has beyond the node, so that none can be made of a node.
const MADE_BY: &[u8] = &[1];
const SILENT: &str = "a silent payment address";
/// The longest invoice that is read, in characters.
const LONGEST: usize = 1023;
/// The signature and its recovery number, in five-bit groups.
const SIGNATURE: usize = 104;
/// The time stamp, in five-bit groups.
const TIME: usize = 7;
/// The field `n`: the payee's key.
const PAYEE: u8 = 19;

pub(super) fn read(network: &str, text: &str) -> Read {
    if let Some(key) = unhex::<33>(text) {
        return Key::from_bytes(&key)
            .map(|key| Ok(Parts::new(Form::Node, Kind::Secp256k1Key, &key.to_bytes(), &[])));
    }
    let amount = strip_ignoring_case(strip_ignoring_case(text, "ln")?, network)?;
    // Behind the network an amount or the `1`: else it is another network.
    if !amount.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let values = match bech32::decode_values(text, LONGEST) {
        Ok(values) if values.residue == BECH32 => values,
        Ok(_) => return checksum(INVOICE),
        Err(bech32::Bad::Character(at)) => return Some(Err(Problem::character(INVOICE, text, at))),
        Err(_) => return checksum(INVOICE),
    };
    match payee(&values) {
        Some(key) => Some(Ok(Parts::new(Form::Invoice, Kind::Secp256k1Key, &key.to_bytes(), MADE_BY))),
        None => unknown(INVOICE),
    }
}

/// The key that signed, which must be the one that is named where one is.
fn payee(invoice: &Values) -> Option<Key> {
    let signed = invoice.values.len().checked_sub(SIGNATURE)?;
    let (data, signature) = invoice.values.split_at(signed);
    let signature = bech32::regroup(signature)?;
    let (&recovery, signature) = signature.split_last()?;
    let message = [invoice.hrp.to_ascii_lowercase().as_bytes(), &padded(data)].concat();
    let key = secp256k1::recover(&sha256(&message), signature.try_into().ok()?, recovery)?;
    let mut fields = data.get(TIME..)?;
    while let [kind, high, low, rest @ ..] = fields {
        let (field, behind) = rest.split_at_checked(usize::from(*high) << 5 | usize::from(*low))?;
        // A field of another length is none (BOLT 11).
        if *kind == PAYEE && field.len() == 53 && padded(field)[..33] != key.to_bytes() {
            return None;
        }
        fields = behind;
    }
    fields.is_empty().then_some(key)
}

/// Five-bit groups as bytes, the last filled up with zeros.
fn padded(groups: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(groups.len() * 5 / 8 + 1);
    let (mut buffer, mut bits) = (0u32, 0);
    for &group in groups {
        buffer = buffer << 5 | u32::from(group);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((buffer >> bits) as u8);
        }
    }
    if bits > 0 {
        bytes.push((buffer << (8 - bits)) as u8);
    }
    bytes
}

/// An invoice is not written again, as it is signed; what it stands for is the node.
pub(super) fn write(_: &str, parts: &Parts) -> Option<String> {
    let fits = matches!((parts.form, &parts.extra[..]), (Form::Node, []) | (Form::Invoice, MADE_BY));
    (fits
        && parts.kind == Kind::Secp256k1Key
        && Key::from_bytes(&parts.payload[..].try_into().ok()?).is_some())
    .then(|| hex(&parts.payload))
}

pub(super) fn read_silent(hrp: &str, text: &str) -> Read {
    // The version, twice 33 bytes and the checksum.
    if behind_hrp(hrp, text)?.len() != 113 {
        return None;
    }
    let values = match bech32::decode_values(text, LONGEST) {
        Ok(values) if values.residue == BECH32M => values.values,
        _ => return checksum(SILENT),
    };
    let keys =
        values.split_first().filter(|(version, _)| **version == 0).and_then(|(_, v)| bech32::regroup(v));
    let Some((scan, spend)) = keys.as_deref().and_then(|keys| keys.split_at_checked(33)) else {
        return unknown(SILENT);
    };
    let good = |key: &[u8]| key.try_into().is_ok_and(|key| Key::from_bytes(&key).is_some());
    if !good(scan) || !good(spend) {
        return unknown(SILENT);
    }
    Some(Ok(Parts::new(Form::SilentPayment, Kind::Secp256k1Key, spend, scan)))
}

pub(super) fn write_silent(hrp: &str, parts: &Parts) -> Option<String> {
    let good = |key: &[u8]| key.try_into().is_ok_and(|key| Key::from_bytes(&key).is_some());
    if (parts.form, parts.kind) != (Form::SilentPayment, Kind::Secp256k1Key)
        || !good(&parts.extra)
        || !good(&parts.payload)
    {
        return None;
    }
    let mut values = vec![0];
    values.extend(bech32::split(&[&parts.extra[..], &parts.payload].concat()));
    Some(bech32::encode_values(hrp, values, BECH32M))
}
