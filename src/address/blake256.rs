//! BLAKE-256 with 14 rounds, which closes Decred's addresses.
//!
//! Source: Aumasson, Henzen, Meier and Phan, "SHA-3 proposal BLAKE" (version
//! 1.3, 2010), sections 2.1 and 2.2. It is not BLAKE2, and no kept crate has it.

const INITIAL: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];
/// The first digits of pi.
const PI: [u32; 16] = [
    0x243f_6a88,
    0x85a3_08d3,
    0x1319_8a2e,
    0x0370_7344,
    0xa409_3822,
    0x299f_31d0,
    0x082e_fa98,
    0xec4e_6c89,
    0x4528_21e6,
    0x38d0_1377,
    0xbe54_66cf,
    0x34e9_0c6c,
    0xc0ac_29b7,
    0xc97c_50dd,
    0x3f84_d5b5,
    0xb547_0917,
];
const PERMUTATIONS: [[u8; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];
/// The columns, then the diagonals.
const LANES: [[usize; 4]; 8] = [
    [0, 4, 8, 12],
    [1, 5, 9, 13],
    [2, 6, 10, 14],
    [3, 7, 11, 15],
    [0, 5, 10, 15],
    [1, 6, 11, 12],
    [2, 7, 8, 13],
    [3, 4, 9, 14],
];

/// BLAKE-256 of at most 55 bytes, which are one block.
pub(super) fn blake256(bytes: &[u8]) -> Option<[u8; 32]> {
    if bytes.len() > 55 {
        return None;
    }
    let bits = 8 * bytes.len() as u32;
    let mut block = [0; 64];
    block[..bytes.len()].copy_from_slice(bytes);
    block[bytes.len()] |= 0x80;
    block[55] |= 1;
    block[60..].copy_from_slice(&bits.to_be_bytes());
    let words: [u32; 16] = core::array::from_fn(|i| {
        u32::from_be_bytes([block[4 * i], block[4 * i + 1], block[4 * i + 2], block[4 * i + 3]])
    });
    // No salt; the counter is the number of bits, and 0 where a block has none.
    let mut v: [u32; 16] = core::array::from_fn(|i| if i < 8 { INITIAL[i] } else { PI[i - 8] });
    v[12] ^= bits;
    v[13] ^= bits;
    for round in 0..14 {
        let order = PERMUTATIONS[round % 10];
        for (lane, [a, b, c, d]) in LANES.into_iter().enumerate() {
            let (i, j) = (usize::from(order[2 * lane]), usize::from(order[2 * lane + 1]));
            v[a] = v[a].wrapping_add(v[b]).wrapping_add(words[i] ^ PI[j]);
            v[d] = (v[d] ^ v[a]).rotate_right(16);
            v[c] = v[c].wrapping_add(v[d]);
            v[b] = (v[b] ^ v[c]).rotate_right(12);
            v[a] = v[a].wrapping_add(v[b]).wrapping_add(words[j] ^ PI[i]);
            v[d] = (v[d] ^ v[a]).rotate_right(8);
            v[c] = v[c].wrapping_add(v[d]);
            v[b] = (v[b] ^ v[c]).rotate_right(7);
        }
    }
    let mut hash = [0; 32];
    for (i, four) in hash.chunks_exact_mut(4).enumerate() {
        four.copy_from_slice(&(INITIAL[i] ^ v[i] ^ v[i + 8]).to_be_bytes());
    }
    Some(hash)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::blake256;
    use crate::hex::hex;

    /// The proposal's own example of one block: a single zero byte (appendix A).
    #[test]
    fn the_example_of_the_proposal() {
        let expected = "0ce8d4ef4dd7cd8d62dfded9d4edb0a774ae6a41929a74da23109e8f11139c87";
        assert_eq!(hex(&blake256(&[0]).unwrap()), expected);
        assert_eq!(blake256(&[0; 56]), None);
    }
}
