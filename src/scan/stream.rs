//! Scanning what does not fit in memory: a stream, part after part.

use super::{Cut, Found, cut, scan_bytes};
use std::io::{self, Read};

/// How much is read at a time.
const PART: usize = 1 << 20;

/// Calls `each` with every address in a stream of UTF-8 or anything else, in order; `span` counts from its beginning.
/// What may as well be a transaction id or a hash is among them: it is to be looked up.
///
/// # Errors
/// Where the stream cannot be read.
///
/// ```
/// let text = "a line\n".repeat(1_000_000) + "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq\n";
/// let mut found = Vec::new();
/// taintwatch::scan_stream(text.as_bytes(), |address, _| found.push(address.span.start))?;
/// assert_eq!(found, [7_000_000]);
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// `each` also gets the line that the address is on, from 1.
pub fn scan_stream(mut from: impl Read, mut each: impl FnMut(Found, u64)) -> io::Result<()> {
    let mut buffer = Vec::new();
    // The line at a place of the buffer.
    let (mut line, mut counted) = (1, 0);
    let lines = |part: &[u8]| part.iter().filter(|byte| **byte == b'\n').count() as u64;
    // Where the buffer begins in the stream, whether that is inside of a run, and where what was found last ends.
    let (mut start, mut is_inside, mut last) = (0, false, 0);
    loop {
        let read = (&mut from).take(PART as u64).read_to_end(&mut buffer)?;
        let is_end = read < PART;
        let Cut { end, next } =
            if is_end { Cut { end: buffer.len(), next: buffer.len() } } else { cut(&buffer) };
        for mut found in scan_bytes(&buffer[..end], true) {
            // What begins or ends where a part was cut for want of a better place may be more than it looks like.
            let may_be_more = next < end && found.span.end == end || is_inside && found.span.start == 0;
            found.span = start + found.span.start..start + found.span.end;
            if found.span.start >= last && !may_be_more {
                last = found.span.end;
                let at = found.span.start - start;
                if at > counted {
                    line += lines(&buffer[counted..at]);
                    counted = at;
                }
                each(found, line);
            }
        }
        if is_end {
            return Ok(());
        }
        if next > counted {
            line += lines(&buffer[counted..next]);
            counted = next;
        }
        counted -= next;
        is_inside = next < end;
        start += next;
        buffer.drain(..next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::scan;

    /// Reads in pieces of odd lengths, as a pipe does.
    struct Pieces<'a>(&'a [u8]);

    impl Read for Pieces<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let length = into.len().min(self.0.len()).min(77_777);
            let (now, later) = self.0.split_at(length);
            into[..length].copy_from_slice(now);
            self.0 = later;
            Ok(length)
        }
    }

    #[test]
    fn a_stream_is_scanned_as_the_whole_is() {
        let addresses = ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"];
        // Wherever the parts end: in words, in addresses, in long runs without a blank.
        for between in [" ", "\n", ", and then to ", "/"] {
            let mut text = String::new();
            while text.len() < 3 * PART {
                text += addresses[text.len() % 2];
                text += between;
                text += &"x".repeat(text.len() % 23);
                text += between;
            }
            let whole: Vec<_> = scan(&text).into_iter().map(|found| found.span).collect();
            let mut parts = Vec::new();
            scan_stream(Pieces(text.as_bytes()), |found, line| {
                if parts.len().is_multiple_of(5000) {
                    assert_eq!(line as usize, 1 + text[..found.span.start].matches('\n').count());
                }
                parts.push(found.span);
            })
            .unwrap();
            assert!(whole.len() > 10_000);
            assert_eq!(parts, whole, "{between:?}");
        }
    }

    #[test]
    fn lines_are_counted_across_cuts() {
        for lines in [0, 1, PART - 1, PART, PART + 1, 3 * PART] {
            let text = "\n".repeat(lines) + "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
            let mut found = Vec::new();
            scan_stream(text.as_bytes(), |one, line| found.push((one.span.start, line as usize))).unwrap();
            assert_eq!(found, [(lines, lines + 1)]);
        }
    }

    /// Where nothing else is to cut at than the middle of what hangs together.
    #[test]
    fn what_goes_on_beyond_a_cut_is_no_address() {
        let address = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
        let begins_again = PART - 2 * crate::scan::LONGEST;
        for (at, before, after, is_one) in [
            (PART - address.len(), "-", "-", true),
            (PART - address.len(), "-", "Z", false),
            (PART - address.len() - 1, "-", "-", true),
            (PART - 10, "-", "-", true),
            (PART, "-", "-", true),
            (begins_again, "-", "-", true),
            (begins_again, "Z", "-", false),
            (begins_again - 1, "-", "-", true),
        ] {
            let text = ["-".repeat(at - 1).as_str(), before, address, after, &"-".repeat(PART)].concat();
            let mut found = Vec::new();
            scan_stream(text.as_bytes(), |one, _| found.push(one.span)).unwrap();
            let one = at..at + address.len();
            assert_eq!(found, if is_one { vec![one] } else { vec![] }, "{at} {before}{after}");
        }
    }
}
