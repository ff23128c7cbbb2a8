//! Bech32 and Bech32m, and the segwit addresses written in them.
//!
//! Source: BIP 173 (bech32, witness version 0) and BIP 350 (bech32m, versions
//! 1 to 16); their vectors are in `tests/vectors`.

use super::bch::{Code, Prefix};
use super::shape::{Shape, group};

/// The 32 digits, which CashAddr shares.
pub(super) const CHARSET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

static CODE: Code =
    Code::new(6, Prefix::Split, [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]);
/// What the checksum comes to in bech32 (BIP 173) and in bech32m (BIP 350).
pub(super) const BECH32: u64 = 1;
pub(super) const BECH32M: u64 = 0x2bc8_30a3;
/// The most characters that BIP 173 allows.
pub(super) const LONGEST: usize = 90;

/// Why a text is not a segwit address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Bad {
    /// The character at this place (from 0, in bytes) cannot stand there.
    Character(usize),
    /// Upper and lower case are mixed.
    MixedCase,
    /// The parts are not as long as the standard has them.
    Length,
    /// The six last characters are not the checksum of the others.
    Checksum,
    /// The checksum is right, but what it covers is not a witness program.
    Program,
}

/// A segwit address' human-readable part as it stands, witness version (0 to 16) and program (2 to 40 bytes).
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Segwit<'a> {
    pub hrp: &'a str,
    pub version: u8,
    pub program: Vec<u8>,
}

/// Decodes a segwit address, whatever its human-readable part.
pub(super) fn decode(text: &str) -> Result<Segwit<'_>, Bad> {
    let Values { hrp, values, residue } = decode_values(text, LONGEST)?;
    let Some((&version, groups)) = values.split_first() else {
        return Err(if residue == BECH32 || residue == BECH32M { Bad::Program } else { Bad::Checksum });
    };
    // Which of the two checksums is right depends on the version (BIP 350).
    match (residue, version) {
        (BECH32, 0) | (BECH32M, 1..=16) => {}
        (BECH32 | BECH32M, 17..) => return Err(Bad::Program),
        _ => return Err(Bad::Checksum),
    }
    let program = regroup(groups).ok_or(Bad::Program)?;
    let fits = match version {
        0 => program.len() == 20 || program.len() == 32,
        _ => (2..=40).contains(&program.len()),
    };
    if !fits {
        return Err(Bad::Program);
    }
    Ok(Segwit { hrp, version, program })
}

/// Decodes a human-readable part, as it stands, and bytes. `kind` is [`BECH32`] or [`BECH32M`]; `longest` bounds the
/// characters: BIP 173 has [`LONGEST`], some chains write more.
pub(super) fn decode_bytes(text: &str, kind: u64, longest: usize) -> Result<(&str, Vec<u8>), Bad> {
    let Values { hrp, values, residue } = decode_values(text, longest)?;
    if residue != kind {
        return Err(Bad::Checksum);
    }
    Ok((hrp, regroup(&values).ok_or(Bad::Program)?))
}

/// A bech32 text taken apart.
pub(super) struct Values<'a> {
    pub hrp: &'a str,
    /// The five-bit values before the checksum.
    pub values: Vec<u8>,
    /// What the checksum comes to.
    pub residue: u64,
}

/// Takes a text apart at its last `1`.
pub(super) fn decode_values(text: &str, longest: usize) -> Result<Values<'_>, Bad> {
    decode_by(&CODE, text, longest)
}

/// The same of a text that is checked by another code.
pub(super) fn decode_by<'a>(code: &Code, text: &'a str, longest: usize) -> Result<Values<'a>, Bad> {
    let shape = Shape::of(text.as_bytes());
    // Letters and digits alone, as mostly, are no such character.
    if shape.has(group::ELSE)
        && let Some(at) = text.bytes().position(|c| !(33..=126).contains(&c))
    {
        return Err(Bad::Character(at));
    }
    if text.len() > longest {
        return Err(Bad::Length);
    }
    if shape.has(group::SMALL) && shape.has(group::CAPITALS) {
        return Err(Bad::MixedCase);
    }
    let separator = text.bytes().rposition(|c| c == b'1').ok_or(Bad::Length)?;
    let (hrp, rest) = text.split_at_checked(separator).ok_or(Bad::Length)?;
    let data = rest.get(1..).unwrap_or_default();
    if hrp.is_empty() || data.len() < code.digits {
        return Err(Bad::Length);
    }
    let mut values = values(data).map_err(|at| Bad::Character(separator + 1 + at))?;
    let residue = code.residue(hrp, &values);
    values.truncate(values.len() - code.digits);
    Ok(Values { hrp, values, residue })
}

