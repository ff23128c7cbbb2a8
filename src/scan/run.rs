//! The runs of letters and digits in a text that are long enough to hold an address.

use super::stretch::{is_ascii, stretches};
use super::{LONGEST, SHORTEST};
use crate::address::Shape;
use core::ops::Range;
use std::borrow::Cow;

/// A run: where it stands, and what it reads without its invisible characters.
pub(super) struct Run<'a> {
    pub span: Range<usize>,
    pub text: Cow<'a, str>,
    pub shape: Shape,
    /// Where each of its characters stands, if invisible ones were left out or others replaced.
    places: Vec<Range<usize>>,
}

impl<'a> Run<'a> {
    /// A run of ASCII characters, as it stands.
    #[inline]
    fn plain(text: &'a [u8], span: Range<usize>, shape: Shape) -> Self {
        let text = core::str::from_utf8(&text[span.clone()]).unwrap_or_default();
        Self { span, text: Cow::Borrowed(text), shape, places: Vec::new() }
    }

    /// Whether it stands in the text just so.
    pub fn is_plain(&self) -> bool {
        // What is hidden or replaced takes more bytes than what is read for it.
        self.text.len() == self.span.len()
    }

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
            Run { span, text: Cow::Borrowed(piece), shape: Shape::of(piece.as_bytes()), places: Vec::new() }
        })
    }
}

/// Calls `look` with every run of at least [`SHORTEST`] characters that may be an address or hold one, in order.
/// `hashes` tells whether what may as well be a hash is one.
pub(super) fn runs<'a>(text: &'a [u8], hashes: bool, mut look: impl FnMut(Run<'a>)) {
    stretches::<true>(text, |start, end| {
        // A stretch ends at the first byte of a character, but may begin behind the first byte of one.
        let rest = text[start..end].iter().take_while(|byte| **byte & 0xc0 == 0x80).count();
        let span = start + rest..end;
        let stretch = &text[span.clone()];
        if stretch.len() > LONGEST && is_ascii(stretch) {
            // Nothing so long is an address, but a piece between marks may be.
            stretches::<false>(stretch, |start, end| {
                if end - start <= LONGEST {
                    let piece = span.start + start..span.start + end;
                    let shape = Shape::of(&text[piece.clone()]);
                    look(Run::plain(text, piece, shape));
                }
            });
            return;
        }
        let shape = Shape::of(stretch);
        if !shape.is_ascii() {
            if may_hold_a_run(stretch) {
                runs_beyond_ascii(text, span).into_iter().for_each(&mut look);
            }
            return;
        }
        // Most runs end here.
        let may_be_more = || matches!(text[..span.start].last(), Some(b':' | b'%'));
        if shape.may_be_an_address(hashes) || shape.has_marks() || may_be_more() {
            look(Run::plain(text, span, shape));
        }
    });
}

/// The runs of a stretch with characters beyond ASCII.
fn runs_beyond_ascii(text: &[u8], span: Range<usize>) -> Vec<Run<'_>> {
    let Ok(stretch) = core::str::from_utf8(&text[span.clone()]) else { return Vec::new() };
    let mut runs = split_at_visible(stretch, span.start, false);
    // With letters of other scripts read as what they look like, where that joins more.
    if stretch.contains(|c| look_alike(c).is_some()) {
        for run in split_at_visible(stretch, span.start, true) {
            let at = runs.partition_point(|other| other.span.start <= run.span.start);
            runs.insert(at, run);
        }
    }
    runs
}

/// Whether so many characters are left without the invisible ones: a cheap test for text in other scripts.
fn may_hold_a_run(stretch: &[u8]) -> bool {
    let is_first = |byte: &&u8| **byte & 0xc0 != 0x80;
    stretch.iter().filter(is_first).take(SHORTEST).count() == SHORTEST
}

/// A stretch with characters beyond ASCII, cut at those that can be seen; with `fold`, those that look
/// like ASCII ones stand for them.
fn split_at_visible<'a>(stretch: &str, start: usize, fold: bool) -> Vec<Run<'a>> {
    let mut runs = Vec::new();
    let mut clean = String::new();
    let mut places = Vec::new();
    let mut span = start..start;
    for (offset, c) in stretch.char_indices() {
        let at = start + offset;
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
        let shape = Shape::of(clean.as_bytes());
        let text = Cow::Owned(core::mem::take(clean));
        runs.push(Run { span: span.clone(), text, shape, places: core::mem::take(places) });
    }
    clean.clear();
    places.clear();
}

/// Characters that take no room on the screen: soft hyphen, zero-width characters,
/// direction marks, variation selectors (Unicode's `Default_Ignorable_Code_Point`, as far as it is assigned).
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{e0000}'..='\u{e0fff}')
}
