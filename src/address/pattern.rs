//! What the addresses in each spelling have in common, so that only what may be one is decoded.
//!
//! A [`Pattern`] says it in the terms of a [`Shape`].

use super::base58;
use super::chain::{Chain, TRON_VERSION, bitcoin_like_chains};
use super::own::Spelling;
use super::shape::{GROUPS, Shape, group, head};
use core::ops::RangeInclusive;
use std::sync::OnceLock;

/// Which spellings a text is tried in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Among {
    /// All that begin so, for telling what is wrong.
    Near,
    /// Those whose addresses have its shape.
    Shaped,
    /// Those of them that a hash has not.
    NoHashes,
}

/// What all addresses in one spelling have in common.
#[derive(Clone, Copy)]
pub(super) struct Pattern {
    /// The ASCII characters that may be the first.
    first: Bits,
    /// What it begins with, as far as the mask goes.
    head: u32,
    head_mask: u32,
    /// The lengths, of which all from 127 on are one.
    lengths: Bits,
    /// The groups of which characters may be.
    groups: u32,
    /// The groups of which at least one character is, if there are any.
    needs: u32,
    /// Whether a hash may look the same.
    is_hash: bool,
}

impl Pattern {
    /// Addresses that begin with one of these characters, in either letter case, have one of these lengths
    /// and are made of these groups.
    pub const fn new(first: &str, lengths: RangeInclusive<usize>, groups: u32) -> Self {
        let none = Bits::NONE;
        let mut pattern =
            Self { first: none, head: 0, head_mask: 0, lengths: none, groups, needs: 0, is_hash: false };
        let first = first.as_bytes();
        let mut at = 0;
        while at < first.len() {
            pattern.first.insert(first[at].to_ascii_lowercase() as usize);
            pattern.first.insert(first[at].to_ascii_uppercase() as usize);
            at += 1;
        }
        pattern.or(lengths)
    }

    /// Addresses in base 58 of so many bytes that begin with `head`.
    pub fn base58(head: &[u8], bytes: usize) -> Self {
        let filled = |with: u8| {
            let bytes = [head, &vec![with; bytes - head.len()]].concat();
            base58::encode_bytes(&base58::BITCOIN, &bytes)
        };
        let (low, high) = (filled(0), filled(0xff));
        let digit = |text: &str| base58::BITCOIN.digit(text.as_bytes()[0]).unwrap_or(0);
        // Where the highest is a digit longer, the first digit starts over.
        let is_first = |d: u8| match low.len() < high.len() && head[0] != 0 {
            true => d >= digit(&low) || d <= digit(&high),
            false => (digit(&low)..=digit(&high)).contains(&d),
        };
        let mut pattern = Self::new("", low.len().min(high.len())..=low.len().max(high.len()), group::BASE58);
        for digit in (0..58).filter(|&digit| is_first(digit)) {
            pattern.first.insert(base58::BITCOIN.character(digit) as usize);
        }
        pattern
    }

    /// Addresses that begin so, in either letter case.
    pub const fn behind(start: &str, lengths: RangeInclusive<usize>, groups: u32) -> Self {
        let (head, head_mask) = head(start.as_bytes());
        let mut pattern = Self::new("", lengths, groups);
        pattern.first.insert(start.as_bytes()[0].to_ascii_lowercase() as usize);
        pattern.first.insert(start.as_bytes()[0].to_ascii_uppercase() as usize);
        Self { head, head_mask, ..pattern }
    }

    /// Addresses in bech32 behind this human-readable part and its `1`, in either letter case.
    pub fn bech32(hrp: &str, lengths: RangeInclusive<usize>) -> Self {
        let of = |c: u8| GROUPS[usize::from(c)] | GROUPS[usize::from(c.to_ascii_uppercase())];
        let groups = hrp.bytes().fold(group::BECH32, |groups, c| groups | of(c));
        Self::behind(&format!("{hrp}1"), lengths, groups).with(group::ONE)
    }

