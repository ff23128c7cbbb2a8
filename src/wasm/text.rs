//! JavaScript strings on their way in, and places in them on the way out.
//!
//! A string crosses by `TextEncoder.encodeInto` straight into Wasm memory, in
//! parts, so that no text takes more than a bounded buffer. Text that is mostly
//! in wide characters is slow to encode: it is searched for runs in JavaScript
//! first, and only those cross. Places go back as UTF-16 units.

use super::js::{Array, JsString};
use crate::scan::{self, Cut, Found, SHORTEST};
use core::cell::Cell;
use core::mem::ManuallyDrop;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/wasm/text.js")]
extern "C" {
    #[wasm_bindgen(js_name = encodeInto)]
    fn encode_into(text: &JsString, from: u32, into: &mut [u8], counts: &mut [u32]);
    #[wasm_bindgen(js_name = encodeEach, catch)]
    fn encode_each(texts: &Array, from: u32, into: &mut [u8], lengths: &mut [u32]) -> Result<u32, JsValue>;
    /// Puts what was found into an array; `hidden` is the address where it does not stand just so in the text.
    #[wasm_bindgen(js_name = pushFound)]
    pub(super) fn push_found(
        all: &Array,
        text: &JsString,
        start: u32,
        end: u32,
        chain: &JsValue,
        hidden: Option<String>,
    );
    #[wasm_bindgen(js_name = isMostlyWide)]
    fn is_mostly_wide(text: &JsString) -> bool;
    #[wasm_bindgen(js_name = longRuns)]
    fn long_runs(text: &JsString, shortest: usize) -> Vec<u32>;
    #[wasm_bindgen(js_name = joinRuns)]
    fn join_runs(text: &JsString, places: &[u32]) -> JsString;
}

/// The most bytes that cross at a time: what stays in the cache between being written and being read.
const PART: usize = 1 << 16;
/// The most strings that cross at a time.
const MOST_STRINGS: usize = 1 << 10;
/// Room for a few wide characters in a text that is else ASCII, in bytes.
const SLACK: usize = 1 << 10;
/// Shorter texts are not worth asking whether they are wide.
pub(super) const SHORT: u32 = 1 << 10;

/// Calls `each` with every address in a text, in order, its place in UTF-16 units; `hashes` as in the scanner.
pub(super) fn scan(text: &JsString, hashes: bool, each: &mut dyn FnMut(Found)) {
    if text.length() < SHORT || !is_mostly_wide(text) {
        return scan_encoded(text, hashes, each);
    }
    let places = long_runs(text, SHORTEST);
    let runs = join_runs(text, &places);
    let start = |at: usize| places.get(at).map_or(usize::MAX, |place| *place as usize);
    // The run that the last was found in, by where its places are.
    let mut at = 0;
    scan_encoded(&runs, hashes, &mut |mut found| {
        while start(at + 2) <= found.span.start {
            at += 2;
        }
        let (here, there) = (start(at), start(at + 1));
        found.span = there + found.span.start - here..there + found.span.end - here;
        each(found);
    });
}

/// Scans a text by way of UTF-8, part after part.
fn scan_encoded(text: &JsString, hashes: bool, each: &mut dyn FnMut(Found)) {
    // Whether the part begins inside of a run, and where what was found last ends.
    let (mut is_inside, mut last) = (false, 0);
    each_part(text, &mut |part| {
        let end = part.utf8.len();
        let cut = if part.is_last { Cut { end, next: end } } else { scan::cut(part.utf8) };
        let mut place = part.place();
        for mut found in scan::scan_bytes(&part.utf8[..cut.end], hashes) {
            // What begins or ends where a part was cut for want of a better place may be more than it looks like.
            let may_be_more =
                cut.next < cut.end && found.span.end == cut.end || is_inside && found.span.start == 0;
            found.span.start = part.from + place.units_at(found.span.start);
            found.span.end = part.from + place.units_at(found.span.end);
            if found.span.start >= last && !may_be_more {
                last = found.span.end;
                each(found);
            }
        }
        is_inside = cut.next < cut.end;
        cut.next
    });
}

/// Calls `each` with every line of a text, in UTF-8 and without its end. One too long to be an address comes as an empty one.
pub(super) fn lines(text: &JsString, each: &mut dyn FnMut(&[u8])) {
    let mut is_too_long = false;
    each_part(text, &mut |part| {
        // As far as the lines are whole.
        let is_end = |byte: &u8| *byte == b'\n';
        let whole = part.utf8.iter().rposition(is_end).map_or(0, |at| at + 1);
        let end = if part.is_last { part.utf8.len() } else { whole };
        let mut rest = &part.utf8[..end];
        while !rest.is_empty() {
            let (line, others) = rest.split_at(line_end(rest));
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            each(if core::mem::take(&mut is_too_long) { &[] } else { line });
            rest = others.get(1..).unwrap_or_default();
        }
        is_too_long |= end == 0;
        if end == 0 { part.utf8.len() } else { end }
    });
}

