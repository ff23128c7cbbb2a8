//! `taintwatch scan`: listed addresses in text of any size, as it streams by.

use crate::check::Status;
use crate::out::{Done, count, written};
use crate::{progress, sets, words};
use serde_json::json;
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use taintwatch::{Level, Screener, scan_stream};
use taintwatch_import::as_utf8;

#[derive(clap::Args)]
pub struct Arguments {
    /// The files; without one, or as `-`, the standard input.
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

/// Scans every file and tells of each listed address.
pub fn run(arguments: &Arguments) -> Done {
    let screener = sets::screener(&arguments.sets)?;
    let json = arguments.json || !io::stdout().is_terminal();
    let mut seen = Seen::default();
    let input = [PathBuf::from("-")];
    let files = if arguments.files.is_empty() { &input[..] } else { &arguments.files };
    for path in files {
        if path == Path::new("-") {
            let bar = progress::bar("scanning", None);
            scan(bar.wrap_read(io::stdin()), path, &screener, json, &bar, &mut seen)?;
            bar.finish_and_clear();
        } else {
            let bad = |error: io::Error| format!("{}: {error}", path.display());
            let file = File::open(path).map_err(bad)?;
            let bar = progress::bar(&path.display().to_string(), Some(file.metadata().map_err(bad)?.len()));
            scan(bar.wrap_read(file), path, &screener, json, &bar, &mut seen)?;
            bar.finish_and_clear();
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

fn scan(
    from: impl Read,
    path: &Path,
    screener: &Screener,
    json: bool,
    bar: &indicatif::ProgressBar,
    seen: &mut Seen,
) -> Result<(), String> {
    let mut done = Ok(());
    let mut from = as_utf8(from);
    let mut beginning = Vec::new();
    let bad = |error: io::Error| format!("{}: {error}", path.display());
    (&mut from).take(BEGINNING).read_to_end(&mut beginning).map_err(bad)?;
    // No text has it, and whatever is packed does.
    if beginning.contains(&0) {
        seen.is_untold = true;
        let name = path.display();
        bar.suspend(|| {
            eprintln!("{name}: this is no plain text; what is packed or encoded in it was not looked at")
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
                let file = path.display().to_string();
                written(if json {
                    let row = json!({
                        "file": file, "line": line, "start": found.span.start, "end": found.span.end,
                        "outcome": outcome,
                    });
                    writeln!(out, "{row}")
                } else {
                    writeln!(out, "{file}:{line}:\n{}", words::describe(&outcome))
                })
            });
        }
    });
    result.map_err(bad)?;
    done
}
