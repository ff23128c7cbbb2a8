//! What goes out: text to whoever reads it, files that are there whole or not at all.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

/// What a command comes to: the exit status, or why it could not do its work.
pub type Done = Result<u8, String>;

/// Prints a text; a reader that has heard enough is none the worse for it.
pub fn print(text: &str) -> Result<(), String> {
    written(io::stdout().lock().write_all(text.as_bytes()))
}

/// A line that shows what is in it and does nothing: what would move a terminal's cursor, color it, break the line or turn
/// its direction is written as JSON does. So a set or a list of somebody else's cannot write over the answer. JSON in one
/// line stays what it was.
pub fn plain(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    for character in line.chars() {
        let turns = matches!(character, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if character.is_control() || turns {
            shown += &format!("\\u{:04x}", u32::from(character));
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Prints lines, each [`plain`].
pub fn print_lines(lines: &[String]) -> Result<(), String> {
    print(&joined(lines))
}

/// Lines in one text, each [`plain`].
pub fn joined(lines: &[String]) -> String {
    lines.iter().map(|line| plain(line) + "\n").collect()
}

/// A line of JSON, which is as harmless.
pub fn row(value: &impl serde::Serialize) -> io::Result<String> {
    Ok(plain(&serde_json::to_string(value)?))
}

/// Whether a piece of the answer was written; a closed pipe ends it in peace.
pub fn written(result: io::Result<()>) -> Result<(), String> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("cannot write the answer: {error}"))
        }
        _ => Ok(()),
    }
}

/// Writes a file beside its place first, so that the place never holds half of it; and over none that begins otherwise,
/// such as the list that a set is made of.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let bad = |error: io::Error| format!("{}: {error}", path.display());
    if path.is_file() {
        let mut beginning = Vec::new();
        File::open(path).and_then(|file| file.take(8).read_to_end(&mut beginning)).map_err(bad)?;
        if !bytes.starts_with(&beginning) {
            return Err(format!(
                "{}: there is a file of another kind, which is left as it is",
                path.display()
            ));
        }
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    fs::write(&beside, bytes).map_err(bad)?;
    fs::rename(&beside, path).map_err(|error| {
        let _ = fs::remove_file(&beside);
        bad(error)
    })
}

/// A whole file.
pub fn load(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A number of bytes for people.
pub fn size(bytes: usize) -> String {
    match bytes {
        0..10_000 => format!("{bytes} bytes"),
        10_000..1_000_000 => format!("{:.1} KB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// A number with its thousands apart.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number of identities.
pub fn identities(number: u64) -> String {
    many(number, "identity", "identities")
}

/// A number of things.
pub fn many(number: u64, one: &str, more: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { more })
}
