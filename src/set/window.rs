//! Counts, of some keys that stand side by side, those that are below another: all at once.

/// So many keys are looked at.
pub(super) const WINDOW: usize = 8;

/// How many keys are below another, told by the first four bytes of each. `heads` are these in the order of the file, the
/// first lowest; `four` is the other's as a number, the first highest.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline(always)]
pub(super) fn count_below(heads: [u32; WINDOW], four: u32) -> usize {
    use core::arch::wasm32::{i8x16_shuffle, u32x4, u32x4_bitmask, u32x4_lt, u32x4_splat, v128};
    // Wasm turns no number round, but bytes of a vector to any place.
    let below = |heads: v128| {
        let numbers = i8x16_shuffle::<3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12>(heads, heads);
        u32x4_bitmask(u32x4_lt(numbers, u32x4_splat(four)))
    };
    let [a, b, c, d, e, f, g, h] = heads;
    (below(u32x4(a, b, c, d)) << 4 | below(u32x4(e, f, g, h))).count_ones() as usize
}

/// The same, one after the other.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline(always)]
pub(super) fn count_below(heads: [u32; WINDOW], four: u32) -> usize {
    heads.into_iter().map(|head| usize::from(head.swap_bytes() < four)).sum()
}
