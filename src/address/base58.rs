//! Base 58 and Base58Check: Bitcoin's digits with a four-byte double SHA-256 checksum.
//!
//! Source: the Bitcoin wiki's "Base58Check encoding"; vectors in `tests/vectors`.
//! Digits are taken five at a time into 32-bit limbs, which costs a tenth of
//! going digit by digit and byte by byte.

use sha2::block_api::compress256;
use sha2::{Digest, Sha256};

/// 58 digits in the order of what they count.
pub(super) struct Alphabet {
    characters: [u8; 58],
    /// Each byte's digit, or 0xff.
    digits: [u8; 256],
}

impl Alphabet {
    pub const fn new(characters: &[u8; 58]) -> Self {
        let mut digits = [0xff; 256];
        let mut i = 0;
        while i < 58 {
            digits[characters[i] as usize] = i as u8;
            i += 1;
        }
        Self { characters: *characters, digits }
    }

    /// What a character counts.
    #[inline(always)]
    pub fn digit(&self, c: u8) -> Option<u8> {
        Some(self.digits[usize::from(c)]).filter(|&d| d != 0xff)
    }

    /// The character of a digit below 58.
    pub fn character(&self, digit: u8) -> char {
        char::from(self.characters[usize::from(digit)])
    }
}

/// Bitcoin's digits.
pub(super) static BITCOIN: Alphabet =
    Alphabet::new(b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");

/// A version byte and a 20-byte hash with its checksum: what every address here decodes to.
const ADDRESS: usize = 25;

/// The longest text that is decoded at all, in fives of digits; it is some 117 bytes.
const LONGEST: usize = 32;

/// Why a text is not a Base58Check address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Bad {
    /// The character at this place (from 0, in bytes) is none of the 58.
    Character(usize),
    /// It does not decode to 25 bytes.
    Length,
    /// The last four bytes are not the checksum of the others.
    Checksum,
}

/// Decodes to a version byte and 20 bytes.
pub(super) fn decode(text: &str) -> Result<(u8, [u8; 20]), Bad> {
    decode_if(&BITCOIN, text, |_| true)
}

/// The same, but a version byte that is not `wanted` is a wrong length, without a look at the checksum: hashing is what
/// decoding spends its time on.
#[inline]
pub(super) fn decode_if(
    alphabet: &Alphabet,
    text: &str,
    wanted: impl Fn(u8) -> bool,
) -> Result<(u8, [u8; 20]), Bad> {
    let bytes = decode_unchecked(alphabet, text)?;
    if !wanted(bytes[0]) {
        return Err(Bad::Length);
    }
    if checksum(&bytes[..21]) != bytes[21..] {
        return Err(Bad::Checksum);
    }
    let mut hash = [0; 20];
    hash.copy_from_slice(&bytes[1..21]);
    Ok((bytes[0], hash))
}

/// Decodes to as many bytes as an address has, whatever their checksum.
fn decode_unchecked(alphabet: &Alphabet, text: &str) -> Result<[u8; ADDRESS], Bad> {
    let digits = text.as_bytes();
    // 25 bytes take at most 35 digits; more cannot be an address and are not worth decoding.
    let mut bytes = [0u8; ADDRESS];
    let fits = Number::<7>::read(alphabet, digits).is_some_and(|number| number.write(&mut bytes));
    if !fits {
        return Err(match digits.iter().position(|&c| alphabet.digit(c).is_none()) {
            Some(at) => Bad::Character(at),
            None => Bad::Length,
        });
    }
    // Each leading digit without a value is a zero byte, no more and no fewer: any other spelling is not canonical.
    let ones = digits.iter().take_while(|&&c| c == alphabet.characters[0]).count();
    let zeros = bytes.iter().take_while(|&&b| b == 0).count();
    if ones == zeros { Ok(bytes) } else { Err(Bad::Length) }
}

/// Encodes a version byte and 20 bytes.
pub(super) fn encode(version: u8, hash: &[u8]) -> String {
    encode_check(&BITCOIN, &[&[version][..], hash].concat())
}