/// A part of a text in UTF-8.
struct Part<'a> {
    utf8: &'a [u8],
    is_ascii: bool,
    /// Where it begins in the text, in UTF-16 units.
    from: usize,
    is_last: bool,
}

impl<'a> Part<'a> {
    /// Its beginning.
    fn place(&self) -> Place<'a> {
        Place { utf8: self.utf8, is_ascii: self.is_ascii, bytes: 0, units: 0 }
    }
}

/// Calls `look` with a text part after part. It tells how many bytes of a part it is done with: the next begins there.
fn each_part(text: &JsString, look: &mut dyn FnMut(&Part) -> usize) {
    thread_local! {
        /// Kept, so that memory is not made anew for each text. Never dropped.
        static BUFFER: Cell<ManuallyDrop<Vec<u8>>> = const { Cell::new(ManuallyDrop::new(Vec::new())) };
    }
    let length = text.length() as usize;
    let mut buffer = BUFFER.take();
    let room = PART.min(length + length / 8 + SLACK);
    if buffer.len() < room {
        *buffer = vec![0; room];
    }
    let mut from = 0;
    while from < length {
        let mut counts = [0; 2];
        encode_into(text, from as u32, &mut buffer, &mut counts);
        let [read, written] = counts.map(|count| count as usize);
        // A part in which nothing was read can only be the last.
        let is_last = from + read >= length || read == 0;
        let part = Part { utf8: &buffer[..written], is_ascii: read == written, from, is_last };
        let done = look(&part);
        if is_last {
            break;
        }
        from += part.place().units_at(done).max(1);
    }
    BUFFER.set(buffer);
}

/// Calls `each` with every one of some strings, in UTF-8. One too long to be an address comes as an empty one.
pub(super) fn strings(texts: &Array, each: &mut dyn FnMut(&[u8])) -> Result<(), JsValue> {
    let (mut buffer, mut lengths) = (vec![0; PART], [0; MOST_STRINGS]);
    let mut from = 0;
    while from < texts.length() {
        let count = encode_each(texts, from, &mut buffer, &mut lengths)?;
        let mut rest = &buffer[..];
        for length in lengths.iter().take(count as usize) {
            let (text, others) = rest.split_at_checked(*length as usize).unwrap_or_default();
            each(text);
            rest = others;
        }
        from += count;
    }
    Ok(())
}

/// Where the first line of a text ends: sixteen bytes at a time, as one at a time makes a lookup in a million 8 % slower.
#[inline(always)]
fn line_end(text: &[u8]) -> usize {
    let (sixteens, rest) = text.as_chunks::<16>();
    for (at, sixteen) in sixteens.iter().enumerate() {
        let ends = line_ends(sixteen);
        if ends != 0 {
            return 16 * at + ends.trailing_zeros() as usize;
        }
    }
    text.len() - rest.len() + rest.iter().take_while(|byte| **byte != b'\n').count()
}

/// Which of these bytes are line ends: a bit for each, the first the lowest.
#[cfg(target_feature = "simd128")]
#[inline(always)]
fn line_ends(sixteen: &[u8; 16]) -> u16 {
    use core::arch::wasm32::{i8x16_bitmask, u8x16_eq, u8x16_splat, u64x2};
    let number = u128::from_le_bytes(*sixteen);
    i8x16_bitmask(u8x16_eq(u64x2(number as u64, (number >> 64) as u64), u8x16_splat(b'\n')))
}

/// The same, one after the other.
#[cfg(not(target_feature = "simd128"))]
fn line_ends(sixteen: &[u8; 16]) -> u16 {
    sixteen.iter().rev().fold(0, |ends, byte| ends << 1 | u16::from(*byte == b'\n'))
}

/// A place in UTF-8 that moves on, and how many UTF-16 units there are before it.
pub(super) struct Place<'a> {
    utf8: &'a [u8],
    is_ascii: bool,
    bytes: usize,
    units: usize,
}

impl<'a> Place<'a> {
    pub fn in_text(utf8: &'a [u8]) -> Self {
        Self { utf8, is_ascii: utf8.is_ascii(), bytes: 0, units: 0 }
    }

    /// How many units there are before this byte, which is not before the last that was asked for.
    pub fn units_at(&mut self, at: usize) -> usize {
        if self.is_ascii {
            return at;
        }
        // Each character is one unit and begins with a byte that is no continuation; those of four bytes are two.
        let units = |byte: &u8| usize::from(byte & 0xc0 != 0x80) + usize::from(*byte >= 0xf0);
        self.units += self.utf8[self.bytes..at].iter().map(units).sum::<usize>();
        self.bytes = at;
        self.units
    }
}
