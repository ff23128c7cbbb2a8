//! Where a mistyped address is wrong: the one place at which one other character, or two swapped ones, make it right.
//!
//! By trying them all: some three thousand readings, done once for an address
//! that a person entered, never while scanning. A checksum of 32 bits lets a
//! wrong correction through once in a million.

use super::{Problem, read};

/// Longer texts are not corrected: a bound on the work.
const LONGEST: usize = 110;

/// The texts that one other character or two exchanged ones make of a mistyped one, whose checksum holds; each with the
/// place of the (first) wrong character, from 1.
fn corrections(text: &str) -> Vec<(usize, String)> {
    if !text.is_ascii() || text.len() > LONGEST {
        return Vec::new();
    }
    let holds = |text: &[u8]| {
        // What has no checksum corrects nothing.
        let reading = core::str::from_utf8(text).ok().and_then(|text| read(text).ok());
        reading.is_some_and(|reading| reading.warning.is_none() && reading.is_checksummed())
    };
    // What is written in one letter case stays in it; hexadecimal stays hexadecimal.
    let lower = text.bytes().any(|c| c.is_ascii_lowercase());
    let upper = text.bytes().any(|c| c.is_ascii_uppercase());
    let hexadecimal = text.starts_with("0x");
    let usual = |c: &u8| match c {
        b'0'..=b'9' => true,
        c if hexadecimal && !c.is_ascii_hexdigit() => false,
        b'a'..=b'z' => lower,
        _ => upper,
    };
    let digits: Vec<u8> = (b'0'..=b'9').chain(b'A'..=b'Z').chain(b'a'..=b'z').filter(|c| usual(c)).collect();
    let mut found = Vec::new();
    let mut bytes = text.as_bytes().to_vec();
    let keep = |found: &mut Vec<_>, at: usize, bytes: &[u8]| {
        if holds(bytes) {
            found.push((at + 1, bytes.iter().map(|&c| char::from(c)).collect()));
        }
    };
    for at in 0..bytes.len() {
        let own = bytes[at];
        for &other in digits.iter().filter(|&&other| other != own) {
            bytes[at] = other;
            keep(&mut found, at, &bytes);
        }
        bytes[at] = own;
        if at > 0 && bytes[at] != bytes[at - 1] {
            bytes.swap(at - 1, at);
            keep(&mut found, at - 1, &bytes);
            bytes.swap(at - 1, at);
        }
    }
    found
}

impl Problem {
    /// The texts that this one may have been meant to be; none where the problem is not one of typing.
    pub(crate) fn corrections(&self, text: &str) -> Vec<(usize, String)> {
        match self {
            Self::Checksum { .. } | Self::Character { .. } | Self::LetterCase => corrections(text),
            _ => Vec::new(),
        }
    }

    /// The same problem with the place of the typing error, where the corrections have one and the same.
    pub(crate) fn located(self, text: &str, corrections: &[(usize, String)]) -> Self {
        match (&self, typing_error(corrections)) {
            (Self::Checksum { .. } | Self::LetterCase, Some(at)) => {
                Self::Typing { at, found: text.chars().nth(at - 1).unwrap_or(' ') }
            }
            _ => self,
        }
    }
}

/// The place of the typing error, from 1; `None` where there is no such place or more than one.
fn typing_error(corrections: &[(usize, String)]) -> Option<usize> {
    let (first, _) = corrections.first()?;
    corrections.iter().all(|(at, _)| at == first).then_some(*first)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_substitution_or_a_swap_is_found() {
        for address in [
            "3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG",
            "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
            "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
            "0x098B716B8Aaf21512996dC57EB0615e2383E2f96",
            "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh",
        ] {
            let mut wrong = address.as_bytes().to_vec();
            let at = address.len() - 8;
            wrong[at] = if wrong[at] == b'8' { b'9' } else { b'8' };
            assert_eq!(
                typing_error(&corrections(core::str::from_utf8(&wrong).unwrap())),
                Some(at + 1),
                "{address}"
            );
            let mut swapped = address.as_bytes().to_vec();
            let at = (20..).find(|&at| !swapped[at].eq_ignore_ascii_case(&swapped[at + 1]));
            let at = at.unwrap();
            swapped.swap(at, at + 1);
            assert_eq!(
                typing_error(&corrections(core::str::from_utf8(&swapped).unwrap())),
                Some(at + 1),
                "{address}"
            );
        }
    }

    #[test]
    fn two_errors_are_not_guessed_at() {
        assert_eq!(typing_error(&corrections("3LU8wRu4ZnXP4UM8Yo6kkTiGHM9Bubgy11")), None);
        assert_eq!(typing_error(&corrections("hello")), None);
        assert_eq!(typing_error(&corrections(&"1".repeat(5000))), None);
    }
}
