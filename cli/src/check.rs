//! `taintwatch check`: one answer an address, in words or as JSON lines.

use crate::words;
use std::io::{self, Write};
use std::process::ExitCode;
use taintwatch::{Chain, Level, Outcome, Screener, Set};

#[derive(clap::Args)]
pub struct Arguments {
    /// The addresses, in any spelling.
    #[arg(required = true, value_name = "ADDRESS")]
    addresses: Vec<String>,
    /// The chain that an address is asked for, by CAIP-2 id or ticker: one on another network is then told as such.
    #[arg(long, value_parser = chain)]
    chain: Option<&'static Chain>,
    /// Print one JSON object a line.
    #[arg(long)]
    json: bool,
}

/// The chain of this name.
pub fn chain(name: &str) -> Result<&'static Chain, String> {
    Chain::named(name)
        .ok_or_else(|| "no chain has this CAIP-2 id or ticker; `taintwatch chains` lists them".to_owned())
}

/// Checks every address; what was found outweighs what could not be told.
pub fn run(arguments: &Arguments) -> ExitCode {
    let mut screener = Screener::new();
    match Set::open(taintwatch_data::BUILTIN) {
        Ok(set) => screener.add(set),
        // The addresses are then told as not checked, never as clean.
        Err(error) => eprintln!("taintwatch: the built-in set: {error}"),
    }
    let outcomes: Vec<Outcome> =
        arguments.addresses.iter().map(|address| screener.screen_for(address, arguments.chain)).collect();
    match print(&outcomes, arguments.json) {
        Ok(()) => ExitCode::from(status(&outcomes)),
        // Whoever read the output has heard enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(status(&outcomes)),
        Err(error) => {
            eprintln!("taintwatch: cannot write the answer: {error}");
            ExitCode::from(2)
        }
    }
}

fn status(outcomes: &[Outcome]) -> u8 {
    let found = |outcome: &Outcome| outcome.level.is_some_and(|level| level > Level::None);
    if outcomes.iter().any(found) {
        1
    } else if outcomes.iter().any(|outcome| outcome.level.is_none()) {
        2
    } else {
        0
    }
}

fn print(outcomes: &[Outcome], json: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for (at, outcome) in outcomes.iter().enumerate() {
        if json {
            serde_json::to_writer(&mut out, outcome)?;
            writeln!(out)?;
        } else {
            if at > 0 {
                writeln!(out)?;
            }
            write!(out, "{}", words::describe(outcome))?;
        }
    }
    out.flush()
}