    /// Also of these lengths.
    pub const fn or(mut self, lengths: RangeInclusive<usize>) -> Self {
        let mut length = *lengths.start();
        while length <= *lengths.end() {
            self.lengths.insert(if length < 127 { length } else { 127 });
            length += 1;
        }
        self
    }

    /// That have a character of one of these groups.
    pub const fn with(self, needs: u32) -> Self {
        Self { needs, ..self }
    }

    /// That may as well be a hash.
    pub const fn like_a_hash(self) -> Self {
        Self { is_hash: true, ..self }
    }

    #[inline]
    fn fits(&self, shape: Shape) -> bool {
        self.lengths.has(shape.length.min(127))
            && shape.is_all(self.groups)
            && shape.head & self.head_mask == self.head
            && (self.needs == 0 || shape.has(self.needs))
    }

    fn may_begin(&self, c: u8) -> bool {
        c < 128 && self.first.has(usize::from(c))
    }
}

/// A set of numbers below 128, in words of the size that is fast.
#[derive(Clone, Copy)]
struct Bits([u32; 4]);

impl Bits {
    #[inline]
    fn has(&self, number: usize) -> bool {
        self.0[number >> 5 & 3] >> (number & 31) & 1 == 1
    }

    const NONE: Self = Self([0; 4]);

    const fn insert(&mut self, number: usize) {
        self.0[number >> 5 & 3] |= 1 << (number & 31);
    }

    fn insert_all(&mut self, other: &Self) {
        for (word, more) in self.0.iter_mut().zip(other.0) {
            *word |= more;
        }
    }
}

impl Shape {
    /// Whether an address of any chain may have this shape; `hashes` tells whether what may as well be a
    /// hash, as 64 hexadecimal digits are, counts as one.
    #[inline]
    pub fn may_be_an_address(self, hashes: bool) -> bool {
        let row = &table()[usize::from(self.first)];
        row.gates[usize::from(hashes)].iter().any(|gate| gate.fits(self))
    }

    /// Whether this may be an address in a spelling of Bitcoin's family, of the EVM chains or of TRON.
    pub fn may_be_of_family(self) -> bool {
        table()[usize::from(self.first)].family.iter().any(|pattern| pattern.fits(self))
    }

    /// The chains' own spellings in which this may be an address, in the order of the table of chains.
    pub(super) fn own_spellings(self, among: Among) -> impl Iterator<Item = (&'static Chain, Spelling)> {
        let mut last = None;
        let chosen = table()[usize::from(self.first)].own.iter().filter(move |own| {
            let fits = match among {
                Among::Near => true,
                Among::Shaped => own.pattern.fits(self),
                Among::NoHashes => own.pattern.fits(self) && !own.pattern.is_hash,
            };
            // A spelling may have more than one pattern that fits.
            fits && last.replace(own.number) != Some(own.number)
        });
        chosen.map(|own| (own.chain, own.spelling))
    }
}

/// What may begin with one character.
struct Row {
    /// All patterns, those of the same groups as one: without and with those that hashes have.
    gates: [Vec<Pattern>; 2],
    /// The spellings of Bitcoin's family, of the EVM chains and of TRON.
    family: Vec<Pattern>,
    /// The chains' own spellings.
    own: Vec<Own>,
}

/// One pattern of one of a chain's own spellings.
#[derive(Clone, Copy)]
struct Own {
    pattern: Pattern,
    chain: &'static Chain,
    spelling: Spelling,
    /// The spelling's place among all.
    number: usize,
}

fn table() -> &'static [Row] {
    static TABLE: OnceLock<Vec<Row>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let family = family_patterns();
        let mut own: Vec<Own> = Vec::new();
        for (number, (chain, spelling)) in Chain::spellings().enumerate() {
            for pattern in spelling.codec.patterns(spelling.mark) {
                own.push(Own { pattern, chain, spelling, number });
            }
        }
        let mut rows = Vec::with_capacity(256);
        for first in 0..=u8::MAX {
            rows.push(row(first, &family, &own));
        }
        rows
    })
}

