//! What fuzzing begins with: real addresses, real sets and the deltas between them, which the fuzzer's bytes then change.
//! From nothing it would never come past a checksum or the first bytes of a format.

use std::sync::LazyLock;
use taintwatch::{Confidence, Date, Keep, SetBuilder, Source, Tag, delta};

/// The built-in set, one whose keys are kept in part, and the same with some tags more and some less.
pub static SETS: LazyLock<[Vec<u8>; 3]> =
    LazyLock::new(|| [taintwatch_data::BUILTIN.to_vec(), compact(0..600), compact(30..640)]);

/// The deltas from the second to the third, and back.
pub static DELTAS: LazyLock<[Vec<u8>; 2]> = LazyLock::new(|| {
    let [_, old, new] = &*SETS;
    [(old, new), (new, old)].map(|(from, to)| delta(from, to).expect("both are sets"))
});

fn compact(numbers: std::ops::Range<u128>) -> Vec<u8> {
    let date = Date::parse("2026-01-31").expect("a date");
    let mut set = SetBuilder::new("fuzz", "For fuzzing", date).keep(Keep::Compact);
    for number in numbers {
        // Spread by a multiplication (Knuth, The Art of Computer Programming 3, 6.4).
        let spread = number.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
        let text = format!("0x{spread:032x}{number:08x}");
        let address = taintwatch::read(&text).expect("an EVM address").addresses[0];
        let source = Source { title: format!("Source {}", number % 7), ..Source::default() };
        set.tag(&Tag::new(address, &format!("Cluster {}", number % 50), Confidence::Forensic, source));
    }
    set.finish().expect("it is small")
}

/// The addresses of the test vectors.
pub static ADDRESSES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let vectors = [
        include_str!("../../tests/vectors/valid.txt"),
        include_str!("../../tests/vectors/own.txt"),
        include_str!("../../tests/vectors/cashaddr.txt"),
    ];
    let words = vectors.into_iter().flat_map(str::split_whitespace);
    words.filter(|word| word.len() > 20 && taintwatch::read(word).is_ok()).collect()
});

/// An address with some of its characters changed, or the fuzzer's own text: two bytes say which address.
pub fn text(input: &[u8]) -> String {
    let Some((which, edits)) = input.split_first_chunk() else { return String::new() };
    match ADDRESSES.get(usize::from(u16::from_le_bytes(*which)) % (ADDRESSES.len() + 1)) {
        Some(address) => String::from_utf8_lossy(&edited(address.as_bytes(), edits)).into_owned(),
        None => String::from_utf8_lossy(edits).into_owned(),
    }
}

/// A file with some of its bytes changed: four bytes of `edits` are a place (two), how, and by what.
pub fn edited(file: &[u8], edits: &[u8]) -> Vec<u8> {
    let mut file = file.to_vec();
    for &[low, high, how, value] in edits.as_chunks().0 {
        let place = usize::from(u16::from_le_bytes([low, high]));
        // The fuzzer knows the beginning by heart; what is further behind it reaches by its share of the length.
        let at = if how & 4 == 0 { place } else { place * file.len() >> 16 };
        match (how & 3, file.get_mut(at)) {
            (0, Some(byte)) => *byte = value,
            (1, Some(byte)) => *byte ^= value,
            (2, Some(byte)) => *byte = byte.wrapping_add(value),
            (3, Some(_)) => file.truncate(at),
            (_, _) => {}
        }
    }
    file
}
