//! Keccak-256 as Ethereum and Monero have it: the padding of the original submission, not of FIPS 202.

use tiny_keccak::{Hasher, Keccak};

/// The 32 bytes of Keccak-256.
pub(super) fn keccak256(bytes: &[u8]) -> [u8; 32] {
    let mut keccak = Keccak::v256();
    keccak.update(bytes);
    let mut hash = [0; 32];
    keccak.finalize(&mut hash);
    hash
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::keccak256;
    use crate::hex::hex;

    /// Ethereum's hash of nothing (Yellow Paper, appendix on Keccak; `KEC(())`).
    #[test]
    fn the_hash_of_nothing() {
        let expected = "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470";
        assert_eq!(hex(&keccak256(b"")), expected);
    }
}
