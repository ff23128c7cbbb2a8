//! `taintwatch delta` and `taintwatch apply`: what changed between two sets as a file, and the newer one made of it.

use crate::out::{Done, load, print_lines, save, size};
use std::path::{Path, PathBuf};
use taintwatch::Set;

#[derive(clap::Args)]
pub struct Arguments {
    /// The older set.
    old: PathBuf,
    /// The newer set.
    new: PathBuf,
    /// Where the delta goes (a `.twd` file).
    #[arg(long, short, value_name = "FILE")]
    out: PathBuf,
}

#[derive(clap::Args)]
pub struct ApplyArguments {
    /// The older set.
    old: PathBuf,
    /// The delta.
    delta: PathBuf,
    /// Where the newer set goes.
    #[arg(long, short, value_name = "FILE")]
    out: PathBuf,
}

/// Writes the delta from one set to another.
pub fn run(arguments: &Arguments) -> Done {
    let [old, new] = [set(&arguments.old)?, set(&arguments.new)?];
    let delta = taintwatch::delta(&old, &new).map_err(|error| error.to_string())?;
    save(&arguments.out, &delta)?;
    let share = 100.0 * delta.len() as f64 / new.len().max(1) as f64;
    let [is, of] = [size(delta.len()), size(new.len())];
    print_lines(&[format!("{}: {is}, {share:.1} % of {of}", arguments.out.display())])?;
    Ok(0)
}

/// Writes the newer set.
pub fn apply(arguments: &ApplyArguments) -> Done {
    let [old, delta] = [set(&arguments.old)?, load(&arguments.delta)?];
    let bad = |error| format!("{}: {error}", arguments.delta.display());
    let new = taintwatch::apply(&old, &delta).map_err(bad)?;
    save(&arguments.out, &new)?;
    print_lines(&[format!("{}: {}", arguments.out.display(), size(new.len()))])?;
    Ok(0)
}

/// The bytes of a file that is a set, as far as its head says.
fn set(path: &Path) -> Result<Vec<u8>, String> {
    let bytes = load(path)?;
    Set::describe(&bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(bytes)
}
