//! Compares keys with what is looked for, several at once.

/// So many pairs of keys are compared at once.
pub(super) const PAIRS: usize = 4;

/// Keys of `REST` bytes each, one behind the other.
pub(super) type Keys<const REST: usize> = [[u8; REST]; 2 * PAIRS];

/// Which of some keys begin with these four bytes (little-endian): the first pairs of `before`, so many as are `within`, and
/// then those of `behind`. Each pair has sixteen bits, in which the bit is set of the byte that such a key begins at.
#[inline(always)]
pub(super) fn alike<const REST: usize>(
    before: &Keys<REST>,
    behind: &Keys<REST>,
    within: usize,
    four: u32,
) -> u64 {
    let pair = |at: usize| {
        let keys = if at < within { before } else { behind };
        let two = keys.as_flattened().get(2 * REST * at..).and_then(<[u8]>::first_chunk);
        two.map_or(0, |two| u64::from(equal::<REST>(two, four)) << (16 * at))
    };
    let bytes = pair(0) | pair(1) | pair(2) | pair(3);
    let twos = bytes & bytes >> 1;
    twos & twos >> 2 & (0x0001_0001_0001_0001 | 0x0001_0001_0001_0001 << REST)
}

/// Which key the first is that [`alike`] tells of: one of these or, where it is none of them, of those behind them.
#[inline(always)]
pub(super) fn first_alike(these: u64, those: u64) -> usize {
    let bit = if these == 0 { u64::BITS + those.trailing_zeros() } else { these.trailing_zeros() } as usize;
    bit / 16 * 2 + usize::from(!bit.is_multiple_of(16))
}

/// Which bytes of a pair of keys are those of the four where a key may begin.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline(always)]
fn equal<const REST: usize>(pair: &[u8; 16], four: u32) -> u16 {
    use core::arch::wasm32::{u8x16_bitmask, u8x16_eq, u64x2};
    let sixteen = |number: u128| u64x2(number as u64, (number >> 64) as u64);
    let both = sixteen(u128::from(four) | u128::from(four) << (8 * REST));
    u8x16_bitmask(u8x16_eq(sixteen(u128::from_le_bytes(*pair)), both))
}

/// The same, one key after the other.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline(always)]
fn equal<const REST: usize>(pair: &[u8; 16], four: u32) -> u16 {
    let pair = u128::from_le_bytes(*pair);
    let is_alike = |at: usize| if (pair >> (8 * at)) as u32 == four { 0xf << at } else { 0 };
    is_alike(0) | is_alike(REST)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_where_they_begin() {
        each::<10>();
        each::<11>();
        each::<12>();
    }

    fn each<const REST: usize>() {
        let (mut keys, others) = ([[7; REST]; 2 * PAIRS], [[8; REST]; 2 * PAIRS]);
        for at in (0..2 * PAIRS).rev() {
            keys[at][..4].copy_from_slice(&[1, 2, 3, 4]);
            for within in 0..=PAIRS {
                assert_eq!(alike(&keys, &others, within, 0), 0);
                let [before, behind] = [(&keys, &others), (&others, &keys)]
                    .map(|(before, behind)| alike(before, behind, within, 0x0403_0201));
                assert_eq!((before | behind).count_ones() as usize, 2 * PAIRS - at);
                assert_eq!(first_alike(before | behind, 1), at);
                assert_eq!(first_alike(0, before | behind), 2 * PAIRS + at);
                assert_eq!(before & behind, 0);
                assert_eq!(before & u64::MAX.checked_shl(16 * within as u32).unwrap_or(0), 0);
            }
        }
    }
}
