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

/// One of the codes.
pub(super) struct Code {
    /// How many digits of five bits the checksum has.
    pub digits: usize,
    prefix: Prefix,
    generator: [u64; 5],
    /// For each five bits that leave the residue at the top, what they put back into it. Made when it is first asked: such
    /// numbers cannot be packed, and would be up to a quarter of a kilobyte each of the core as it is sent.
    folds: OnceLock<[u64; 32]>,
}

impl Code {
    pub const fn new(digits: usize, prefix: Prefix, generator: [u64; 5]) -> Self {
        Self { digits, prefix, generator, folds: OnceLock::new() }
    }

    /// What the checksum over a prefix and five-bit values comes to.
    #[inline(never)]
    pub fn residue(&self, prefix: &str, values: &[u8]) -> u64 {
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
        residue
    }

    /// Five-bit values with their checksum behind them; `target` is what the whole comes to.
    pub fn with_checksum(&self, prefix: &str, mut values: Vec<u8>, target: u64) -> Vec<u8> {
        let before = values.len();
        values.resize(before + self.digits, 0);
        let sum = self.residue(prefix, &values) ^ target;
        for (digit, value) in values[before..].iter_mut().rev().enumerate() {
            *value = (sum >> (5 * digit)) as u8 & 31;
        }
        values
    }

    fn folds(&self) -> [u64; 32] {
        core::array::from_fn(|top| {
            let folds = self.generator.iter().enumerate().filter(|(bit, _)| top >> bit & 1 == 1);
            folds.fold(0, |all, (_, fold)| all ^ fold)
        })
    }
}
