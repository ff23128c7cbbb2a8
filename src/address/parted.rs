//! Parting and counting text, once for all that read it: written out at each place, what the standard library does takes
//! a kilobyte of the core.

/// What stands before and behind the first of this character, which is one of ASCII.
#[inline(never)]
pub(super) fn parted(text: &str, at: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|byte| byte == at)?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

/// The same of the last of it.
pub(super) fn parted_at_last(text: &str, at: u8) -> Option<(&str, &str)> {
    let place = text.bytes().rposition(|byte| byte == at)?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

/// How many characters there are.
#[inline(never)]
pub(super) fn characters(text: &str) -> usize {
    text.chars().count()
}

/// `text` without `prefix`, whatever the letter case of either.
pub(super) fn strip_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}
