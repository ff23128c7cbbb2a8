//! JavaScript strings on their way in, and places in them on the way out.
//!
//! A string crosses by `TextEncoder.encodeInto` straight into Wasm memory, in
//! parts, so that no text takes more than a bounded buffer. Text that is mostly
//! in wide characters is slow to encode: it is searched for runs in JavaScript
//! first, and only those cross. Places go back as UTF-16 units.

use crate::scan::{self, Cut, Found, SHORTEST};
use core::cell::Cell;
use js_sys::{Array, JsString};
use memchr::{memchr, memrchr};
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
    thread_local! {
        /// Kept, so that memory is not made anew for each text.
        static BUFFER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    }
    let length = text.length() as usize;
    let mut buffer = BUFFER.take();
    let room = PART.min(length + length / 8 + SLACK);
    if buffer.len() < room {
        buffer = vec![0; room];
    }
    // Where the next part begins, whether that is inside of a run, and where what was found last ends.
    let (mut from, mut is_inside, mut last) = (0, false, 0);
    while from < length {
        let mut counts = [0; 2];
        encode_into(text, from as u32, &mut buffer, &mut counts);
        let [read, written] = counts.map(|count| count as usize);
        let is_last = from + read >= length || read == 0;
        let utf8 = &buffer[..written];
        let cut = if is_last { Cut { end: written, next: written } } else { scan::cut(utf8) };
        let place = |bytes: usize| Place { utf8, is_ascii: read == written, bytes, units: 0 };
        let mut places = place(0);
        for mut found in scan::scan_bytes(&utf8[..cut.end], hashes) {
            // What begins or ends where a part was cut for want of a better place may be more than it looks like.
            let may_be_more =
                cut.next < cut.end && found.span.end == cut.end || is_inside && found.span.start == 0;
            found.span.start = from + places.units_at(found.span.start);
            found.span.end = from + places.units_at(found.span.end);
            if found.span.start >= last && !may_be_more {
                last = found.span.end;
                each(found);
            }
        }
        // A part in which nothing was read can only be the last.
        if is_last {
            break;
        }
        from += place(0).units_at(cut.next).max(1);
        is_inside = cut.next < cut.end;
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

/// Calls `each` with every line of a text, in UTF-8 and without its end. One too long to be an address comes as an empty one.
pub(super) fn lines(text: &JsString, each: &mut dyn FnMut(&[u8])) {
    let length = text.length() as usize;
    let mut buffer = vec![0; PART.min(length + length / 8 + SLACK)];
    let (mut from, mut is_too_long) = (0, false);
    while from < length {
        let mut counts = [0; 2];
        encode_into(text, from as u32, &mut buffer, &mut counts);
        let [read, written] = counts.map(|count| count as usize);
        let utf8 = &buffer[..written];
        let is_last = from + read >= length || read == 0;
        // As far as the lines are whole.
        let end = if is_last { written } else { memrchr(b'\n', utf8).map_or(0, |at| at + 1) };
        let mut rest = &utf8[..end];
        while !rest.is_empty() {
            let at = memchr(b'\n', rest);
            let (line, others) = rest.split_at(at.unwrap_or(rest.len()));
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            each(if core::mem::take(&mut is_too_long) { &[] } else { line });
            rest = others.get(1..).unwrap_or_default();
        }
        // A part in which nothing was read can only be the last.
        if is_last {
            break;
        }
        is_too_long |= end == 0;
        let mut place = Place { utf8, is_ascii: read == written, bytes: 0, units: 0 };
        from += if end == 0 { read } else { place.units_at(end) };
    }
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
