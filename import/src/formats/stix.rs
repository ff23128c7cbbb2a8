//! STIX 2.1 bundles: `cryptocurrency-wallet` objects (OpenCTI's and dogesec's extensions), with what is related to them.

use super::json::{Lines, parse, text};
use super::{Importer, Sink};
use crate::entry::day;
use crate::entry::{Entry, SourceFields};
use crate::fault::Fault;
use crate::input::Input;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};
use taintwatch::{Actor, Incident};

pub(crate) struct Stix;

#[derive(Deserialize)]
struct Bundle<'a> {
    #[serde(borrow)]
    objects: Vec<&'a RawValue>,
}

impl Importer for Stix {
    fn name(&self) -> &'static str {
        "stix"
    }

    fn about(&self) -> &'static str {
        "STIX 2.1 bundles: cryptocurrency-wallet"
    }

    fn confidence(&self) -> &'static str {
        "forensic"
    }

    fn fits(&self, _: &str, beginning: &str) -> bool {
        beginning.trim_start().starts_with('{')
            && (beginning.contains("bundle--") || beginning.contains("\"spec_version\""))
    }

    fn read(&self, input: &Input, sink: &mut dyn Sink) -> Result<(), Fault> {
        let file = input.text()?;
        let bundle: Bundle = parse(input, &file, &file)?;
        let mut lines = Lines::new(&file);
        let mut objects: BTreeMap<String, Value> = BTreeMap::new();
        let mut wallets = Vec::new();
        let mut related: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for part in bundle.objects {
            let object: Value = parse(input, &file, part.get())?;
            match text(&object, "type") {
                "cryptocurrency-wallet" => wallets.push((lines.of(part.get()), object)),
                "relationship" => {
                    let ends = [text(&object, "source_ref"), text(&object, "target_ref")];
                    for (from, to) in [(ends[0], ends[1]), (ends[1], ends[0])] {
                        related.entry(from.to_owned()).or_default().insert(to.to_owned());
                    }
                }
                "threat-actor" | "intrusion-set" | "identity" | "campaign" | "incident" | "malware" => {
                    objects.insert(text(&object, "id").to_owned(), object);
                }
                _ => {}
            }
        }
        for (line, wallet) in &wallets {
            hand_over(*line, wallet, &objects, &related, sink);
        }
        Ok(())
    }
}

fn hand_over(
    line: u64,
    wallet: &Value,
    objects: &BTreeMap<String, Value>,
    related: &BTreeMap<String, BTreeSet<String>>,
    sink: &mut dyn Sink,
) {
    let address = match text(wallet, "value") {
        "" => text(wallet, "address"),
        value => value,
    };
    let others = || related.get(text(wallet, "id")).into_iter().flatten().filter_map(|id| objects.get(id));
    let of = |kinds: &[&str]| others().find(|other| kinds.contains(&text(other, "type")));
    let actor = of(&["threat-actor", "intrusion-set"]).or_else(|| of(&["identity", "malware"]));
    let incident = of(&["incident", "campaign"]);
    if let Some(actor) = actor {
        sink.actor(Actor {
            id: text(actor, "id").to_owned(),
            label: text(actor, "name").to_owned(),
            uri: reference(actor).2.to_owned(),
            about: shortened(text(actor, "description")),
        });
    }
    if let Some(incident) = incident {
        let began = [text(incident, "first_seen"), text(incident, "created")];
        sink.incident(Incident {
            id: text(incident, "id").to_owned(),
            title: text(incident, "name").to_owned(),
            date: began.into_iter().find(|time| !time.is_empty()).map(day).unwrap_or_default().to_owned(),
            loss: String::new(),
            about: shortened(text(incident, "description")),
        });
    }
    let label = [
        text(wallet, "name"),
        text(wallet, "x_opencti_description"),
        incident.or(actor).map_or("", |other| text(other, "name")),
    ];
    let label = label.into_iter().find(|label| !label.is_empty()).unwrap_or("cryptocurrency wallet");
    let labels = match text(wallet, "type") {
        "" => String::new(),
        _ => wallet.get("labels").or_else(|| wallet.get("x_opencti_labels")).map(joined).unwrap_or_default(),
    };
    let author = objects
        .get(text(wallet, "created_by_ref"))
        .or_else(|| objects.get(text(wallet, "x_opencti_created_by_ref")));
    let changed = [text(wallet, "modified"), text(wallet, "created")];
    let changed = changed.into_iter().find(|time| !time.is_empty()).unwrap_or_default();
    let (title, description, url) = reference(wallet);
    let publisher = author.map_or(title, |author| text(author, "name"));
    sink.entry(&Entry {
        line: Some(line),
        address,
        asset: text(wallet, "currency"),
        label: &shortened(label),
        incident: incident.map_or("", |incident| text(incident, "id")),
        actor: actor.map_or("", |actor| text(actor, "id")),
        concepts: &labels,
        confidence: confidence(wallet.get("confidence").and_then(Value::as_u64)),
        source: SourceFields {
            title: if description.is_empty() { text(wallet, "id") } else { description },
            publisher,
            url,
            date: changed,
        },
        date: changed,
        delisted: match wallet.get("revoked") {
            Some(Value::Bool(true)) => changed,
            _ => "",
        },
        ..Entry::default()
    });
}

/// The term that a confidence of 0 to 100 (STIX 2.1, appendix A) is worth: researchers' word at most.
fn confidence(value: Option<u64>) -> &'static str {
    match value {
        None => "",
        Some(50..) => "forensic",
        Some(20..) => "web_crawl",
        Some(_) => "unknown",
    }
}

/// Name, description and address of the first reference outside of the bundle.
fn reference(object: &Value) -> (&str, &str, &str) {
    let first = object.get("external_references").and_then(|references| references.get(0));
    first.map_or(("", "", ""), |first| {
        (text(first, "source_name"), text(first, "description"), text(first, "url"))
    })
}

fn joined(value: &Value) -> String {
    let labels: Vec<String> = value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(|l| l.replace(' ', "_"))
        .collect();
    labels.join(" ")
}

/// The beginning of a text that may be an essay.
fn shortened(text: &str) -> String {
    let first = text.split("\n").next().unwrap_or_default().trim();
    match first.char_indices().nth(300) {
        Some((at, _)) => format!("{}…", &first[..at]),
        None => first.to_owned(),
    }
}
