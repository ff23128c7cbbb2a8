//! The project's one build tool: `cargo xtask run | build | test | bench | docs | package`.
//!
//! It installs what is missing by itself, into a cache folder outside the
//! tree, says in one line what it is doing, and does nothing the second time.

mod build;
mod package;
mod paths;
mod run;
mod step;
mod test;
mod tools;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Builds, tests and shows Taintwatch; installs what that needs.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the extension and show its main job in a browser; without a display, in a screenshot.
    Run(run::Arguments),
    /// Build the extension (target/extension) and the npm package (pkg).
    Build,
    /// Run everything: format, lints, tests natively, in Wasm, and of the extension in both browsers.
    Test(test::Arguments),
    /// Measure, as ratios in one run.
    Bench(test::BenchArguments),
    /// Write the references of the Rust crate (target/doc) and of the npm package (target/reference).
    Docs,
    /// Pack the extension and the npm package for release, with their hashes (target/package).
    Package,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Build => build::everything(),
        Command::Test(arguments) => test::run(&arguments),
        Command::Bench(arguments) => test::bench(&arguments),
        Command::Docs => build::docs(),
        Command::Package => package::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nxtask: {message}");
            ExitCode::FAILURE
        }
    }
}
