//! Addresses whose middle is left out, as pages show them: `0x098B…2f96`. They are compared as what they show.

use crate::address::Address;
use core::ops::Range;

/// A head and a tail with an ellipsis between them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cut<'a> {
    pub span: Range<usize>,
    head: &'a str,
    tail: &'a str,
}

/// Less than so many characters at the ends say nothing: some four of the head tell the chain, not the address.
const FEWEST_HEAD: usize = 4;
const FEWEST_TAIL: usize = 3;
const FEWEST: usize = 8;
/// Every cut address in a text, in order.
pub(super) fn cuts(text: &str) -> Vec<Cut<'_>> {
    let bytes = text.as_bytes();
    let is_inside = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-' | b'_');
    let mut cuts: Vec<Cut> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let dots = ellipsis(&bytes[at..]);
        if dots == 0 {
            at += 1;
            continue;
        }
        let end = at + dots;
        let start = bytes[..at].iter().rposition(|byte| !is_inside(byte)).map_or(0, |i| i + 1);
        let stop = bytes[end..].iter().position(|byte| !is_inside(byte)).map_or(bytes.len(), |i| end + i);
        let ends = (text.get(start..at), text.get(end..stop));
        let (Some(head), Some(tail)) = ends else { break };
        if head.len() >= FEWEST_HEAD && tail.len() >= FEWEST_TAIL && head.len() + tail.len() >= FEWEST {
            cuts.push(Cut { span: start..stop, head, tail });
        }
        at = end;
    }
    cuts
}

/// How many bytes an ellipsis takes that these begin with: its own character, or two to six points.
fn ellipsis(bytes: &[u8]) -> usize {
    if bytes.starts_with("…".as_bytes()) || bytes.starts_with("⋯".as_bytes()) {
        return "…".len();
    }
    match bytes.iter().take(7).take_while(|byte| **byte == b'.').count() {
        points @ 2..=6 => points,
        _ => 0,
    }
}

impl Cut<'_> {
    /// Whether an address shows the same ends and has something between them. Letter case counts only where
    /// the spelling has both.
    pub fn shows(&self, address: &Address) -> bool {
        let text = address.to_string();
        // CashAddr may be written without its prefix.
        let bare = text.bytes().position(|byte| byte == b':').and_then(|at| text.get(at + 1..));
        let is_hexadecimal = text.starts_with("0x");
        let same = |a: &str, b: &str| if is_hexadecimal { a.eq_ignore_ascii_case(b) } else { a == b };
        [Some(&*text), bare].into_iter().flatten().any(|text| {
            text.len() > self.head.len() + self.tail.len()
                && text.get(..self.head.len()).is_some_and(|head| same(head, self.head))
                && text.get(text.len() - self.tail.len()..).is_some_and(|tail| same(tail, self.tail))
        })
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::address::read;

    fn spans(text: &str) -> Vec<&str> {
        cuts(text).into_iter().map(|cut| &text[cut.span]).collect()
    }

    #[test]
    fn an_ellipsis_between_two_ends_is_a_cut_address() {
        assert_eq!(spans("to 0x098B…2f96, then bc1qp2v...ga4ge."), ["0x098B…2f96", "bc1qp2v...ga4ge"]);
        assert_eq!(spans("é0x098B⋯2f96é"), ["0x098B⋯2f96"]);
        assert_eq!(spans("0x09…e2f9, 0x098…e2f"), ["0x09…e2f9", "0x098…e2f"]);
        for text in [
            "and so on… then",
            "wait...",
            "1.5",
            "v1.2.3",
            "www.example.com",
            "a…b",
            "",
            "……",
            "0x09…e2f",
            "0x0…15e2383E2f96",
            "0x098B716B8Aaf…96",
        ] {
            assert_eq!(spans(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn the_ends_are_compared() {
        let address = read("0x098B716B8Aaf21512996dC57EB0615e2383E2f96").unwrap().addresses[0];
        for (text, shown) in [
            ("0x098B…2f96", true),
            ("0x098b...2F96", true),
            ("0x098B…2f97", false),
            ("0x198B…2f96", false),
            ("0x098B716B8Aaf21512996d…C57EB0615e2383E2f96", false),
        ] {
            assert_eq!(cuts(text)[0].shows(&address), shown, "{text}");
        }
        let cash = read("qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a").unwrap().addresses[0];
        assert!(cuts("qpm2qs…gdx6a")[0].shows(&cash));
        assert!(cuts("bitcoincash:qpm2qs…gdx6a")[0].shows(&cash));
    }
}
