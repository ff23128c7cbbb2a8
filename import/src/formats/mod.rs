//! The formats that publishers write, one importer a file.

mod csv;
mod followthemoney;
mod json;
mod json_list;
mod list;
mod misp;
mod ofac_advanced;
mod ofac_sdn;
mod stix;
pub(crate) mod tagpack;
mod xml;

use crate::entry::Entry;
use crate::fault::Fault;
use crate::input::Input;
use taintwatch::{Actor, Date, Incident};

/// Reads one format.
pub trait Importer {
    /// The name by which it is chosen.
    fn name(&self) -> &'static str;

    /// What it reads, in a few words.
    fn about(&self) -> &'static str;

    /// The confidence of its tags where neither the file nor the caller says one: a GraphSense term.
    fn confidence(&self) -> &'static str {
        "unknown"
    }

    /// Whether a file of this name that begins with this text is in the format.
    fn fits(&self, name: &str, beginning: &str) -> bool;

    /// Reads a file and hands over what stands in it.
    ///
    /// # Errors
    /// What makes it impossible to go on; a fault of one row goes to the sink.
    fn read(&self, input: &Input, sink: &mut dyn Sink) -> Result<(), Fault>;
}

/// Takes what importers hand over.
pub trait Sink {
    /// One row.
    fn entry(&mut self, entry: &Entry);
    /// An actor that rows may name.
    fn actor(&mut self, actor: Actor);
    /// An incident that rows may name.
    fn incident(&mut self, incident: Incident);
    /// The day on which the file was issued.
    fn issued(&mut self, date: Date);
    /// What is wrong with a row, or in it.
    fn fault(&mut self, line: Option<u64>, reason: String);
    /// What was named for this field: a column of a CSV file, a key of objects in a JSON list.
    fn column(&self, field: &str) -> Option<&str>;
    /// What was named for this field is there.
    fn found(&mut self, field: &str);
}

/// Every importer, the pickiest first.
pub fn importers() -> [&'static dyn Importer; 8] {
    [
        &ofac_advanced::OfacAdvanced,
        &ofac_sdn::OfacSdn,
        &stix::Stix,
        &misp::Misp,
        &followthemoney::FollowTheMoney,
        &tagpack::TagPacks { is_strict: false },
        &csv::Csv,
        &list::List,
    ]
}

/// The importer of this name.
pub fn named(name: &str) -> Option<&'static dyn Importer> {
    importers().into_iter().find(|importer| importer.name() == name)
}

/// The importer that a file looks like it is for.
///
/// # Errors
/// Where it cannot be read, or looks like nothing that is known.
pub fn fitting(input: &Input) -> Result<&'static dyn Importer, Fault> {
    let beginning = input.beginning()?;
    let name = input.path().file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let found = importers().into_iter().find(|importer| importer.fits(&name, &beginning));
    found.ok_or_else(|| {
        let names: Vec<&str> = importers().iter().map(|importer| importer.name()).collect();
        input.fault(None, format!("this looks like none of the formats: {}", names.join(", ")))
    })
}
