//! Addresses of EVM chains: hexadecimal with the letter-case checksum, and ICAP.
//!
//! Source: EIP-55 for the letter case; the Ethereum wiki's "Inter exchange
//! Client Address Protocol" for ICAP (an IBAN, ISO 13616, of country `XE`).

use super::keccak::keccak256;
use crate::hex::{hex, unhex};
use crate::identity::Identity;

/// Twenty bytes from 40 hexadecimal digits, or where the first that is none stands.
/// Any other number of digits is `Err(None)`.
pub(super) fn parse_hex(digits: &str) -> Result<[u8; 20], Option<usize>> {
    unhex(digits).ok_or_else(|| digits.bytes().position(|c| !c.is_ascii_hexdigit()))
}

/// What an address with `0x` and 40 digits stands for, straight away; `None` for every other text in UTF-8.
pub(crate) fn identity_of(text: &[u8]) -> Option<Identity> {
    let mut identity = Identity::keccak160([0; 20]);
    read_into(text, &mut identity).then_some(identity)
}

/// The same into an identity that is another's of this kind, where it will be looked at; whether there is one.
#[inline(always)]
pub(crate) fn read_into(text: &[u8], identity: &mut Identity) -> bool {
    match text {
        [b'0', b'x', digits @ ..] => digits.len() == 40 && identity.unhex(digits),
        _ => false,
    }
}

/// The 40 digits of an address in the letter case that EIP-55 asks for, without `0x`.
pub(super) fn checksummed(address: &[u8]) -> String {
    let mut digits = hex(address).into_bytes();
    capitalise(&mut digits);
    digits.into_iter().map(char::from).collect()
}

/// Whether the letters of 40 digits are in both cases, which is when EIP-55 speaks, but not as it has them. Eight digits
/// at a time, a byte of a word for each.
pub(super) fn has_wrong_case(digits: &str) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let (words, rest) = digits.as_bytes().as_chunks::<8>();
    if words.len() != 5 || !rest.is_empty() {
        return false;
    }
    let mut small = [0; 40];
    let (mut letters, mut capitals) = ([0; 5], [0; 5]);
    for (at, word) in words.iter().map(|word| u64::from_le_bytes(*word)).enumerate() {
        letters[at] = word >> 6 & ONES;
        capitals[at] = letters[at] & !(word >> 5);
        small[8 * at..][..8].copy_from_slice(&(word | letters[at] << 5).to_le_bytes());
    }
    if capitals == letters || capitals == [0; 5] {
        return false;
    }
    let hash = keccak256(&small);
    (0..5).any(|at| {
        // The highest bit of each half of a byte, the first half in the lowest byte.
        let bits = (0..4).fold(0, |bits, i| {
            let byte = u64::from(hash[4 * at + i]);
            bits | (byte >> 7 | (byte & 8) << 5) << (16 * i)
        });
        capitals[at] != bits & letters[at]
    })
}

/// Puts small digits into EIP-55's letter case.
fn capitalise(digits: &mut [u8]) {
    let hash = keccak256(digits);
    for (i, digit) in digits.iter_mut().enumerate() {
        if hash[i / 2] >> (4 * (1 - i % 2)) & 8 != 0 {
            digit.make_ascii_uppercase();
        }
    }
}

/// Why a text that begins like an ICAP address is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum BadIcap {
    /// The two check digits are not those of the rest.
    Checksum,
    /// It is not the `XE`, two digits, and 30 or 31 letters and digits of an address.
    Form,
}

