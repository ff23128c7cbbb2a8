//! OFAC's `sdn_advanced.xml`: profiles with features, whose types the file itself names.
//!
//! The file is over 100 MB. Profiles come before the entries that say when and
//! under which program they were listed, so what has addresses is kept until the end.

use super::ofac_sdn::{Party, asset};
use super::xml::{Step, walk};
use super::{Importer, Sink};
use crate::fault::Fault;
use crate::input::Input;
use std::collections::BTreeMap;
use taintwatch::Date;

pub(crate) struct OfacAdvanced;

/// The kind of sanctions whose comment is the program's name.
const PROGRAM: &str = "1";

#[derive(Default)]
struct Reading {
    /// The assets by the ids of their types of feature.
    assets: BTreeMap<String, String>,
    parties: BTreeMap<String, Party>,
    party: Party,
    issued: [String; 3],
    /// Whether the name in hand is the party's own: the primary alias of its primary identity, in its first spelling.
    is_primary_identity: bool,
    is_primary_alias: bool,
    /// The asset of the feature in hand.
    asset: Option<String>,
    entry: Entry,
    names: Vec<String>,
    path: Vec<&'static str>,
}

#[derive(Default)]
struct Entry {
    profile: String,
    is_event: bool,
    is_program: bool,
    date: [String; 3],
    programs: Vec<String>,
}

impl Importer for OfacAdvanced {
    fn name(&self) -> &'static str {
        "ofac-advanced"
    }

    fn about(&self) -> &'static str {
        "OFAC's sdn_advanced.xml or cons_advanced.xml"
    }

    fn confidence(&self) -> &'static str {
        "authority_data"
    }

    fn fits(&self, _: &str, beginning: &str) -> bool {
        beginning.contains("<Sanctions") && !beginning.contains("<sanctionsData")
    }

    fn read(&self, input: &Input, sink: &mut dyn Sink) -> Result<(), Fault> {
        let mut reading = Reading::default();
        walk(input, |line, step| reading.take(line, step))?;
        let issued = day(&reading.issued);
        if let Some(date) = Date::parse(&issued) {
            sink.issued(date);
        }
        if reading.assets.is_empty() {
            return Err(input.fault(None, "its FeatureTypeValues name no type of digital currency address"));
        }
        for party in reading.parties.values() {
            party.hand_over(&issued, sink);
        }
        Ok(())
    }
}

/// The elements whose being open or not tells what another one means.
const PLACES: [&str; 4] = ["DateOfIssue", "Profile", "SanctionsEntry", "SanctionsMeasure"];

impl Reading {
    fn take(&mut self, line: u64, step: Step) {
        match step {
            Step::Start(element) => {
                if let Some(place) = PLACES.into_iter().find(|place| *place == element.name) {
                    self.path.push(place);
                }
                match element.name {
                    "FeatureType" => self.names.push(element.attribute("ID")),
                    "Profile" => self.party = Party { id: element.attribute("ID"), ..Party::default() },
                    "Identity" => self.is_primary_identity = element.attribute("Primary") != "false",
                    "Alias" => {
                        self.is_primary_alias = element.attribute("Primary") != "false";
                        self.names.clear();
                    }
                    "DocumentedName" => self.names.clear(),
                    "Feature" => {
                        self.asset = self.assets.get(&element.attribute("FeatureTypeID")).cloned();
                    }
                    "SanctionsEntry" => {
                        self.entry = Entry { profile: element.attribute("ProfileID"), ..Entry::default() };
                    }
                    "EntryEvent" => self.entry.is_event = true,
                    "SanctionsMeasure" => {
                        self.entry.is_program = element.attribute("SanctionsTypeID") == PROGRAM;
                    }
                    _ => {}
                }
            }
            Step::End(name, text) => {
                self.end(line, name, text);
                if self.path.last() == Some(&name) {
                    self.path.pop();
                }
            }
        }
    }

    fn end(&mut self, line: u64, name: &str, text: &str) {
        let place = self.path.last().copied().unwrap_or_default();
        match (name, place) {
            ("FeatureType", _) => {
                let id = self.names.pop().unwrap_or_default();
                self.assets.extend(asset(text).map(|asset| (id, asset)));
            }
            ("Year", "DateOfIssue") => self.issued[0] = text.to_owned(),
            ("Month", "DateOfIssue") => self.issued[1] = text.to_owned(),
            ("Day", "DateOfIssue") => self.issued[2] = text.to_owned(),
            ("NamePartValue", "Profile") => self.names.push(text.to_owned()),
            // The first spelling is the one in Latin letters.
            ("DocumentedName", "Profile")
                if self.is_primary_identity && self.is_primary_alias && self.party.name.is_empty() =>
            {
                self.party.name = self.names.join(" ");
            }
            ("VersionDetail", _) if !text.is_empty() => {
                if let Some(asset) = &self.asset {
                    self.party.addresses.push((line, asset.clone(), text.to_owned()));
                }
            }
            ("Feature", _) => self.asset = None,
            // A feature may stand behind the profile, in the party.
            ("DistinctParty", _) => {
                let party = std::mem::take(&mut self.party);
                if !party.addresses.is_empty() {
                    self.parties.insert(party.id.clone(), party);
                }
            }
            ("Year", "SanctionsEntry") if self.entry.is_event => self.entry.date[0] = text.to_owned(),
            ("Month", "SanctionsEntry") if self.entry.is_event => self.entry.date[1] = text.to_owned(),
            ("Day", "SanctionsEntry") if self.entry.is_event => self.entry.date[2] = text.to_owned(),
            ("EntryEvent", _) => self.entry.is_event = false,
            ("Comment", "SanctionsMeasure") if self.entry.is_program && !text.is_empty() => {
                self.entry.programs.push(text.to_owned());
            }
            ("SanctionsEntry", _) => {
                let entry = std::mem::take(&mut self.entry);
                if let Some(party) = self.parties.get_mut(&entry.profile) {
                    party.programs = entry.programs;
                    party.listed = day(&entry.date);
                }
            }
            _ => {}
        }
    }
}

/// Year, month and day as one date; nothing where there is no year.
fn day([year, month, day]: &[String; 3]) -> String {
    if year.is_empty() { String::new() } else { format!("{year:0>4}-{month:0>2}-{day:0>2}") }
}
