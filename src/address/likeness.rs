//! Whether two addresses look too alike for chance, as those of address poisoners do.
//!
//! A person compares the ends. So what counts is how improbable it is that ends
//! as equal as these belong to different addresses by chance, among as many
//! comparisons as were made: no fixed number of characters. What every address
//! of a kind begins with counts for nothing, nor does the letter case of EIP-55.
//! Characters of a checksum count as others do: of another payload they are as
//! improbable (docs/decisions/0004-likeness.md).

use super::{Address, read};
use crate::identity::Identity;

/// Two different addresses that look too alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Lookalike {
    /// The place of the one among the addresses.
    pub address: usize,
    /// The place of the other among those that are known, or among the addresses where they were compared with one another.
    pub known: usize,
    /// How many characters are equal at the beginning.
    pub head: usize,
    /// How many are equal at the end.
    pub tail: usize,
    /// The chance that any of so many comparisons comes out so alike is at most one in 2 to this.
    pub bits: u32,
}

/// Less improbable ones are taken for chance: one false alarm in a million times that anything is compared.
const LEAST_BITS: u32 = 20;

/// At both ends something must be equal beyond what all addresses of the kind share.
const FEWEST_EQUAL: usize = 2;

/// What a character is worth, in tenths of bits: less than the logarithm of the size of its alphabet.
const HEXADECIMAL: u32 = 40;
const ONE_CASE: u32 = 50;
const BOTH_CASES: u32 = 58;
/// The first free character of what is not hexadecimal may have but few values, as behind the `T` of TRON or the `G` of Stellar.
const FIRST: u32 = 20;

/// A text as it is compared.
struct Shown {
    text: String,
    /// The ends, where the middle is left out: the text ends and begins again there.
    gap: Option<usize>,
    identity: Option<Identity>,
    /// With how many characters all addresses of its kind begin.
    fixed: usize,
    worth: u32,
}

impl Shown {
    fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((head, tail)) = text.split_once('…') {
            let (head, gap) = (head.to_owned() + tail, head.len());
            return Some(Self { text: small(head), gap: Some(gap), identity: None, fixed: 0, worth: 0 });
        }
        let address = *read(text).ok()?.addresses.first()?;
        let text = small(address.to_string());
        let fixed = fixed(&address).unwrap_or(1);
        let free = text.as_bytes().get(fixed..)?;
        let worth = if free.iter().all(u8::is_ascii_hexdigit) {
            HEXADECIMAL
        } else if free.iter().any(u8::is_ascii_uppercase) && free.iter().any(u8::is_ascii_lowercase) {
            BOTH_CASES
        } else {
            ONE_CASE
        };
        Some(Self { text, gap: None, identity: Some(address.identity()), fixed, worth })
    }

    /// How many characters are equal at the beginning and at the end, and how improbable that is, in tenths of bits.
    fn compare(&self, known: &Self) -> Option<(usize, usize, u32)> {
        if self.identity == known.identity {
            return None;
        }
        let (a, b) = (self.text.as_bytes(), known.text.as_bytes());
        let gap = known.gap.unwrap_or(b.len());
        let head = a.iter().zip(&b[..gap]).take_while(|(a, b)| a == b).count();
        let from = known.gap.unwrap_or(head.min(b.len()));
        let rest = a.get(head..)?.iter().rev();
        let tail = rest.zip(b[from..].iter().rev()).take_while(|(a, b)| a == b).count();
        let free = head.checked_sub(self.fixed)?;
        if free < FEWEST_EQUAL || tail < FEWEST_EQUAL {
            return None;
        }
        let first = if self.worth == HEXADECIMAL { HEXADECIMAL } else { FIRST };
        let worth = first + self.worth * (free + tail - 1) as u32;
        // The same number of characters can be shared out among the ends in so many ways.
        Some((head, tail, worth.saturating_sub(10 * log2(free + tail + 1))))
    }
}

/// What of it is hexadecimal may be in any letter case.
fn small(text: String) -> String {
    if text.starts_with("0x") { text.to_ascii_lowercase() } else { text }
}

/// With how many characters all addresses of this kind begin: what the spellings of the least and of the greatest
/// payload have in common.
fn fixed(address: &Address) -> Option<usize> {
    let identity = address.identity();
    let [least, greatest] = [0, 0xff].map(|byte| {
        let mut payload = identity.payload().to_vec();
        payload.get_mut(identity.kind().shared_bytes()..)?.fill(byte);
        let identity = Identity::new(identity.kind(), &payload)?;
        Some(Address::new(address.chain(), address.form(), identity)?.to_string())
    });
    let (least, greatest) = (small(least?), small(greatest?));
    Some(least.bytes().zip(greatest.bytes()).take_while(|(a, b)| a == b).count())
}

/// The binary logarithm, rounded up; of 0 and 1 it is 0.
fn log2(number: usize) -> u32 {
    usize::BITS - number.saturating_sub(1).leading_zeros()
}