fn row(first: u8, family: &[Pattern], own: &[Own]) -> Row {
    let mut row = Row { gates: [Vec::new(), Vec::new()], family: Vec::new(), own: Vec::new() };
    for pattern in family {
        if pattern.may_begin(first) {
            row.family.push(*pattern);
            row.open(pattern);
        }
    }
    for own in own {
        if own.pattern.may_begin(first) {
            row.own.push(*own);
            row.open(&own.pattern);
        }
    }
    row
}

impl Row {
    /// Lets what fits a pattern in; patterns of the same groups are one gate.
    fn open(&mut self, pattern: &Pattern) {
        for (hashes, gates) in self.gates.iter_mut().enumerate() {
            if hashes == 0 && pattern.is_hash {
                continue;
            }
            let key = |p: &Pattern| (p.groups, p.needs, p.head, p.head_mask);
            match gates.iter_mut().find(|gate| key(gate) == key(pattern)) {
                Some(gate) => gate.lengths.insert_all(&pattern.lengths),
                None => gates.push(*pattern),
            }
        }
    }
}

/// The spellings of Bitcoin's family, of the EVM chains and of TRON.
fn family_patterns() -> Vec<Pattern> {
    use group::{ALPHANUMERIC, COLON, HEX, OTHER_CAPITAL, OTHER_SMALL};
    // A version byte, 20 bytes and four of the checksum.
    let base58 = |version: u8| Pattern::base58(&[version], 25);
    let mut patterns = vec![
        Pattern::new("0", 42..=42, HEX | OTHER_SMALL | OTHER_CAPITAL).or(44..=44),
        Pattern::new("4", 42..=42, HEX),
        Pattern::new("0123456789abcdef", 40..=40, HEX).like_a_hash(),
        Pattern::new("X", 34..=35, ALPHANUMERIC),
        base58(TRON_VERSION),
    ];
    for (_, prefixes) in bitcoin_like_chains() {
        patterns.extend([prefixes.p2pkh, prefixes.p2sh].into_iter().chain(prefixes.p2sh_old).map(base58));
        if let Some(hrp) = prefixes.hrp {
            // A program of 2 to 40 bytes, its version, a one and six digits of the checksum.
            patterns.push(Pattern::bech32(hrp, hrp.len() + 12..=90));
        }
        if let Some(prefix) = prefixes.cashaddr {
            patterns.push(Pattern::new("qpzr", 42..=42, ALPHANUMERIC).or(61..=61));
            patterns.push(Pattern::behind(prefix, 42..=127, ALPHANUMERIC | COLON).with(COLON));
        }
    }
    patterns
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    /// What a spelling's patterns leave out would never be found in a text.
    #[test]
    fn every_vector_has_one_of_its_spelling_s_shapes() {
        let vectors = include_str!("../../tests/vectors/own.txt").lines();
        for address in vectors.filter(|line| !line.starts_with('#')).filter_map(|line| line.split(' ').nth(3))
        {
            let shape = Shape::of(address.as_bytes());
            assert!(shape.may_be_an_address(true), "{address}");
            let read = |(_, s): (_, Spelling)| matches!(s.codec.read(s.mark, address), Some(Ok(_)));
            assert_eq!(
                shape.own_spellings(Among::Shaped).filter(|s| read(*s)).count(),
                shape.own_spellings(Among::Near).filter(|s| read(*s)).count(),
                "{address}"
            );
        }
    }

    /// Most texts end at the shape; those that do not are worth decoding.
    #[test]
    fn most_texts_have_not_the_shape_of_an_address() {
        for text in [
            "a_title_with_many_words_in_it",
            "aTitleWithoutAnySpacesInIt",
            "internationalisationsbemuehungen",
            "ea39a3ee5e6b4b0d3255bfef95601890afd80709",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA",
            "1234567890123456789012345678901234567890",
        ] {
            assert!(!Shape::of(text.as_bytes()).may_be_an_address(false) || text.len() == 64, "{text}");
        }
        assert!(Shape::of("e3b0c442".repeat(8).as_bytes()).may_be_an_address(true));
    }
}
