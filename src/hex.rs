//! Hexadecimal digits: bytes as them and back, sixteen at a time.

/// Lower-case hexadecimal of `bytes`, two digits a byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(DIGITS[usize::from(byte >> 4)].into());
        text.push(DIGITS[usize::from(byte & 15)].into());
    }
    text
}

/// The bytes of exactly as many pairs of hexadecimal digits, in any letter case. No address has less than eight.
pub(crate) fn unhex<const N: usize>(digits: &str) -> Option<[u8; N]> {
    const { assert!(N >= 8) };
    let mut bytes = [0; N];
    unhex_into(digits.as_bytes(), &mut bytes).then_some(bytes)
}

/// Writes the bytes of digits in ASCII where they belong, eight at least, and tells whether all are digits and as many as
/// they should be.
#[inline(never)]
pub(crate) fn unhex_into(digits: &[u8], bytes: &mut [u8]) -> bool {
    if digits.len() != 2 * bytes.len() {
        return false;
    }
    let Some(last) = bytes.len().checked_sub(8) else { return false };
    let (mut at, mut doubt) = (0, NO_DOUBT);
    loop {
        // The last begin earlier, so that they are as many.
        let start = at.min(last);
        let (from, into) = (digits[2 * start..].first_chunk(), bytes[start..].first_chunk_mut());
        if let (Some(from), Some(into)) = (from, into) {
            *into = sixteen_digits(*from, &mut doubt).to_le_bytes();
        }
        at += 8;
        if start == last {
            return are_digits(doubt);
        }
    }
}

/// What there is against it that all were digits: at each of sixteen places the greatest value, of which those below 16
/// are a digit's.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
type Doubt = core::arch::wasm32::v128;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
const NO_DOUBT: Doubt = core::arch::wasm32::u8x16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline(always)]
fn are_digits(doubt: Doubt) -> bool {
    use core::arch::wasm32::{u8x16_add_sat, u8x16_bitmask, u8x16_splat};
    u8x16_bitmask(u8x16_add_sat(doubt, u8x16_splat(128 - 16))) == 0
}

/// The eight bytes that sixteen hexadecimal digits stand for, the first in the lowest byte (after Muła, 2022).
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline(always)]
fn sixteen_digits(digits: [u8; 16], doubt: &mut Doubt) -> u64 {
    use core::arch::wasm32::{
        i8x16_shuffle, u8x16_add, u8x16_add_sat, u8x16_max, u8x16_min, u8x16_splat, u8x16_sub, u8x16_sub_sat,
        u16x8_shl, u16x8_shr, u64x2, u64x2_extract_lane, v128_and, v128_or,
    };
    let number = u128::from_le_bytes(digits);
    let digits = u64x2(number as u64, (number >> 64) as u64);
    // `9` becomes the greatest byte; what was greater is then less than any number was, and stays so.
    let numbers = u8x16_sub_sat(u8x16_add(digits, u8x16_splat(u8::MAX - b'9')), u8x16_splat(6));
    let numbers = u8x16_sub(numbers, u8x16_splat(0xf0));
    let letters = u8x16_sub(v128_and(digits, u8x16_splat(0xdf)), u8x16_splat(b'A'));
    let values = u8x16_min(numbers, u8x16_add_sat(letters, u8x16_splat(10)));
    *doubt = u8x16_max(*doubt, values);
    let pairs = v128_or(u16x8_shl(values, 4), u16x8_shr(values, 8));
    u64x2_extract_lane::<0>(i8x16_shuffle::<0, 2, 4, 6, 8, 10, 12, 14, 0, 2, 4, 6, 8, 10, 12, 14>(
        pairs, pairs,
    ))
}

/// What there is against it that all were digits: whether one was none.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
type Doubt = bool;
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
const NO_DOUBT: Doubt = false;

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
fn are_digits(doubt: Doubt) -> bool {
    !doubt
}

/// The same, eight at once in one number.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline(always)]
fn sixteen_digits(digits: [u8; 16], doubt: &mut Doubt) -> u64 {
    let digits = u128::from_le_bytes(digits);
    let [(low, is_low), (high, is_high)] = [digits as u64, (digits >> 64) as u64].map(eight_digits);
    *doubt |= !(is_low && is_high);
    u64::from(low) | u64::from(high) << 32
}

/// The four bytes that eight hexadecimal digits stand for, the first in the lowest byte, and whether they are digits:
/// all eight at once in one number.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
fn eight_digits(digits: u64) -> (u32, bool) {
    const ONES: u64 = 0x0101_0101_0101_0101;
    // Of what may be a digit, letters alone have this bit.
    let letters = digits >> 6 & ONES;
    let values = (digits & (15 * ONES)) + 9 * letters;
    // Written again they are the same, but for the case of letters.
    let again = values + 0x30 * ONES + 39 * ((values + 6 * ONES) >> 4 & ONES);
    let is_good = again == (digits | letters << 5) && values & (0xf0 * ONES) == 0;
    let pairs = (values << 4 | values >> 8) & 0x00ff_00ff_00ff_00ff;
    let halves = (pairs | pairs >> 8) & 0x0000_ffff_0000_ffff;
    ((halves | halves >> 16) as u32, is_good)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    /// Digits as they are, with each byte at each place once; the bytes are as many as different steps take.
    fn check<const N: usize>() {
        let plain: Vec<u8> = (0..2 * N).map(|at| b"0123456789abcdefABCDEF"[at * 7 % 22]).collect();
        for (at, byte) in (0..2 * N).flat_map(|at| (0..=255u8).map(move |byte| (at, byte))) {
            let mut digits = plain.clone();
            digits[at] = byte;
            let value = |at: usize| char::from(digits[at]).to_digit(16).map(|value| value as u8);
            let expected: Option<Vec<u8>> =
                (0..N).map(|at| Some(value(2 * at)? << 4 | value(2 * at + 1)?)).collect();
            let mut bytes = [0; N];
            assert_eq!(unhex_into(&digits, &mut bytes).then_some(bytes.to_vec()), expected, "{digits:?}");
        }
    }

    #[test]
    fn digits_are_read_and_nothing_else_is() {
        check::<8>();
        check::<20>();
        check::<33>();
        for wrong in ["", "0", "0123456789abcde", "0123456789abcdeff"] {
            assert_eq!(unhex::<8>(wrong), None);
        }
    }

    proptest::proptest! {
        #[test]
        fn hexadecimal_round_trips(bytes: [u8; 33]) {
            proptest::prop_assert_eq!(unhex(&hex(&bytes)), Some(bytes));
            proptest::prop_assert_eq!(unhex(&hex(&bytes).to_uppercase()), Some(bytes));
        }
    }
}
