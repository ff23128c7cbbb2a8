//! BLAKE2b of at most one block, of any size and personalisation (RFC 7693; BLAKE2's paper, section 2.8, for the latter).

use blake2::Blake2bVarCore;
use blake2::digest::block_api::{Buffer, VariableOutputCore};

/// The most bytes that are hashed.
pub(super) const LONGEST: usize = 128;

/// BLAKE2b of `size` bytes (at most 64), the first of what comes back; `None` where there is more than one block.
pub(super) fn blake2b(personal: &[u8; 16], size: usize, bytes: &[u8]) -> Option<[u8; 64]> {
    if bytes.len() > LONGEST || size > 64 {
        return None;
    }
    let mut core = Blake2bVarCore::new_with_params(&[], personal, 0, size);
    let mut hash = [0; 64].into();
    core.finalize_variable_core(&mut Buffer::<Blake2bVarCore>::new(bytes), &mut hash);
    Some(hash.into())
}

/// The same without personalisation, of a size that is known.
pub(super) fn hash<const SIZE: usize>(bytes: &[u8]) -> [u8; SIZE] {
    let mut hash = [0; SIZE];
    if let Some(all) = blake2b(&[0; 16], SIZE, bytes) {
        hash.copy_from_slice(&all[..SIZE]);
    }
    hash
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use blake2::digest::consts::U5;
    use blake2::{Blake2b, Blake2b512, Digest};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_the_streaming_hash(bytes in prop::collection::vec(any::<u8>(), 0..=128)) {
            prop_assert_eq!(hash::<64>(&bytes)[..].to_vec(), Blake2b512::digest(&bytes).to_vec());
            prop_assert_eq!(hash::<5>(&bytes)[..].to_vec(), Blake2b::<U5>::digest(&bytes).to_vec());
        }
    }

    #[test]
    fn more_than_a_block_is_refused() {
        assert!(blake2b(&[0; 16], 64, &[0; 128]).is_some());
        assert!(blake2b(&[0; 16], 64, &[0; 129]).is_none());
        assert!(blake2b(&[0; 16], 65, &[]).is_none());
    }
}
