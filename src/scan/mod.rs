//! Finding addresses in running text, in one pass that mostly looks away.
//!
//! An address is a run of at least [`SHORTEST`] letters and digits. `stretch`
//! finds the long ones, `run` cleans them of what hides in them, and only what
//! has the shape of an address is decoded. This module knows no set.

mod run;
#[cfg(not(target_arch = "wasm32"))]
mod stream;
mod stretch;

use crate::address::{Chain, Reading, Shape, named_around, recognise};
use core::ops::Range;
use run::Run;

#[cfg(not(target_arch = "wasm32"))]
pub use stream::scan_stream;

/// No address that is looked for has fewer characters: the shortest P2PKH address has 26.
/// Segwit addresses of versions without meaning may be shorter; they are read, not scanned for.
pub const SHORTEST: usize = 25;

/// No address that is looked for has more characters: invoices are the longest, and few have more.
const LONGEST: usize = 1023;

/// An address in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it stands: byte offsets into the text, invisible characters inside it included.
    pub span: Range<usize>,
    /// The address as it reads without them.
    pub text: String,
    /// What it is.
    pub reading: Reading,
    /// The chain that the text around it names, as a payment link does.
    pub(crate) named: Option<&'static Chain>,
    /// Whether the text is the address as it stands, with nothing hidden in it.
    pub(crate) is_plain: bool,
}

/// Finds every address in `text`, in order, in time linear in its length.
///
/// Zero-width characters, soft hyphens and direction marks inside an address
/// are looked through, as they are invisible to the person who pastes it.
///
/// ```
/// let text = "pay to bitcoin:bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq?amount=1, thanks";
/// let found = taintwatch::scan(text);
/// assert_eq!(&text[found[0].span.clone()], "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq");
/// ```
pub fn scan(text: &str) -> Vec<Found> {
    scan_bytes(text.as_bytes(), false)
}

/// The same in UTF-8. `hashes` asks for what may as well be a transaction id or a hash, too: for looking it
/// up, not for telling of it.
pub(crate) fn scan_bytes(text: &[u8], hashes: bool) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    run::runs(text, hashes, |run| {
        // What was found as it stands is not found again in another reading of the same place.
        if found.last().is_some_and(|last| run.span.start < last.span.end) {
            return;
        }
        let rank = |mut found: Found| {
            let (before, after) = (&text[..found.span.start], &text[found.span.end..]);
            // A piece of base 64, which hashes and keys are written in, says so by what stands beside it. It is looked
            // up all the same: a mark beside a listed address must not hide it.
            let is_base64 = before.last() == Some(&b'+') || matches!(after.first(), Some(b'+' | b'='));
            if is_base64 && !hashes && !found.reading.is_checksummed() {
                return None;
            }
            found.named = named_around(before, after);
            found.reading = found.reading.ranked_for(found.named);
            Some(found)
        };
        match examine(text, &run, hashes) {
            Some(address) => found.extend(rank(address)),
            None if run.shape.has_marks() => {
                found.extend(run.pieces().filter_map(|piece| examine(text, &piece, hashes).and_then(rank)));
            }
            None => {}
        }
    });
    found
}

/// How a text is cut into parts that are scanned one after the other.
pub(crate) struct Cut {
    /// So much of a part is scanned.
    pub end: usize,
    /// The next part begins here.
    pub next: usize,
}

/// Where to cut a part whose text goes on: at white space near its end, as a link is not parted from its address; else
/// at the last byte that no address has; else a part without either is scanned to its end, and the next repeats as much
/// of it as an address may have.
pub(crate) fn cut(part: &[u8]) -> Cut {
    let near = part.len().saturating_sub(LONGEST);
    let blank = part[near..].iter().rposition(u8::is_ascii_whitespace);
    match blank.or_else(|| stretch::last_separator(&part[near..])) {
        Some(at) => Cut { end: near + at + 1, next: near + at + 1 },
        None => Cut { end: part.len(), next: part.len().saturating_sub(2 * LONGEST) },
    }
}

/// The prefixes that are a part of an address, with the colon that ends a run before it.
const PREFIXES: [&str; 8] = ["bitcoincash:", "bchtest:", "ecash:", "kaspa:", "cfx:", "ronin:", "-1:", "0:"];

fn examine(text: &[u8], run: &Run, hashes: bool) -> Option<Found> {
    if !(SHORTEST..=LONGEST).contains(&run.text.len()) {
        return None;
    }
    let before = &text[..run.span.start];
    match before.last() {
        // The digits of a percent-encoded character before it, as in `bitcoin%3A…`, are none of its own.
        Some(b'%') => {
            if let Some((digits, rest)) = run.text.split_at_checked(2)
                && digits.bytes().all(|c| c.is_ascii_hexdigit())
                && let Some(reading) = recognise(rest, Shape::of(rest.as_bytes()), hashes)
            {
                return Some(Found {
                    span: run.span.start + 2..run.span.end,
                    text: rest.to_owned(),
                    reading,
                    named: None,
                    is_plain: run.is_plain(),
                });
            }
        }
        Some(b':') => {
            if let Some(found) = examine_with_prefix(before, run, hashes) {
                return Some(found);
            }
        }
        _ => {}
    }
    let reading = recognise(&run.text, run.shape, hashes)?;
    Some(Found {
        span: run.span.clone(),
        text: run.text.to_string(),
        reading,
        named: None,
        is_plain: run.is_plain(),
    })
}

