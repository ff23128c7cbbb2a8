//! Text as it comes: UTF-8, or the UTF-16 that spreadsheets and shells on Windows write.

use encoding_rs_io::DecodeReaderBytesBuilder;
use std::io::Read;

/// The bytes of a stream as UTF-8, without a byte order mark: UTF-16 that begins with one is converted, and all else
/// passes as it is.
pub fn as_utf8(from: impl Read) -> impl Read {
    DecodeReaderBytesBuilder::new().utf8_passthru(true).strip_bom(true).build(from)
}
