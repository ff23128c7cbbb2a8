//! The command-line tool: checks addresses against sets of attacker-linked addresses, and reads them.

mod check;
mod read;
mod words;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Tells whether an address is in a set of attacker-linked addresses, before you send.
#[derive(Parser)]
#[command(name = "taintwatch", version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check addresses in any spelling. Exits with 0: nothing found, 1: found, 2: cannot tell.
    Check(check::Arguments),
    /// Print what each text is an address of, or what is wrong with it. Exits with 2 where one is none.
    Read(read::Arguments),
    /// List the chains that are known.
    Chains(read::ChainsArguments),
}

/// The exit status for a wrong command line (`EX_USAGE`), as 2 already says "cannot tell".
const USAGE: u8 = 64;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(USAGE) } else { ExitCode::SUCCESS };
        }
    };
    match arguments.command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Read(arguments) => read::run(&arguments),
        Command::Chains(arguments) => read::chains(&arguments),
    }
}