/// Decodes any number of bytes from at most 160 digits.
pub(super) fn decode_bytes(alphabet: &Alphabet, text: &str) -> Option<Vec<u8>> {
    let text = text.as_bytes();
    let number = Number::<LONGEST>::read(alphabet, text)?;
    let zeros = text.iter().take_while(|&&c| c == alphabet.characters[0]).count();
    let mut bytes = vec![0; zeros + number.bytes()];
    number.write(&mut bytes[zeros..]).then_some(bytes)
}

/// Decodes any number of bytes whose checksum holds; the checksum is not among them.
pub(super) fn decode_check(alphabet: &Alphabet, text: &str) -> Option<Vec<u8>> {
    let mut bytes = decode_bytes(alphabet, text)?;
    let (body, sum) = bytes.split_last_chunk::<4>()?;
    let holds = checksum(body) == *sum;
    bytes.truncate(bytes.len() - 4);
    holds.then_some(bytes)
}

/// Encodes bytes with their checksum.
pub(super) fn encode_check(alphabet: &Alphabet, bytes: &[u8]) -> String {
    encode_bytes(alphabet, &[bytes, &checksum(bytes)].concat())
}

/// Encodes bytes as they are.
pub(super) fn encode_bytes(alphabet: &Alphabet, bytes: &[u8]) -> String {
    let zeros = bytes.iter().take_while(|&&b| b == 0).count();
    let mut digits = Vec::with_capacity(bytes.len() * 7 / 5 + 1);
    for &byte in &bytes[zeros..] {
        let mut carry = u32::from(byte);
        for digit in &mut digits {
            carry += u32::from(*digit) << 8;
            *digit = (carry % 58) as u8;
            carry /= 58;
        }
        while carry != 0 {
            digits.push((carry % 58) as u8);
            carry /= 58;
        }
    }
    let leading = core::iter::repeat_n(alphabet.character(0), zeros);
    leading.chain(digits.iter().rev().map(|&d| alphabet.character(d))).collect()
}

/// An unsigned number in limbs of 32 bits, the lowest first, from at most `FIVES` times five digits.
struct Number<const FIVES: usize> {
    /// Five digits hold less than 32 bits.
    limbs: [u32; FIVES],
    used: usize,
}

impl<const FIVES: usize> Number<FIVES> {
    /// The number that these digits stand for; `None` where one is none or there are too many.
    #[inline(always)]
    fn read(alphabet: &Alphabet, text: &[u8]) -> Option<Self> {
        if text.len() > 5 * FIVES {
            return None;
        }
        let mut number = Self { limbs: [0; FIVES], used: 0 };
        let (fives, rest) = text.as_chunks::<5>();
        // A digit is below 64, what is none is not: looked at once, at the end.
        let mut all = 0;
        let mut digit = |c: u8| {
            let digit = alphabet.digits[usize::from(c)];
            all |= digit;
            u32::from(digit)
        };
        for &[a, b, c, d, e] in fives {
            let (high, low) = (digit(a) * 58 + digit(b), digit(c) * 58 + digit(d));
            number.push(58 * 58 * 58 * 58 * 58, (high * (58 * 58) + low) * 58 + digit(e));
        }
        if !rest.is_empty() {
            let (scale, value) =
                rest.iter().fold((1, 0), |(scale, value), c| (scale * 58, value * 58 + digit(*c)));
            number.push(scale, value);
        }
        (all < 64).then_some(number)
    }

    /// Multiplies it by the number of values that some digits have, and adds their value.
    #[inline(always)]
    fn push(&mut self, scale: u32, value: u32) {
        let mut carry = u64::from(value);
        for limb in &mut self.limbs[..self.used] {
            carry += u64::from(*limb) * u64::from(scale);
            *limb = carry as u32;
            carry >>= 32;
        }
        if carry != 0 {
            self.limbs[self.used] = carry as u32;
            self.used += 1;
        }
    }

    /// How many bytes it takes.
    #[inline(always)]
    fn bytes(&self) -> usize {
        match self.limbs[..self.used] {
            [.., top] => 4 * self.used - top.leading_zeros() as usize / 8,
            [] => 0,
        }
    }