/// Encodes a witness program in lower case.
pub(super) fn encode(hrp: &str, version: u8, program: &[u8]) -> String {
    let mut values = vec![version];
    values.extend(split(program));
    encode_values(hrp, values, if version == 0 { BECH32 } else { BECH32M })
}

/// Encodes bytes in lower case; `kind` is [`BECH32`] or [`BECH32M`].
pub(super) fn encode_bytes(hrp: &str, bytes: &[u8], kind: u64) -> String {
    encode_values(hrp, split(bytes), kind)
}

/// Encodes five-bit values in lower case.
pub(super) fn encode_values(hrp: &str, values: Vec<u8>, target: u64) -> String {
    encode_by(&CODE, hrp, values, target)
}

/// The same by another code.
pub(super) fn encode_by(code: &Code, hrp: &str, values: Vec<u8>, target: u64) -> String {
    written(&format!("{hrp}1"), &code.with_checksum(hrp, values, target))
}

/// Five-bit values as digits behind what they stand behind.
#[inline(never)]
pub(super) fn written(head: &str, values: &[u8]) -> String {
    let mut text = head.to_owned();
    text.extend(values.iter().map(|&v| char::from(CHARSET[usize::from(v)])));
    text
}

/// Each ASCII character's value in either case, or 0xff.
const VALUES: [u8; 256] = {
    let mut values = [0xff; 256];
    let mut i = 0;
    while i < 32 {
        values[CHARSET[i] as usize] = i as u8;
        values[CHARSET[i].to_ascii_uppercase() as usize] = i as u8;
        i += 1;
    }
    values
};

/// The five-bit values of digits in either case, or where the first that is none stands.
pub(super) fn values(digits: &str) -> Result<Vec<u8>, usize> {
    let value = |c: u8| VALUES[usize::from(c)];
    let values: Vec<u8> = digits.bytes().map(value).collect();
    let is_bad = |value: &u8| *value > 31;
    // One look at all of them first: mostly none is bad.
    if values.iter().fold(0, |all, value| all | value) > 31 {
        return Err(values.iter().position(is_bad).unwrap_or(0));
    }
    Ok(values)
}

/// Five-bit groups joined to bytes; what is left over must be under five bits and zero.
pub(super) fn regroup(groups: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(groups.len() * 5 / 8);
    let (mut buffer, mut bits) = (0u32, 0);
    for &group in groups {
        buffer = (buffer << 5 | u32::from(group)) & 0xfff;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((buffer >> bits) as u8);
        }
    }
    (bits < 5 && buffer & ((1 << bits) - 1) == 0).then_some(bytes)
}

/// Bytes split into five-bit groups, the last filled up with zeros.
pub(super) fn split(bytes: &[u8]) -> Vec<u8> {
    let mut groups = Vec::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut buffer, mut bits) = (0u32, 0);
    for &byte in bytes {
        buffer = (buffer << 8 | u32::from(byte)) & 0xfff;
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            groups.push((buffer >> bits) as u8 & 31);
        }
    }
    if bits > 0 {
        groups.push((buffer << (5 - bits)) as u8 & 31);
    }
    groups
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn round_trips_and_agrees_with_the_bech32_crate(
            version in 0u8..=16,
            program in prop_oneof![prop::collection::vec(any::<u8>(), 20), prop::collection::vec(any::<u8>(), 32)],
            hrp in prop::sample::select(vec!["bc", "tb", "ltc"]),
        ) {
            let text = encode(hrp, version, &program);
            let read = decode(&text).unwrap();
            prop_assert_eq!((read.hrp, read.version, &read.program), (hrp, version, &program));
            let upper = text.to_uppercase();
            let upper = decode(&upper).unwrap();
            prop_assert_eq!((upper.version, upper.program), (read.version, read.program));
            let (their_hrp, their_version, their_program) = bech32::segwit::decode(&text).unwrap();
            prop_assert_eq!(their_hrp.to_lowercase(), hrp);
            prop_assert_eq!(their_version.to_u8(), version);
            prop_assert_eq!(their_program, program);
        }

        #[test]
        fn one_wrong_character_never_passes(program in prop::collection::vec(any::<u8>(), 20), at in 4usize..42, to in 0usize..32) {
            let mut text = encode("bc", 0, &program).into_bytes();
            prop_assume!(text[at] != CHARSET[to]);
            text[at] = CHARSET[to];
            prop_assert!(decode(std::str::from_utf8(&text).unwrap()).is_err());
        }

        #[test]
        fn never_panics(text: String) {
            let _ = decode(&text);
        }

        #[test]
        fn groups_round_trip(bytes in prop::collection::vec(any::<u8>(), 0..70)) {
            prop_assert_eq!(regroup(&split(&bytes)), Some(bytes));
        }
    }
}
