//! `taintwatch diff`: what changed from one set to another.

use crate::inspect::line;
use crate::out::{Done, count, plain, row, written};
use crate::sets;
use std::io::{self, Write};
use std::path::PathBuf;
use taintwatch::{Change, compare};

#[derive(clap::Args)]
pub struct Arguments {
    /// The older set.
    old: PathBuf,
    /// The newer set.
    new: PathBuf,
    /// Print one JSON object a line, one for each identity that changed.
    #[arg(long)]
    json: bool,
}

/// Prints every identity that came, went or changed.
pub fn run(arguments: &Arguments) -> Done {
    let [old, new] = [sets::open(&arguments.old)?, sets::open(&arguments.new)?];
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut result = Ok(());
    let [mut came, mut went, mut changed] = [0_u64; 3];
    let compared = compare(&old, &new, |change| {
        match (change.before.is_empty(), change.after.is_empty()) {
            (true, _) => came += 1,
            (_, true) => went += 1,
            _ => changed += 1,
        }
        if result.is_ok() {
            result = if arguments.json {
                row(&change).and_then(|row| writeln!(out, "{row}"))
            } else {
                describe(&change, &mut out)
            };
        }
    });
    compared.map_err(|error| error.to_string())?;
    written(result.and_then(|()| out.flush()))?;
    if !arguments.json {
        let (before, after) = (old.info(), new.info());
        let summary = format!(
            "{} of {} → {} of {}: {} came, {} went, {} changed",
            before.title,
            before.date,
            after.title,
            after.date,
            count(came),
            count(went),
            count(changed)
        );
        written(writeln!(out, "{}", plain(&summary)).and_then(|()| out.flush()))?;
    }
    let is_same = came + went + changed == 0 && old.info() == new.info();
    Ok(u8::from(!is_same))
}

fn describe(change: &Change, out: &mut impl Write) -> io::Result<()> {
    let name = match &change.addresses[..] {
        [] => format!("{} {}", change.kind, change.key),
        addresses => addresses.join(", "),
    };
    writeln!(out, "{}", plain(&name))?;
    for statement in change.before.iter().filter(|statement| !change.after.contains(statement)) {
        writeln!(out, "  - {}", plain(&line(statement)))?;
    }
    for statement in change.after.iter().filter(|statement| !change.before.contains(statement)) {
        writeln!(out, "  + {}", plain(&line(statement)))?;
    }
    Ok(())
}
