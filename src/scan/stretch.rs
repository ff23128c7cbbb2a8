//! The stretches of a text that are long enough to hold an address: the one look at every byte.
//!
//! Sixty-four bytes at a time become a mask with a bit for each that may be
//! within an address; runs of bits are found by shifting the mask over itself
//! (Mula and Lemire's classification by two tables of sixteen, "Faster Base64
//! Encoding and Decoding Using AVX2 Instructions", 2018, for the mask). Without
//! SIMD, bytes are looked up one by one, mostly skipping.

use super::SHORTEST;

/// Whether a byte of UTF-8 may be within an address: letters, digits, `-` and `_`, and the bytes of all
/// characters that are invisible or look like a letter or digit. Bytes that begin the characters of other
/// scripts (Chinese, Japanese, Korean, Thai, Arabic …) end a stretch.
const fn is_within(byte: u8, marks: bool) -> bool {
    match byte {
        // The last is DEL, which shares `_`'s place in the tables below.
        b'-' | b'_' | 0x7f => marks,
        0x80..=0xbf => true,
        0xc2 | 0xcc..=0xcf | 0xd0..=0xd2 | 0xd4 | 0xd8 | 0xe1..=0xe3 | 0xef | 0xf1..=0xf3 | 0xff => true,
        byte => byte.is_ascii_alphanumeric(),
    }
}

/// Calls `found` with the place, in bytes, of every stretch of at least [`SHORTEST`] bytes, in order. Without
/// `MARKS` a stretch ends at `-` and `_` as well.
pub(super) fn stretches<const MARKS: bool>(text: &[u8], mut found: impl FnMut(usize, usize)) {
    // Behind the last separator.
    let mut since = 0;
    let mut look = |base: usize, block: &[u8; BLOCK]| {
        let within = mask::of::<MARKS>(block);
        let separators = !within;
        if separators == 0 {
            return;
        }
        let first = separators.trailing_zeros() as usize;
        if base + first - since >= SHORTEST {
            found(since, base + first);
        }
        // A bit for each place from which on 25 bits are set, each step adding what it knows to itself.
        let mut long = within & within >> 1;
        long &= long >> 2;
        long &= long >> 4;
        long &= long >> 8;
        long &= long >> (SHORTEST - 16);
        long &= u64::MAX << first;
        while long != 0 {
            let start = long.trailing_zeros();
            let end = start + (!(within >> start)).trailing_zeros();
            if end >= 64 {
                break;
            }
            found(base + start as usize, base + end as usize);
            long &= u64::MAX << end;
        }
        since = base + BLOCK - separators.leading_zeros() as usize;
    };
    let (blocks, tail) = text.as_chunks::<BLOCK>();
    for (at, block) in blocks.iter().enumerate() {
        look(at * BLOCK, block);
    }
    // Filled up with zeros, which are separators.
    let mut last = [0; BLOCK];
    last[..tail.len()].copy_from_slice(tail);
    look(text.len() - tail.len(), &last);
}

/// Whether all are ASCII. The standard library's is one byte at a time in Wasm.
pub(super) fn is_ascii(text: &[u8]) -> bool {
    let (blocks, tail) = text.as_chunks::<BLOCK>();
    blocks.iter().all(mask::is_ascii) && tail.iter().all(u8::is_ascii)
}

/// Where the last byte stands that ends a stretch.
pub(super) fn last_separator(text: &[u8]) -> Option<usize> {
    text.iter().rposition(|byte| !is_within(*byte, true))
}

