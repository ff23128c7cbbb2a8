//! Flow: `0x` and sixteen hexadecimal digits that are a word of a linear code.
//!
//! Source: flow-go, `model/flow/address.go`: a linear code with words of 64 bits, 45 of
//! which are free, at a distance of 7. Its words are the mainnet's addresses: one number in half a million is one.

use super::{IdentityKind as Kind, Parts, Read};
use crate::hex::{hex, unhex};

/// The columns of the code's parity-check matrix for the bits from the nineteenth on; those before are single bits.
const COLUMNS: [u32; 45] = [
    0x7328d, 0x6689a, 0x6112f, 0x6084b, 0x433fd, 0x42aab, 0x41951, 0x233ce, 0x22a81, 0x21948, 0x1ef60,
    0x1deca, 0x1c639, 0x1bdd8, 0x1a535, 0x194ac, 0x18c46, 0x1632b, 0x1529b, 0x14a43, 0x13184, 0x12942,
    0x118c1, 0x0f812, 0x0e027, 0x0d00e, 0x0c83c, 0x0b01d, 0x0a831, 0x0982b, 0x07034, 0x0682a, 0x05819,
    0x03807, 0x007d2, 0x00727, 0x0068e, 0x0067c, 0x0059d, 0x004eb, 0x003b4, 0x0036a, 0x002d9, 0x001c7,
    0x0003f,
];

pub(super) fn read(_: &str, text: &str) -> Read {
    let bytes = unhex::<8>(text.strip_prefix("0x")?)?;
    is_word(u64::from_be_bytes(bytes)).then(|| Ok(Parts::plain(Kind::FlowAccount64, &bytes)))
}

pub(super) fn write(_: &str, parts: &Parts) -> Option<String> {
    let number = u64::from_be_bytes(parts.payload[..].try_into().ok()?);
    let fits = parts.are_plain(Kind::FlowAccount64);
    (fits && is_word(number)).then(|| format!("0x{}", hex(&parts.payload)))
}

/// Whether the bits, multiplied by the matrix, come to nothing. Zero is no account.
fn is_word(number: u64) -> bool {
    let mut parity = (number & 0x7_ffff) as u32;
    let mut bits = number >> 19;
    while bits != 0 {
        parity ^= COLUMNS[bits.trailing_zeros() as usize];
        bits &= bits - 1;
    }
    number != 0 && parity == 0
}
