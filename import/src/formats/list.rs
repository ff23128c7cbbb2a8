//! Plain lists: one address a line, what follows `#` being a comment.

use super::{Importer, Sink};
use crate::entry::Entry;
use crate::fault::Fault;
use crate::formats::json_list;
use crate::input::Input;

pub(crate) struct List;

impl Importer for List {
    fn name(&self) -> &'static str {
        "list"
    }

    fn about(&self) -> &'static str {
        "addresses, one a line, or as JSON (Lines): arrays of addresses or of objects, or objects by address"
    }

    fn fits(&self, name: &str, beginning: &str) -> bool {
        let is_named = [".txt", ".list", ".lst", ".json", ".jsonl", ".ndjson"]
            .iter()
            .any(|ending| name.ends_with(ending));
        is_named || beginning.lines().next().is_some_and(|line| taintwatch::read(bare(line)).is_ok())
    }

    fn read(&self, input: &Input, sink: &mut dyn Sink) -> Result<(), Fault> {
        if input.beginning()?.trim_start().starts_with(['[', '{']) {
            return json_list::read(input, sink);
        }
        input.each_line(&mut |number, line| {
            let address = bare(line);
            if !address.is_empty() {
                sink.entry(&Entry { line: Some(number), address, ..Entry::default() });
            }
        })
    }
}

fn bare(line: &str) -> &str {
    let line = line.split('#').next().unwrap_or_default().trim();
    if line.starts_with("//") { "" } else { line }
}