/// The run together with a prefix that stands before it and is a part of the address.
fn examine_with_prefix(before: &[u8], run: &Run, hashes: bool) -> Option<Found> {
    PREFIXES.iter().find_map(|prefix| {
        let (rest, head) = before.split_at_checked(before.len().checked_sub(prefix.len())?)?;
        let head = core::str::from_utf8(head).ok().filter(|head| head.eq_ignore_ascii_case(prefix))?;
        if rest.last().is_some_and(u8::is_ascii_alphanumeric) {
            return None;
        }
        let whole = format!("{prefix}{}", run.text);
        let reading = recognise(&whole, Shape::of(whole.as_bytes()), hashes)?;
        let span = rest.len()..run.span.end;
        Some(Found { span, text: whole, reading, named: None, is_plain: run.is_plain() && head == *prefix })
    })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::address::read;
    use proptest::prelude::*;

    const ADDRESSES: [&str; 7] = [
        "0x098B716B8Aaf21512996dC57EB0615e2383E2f96",
        "3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG",
        "bc1qp2vvntdedxw4xwtyd4y3gc2t9ufk6pwz2ga4ge",
        "TJXXmeUbie3JBfK7H3UQb43sWnbhhdTJQx",
        "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
        "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
        "XE7338O073KYGTWWZN0F2WZ0R8PX5ZPPZS",
    ];

    fn spans(text: &str) -> Vec<&str> {
        scan(text).into_iter().map(|found| &text[found.span]).collect()
    }

    #[test]
    fn tells_whether_it_stands_in_the_text_as_it_is() {
        for (text, is_plain) in [
            ("bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", true),
            ("BitcoinCash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", false),
            ("bitcoincash:qpm2qsznhks23z762\u{200b}9mms6s4cwef74vcwvy22gdx6a", false),
            ("3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG", true),
            ("3LU8wRu4ZnXP4UM8\u{ad}Yo6kkTiGHM9BubgyiG", false),
        ] {
            let found = scan(text);
            assert_eq!((found.len(), found[0].is_plain), (1, is_plain), "{text:?}");
            assert_eq!(found[0].text == text, is_plain, "{text:?}");
        }
    }

    #[test]
    fn finds_them_in_all_sorts_of_surroundings() {
        for address in ADDRESSES {
            for (before, after) in [
                ("", ""),
                (" ", " "),
                ("to: ", "."),
                ("\"", "\","),
                ("https://x.example/address/", "?a=b"),
                ("请发送到", "。谢谢"),
                ("\n", "\r\n"),
            ] {
                let text = format!("{before}{address}{after}");
                assert_eq!(spans(&text), [address], "{text}");
            }
        }
        assert_eq!(spans(&ADDRESSES.join("\t")), ADDRESSES);
        assert_eq!(spans("eip155:1:0x098B716B8Aaf21512996dC57EB0615e2383E2f96"), [ADDRESSES[0]]);
    }

    #[test]
    fn a_part_of_a_longer_run_is_no_address() {
        for address in ADDRESSES {
            assert_eq!(spans(&format!("{address}9")), [""; 0]);
        }
        assert_eq!(spans(&format!("f{}", ADDRESSES[0])), [""; 0]);
        let hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(spans(&format!("{hash} 0x{hash}")), [""; 0]);
    }

    #[test]
    fn invisible_characters_do_not_hide_an_address() {
        for invisible in ["\u{200b}", "\u{200d}", "\u{ad}", "\u{202e}", "\u{feff}", "\u{2060}", "\u{fe0f}"] {
            for address in ADDRESSES {
                let mut text = address.to_owned();
                // From the back, so that the places still hold after each insertion.
                for at in [address.len(), address.len() - 1, address.len() - 12, address.len() - 20] {
                    text.insert_str(at, invisible);
                }
                let found = scan(&text);
                assert_eq!(found.len(), 1, "{text:?}");
                assert_eq!(found[0].text, address);
            }
        }
    }

    #[test]
    fn letters_that_only_look_right_do_not_hide_an_address() {
        let full_width: String = ADDRESSES[1]
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { char::from_u32(c as u32 + 0xfee0).unwrap() } else { c })
            .collect();
        for (text, address) in [
            // Cyrillic А, с and е.
            ("0x098B716B8\u{410}\u{430}f21512996dC57EB0615\u{435}2383E2f96", ADDRESSES[0]),
            ("T\u{408}XXmeUbie3JBfK7H3UQb43sWnbhhdTJQ\u{445}", ADDRESSES[3]),
            (&*full_width, ADDRESSES[1]),
        ] {
            let text = format!("Send to {text} now");
            let found = scan(&text);
            assert_eq!(found.iter().map(|f| &*f.text).collect::<Vec<_>>(), [address], "{text}");
            assert_eq!(&text[found[0].span.clone()], text.split(' ').nth(2).unwrap());
        }
        // One that is written so is not lost behind one that is not.
        let text = format!("0x098B716B8\u{410}af21512996dC57EB0615e2383E2f96\u{436}{}", ADDRESSES[3]);
        assert_eq!(scan(&text).iter().map(|f| &*f.text).collect::<Vec<_>>(), [ADDRESSES[0], ADDRESSES[3]]);
        // Words of the same script beside an address do not become a part of it.
        let text = format!("\u{430}\u{434}\u{440}\u{435}\u{441}{}\u{430}", ADDRESSES[0]);
        assert_eq!(spans(&text), [ADDRESSES[0]]);
    }

    /// Found by fuzzing: the end of a piece whose last letter was a replaced one lay inside that letter.
    #[test]
    fn a_piece_ends_where_its_last_letter_ends() {
        let text = format!("nano_x-{}\u{445}-y", &ADDRESSES[3][..33]);
        let look_alike = format!("{}x", &ADDRESSES[3][..33]);
        assert_eq!(look_alike, ADDRESSES[3]);
        assert_eq!(spans(&text), [format!("{}\u{445}", &ADDRESSES[3][..33])]);
    }

    /// Also where all that hangs together is longer than any address.
    #[test]
    fn a_piece_between_marks_is_found_where_it_stands() {
        for (before, after) in [(0, 1), (1, 0), (1, 1), (200, 47), (47, 200), (200, 200), (600, 3)] {
            for mark in ["-", "_"] {
                let [head, tail] = [format!("abc{mark}").repeat(before), format!("{mark}xyz").repeat(after)];
                for (at, address) in ADDRESSES[..4].iter().enumerate() {
                    let text = format!("see {head}{address}{tail} and {}", ADDRESSES[(at + 1) % 4]);
                    assert_eq!(spans(&text), [*address, ADDRESSES[(at + 1) % 4]], "{before} {after} {mark}");
                    assert_eq!(scan(&text)[0].span.start, 4 + head.len());
                }
            }
        }
    }

    #[test]
    fn a_piece_of_base_64_is_no_address() {
        let solana = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v";
        assert_eq!(spans(&format!("mint {solana}.")), [solana]);
        assert_eq!(spans(&format!("sha256-{solana}=")), [""; 0]);
        assert_eq!(spans(&format!("a+{solana} {solana}+b")), [""; 0]);
        // What has a checksum is one all the same.
        assert_eq!(spans(&format!("{}=", ADDRESSES[1])), [ADDRESSES[1]]);
    }

    #[test]
    fn the_chain_that_a_link_names_comes_first() {
        let chains = |text: &str| -> Vec<&str> {
            scan(text)[0].reading.addresses.iter().map(|address| address.chain().ticker).collect()
        };
        let script = ADDRESSES[1];
        assert_eq!(chains(script)[0], "BTC");
        assert_eq!(chains(&format!("litecoin:{script}?amount=1"))[0], "LTC");
        assert_eq!(chains(&format!("litecoin:{script}")).len(), chains(script).len());
        assert_eq!(chains(&format!("eip155:56:{}", ADDRESSES[0])), ["BNB"]);
    }

    /// Found by fuzzing: a prefix in other letters was given back as it stood, which is no address.
    #[test]
    fn a_prefix_in_capitals_reads_in_small_letters() {
        let text = "kaspA:precqv0krj3r6uyyfa36ga7s0u9jct0v4wg8ctsfde2gkrsgwgw8jgxfzfc98";
        let found = &scan(text)[0];
        assert_eq!((&text[found.span.clone()], found.text.clone()), (text, text.to_lowercase()));
        assert!(read(&found.text).is_ok());
    }

    #[test]
    fn percent_encoding_does_not_hide_an_address() {
        for address in &ADDRESSES[..4] {
            assert_eq!(spans(&format!("https://x.example/?to=bitcoin%3A{address}%26a%3D1")), [*address]);
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_spans_are_in_order(text: String, filler in "[0-9a-zA-Z \u{200b}é]{0,200}") {
            let text = format!("{filler}{text} {} {filler}", ADDRESSES[1]);
            let mut end = 0;
            let found = scan(&text);
            prop_assert!(!found.is_empty());
            for found in found {
                prop_assert!(end <= found.span.start && found.span.start < found.span.end);
                prop_assert!(text.is_char_boundary(found.span.start) && text.is_char_boundary(found.span.end));
                end = found.span.end;
            }
        }

        /// The jumps leave nothing out: the same addresses come from looking at every run.
        #[test]
        fn agrees_with_looking_at_every_run(words in prop::collection::vec("[0-9a-zA-Z]{0,40}", 0..20), at in 0usize..20, which in 0usize..7) {
            let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
            words.insert(at.min(words.len()), ADDRESSES[which]);
            let text = words.join(" ");
            let slow: Vec<&str> = text.split(' ').filter(|w| w.len() >= SHORTEST && read(w).is_ok()).collect();
            prop_assert_eq!(spans(&text), slow);
        }
    }
}
