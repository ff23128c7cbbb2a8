//! `taintwatch check`: one answer an address, in words or as JSON lines.

use crate::out::{Done, row, written};
use crate::{files, sets, words};
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use taintwatch::{Chain, Level, Outcome};

#[derive(clap::Args)]
pub struct Arguments {
    /// The addresses, in any spelling; `-` stands for those on the standard input, one a line.
    #[arg(required_unless_present = "file", value_name = "ADDRESS")]
    addresses: Vec<String>,
    /// Check the addresses of a file, too, one a line.
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    #[command(flatten)]
    sets: sets::Arguments,
    /// The chain that an address is asked for, by CAIP-2 id, ticker or name: one on another network is then told as such.
    #[arg(long, value_parser = chain)]
    chain: Option<&'static Chain>,
    /// Print one JSON object a line.
    #[arg(long)]
    json: bool,
}

/// The chain of this name.
pub fn chain(name: &str) -> Result<&'static Chain, String> {
    Chain::named(name).ok_or_else(|| {
        "no chain has this CAIP-2 id, ticker or name; `taintwatch chains` lists them".to_owned()
    })
}

/// Checks every address; what was found outweighs what could not be told.
pub fn run(arguments: &Arguments) -> Done {
    let screener = sets::screener(&arguments.sets)?;
    let mut status = Status::default();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut is_first = true;
    let mut check = |address: &str| -> Result<(), String> {
        let outcome = screener.screen_for(address, arguments.chain);
        status.add(&outcome);
        let result = print(&mut out, &outcome, arguments.json, is_first);
        is_first = false;
        written(result)
    };
    for address in &arguments.addresses {
        if address == files::STANDARD_INPUT {
            each_line(Path::new(address), &mut check)?;
        } else {
            check(address)?;
        }
    }
    arguments.file.iter().try_for_each(|path| each_line(path, &mut check))?;
    if is_first {
        return Err("there was no address to check".to_owned());
    }
    written(out.flush())?;
    Ok(status.code())
}

/// Calls `check` with every line of a file that holds something.
fn each_line(path: &Path, check: &mut impl FnMut(&str) -> Result<(), String>) -> Result<(), String> {
    for line in files::lines(path)?.lines() {
        let line = line.map_err(|error| format!("{}: {error}", path.display()))?;
        if !line.trim().is_empty() {
            check(&line)?;
        }
    }
    Ok(())
}

/// What the exit status says: 0 for nothing found, 1 for found, 2 for cannot tell.
#[derive(Default)]
pub struct Status {
    is_found: bool,
    is_untold: bool,
}

impl Status {
    pub fn add(&mut self, outcome: &Outcome) {
        self.is_found |= outcome.level.is_some_and(|level| level > Level::None);
        self.is_untold |= outcome.level.is_none();
    }

    pub fn code(&self) -> u8 {
        match (self.is_found, self.is_untold) {
            (true, _) => 1,
            (false, true) => 2,
            (false, false) => 0,
        }
    }
}

fn print(out: &mut impl Write, outcome: &Outcome, json: bool, is_first: bool) -> io::Result<()> {
    if json {
        return writeln!(out, "{}", row(outcome)?);
    }
    if !is_first {
        writeln!(out)?;
    }
    write!(out, "{}", words::describe(outcome))
}