    /// Writes it in big-endian; `false` where it does not fit.
    #[inline(always)]
    fn write(&self, bytes: &mut [u8]) -> bool {
        if self.bytes() > bytes.len() {
            return false;
        }
        let (first, fours) = bytes.as_rchunks_mut::<4>();
        let mut limbs = self.limbs.iter();
        for (four, limb) in fours.iter_mut().rev().zip(&mut limbs) {
            *four = limb.to_be_bytes();
        }
        if let Some(limb) = limbs.next() {
            first.copy_from_slice(&limb.to_be_bytes()[4 - first.len()..]);
        }
        true
    }
}

/// The first four bytes of SHA-256 of SHA-256.
pub(super) fn checksum(bytes: &[u8]) -> [u8; 4] {
    let mut block = [0; 64];
    block[..32].copy_from_slice(&sha256(bytes));
    block[32] = 0x80;
    block[62] = 1;
    compressed(&block)[0].to_be_bytes()
}

/// SHA-256, without the buffering of a streaming hash where one block is all (FIPS 180-4, 5.1.1 and 6.2).
#[inline(never)]
pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    if bytes.len() > 55 {
        return Sha256::digest(bytes).into();
    }
    let mut block = [0; 64];
    block[..bytes.len()].copy_from_slice(bytes);
    block[bytes.len()] = 0x80;
    block[62..].copy_from_slice(&(bytes.len() as u16 * 8).to_be_bytes());
    let mut hash = [0; 32];
    for (four, word) in hash.as_chunks_mut::<4>().0.iter_mut().zip(compressed(&block)) {
        *four = word.to_be_bytes();
    }
    hash
}

/// The state after one block.
#[inline(never)]
fn compressed(block: &[u8; 64]) -> [u32; 8] {
    let mut state = [
        0x6a09_e667,
        0xbb67_ae85,
        0x3c6e_f372,
        0xa54f_f53a,
        0x510e_527f,
        0x9b05_688c,
        0x1f83_d9ab,
        0x5be0_cd19,
    ];
    compress256(&mut state, std::slice::from_ref(block));
    state
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(decode("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN0"), Err(Bad::Character(33)));
        assert_eq!(decode("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3"), Err(Bad::Checksum));
        assert_eq!(decode("11BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"), Err(Bad::Length));
        assert_eq!(decode(""), Err(Bad::Length));
        assert_eq!(decode(&"z".repeat(10_000)), Err(Bad::Length));
        assert_eq!(decode("é"), Err(Bad::Character(0)));
    }

    proptest! {
        #[test]
        fn a_hash_of_one_block_is_the_hash(bytes in prop::collection::vec(any::<u8>(), 0..70)) {
            prop_assert_eq!(sha256(&bytes), <[u8; 32]>::from(Sha256::digest(&bytes)));
        }

        #[test]
        fn round_trips_and_agrees_with_bs58(version: u8, hash: [u8; 20]) {
            let text = encode(version, &hash);
            prop_assert_eq!(decode(&text), Ok((version, hash)));
            prop_assert_eq!(text, bs58::encode(hash).with_check_version(version).into_string());
        }

        #[test]
        fn any_bytes_round_trip_and_agree_with_bs58(zeros in 0usize..4, rest in prop::collection::vec(any::<u8>(), 0..110)) {
            let bytes = [vec![0; zeros], rest].concat();
            let text = encode_bytes(&BITCOIN, &bytes);
            prop_assert_eq!(&text, &bs58::encode(&bytes).into_string());
            prop_assert_eq!(decode_bytes(&BITCOIN, &text), Some(bytes));
        }

        #[test]
        fn accepts_exactly_what_bs58_accepts(text in "[1-9A-HJ-NP-Za-km-z]{20,40}") {
            let theirs = bs58::decode(&text).with_check(None).into_vec().ok().filter(|b| b.len() == 21);
            prop_assert_eq!(decode(&text).ok().map(|(v, h)| [&[v][..], &h].concat()), theirs);
        }

        #[test]
        fn never_panics(text: String) {
            let _ = (decode(&text), decode_bytes(&BITCOIN, &text));
        }
    }
}