/// Which of the addresses look too alike one of those that are known, or one another where none are given; the most
/// alike first. Addresses of one identity are never told, nor is what is no address.
///
/// What is known may be shown in part (`0x098B716B…e2383E2f96`); whether that is of the same identity, only the
/// caller can tell.
///
/// ```
/// use taintwatch::lookalikes;
/// let mine = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96";
/// let other = "0x098b7f17be4529eca869f8a6ea9fb1ad03992f96";
/// let found = lookalikes(&[other], Some(&[mine]));
/// assert_eq!((found[0].head, found[0].tail), (7, 4));
/// assert_eq!(lookalikes(&[mine, "0x098b716b8aaf21512996dc57eb0615e2383e2f96"], None), []);
/// ```
pub fn lookalikes(addresses: &[&str], known: Option<&[&str]>) -> Vec<Lookalike> {
    let shown =
        |texts: &[&str]| -> Vec<Option<Shown>> { texts.iter().map(|text| Shown::new(text)).collect() };
    let addresses = shown(addresses);
    let others = known.map(shown);
    let count = match &others {
        Some(known) => addresses.len() * known.len(),
        None => addresses.len() * addresses.len().saturating_sub(1) / 2,
    };
    let by_chance = 10 * log2(count);
    let mut found = Vec::new();
    for (at, address) in addresses.iter().enumerate() {
        let rest = others.as_deref().unwrap_or(&addresses[..at]);
        for (known, other) in rest.iter().enumerate() {
            let (Some(address), Some(other)) = (address, other) else { continue };
            let Some((head, tail, worth)) = address.compare(other) else { continue };
            let bits = worth.saturating_sub(by_chance) / 10;
            if bits >= LEAST_BITS {
                let place = found.partition_point(|other: &Lookalike| other.bits >= bits);
                found.insert(place, Lookalike { address: at, known, head, tail, bits });
            }
        }
    }
    found
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::address::{Chain, Form};
    use crate::identity::IdentityKind;

    const RONIN: &str = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96";

    /// An Ethereum address that has so many digits of [`RONIN`] at each end.
    fn like_ronin(head: usize, tail: usize) -> String {
        let digits = |c: char| char::from_digit(c.to_digit(16).unwrap() ^ 1, 16).unwrap();
        let changed: String = RONIN[2 + head..RONIN.len() - tail].chars().map(digits).collect();
        format!("{}{changed}{}", &RONIN[..2 + head], &RONIN[RONIN.len() - tail..]).to_lowercase()
    }

    #[test]
    fn what_is_too_alike_for_chance_is_told() {
        for (head, tail, alike) in [
            (3, 3, true),
            (4, 4, true),
            (2, 8, true),
            (10, 0, false),
            (3, 2, false),
            (0, 12, false),
            (1, 9, false),
        ] {
            let other = like_ronin(head, tail);
            let found = lookalikes(&[&other], Some(&[RONIN]));
            assert_eq!(!found.is_empty(), alike, "{head} and {tail}: {found:?}");
            if alike {
                assert_eq!((found[0].head, found[0].tail), (2 + head, tail));
            }
        }
    }

    #[test]
    fn among_many_comparisons_more_must_be_equal() {
        let other = like_ronin(3, 3);
        let many = vec![RONIN; 64];
        assert_eq!(lookalikes(&[&other], Some(&many)), []);
        assert_eq!(lookalikes(&[&like_ronin(4, 4)], Some(&many)).len(), 64);
    }

    #[test]
    fn one_identity_is_no_lookalike_of_itself() {
        let small = RONIN.to_lowercase();
        assert_eq!(lookalikes(&[&small, RONIN, "not an address"], None), []);
    }

    #[test]
    fn ends_that_are_shown_are_enough() {
        let other = like_ronin(4, 4);
        let found = lookalikes(&[&other], Some(&["0x098B716B8A…e2383E2f96"]));
        assert_eq!((found[0].head, found[0].tail), (6, 4));
        assert_eq!(lookalikes(&[&like_ronin(4, 1)], Some(&["0x098B716B8A…e2383E2f96"])), []);
    }

    #[test]
    fn what_all_of_a_kind_begin_with_counts_for_nothing() {
        for (text, expected) in [
            (RONIN, 2),
            ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", 1),
            ("3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG", 1),
            ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", 4),
            ("bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", 13),
            ("TAqg8TXo8tmpaz7TwHS669Tgt8MPSWgoxB", 1),
        ] {
            assert_eq!(fixed(&read(text).unwrap().addresses[0]), Some(expected), "{text}");
        }
    }

    #[test]
    fn two_of_a_page_are_found_among_each_other() {
        let poisoned = like_ronin(5, 5);
        let page = ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", RONIN, &poisoned];
        let found = lookalikes(&page, None);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].known, found[0].address), (1, 2));
    }

    /// Addresses of random payloads on one chain.
    fn random(ticker: &str, form: Form, kind: IdentityKind, count: usize) -> Vec<String> {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut byte = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 32) as u8
        };
        let chain = Chain::named(ticker).unwrap();
        let mut make = || {
            let payload: Vec<u8> = (0..*kind.lengths().end()).map(|_| byte()).collect();
            Address::new(chain, form, Identity::new(kind, &payload).unwrap()).unwrap().to_string()
        };
        (0..count).map(|_| make()).collect()
    }

    #[test]
    fn random_pairs_are_as_improbable_as_is_said() {
        // Whether the worth of a character is told right shows where it is little: at 8 bits, in half a million pairs.
        for (ticker, form, kind) in [
            ("ETH", Form::Evm, IdentityKind::Keccak160),
            ("BTC", Form::P2pkh, IdentityKind::Hash160),
            ("BTC", Form::P2wpkh, IdentityKind::Hash160),
            ("TRX", Form::Tron, IdentityKind::Keccak160),
        ] {
            let shown: Vec<Shown> =
                random(ticker, form, kind, 1000).iter().filter_map(|text| Shown::new(text)).collect();
            assert_eq!(shown.len(), 1000);
            let (mut pairs, mut alike) = (0_u32, 0_u32);
            for (at, a) in shown.iter().enumerate() {
                for b in &shown[..at] {
                    pairs += 1;
                    alike += u32::from(a.compare(b).is_some_and(|(_, _, worth)| worth >= 80));
                }
            }
            assert!(alike <= pairs >> 8, "{ticker} {form:?}: {alike} of {pairs}");
        }
    }
}
