//! The runs of letters and digits in a text that are long enough to hold an address.

use super::SHORTEST;
use core::ops::Range;
use std::borrow::Cow;

/// A run: where it stands, and what it reads without its invisible characters.
pub(super) struct Run<'a> {
    pub span: Range<usize>,
    pub text: Cow<'a, str>,
    /// Where each of its characters stands, if invisible ones were left out or others replaced.
    places: Vec<Range<usize>>,
}

impl<'a> Run<'a> {
    /// The pieces between the marks `-` and `_`, which few kinds of address contain.
    pub fn pieces(&'a self) -> impl Iterator<Item = Run<'a>> {
        let start = self.text.as_ptr() as usize;
        self.text.split(['-', '_']).filter(|piece| piece.len() >= SHORTEST).map(move |piece| {
            let at = piece.as_ptr() as usize - start;
            let place = |at: usize| {
                let same = self.span.start + at..self.span.start + at + 1;
                self.places.get(at).cloned().unwrap_or(same)
            };
            let span = place(at).start..place(at + piece.len() - 1).end;
            Run { span, text: Cow::Borrowed(piece), places: Vec::new() }
        })
    }
}

/// What a byte can be to an address.
#[derive(Clone, Copy, PartialEq)]
enum Class {
    /// It ends one.
    Other,
    /// It is a letter or digit of one, or a mark that some have.
    Digit,
    /// It is part of a character beyond ASCII, which may be invisible.
    High,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        if (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'-' | b'_') {
            classes[byte] = Class::Digit;
        } else if byte >= 0x80 {
            classes[byte] = Class::High;
        }
        byte += 1;
    }
    classes
};

/// Every run of at least [`SHORTEST`] characters, in order.
pub(super) fn runs(text: &str) -> impl Iterator<Item = Run<'_>> {
    let mut at = 0;
    let mut pieces: Vec<Run<'_>> = Vec::new();
    core::iter::from_fn(move || {
        loop {
            if let Some(piece) = pieces.pop() {
                return Some(piece);
            }
            let span = next_stretch(text.as_bytes(), at)?;
            at = span.end;
            if text[span.clone()].is_ascii() {
                return Some(Run { text: Cow::Borrowed(&text[span.clone()]), span, places: Vec::new() });
            }
            pieces = split_at_visible(text, span.clone(), false);
            // With letters of other scripts read as what they look like, where that joins more.
            if text[span.clone()].contains(|c| look_alike(c).is_some()) {
                pieces.extend(split_at_visible(text, span, true));
            }
            pieces.reverse();
        }
    })
}

/// The next stretch of at least [`SHORTEST`] bytes that are no separators, from `start` on.
fn next_stretch(text: &[u8], start: usize) -> Option<Range<usize>> {
    let mut start = start;
    // Below this all bytes from `start` on are known to be no separators.
    let mut known = start;
    while start + SHORTEST <= text.len() {
        let ahead = start + SHORTEST - 1;
        let back = (known..=ahead).rev().find(|&i| CLASSES[usize::from(text[i])] == Class::Other);
        match back {
            Some(separator) => {
                known = ahead + 1;
                start = separator + 1;
            }
            None => {
                let rest = &text[ahead + 1..];
                let length = rest.iter().position(|&b| CLASSES[usize::from(b)] == Class::Other);
                return Some(start..length.map_or(text.len(), |length| ahead + 1 + length));
            }
        }
    }
    None
}

/// A stretch with characters beyond ASCII, cut at those that can be seen; with `fold`, those that look
/// like ASCII ones stand for them.
fn split_at_visible(text: &str, stretch: Range<usize>, fold: bool) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut clean = String::new();
    let mut places = Vec::new();
    let mut span = stretch.start..stretch.start;
    for (offset, c) in text[stretch.clone()].char_indices() {
        let at = stretch.start + offset;
        let seen = if fold { look_alike(c).unwrap_or(c) } else { c };
        if seen.is_ascii() {
            if clean.is_empty() {
                span.start = at;
            }
            clean.push(seen);
            span.end = at + c.len_utf8();
            places.push(at..span.end);
        } else if !is_invisible(c) {
            finish(&mut runs, &mut clean, &mut places, &span);
        }
    }
    finish(&mut runs, &mut clean, &mut places, &span);
    runs
}

/// The ASCII letter or digit that a character beyond ASCII looks just like: full-width forms, and the letters of
/// Cyrillic and Greek whose shape is a Latin one (Unicode's `confusables.txt`, single letters only).
pub(super) fn look_alike(c: char) -> Option<char> {
    const PAIRS: &[(&str, &str)] = &[
        ("АВЕЅІЈКМНОРСТХУаеѕіјорсхуһԁԛԝ", "ABESIJKMHOPCTXYaesijopcxyhdqw"),
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονᴏ", "ABEZHIKMNOPTYXovo"),
    ];
    match c {
        '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
            char::from_u32(c as u32 - 0xfee0)
        }
        _ => PAIRS.iter().find_map(|(theirs, ours)| {
            theirs.chars().zip(ours.chars()).find_map(|(their, our)| (their == c).then_some(our))
        }),
    }
}

fn finish(runs: &mut Vec<Run<'_>>, clean: &mut String, places: &mut Vec<Range<usize>>, span: &Range<usize>) {
    if clean.len() >= SHORTEST {
        let text = Cow::Owned(core::mem::take(clean));
        runs.push(Run { span: span.clone(), text, places: core::mem::take(places) });
    }
    clean.clear();
    places.clear();
}

/// Characters that take no room on the screen: soft hyphen, zero-width characters,
/// direction marks, variation selectors (Unicode's `Default_Ignorable_Code_Point`, as far as it is assigned).
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{e0000}'..='\u{e0fff}')
}
