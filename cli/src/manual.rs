//! Completions for shells, and manual pages, made of the command line's own description.

use crate::out::{Done, print, print_lines, save};
use clap::CommandFactory;
use std::fs;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct CompletionsArguments {
    /// The shell.
    shell: clap_complete::Shell,
}

#[derive(clap::Args)]
pub struct ManArguments {
    /// The folder.
    folder: PathBuf,
}

/// Prints the completions.
pub fn completions(arguments: &CompletionsArguments) -> Done {
    let mut bytes = Vec::new();
    clap_complete::generate(arguments.shell, &mut crate::Arguments::command(), "taintwatch", &mut bytes);
    print(&String::from_utf8_lossy(&bytes))?;
    Ok(0)
}

/// Writes a page for the tool and one for each command.
pub fn man(arguments: &ManArguments) -> Done {
    let folder = &arguments.folder;
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut command = crate::Arguments::command();
    command.build();
    let parts = command.get_subcommands().filter(|part| part.get_name() != "help");
    let pages: Vec<(String, clap::Command)> = std::iter::once(("taintwatch".to_owned(), command.clone()))
        .chain(parts.map(|part| (format!("taintwatch-{}", part.get_name()), part.clone())))
        .collect();
    for (name, command) in &pages {
        let mut bytes = Vec::new();
        let page = clap_mangen::Man::new(command.clone()).title(name.clone());
        page.render(&mut bytes).map_err(|error| error.to_string())?;
        save(&folder.join(format!("{name}.1")), &bytes)?;
    }
    print_lines(&[format!("{} pages in {}", pages.len(), folder.display())])?;
    Ok(0)
}
