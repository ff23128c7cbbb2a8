//! Looking up identities of 20 bytes: in a `.tws` set, and in what one would take instead. Each takes its keys as bytes
//! one after the other and tells how many of them it holds, so that only the lookup is measured.

use std::hash::{DefaultHasher, Hasher};
use taintwatch::{Identity, IdentityKind, Set};
use wasm_bindgen::prelude::*;
use xorf::{BinaryFuse16, Filter};

const WIDTH: usize = 20;

/// Our own: the bytes of a `.tws` file.
#[wasm_bindgen]
pub struct OurSet {
    bytes: Vec<u8>,
    set: Option<Set>,
}

#[wasm_bindgen]
impl OurSet {
    /// Takes the bytes.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { bytes, set: None }
    }

    /// Opens the set, which is all that there is to do.
    pub fn open(&mut self) -> Result<(), JsError> {
        self.set = Some(Set::open(std::mem::take(&mut self.bytes))?);
        Ok(())
    }

    /// How many of these identities are in the set.
    pub fn count(&self, keys: &[u8]) -> u32 {
        let Some(set) = &self.set else { return 0 };
        let is_in = |key: &[u8; WIDTH]| {
            let identity = Identity::new(IdentityKind::Keccak160, key);
            identity.is_some_and(|identity| set.contains(&identity).is_ok_and(|found| found))
        };
        keys.as_chunks().0.iter().filter(|key| is_in(key)).count() as u32
    }

    /// The same, where many are looked for at once.
    pub fn count_together(&self, keys: &[u8]) -> u32 {
        let Some(set) = &self.set else { return 0 };
        let mut count = 0;
        for block in keys.as_chunks::<WIDTH>().0.chunks(64) {
            let identities: Vec<Identity> =
                block.iter().filter_map(|key| Identity::new(IdentityKind::Keccak160, key)).collect();
            set.contains_each(&identities, |found| count += u32::from(found.is_ok_and(|found| found)));
        }
        count
    }
}

/// What no lookup that waits for the memory can be faster than: a walk through so much of it, where each place read tells
/// the next.
#[wasm_bindgen]
pub struct Walk {
    lines: Vec<[u32; LINE / 4]>,
    at: u32,
}

/// The bytes that a processor reads at once.
const LINE: usize = 64;

#[wasm_bindgen]
impl Walk {
    /// Lays it out over so many bytes: one round through all of them, in no order (Sattolo, 1986).
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: usize) -> Self {
        let mut next: Vec<u32> = (0..(bytes / LINE) as u32).collect();
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        for at in (1..next.len()).rev() {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            next.swap(at, (state % at as u64) as usize);
        }
        Self { lines: next.into_iter().map(|next| [next; LINE / 4]).collect(), at: 0 }
    }

    /// Goes on so many steps, and tells where they lead.
    pub fn steps(&mut self, count: u32) -> u32 {
        self.at = (0..count).fold(self.at, |at, _| self.lines[at as usize][0]);
        self.at
    }
}

/// A sorted array of the whole keys, halved until found.
#[wasm_bindgen]
pub struct BinarySearch(Vec<[u8; WIDTH]>);

#[wasm_bindgen]
impl BinarySearch {
    /// Sorts the keys.
    #[wasm_bindgen(constructor)]
    pub fn new(keys: &[u8]) -> Self {
        Self(sorted(keys))
    }

    /// The bytes that it takes.
    pub fn size(&self) -> f64 {
        (self.0.len() * WIDTH) as f64
    }

    /// How many of these keys it holds.
    pub fn count(&self, keys: &[u8]) -> u32 {
        keys.as_chunks().0.iter().filter(|key| self.0.binary_search(key).is_ok()).count() as u32
    }
}

/// The crate `fst`.
#[wasm_bindgen]
pub struct FstSet(fst::Set<Vec<u8>>);

#[wasm_bindgen]
impl FstSet {
    /// Builds it of the keys.
    #[wasm_bindgen(constructor)]
    pub fn new(keys: &[u8]) -> Result<FstSet, JsError> {
        Ok(Self(fst::Set::from_iter(sorted(keys))?))
    }

    /// The bytes that it takes.
    pub fn size(&self) -> f64 {
        self.0.as_fst().as_bytes().len() as f64
    }

    /// How many of these keys it holds.
    pub fn count(&self, keys: &[u8]) -> u32 {
        keys.chunks_exact(WIDTH).filter(|key| self.0.contains(key)).count() as u32
    }
}

/// The crate `xorf`: a filter of 16 bits a key, which is wrong once in 65,536 and knows no tags.
#[wasm_bindgen]
pub struct FilterSet(BinaryFuse16);

#[wasm_bindgen]
impl FilterSet {
    /// Builds it of the keys.
    #[wasm_bindgen(constructor)]
    pub fn new(keys: &[u8]) -> Result<FilterSet, JsError> {
        let hashes: Vec<u64> = keys.chunks_exact(WIDTH).map(hash).collect();
        Ok(Self(BinaryFuse16::try_from(&hashes).map_err(JsError::new)?))
    }

    /// The bytes that it takes.
    pub fn size(&self) -> f64 {
        (self.0.len() * 2) as f64
    }

    /// How many of these keys it holds, and now and then one more.
    pub fn count(&self, keys: &[u8]) -> u32 {
        keys.chunks_exact(WIDTH).filter(|key| self.0.contains(&hash(key))).count() as u32
    }
}

fn sorted(keys: &[u8]) -> Vec<[u8; WIDTH]> {
    let mut sorted = keys.as_chunks().0.to_vec();
    sorted.sort_unstable();
    sorted
}

fn hash(key: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(key);
    hasher.finish()
}
