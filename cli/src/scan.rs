//! `taintwatch scan`: listed addresses in text of any size, as it streams by.

use crate::check::Status;
use crate::out::{Done, count, plain, row, written};
use crate::{files, progress, sets, words};
use serde_json::json;
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use taintwatch::{Level, Screener, scan_stream};
use taintwatch_import::as_utf8;

#[derive(clap::Args)]
pub struct Arguments {
    /// The files, and folders of them, but for what is hidden there; without one, or as `-`, the standard input.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    sets: sets::Arguments,
    /// Print one JSON object a line, as is done where the output is no terminal.
    #[arg(long)]
    json: bool,
}

/// So many bytes of a file tell whether it is text.
const BEGINNING: u64 = 1 << 16;

/// What was seen in all files.
#[derive(Default)]
struct Seen {
    status: Status,
    addresses: u64,
    listed: u64,
    is_untold: bool,
}

impl Seen {
    /// Something was not looked at.
    fn tell(&mut self, reason: &str) {
        eprintln!("{}", plain(reason));
        self.is_untold = true;
    }
}

/// Scans every file and tells of each listed address.
pub fn run(arguments: &Arguments) -> Done {
    let screener = sets::screener(&arguments.sets)?;
    let json = arguments.json || !io::stdout().is_terminal();
    let mut seen = Seen::default();
    let input = [PathBuf::from(files::STANDARD_INPUT)];
    let paths = if arguments.files.is_empty() { &input[..] } else { &arguments.files };
    for path in paths {
        match files::under(path) {
            Ok(files) => files.iter().try_for_each(|file| scan(file, &screener, json, &mut seen))?,
            Err(reason) => seen.tell(&reason),
        }
    }
    if !json {
        eprintln!("addresses: {}, of them listed: {}", count(seen.addresses), count(seen.listed));
    }
    match seen.status.code() {
        0 if seen.is_untold => Ok(2),
        code => Ok(code),
    }
}

/// Scans a file. What cannot be read is told, and is no reason to leave out the next.
fn scan(path: &Path, screener: &Screener, json: bool, seen: &mut Seen) -> Result<(), String> {
    let name = path.display();
    let (from, size) = match open(path) {
        Ok(opened) => opened,
        Err(error) => {
            seen.tell(&format!("{name}: {error}"));
            return Ok(());
        }
    };
    let bar = progress::bar(&plain(&name.to_string()), size);
    let mut done = Ok(());
    let mut from = as_utf8(bar.wrap_read(from));
    let mut beginning = Vec::new();
    let begun = (&mut from).take(BEGINNING).read_to_end(&mut beginning);
    // No text has it, and whatever is packed does.
    if beginning.contains(&0) {
        bar.suspend(|| {
            seen.tell(&format!(
                "{name}: this is no plain text; what is packed or encoded in it was not looked at"
            ))
        });
    }
    let result = scan_stream(io::Cursor::new(beginning).chain(from), |found, line| {
        if done.is_err() {
            return;
        }
        seen.addresses += 1;
        if screener.lists(&found.text) == Some(false) {
            return;
        }
        let outcome = screener.screen(&found.text);
        seen.is_untold |= outcome.level.is_none() && !outcome.readings.is_empty();
        if outcome.level.is_some_and(|level| level > Level::None) && !outcome.matches.is_empty() {
            seen.listed += 1;
            seen.status.add(&outcome);
            done = bar.suspend(|| {
                let mut out = io::stdout().lock();
                let file = name.to_string();
                written(if json {
                    let found = json!({
                        "file": file, "line": line, "start": found.span.start, "end": found.span.end,
                        "outcome": outcome,
                    });
                    row(&found).and_then(|row| writeln!(out, "{row}"))
                } else {
                    writeln!(out, "{}:{line}:\n{}", plain(&file), words::describe(&outcome))
                })
            });
        }
    });
    bar.finish_and_clear();
    if let Err(error) = begun.and(result) {
        seen.tell(&format!("{name}: {error}"));
    }
    done
}

/// What a file holds, and how many bytes that are where it is known.
fn open(path: &Path) -> io::Result<(Box<dyn Read>, Option<u64>)> {
    if path == Path::new(files::STANDARD_INPUT) {
        return Ok((Box::new(io::stdin()), None));
    }
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    Ok((Box::new(file), Some(size)))
}
