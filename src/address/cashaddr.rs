//! CashAddr, Bitcoin Cash's address format, with and without its prefix.
//!
//! Source: the Bitcoin Cash specification "CashAddr" (its vectors are in
//! `tests/vectors`) and CHIP-2022-02 CashTokens for the token-aware types.

use super::bch::{Code, Prefix};
use super::bech32::{regroup, split, values, written};

/// The payload sizes in bytes that the three size bits stand for.
const SIZES: [usize; 8] = [20, 24, 28, 32, 40, 48, 56, 64];

static CODE: Code = Code::new(
    8,
    Prefix::Low,
    [0x98_f2bc_8e61, 0x79_b76d_99e2, 0xf3_3e5f_b3c4, 0xae_2eab_e2a8, 0x1e_4f43_e470],
);
/// What the checksum comes to.
const TARGET: u64 = 1;

/// Why a text is not a CashAddr.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Bad {
    /// The character at this place (from 0, in bytes, after the prefix) cannot stand there.
    Character(usize),
    /// Upper and lower case are mixed.
    MixedCase,
    /// There are too few or too many characters.
    Length,
    /// The last eight characters are not the checksum of the others.
    Checksum,
    /// The checksum is right, but the version byte and the payload do not fit each other.
    Payload,
}

/// Decodes the part after the colon, as belonging to `prefix`: its type (0 to 15) and payload.
pub(super) fn decode(prefix: &str, text: &str) -> Result<(u8, Vec<u8>), Bad> {
    if text.bytes().any(|c| c.is_ascii_lowercase()) && text.bytes().any(|c| c.is_ascii_uppercase()) {
        return Err(Bad::MixedCase);
    }
    // A 20-byte payload takes 42 characters, a 64-byte one 112.
    if !(42..=112).contains(&text.len()) {
        return Err(Bad::Length);
    }
    let values = values(text).map_err(Bad::Character)?;
    if !checksum_holds(prefix, &values) {
        return Err(Bad::Checksum);
    }
    let bytes = regroup(&values[..values.len() - 8]).ok_or(Bad::Payload)?;
    let (&version, payload) = bytes.split_first().ok_or(Bad::Payload)?;
    if version & 0x80 != 0 || payload.len() != SIZES[usize::from(version & 7)] {
        return Err(Bad::Payload);
    }
    Ok((version >> 3, payload.to_vec()))
}

/// Encodes a type and a payload, with the prefix and in lower case. `None` where no size fits.
pub(super) fn encode(prefix: &str, kind: u8, payload: &[u8]) -> Option<String> {
    let size = SIZES.iter().position(|&size| size == payload.len())? as u8;
    Some(encode_values(prefix, split(&[&[kind << 3 | size][..], payload].concat())))
}

/// Whether five-bit values end with their checksum.
pub(super) fn checksum_holds(prefix: &str, values: &[u8]) -> bool {
    CODE.residue(prefix, values) == TARGET
}

/// Encodes five-bit values with the prefix and the checksum.
pub(super) fn encode_values(prefix: &str, values: Vec<u8>) -> String {
    written(&format!("{prefix}:"), &with_checksum(prefix, values))
}

/// Five-bit values with their checksum behind them.
pub(super) fn with_checksum(prefix: &str, values: Vec<u8>) -> Vec<u8> {
    CODE.with_checksum(prefix, values, TARGET)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The specification's table: payload, type, prefix and the address. Every size, four prefixes.
    #[test]
    fn the_specification_s_vectors() {
        for line in include_str!("../../tests/vectors/cashaddr.txt").lines() {
            let [size, kind, address, payload] = line.split(' ').collect::<Vec<_>>()[..] else {
                assert!(line.starts_with('#'), "{line}");
                continue;
            };
            let payload: Vec<u8> = (0..payload.len())
                .step_by(2)
                .map(|i| u8::from_str_radix(&payload[i..i + 2], 16).unwrap())
                .collect();
            assert_eq!(payload.len(), size.parse::<usize>().unwrap());
            let kind = kind.parse().unwrap();
            let (prefix, digits) = address.split_once(':').unwrap();
            assert_eq!(decode(prefix, digits), Ok((kind, payload.clone())), "{address}");
            assert_eq!(encode(prefix, kind, &payload).as_deref(), Some(address));
        }
    }

    proptest! {
        #[test]
        fn round_trips(kind in 0u8..16, size in 0usize..8, seed: [u8; 32]) {
            let payload: Vec<u8> = seed.iter().cycle().take(SIZES[size]).copied().collect();
            let text = encode("bitcoincash", kind, &payload).unwrap();
            let digits = &text["bitcoincash:".len()..];
            prop_assert_eq!(decode("bitcoincash", digits), Ok((kind, payload.clone())));
            prop_assert_eq!(decode("bitcoincash", &digits.to_uppercase()), Ok((kind, payload)));
            prop_assert_eq!(decode("bchtest", digits), Err(Bad::Checksum));
        }

        #[test]
        fn never_panics(text: String) {
            let _ = decode("bitcoincash", &text);
        }
    }
}
