//! Compares some numbers with one, all at once.

use super::format::GROUP;

/// Which of the numbers are another: a bit for each, the first the lowest.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline(always)]
pub(super) fn equal([a, b, c, d, e, f, g, h]: [u32; GROUP], other: u32) -> u32 {
    use core::arch::wasm32::{u32x4, u32x4_bitmask, u32x4_eq, u32x4_splat};
    let other = u32x4_splat(other);
    let [low, high] = [u32x4(a, b, c, d), u32x4(e, f, g, h)].map(|four| u32x4_bitmask(u32x4_eq(four, other)));
    u32::from(low | high << 4)
}

/// The same, one after the other.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline(always)]
pub(super) fn equal(numbers: [u32; GROUP], other: u32) -> u32 {
    numbers.into_iter().rev().fold(0, |bits, number| bits << 1 | u32::from(number == other))
}
