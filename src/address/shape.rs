//! What can be told of a text at a glance: its length, its first characters, and which groups of characters occur.
//!
//! One look at each character, by which most texts end: no address looks like them (`pattern`).

/// Groups of characters, as bits. An alphabet is a union of them.
pub(super) mod group {
    pub const ZERO: u32 = 1;
    pub const ONE: u32 = 1 << 1;
    pub const TWO_TO_SEVEN: u32 = 1 << 2;
    pub const EIGHT_NINE: u32 = 1 << 3;
    /// `a` to `f` but `b`.
    pub const A_TO_F: u32 = 1 << 4;
    pub const B: u32 = 1 << 5;
    pub const I_O: u32 = 1 << 6;
    pub const L: u32 = 1 << 7;
    pub const OTHER_SMALL: u32 = 1 << 8;
    pub const CAPITAL_A_TO_F: u32 = 1 << 9;
    pub const CAPITAL_I_O: u32 = 1 << 10;
    pub const CAPITAL_L_U: u32 = 1 << 11;
    pub const OTHER_CAPITAL: u32 = 1 << 12;
    pub const DASH: u32 = 1 << 13;
    pub const UNDERSCORE: u32 = 1 << 14;
    pub const COLON: u32 = 1 << 15;
    pub const ELSE: u32 = 1 << 16;

    pub const DIGITS: u32 = ZERO | ONE | TWO_TO_SEVEN | EIGHT_NINE;
    pub const SMALL: u32 = A_TO_F | B | I_O | L | OTHER_SMALL;
    pub const CAPITALS: u32 = CAPITAL_A_TO_F | CAPITAL_I_O | CAPITAL_L_U | OTHER_CAPITAL;
    pub const ALPHANUMERIC: u32 = DIGITS | SMALL | CAPITALS;
    pub const SMALL_HEX: u32 = DIGITS | A_TO_F | B;
    pub const HEX: u32 = SMALL_HEX | CAPITAL_A_TO_F;
    pub const BASE58: u32 = ALPHANUMERIC & !(ZERO | L | CAPITAL_I_O);
    /// What bech32 writes behind the `1`; small `b` is told apart, capital `B` is not.
    pub const BECH32: u32 = ALPHANUMERIC & !(B | I_O | CAPITAL_I_O);
    /// RFC 4648's base 32 in capitals.
    pub const BASE32: u32 = CAPITALS | TWO_TO_SEVEN;
}

pub(super) const GROUPS: [u32; 256] = {
    let mut groups = [group::ELSE; 256];
    let mut c = 0;
    while c < 256 {
        groups[c] = match c as u8 {
            b'0' => group::ZERO,
            b'1' => group::ONE,
            b'2'..=b'7' => group::TWO_TO_SEVEN,
            b'8' | b'9' => group::EIGHT_NINE,
            b'b' => group::B,
            b'a' | b'c'..=b'f' => group::A_TO_F,
            b'i' | b'o' => group::I_O,
            b'l' => group::L,
            b'g'..=b'h' | b'j'..=b'k' | b'm'..=b'n' | b'p'..=b'z' => group::OTHER_SMALL,
            b'A'..=b'F' => group::CAPITAL_A_TO_F,
            b'I' | b'O' => group::CAPITAL_I_O,
            b'L' | b'U' => group::CAPITAL_L_U,
            b'G'..=b'H' | b'J'..=b'K' | b'M'..=b'N' | b'P'..=b'T' | b'V'..=b'Z' => group::OTHER_CAPITAL,
            b'-' => group::DASH,
            b'_' => group::UNDERSCORE,
            b':' => group::COLON,
            _ => group::ELSE,
        };
        c += 1;
    }
    groups
};

/// What can be told of a text at a glance.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    /// The first four characters, in big-endian, as [`head_of`] has them.
    pub(super) head: u32,
    pub(super) first: u8,
    pub(super) length: usize,
    groups: u32,
}

impl Shape {
    #[inline]
    pub fn of(text: &[u8]) -> Self {
        Self {
            head: head_of(text),
            first: text.first().copied().unwrap_or(0),
            length: text.len(),
            groups: groups_in(text),
        }
    }

    /// Whether it is all letters, digits and marks, and nothing beyond ASCII.
    #[inline]
    pub fn is_ascii(self) -> bool {
        !self.has(group::ELSE)
    }

    /// Whether it has one of the marks that few kinds of address contain.
    #[inline]
    pub fn has_marks(self) -> bool {
        self.has(group::DASH | group::UNDERSCORE)
    }

    /// Whether it has a character of one of these groups.
    #[inline]
    pub fn has(self, groups: u32) -> bool {
        self.groups & groups != 0
    }

    /// Whether all its characters are of these groups.
    #[inline]
    pub fn is_all(self, groups: u32) -> bool {
        self.groups & !groups == 0
    }
}

/// The groups that the characters are of. Four at a time, as one at a time makes a text of almost-addresses 8 % slower.
#[inline(never)]
fn groups_in(text: &[u8]) -> u32 {
    let (fours, rest) = text.as_chunks::<4>();
    let group = |c: u8| GROUPS[usize::from(c)];
    let all = |groups, &[a, b, c, d]: &[u8; 4]| groups | group(a) | group(b) | group(c) | group(d);
    rest.iter().fold(fours.iter().fold(0, all), |groups, c| groups | group(*c))
}

/// The first four characters as a number, letters as small ones and some marks as others. Of a shorter text, less.
#[inline(always)]
fn head_of(text: &[u8]) -> u32 {
    text.first_chunk()
        .map_or_else(|| head(text).0, |four| u32::from_be_bytes(*four) | u32::from_be_bytes([SMALL; 4]))
}

/// The bit that tells small letters from capitals, which digits have as well.
const SMALL: u8 = 0x20;

/// The same, and a mask of those that there are.
pub(super) const fn head(text: &[u8]) -> (u32, u32) {
    let (mut head, mut mask, mut at) = (0, 0, 0);
    while at < 4 {
        let (byte, known) = if at < text.len() { (text[at] | SMALL, 0xff) } else { (0, 0) };
        head = head << 8 | byte as u32;
        mask = mask << 8 | known;
        at += 1;
    }
    (head, mask)
}
