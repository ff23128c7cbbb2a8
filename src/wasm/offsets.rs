//! Byte offsets into UTF-8 made into the offsets that JavaScript strings have.

/// Rewrites rising byte offsets as offsets in UTF-16 units, in one pass over the text.
pub(super) fn to_utf16<'a>(text: &str, offsets: impl Iterator<Item = &'a mut usize>) {
    let (mut bytes, mut units) = (0, 0);
    for offset in offsets {
        units += text.get(bytes..*offset).map_or(0, |part| part.encode_utf16().count());
        bytes = *offset;
        *offset = units;
    }
}
