//! The command-line tool: checks addresses against sets of attacker-linked addresses, and makes, compares and updates
//! such sets.

mod check;
mod compile;
mod delta;
mod diff;
mod files;
mod inspect;
mod manual;
mod out;
mod progress;
mod read;
mod scan;
mod sets;
mod verify;
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
    /// Look for listed addresses in text, HTML or CSV of any size. Exits as `check` does.
    Scan(scan::Arguments),
    /// Print what each text is an address of, or what is wrong with it. Exits with 2 where one is none.
    Read(read::Arguments),
    /// List the chains that are known.
    Chains(read::ChainsArguments),
    /// Make a set of what publishers write.
    Compile(Box<compile::Arguments>),
    /// Print what is in a set and where each tag comes from.
    Inspect(inspect::Arguments),
    /// Print what changed from one set to another. Exits with 1 where something did.
    Diff(diff::Arguments),
    /// Prove that a set is what its writer wrote.
    Verify(verify::Arguments),
    /// Make the delta from one set to another.
    Delta(delta::Arguments),
    /// Make the newer set of the older one and a delta.
    Apply(delta::ApplyArguments),
    /// Print the completions for a shell.
    Completions(manual::CompletionsArguments),
    /// Write the manual pages into a folder.
    Man(manual::ManArguments),
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
    let done = match arguments.command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Scan(arguments) => scan::run(&arguments),
        Command::Read(arguments) => read::run(&arguments),
        Command::Chains(arguments) => read::chains(&arguments),
        Command::Compile(arguments) => compile::run(*arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Delta(arguments) => delta::run(&arguments),
        Command::Apply(arguments) => delta::apply(&arguments),
        Command::Completions(arguments) => manual::completions(&arguments),
        Command::Man(arguments) => manual::man(&arguments),
    };
    match done {
        Ok(status) => ExitCode::from(status),
        Err(message) => {
            eprintln!("taintwatch: {}", out::plain(&message));
            ExitCode::from(2)
        }
    }
}
