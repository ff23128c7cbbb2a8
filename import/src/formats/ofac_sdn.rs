//! OFAC's `sdn.xml` (and `consolidated.xml`): entries with their programs and, among their ids, addresses.

use super::xml::{Step, walk};
use super::{Importer, Sink};
use crate::entry::{Entry, SourceFields};
use crate::fault::Fault;
use crate::input::Input;
use taintwatch::{Actor, Date};

pub(crate) struct OfacSdn;

/// What the type of an address begins with; the asset's code follows.
pub(super) const ADDRESS: &str = "Digital Currency Address";

/// The code of the asset that a type names, if it is one of addresses.
pub(super) fn asset(kind: &str) -> Option<String> {
    let code = kind.trim().strip_prefix(ADDRESS)?.trim_start_matches([' ', '-', '\u{2013}']);
    Some(code.trim().to_owned())
}

/// A party on the list, as both of OFAC's formats tell of it.
#[derive(Default)]
pub(super) struct Party {
    pub id: String,
    pub name: String,
    pub programs: Vec<String>,
    /// When it was listed.
    pub listed: String,
    /// Line, asset and address.
    pub addresses: Vec<(u64, String, String)>,
}

impl Party {
    /// Hands over the party's addresses, with the party as their actor.
    pub fn hand_over(&self, issued: &str, sink: &mut dyn Sink) {
        if self.addresses.is_empty() {
            return;
        }
        let id = format!("ofac-{}", self.id);
        let uri = format!("https://sanctionssearch.ofac.treas.gov/Details.aspx?id={}", self.id);
        let under = match &self.programs[..] {
            [] => String::new(),
            programs => format!(" under {}", programs.join(", ")),
        };
        let name = if self.name.is_empty() { "a party on OFAC's list" } else { &self.name };
        sink.actor(Actor {
            id: id.clone(),
            label: name.to_owned(),
            uri: uri.clone(),
            about: format!("Designated by the United States Treasury (OFAC){under}."),
        });
        for (line, asset, address) in &self.addresses {
            sink.entry(&Entry {
                line: Some(*line),
                address,
                asset,
                label: name,
                actor: &id,
                abuse: "sanction",
                concepts: &self.programs.join(" "),
                source: SourceFields {
                    title: "Specially Designated Nationals and Blocked Persons List",
                    publisher: "OFAC",
                    url: &uri,
                    date: if self.listed.is_empty() { issued } else { &self.listed },
                },
                date: issued,
                ..Entry::default()
            });
        }
    }
}

impl Importer for OfacSdn {
    fn name(&self) -> &'static str {
        "ofac-sdn"
    }

    fn about(&self) -> &'static str {
        "OFAC's sdn.xml or consolidated.xml"
    }

    fn confidence(&self) -> &'static str {
        "authority_data"
    }

    fn fits(&self, _: &str, beginning: &str) -> bool {
        beginning.contains("<sdnList")
    }

    fn read(&self, input: &Input, sink: &mut dyn Sink) -> Result<(), Fault> {
        let mut issued = String::new();
        let mut party = Party::default();
        let (mut first_name, mut kind, mut is_in_list) = (String::new(), String::new(), false);
        walk(input, |line, step| match step {
            Step::Start(element) => match element.name {
                "sdnEntry" => (party, first_name) = (Party::default(), String::new()),
                "idList" | "akaList" | "addressList" | "programList" => is_in_list = true,
                _ => {}
            },
            Step::End(name, text) => match name {
                "Publish_Date" => {
                    issued = american_day(text);
                    match Date::parse(&issued) {
                        Some(date) => sink.issued(date),
                        None => sink.fault(Some(line), format!("`{text}` is not a date (mm/dd/yyyy)")),
                    }
                }
                "idList" | "akaList" | "addressList" | "programList" => is_in_list = false,
                "uid" if !is_in_list && party.id.is_empty() => party.id = text.to_owned(),
                "firstName" if !is_in_list => first_name = text.to_owned(),
                "lastName" if !is_in_list => {
                    party.name = [&first_name, text].join(" ").trim().to_owned();
                }
                "program" => party.programs.push(text.to_owned()),
                "idType" => kind = text.to_owned(),
                "idNumber" => {
                    if let Some(asset) = asset(&kind) {
                        party.addresses.push((line, asset, text.to_owned()));
                    }
                    kind.clear();
                }
                "sdnEntry" => party.hand_over(&issued, sink),
                _ => {}
            },
        })
    }
}

/// `07/30/2026` as `2026-07-30`.
fn american_day(text: &str) -> String {
    match text.split('/').collect::<Vec<_>>()[..] {
        [month, day, year] => format!("{year}-{month:0>2}-{day:0>2}"),
        _ => text.to_owned(),
    }
}
