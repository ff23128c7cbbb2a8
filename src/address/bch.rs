//! The codes by which bech32, CashAddr and blech32 are checked: remainders over the field of 32 elements, which differ in
//! their length and their generator.
//!
//! Source: BIP 173, "Checksum design"; each code's numbers are where it is used.

use std::sync::OnceLock;

/// How the prefix goes into a checksum before the digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Prefix {
    /// The high bits of each character, a zero, the low bits (bech32).
    Split,
    /// The low bits of each character, a zero (CashAddr).
    Low,
}

/// A code: so many digits of checksum, by this generator.
pub(super) struct Code {
    digits: u32,
    prefix: Prefix,
    generator: [u64; 5],
    /// For each five bits that leave the residue at the top, what they put back into it. Not known when the core is
    /// built, as nothing packs such numbers.
    folds: OnceLock<[u64; 32]>,
}

impl Code {
    pub const fn new(digits: u32, prefix: Prefix, generator: [u64; 5]) -> Self {
        Self { digits, prefix, generator, folds: OnceLock::new() }
    }

    /// What the checksum over a prefix and five-bit values comes to, and over so many zeros behind them.
    #[inline(never)]
    pub fn residue(&self, prefix: &str, values: &[u8], zeros: u32) -> u64 {
        let folds = self.folds.get_or_init(|| self.folds());
        let top = 5 * (self.digits - 1);
        let mut residue = 1;
        let mut push = |value: u8| {
            residue =
                (residue & ((1 << top) - 1)) << 5 ^ u64::from(value) ^ folds[(residue >> top) as usize & 31];
        };
        if self.prefix == Prefix::Split {
            prefix.bytes().for_each(|c| push(c.to_ascii_lowercase() >> 5));
            push(0);
        }
        prefix.bytes().for_each(|c| push(c & 31));
        if self.prefix == Prefix::Low {
            push(0);
        }
        values.iter().for_each(|&value| push(value));
        (0..zeros).for_each(|_| push(0));
        residue
    }

    /// Five-bit values with their checksum behind them; `target` is what the whole comes to.
    pub fn with_checksum(&self, prefix: &str, mut values: Vec<u8>, target: u64) -> Vec<u8> {
        let sum = self.residue(prefix, &values, self.digits) ^ target;
        values.extend((0..self.digits).rev().map(|digit| (sum >> (5 * digit)) as u8 & 31));
        values
    }

    fn folds(&self) -> [u64; 32] {
        core::array::from_fn(|top| {
            let folds = self.generator.iter().enumerate().filter(|(bit, _)| top >> bit & 1 == 1);
            folds.fold(0, |all, (_, fold)| all ^ fold)
        })
    }
}
