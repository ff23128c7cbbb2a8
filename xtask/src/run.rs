//! Showing the main job: a browser with the extension on its practice page.

use crate::build;
use crate::paths::target;
use crate::step::{Done, at, openly};
use crate::tools::browsers;
use crate::tools::node::Node;
use std::{env, fs};

#[derive(clap::Args)]
pub struct Arguments {
    /// Show it in Firefox instead of Chromium.
    #[arg(long)]
    firefox: bool,
    /// Do the paste without a window, as where there is no display.
    #[arg(long)]
    headless: bool,
}

/// Builds the extension and shows it.
pub fn run(arguments: &Arguments) -> Done {
    let (browser, program) = match arguments.firefox {
        true => ("firefox", browsers::firefox()?),
        false => ("chromium", browsers::chromium()?),
    };
    let extension = build::extension()?;
    let node = Node::get()?;
    let results = target("run");
    at(&results, fs::create_dir_all(&results))?;
    let mut command = node.command();
    command.arg("tests/extension/show.mjs");
    command.env("TAINTWATCH_BROWSER", browser).env("TAINTWATCH_BROWSER_PATH", program);
    command.env("TAINTWATCH_EXTENSION", extension).env("TAINTWATCH_RESULTS", results);
    command.env("TAINTWATCH_HEADLESS", if arguments.headless || !has_display() { "1" } else { "0" });
    openly("the practice page", &mut command, &mut String::new())
}

fn has_display() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(not(target_os = "linux")) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