/// Decodes an ICAP address in its direct (34 characters) or basic (35) form, in any letter case.
pub(super) fn parse_icap(text: &str) -> Result<[u8; 20], BadIcap> {
    let upper = text.to_ascii_uppercase();
    let shape = matches!(upper.len(), 34 | 35)
        && upper.starts_with("XE")
        && upper.bytes().all(|c| c.is_ascii_alphanumeric())
        && upper.bytes().skip(2).take(2).all(|c| c.is_ascii_digit());
    if !shape {
        return Err(BadIcap::Form);
    }
    let (head, body) = upper.split_at_checked(4).ok_or(BadIcap::Form)?;
    if mod97(body.bytes().chain(head.bytes())) != 1 {
        return Err(BadIcap::Checksum);
    }
    // Only the basic form has 31 digits, and only for what 30 cannot hold.
    if body.len() == 31 && body.starts_with('0') {
        return Err(BadIcap::Form);
    }
    let mut bytes = [0u8; 20];
    for c in body.bytes() {
        let mut carry = base36(c);
        for byte in bytes.iter_mut().rev() {
            carry += u32::from(*byte) * 36;
            *byte = carry as u8;
            carry >>= 8;
        }
        if carry != 0 {
            return Err(BadIcap::Form);
        }
    }
    Ok(bytes)
}

/// The ICAP spelling of an address: 34 characters where that holds it, else 35.
pub(super) fn icap(address: &[u8]) -> String {
    let mut digits: Vec<u32> = Vec::with_capacity(31);
    for &byte in address {
        let mut carry = u32::from(byte);
        for digit in &mut digits {
            carry += *digit << 8;
            *digit = carry % 36;
            carry /= 36;
        }
        while carry != 0 {
            digits.push(carry % 36);
            carry /= 36;
        }
    }
    digits.resize(digits.len().max(30), 0);
    let body: String = digits
        .iter()
        .rev()
        .filter_map(|&d| char::from_digit(d, 36))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let check = 98 - mod97(body.bytes().chain("XE00".bytes()));
    format!("XE{check:02}{body}")
}

/// ISO 7064 MOD 97-10 over letters and digits, `A` being 10.
fn mod97(characters: impl Iterator<Item = u8>) -> u32 {
    characters.fold(0, |rest, c| {
        let value = base36(c);
        (if value < 10 { rest * 10 + value } else { rest * 100 + value }) % 97
    })
}

fn base36(c: u8) -> u32 {
    char::from(c).to_digit(36).unwrap_or(0)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(parse_hex("12"), Err(None));
        assert_eq!(parse_hex("12g4"), Err(Some(2)));
        assert_eq!(parse_icap("XE81ETHXREGGAVOFYORK"), Err(BadIcap::Form));
        assert_eq!(parse_icap("XE7338O073KYGTWWZN0F2WZ0R8PX5ZPPZT"), Err(BadIcap::Checksum));
    }

    proptest! {
        #[test]
        fn a_wrong_case_is_told(address: [u8; 20], at in 0usize..40) {
            let right = checksummed(&address);
            prop_assert!(!has_wrong_case(&right));
            prop_assert!(!has_wrong_case(&right.to_lowercase()) && !has_wrong_case(&right.to_uppercase()));
            let flip = |c: char| if c.is_ascii_uppercase() { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() };
            let wrong: String = right.chars().enumerate().map(|(i, c)| if i == at { flip(c) } else { c }).collect();
            // With its only capital or small letter gone, no case is left to be wrong.
            let has_both = wrong.bytes().any(|c| c.is_ascii_uppercase()) && wrong.bytes().any(|c| c.is_ascii_lowercase());
            prop_assert_eq!(has_wrong_case(&wrong), wrong != right && has_both);
        }

        #[test]
        fn hex_round_trips(address: [u8; 20]) {
            prop_assert_eq!(parse_hex(&checksummed(&address)), Ok(address));
        }

        #[test]
        fn icap_round_trips(mut address: [u8; 20], zeros in 0usize..20) {
            address[..zeros].fill(0);
            let text = icap(&address);
            prop_assert_eq!(parse_icap(&text), Ok(address));
            prop_assert_eq!(parse_icap(&text.to_lowercase()), Ok(address));
        }

        #[test]
        fn never_panics(text: String, icap_like in "[xX][eE][0-9]{2}[0-9A-Za-z]{28,33}") {
            let _ = (parse_hex(&text), parse_icap(&text), parse_icap(&icap_like));
        }
    }
}