const BLOCK: usize = 64;

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod mask {
    use core::arch::wasm32::{
        i8x16_ne, i8x16_swizzle, u8x16_bitmask, u8x16_shr, u8x16_splat, u64x2, v128, v128_and, v128_or,
    };

    /// For each high half of a byte, the sets of low halves with which it may be within an address.
    const HIGH: [u8; 16] = [0, 0, 1, 2, 4, 8, 4, 8, 16, 16, 16, 16, 32, 64, 128, 128];

    /// For each low half, the sets that it is in.
    const LOW: [u8; 16] = low(true);
    const LOW_WITHOUT_MARKS: [u8; 16] = low(false);

    const fn low(marks: bool) -> [u8; 16] {
        let mut low = [0; 16];
        let mut byte = 0;
        while byte < 256 {
            if super::is_within(byte as u8, marks) {
                low[byte & 15] |= HIGH[byte >> 4];
            }
            byte += 1;
        }
        low
    }

    /// A bit for each byte of a block, the first lowest: whether it may be within an address.
    #[inline(always)]
    pub fn of<const MARKS: bool>(block: &[u8; 64]) -> u64 {
        let bit = |at: usize| {
            u64::from(u8x16_bitmask(within(
                load(&block[at..]),
                table(if MARKS { LOW } else { LOW_WITHOUT_MARKS }),
            )))
        };
        bit(0) | bit(16) << 16 | bit(32) << 32 | bit(48) << 48
    }

    #[inline(always)]
    pub fn is_ascii(block: &[u8; 64]) -> bool {
        let half = |at: usize| v128_or(load(&block[at..]), load(&block[at + 16..]));
        u8x16_bitmask(v128_or(half(0), half(32))) == 0
    }

    #[inline(always)]
    fn load(bytes: &[u8]) -> v128 {
        let half = |at: usize| {
            let mut half = [0; 8];
            half.copy_from_slice(&bytes[at..at + 8]);
            u64::from_le_bytes(half)
        };
        u64x2(half(0), half(8))
    }

    #[inline(always)]
    fn within(bytes: v128, low: v128) -> v128 {
        let low = i8x16_swizzle(low, v128_and(bytes, u8x16_splat(15)));
        let high = i8x16_swizzle(table(HIGH), u8x16_shr(bytes, 4));
        i8x16_ne(v128_and(low, high), u8x16_splat(0))
    }

    #[inline(always)]
    fn table(table: [u8; 16]) -> v128 {
        load(&table)
    }
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod mask {
    const WITHIN: [[bool; 256]; 2] = {
        let mut within = [[false; 256]; 2];
        let mut byte = 0;
        while byte < 256 {
            within[0][byte] = super::is_within(byte as u8, false);
            within[1][byte] = super::is_within(byte as u8, true);
            byte += 1;
        }
        within
    };

    /// In a step that the compiler makes SIMD of.
    pub fn is_ascii(block: &[u8; 64]) -> bool {
        block.iter().fold(0, |all, byte| all | byte) < 0x80
    }

    /// A bit for each byte of a block, the first lowest: whether it may be within an address.
    pub fn of<const MARKS: bool>(block: &[u8; 64]) -> u64 {
        if is_ascii(block) {
            return of_ascii::<MARKS>(block);
        }
        let bit = |(at, byte): (usize, &u8)| u64::from(WITHIN[MARKS as usize][usize::from(*byte)]) << at;
        block.iter().enumerate().map(bit).fold(0, |mask, bit| mask | bit)
    }

    /// In steps that the compiler makes SIMD of, then eight bytes of 0 or 1 at a time to bits by a product.
    fn of_ascii<const MARKS: bool>(block: &[u8; 64]) -> u64 {
        const GATHER: u64 = 0x0102_0408_1020_4080;
        let within = block.map(|byte| {
            let is_letter = (byte | 0x20).wrapping_sub(b'a') < 26;
            let is_mark = (byte == b'-') | (byte == b'_') | (byte == 0x7f);
            u8::from(is_letter | (byte.wrapping_sub(b'0') < 10) | (MARKS & is_mark))
        });
        let (eights, _) = within.as_chunks::<8>();
        let bits = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56;
        eights.iter().rev().fold(0, |mask, eight| mask << 8 | bits(eight))
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::super::run::{is_invisible, look_alike};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn whatever_may_stand_inside_an_address_is_within() {
        let inside = |c: &char| c.is_ascii_alphanumeric() || is_invisible(*c) || look_alike(*c).is_some();
        for c in ('\0'..=char::MAX).filter(inside) {
            let mut utf8 = [0; 4];
            assert!(c.encode_utf8(&mut utf8).bytes().all(|byte| is_within(byte, true)), "{c:?}");
        }
        // Ordinary text in other scripts is passed over as fast as any.
        for c in "的日한กنא".chars() {
            assert!(!c.encode_utf8(&mut [0; 4]).bytes().all(|byte| is_within(byte, true)), "{c:?}");
        }
    }

    fn found(text: &[u8]) -> Vec<(usize, usize)> {
        let mut all = Vec::new();
        stretches::<true>(text, |start, end| all.push((start, end)));
        all
    }

    /// The same, byte by byte.
    fn slowly(text: &[u8]) -> Vec<(usize, usize)> {
        let mut all = Vec::new();
        let mut start = 0;
        for end in 0..=text.len() {
            if end == text.len() || !is_within(text[end], true) {
                if end - start >= SHORTEST {
                    all.push((start, end));
                }
                start = end + 1;
            }
        }
        all
    }

    proptest! {
        #[test]
        fn agrees_with_looking_at_one_byte_after_the_other(
            lengths in prop::collection::vec(0usize..90, 0..12),
            filling: u8,
        ) {
            let mut text = Vec::new();
            for length in lengths {
                text.extend(core::iter::repeat_n(if is_within(filling, true) { filling } else { b'a' }, length));
                text.push(b' ');
            }
            prop_assert_eq!(found(&text), slowly(&text));
            text.pop();
            prop_assert_eq!(found(&text), slowly(&text));
        }

        #[test]
        fn agrees_on_any_bytes(text in prop::collection::vec(prop_oneof![5 => Just(b'x'), 1 => any::<u8>()], 0..400)) {
            prop_assert_eq!(found(&text), slowly(&text));
        }
    }
}
