//! MISP events: attributes of the types `btc`, `xmr` and `dash`, and objects `coin-address`.

use super::json::{Lines, day_of_seconds, parse, text};
use super::{Importer, Sink};
use crate::entry::{Entry, SourceFields};
use crate::fault::Fault;
use crate::input::Input;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use taintwatch::Incident;

pub(crate) struct Misp;

/// A file is one event, or what a search answers.
#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow, rename = "Event")]
    event: Option<&'a RawValue>,
    #[serde(borrow)]
    response: Option<Vec<Wrapped<'a>>>,
}

#[derive(Deserialize)]
struct Wrapped<'a> {
    #[serde(borrow, rename = "Event")]
    event: &'a RawValue,
}

#[derive(Deserialize)]
struct Event<'a> {
    #[serde(default)]
    uuid: String,
    #[serde(default)]
    info: String,
    #[serde(default)]
    date: String,
    #[serde(rename = "Orgc")]
    publisher: Option<Value>,
    #[serde(borrow, default, rename = "Attribute")]
    attributes: Vec<&'a RawValue>,
    #[serde(borrow, default, rename = "Object")]
    objects: Vec<&'a RawValue>,
    #[serde(default, rename = "Tag")]
    tags: Vec<Value>,
}

#[derive(Deserialize)]
struct Object<'a> {
    #[serde(default)]
    name: String,
    #[serde(default)]
    comment: String,
    #[serde(borrow, default, rename = "Attribute")]
    attributes: Vec<&'a RawValue>,
}

impl Importer for Misp {
    fn name(&self) -> &'static str {
        "misp"
    }

    fn about(&self) -> &'static str {
        "MISP events as JSON: btc, xmr, dash, coin-address"
    }

    fn confidence(&self) -> &'static str {
        "forensic"
    }

    fn fits(&self, _: &str, beginning: &str) -> bool {
        beginning.trim_start().starts_with('{') && beginning.contains("\"Event\"")
    }

    fn read(&self, input: &Input, sink: &mut dyn Sink) -> Result<(), Fault> {
        let file = input.text()?;
        let parsed: File = parse(input, &file, &file)?;
        let mut lines = Lines::new(&file);
        let many = parsed.response.into_iter().flatten().map(|wrapped| wrapped.event);
        for part in parsed.event.into_iter().chain(many) {
            read_event(input, &file, part.get(), &mut lines, sink)?;
        }
        Ok(())
    }
}

fn read_event(
    input: &Input,
    file: &str,
    part: &str,
    lines: &mut Lines,
    sink: &mut dyn Sink,
) -> Result<(), Fault> {
    let event: Event = parse(input, file, part)?;
    let mut rows: Vec<(u64, Value, String, String)> = Vec::new();
    let mut url = String::new();
    for part in &event.attributes {
        let attribute: Value = parse(input, file, part.get())?;
        match text(&attribute, "type") {
            kind @ ("btc" | "xmr" | "dash") => {
                let asset = kind.to_uppercase();
                rows.push((lines.of(part.get()), attribute, asset, String::new()));
            }
            // What the event reports on.
            "link" if url.is_empty() => url = text(&attribute, "value").to_owned(),
            _ => {}
        }
    }
    for part in &event.objects {
        let object: Object = parse(input, file, part.get())?;
        if object.name != "coin-address" {
            continue;
        }
        let attributes =
            object.attributes.iter().map(|part| Ok((part.get(), parse(input, file, part.get())?)));
        let attributes: Vec<(&str, Value)> = attributes.collect::<Result<_, Fault>>()?;
        let symbol = attributes.iter().find(|(_, a)| text(a, "object_relation") == "symbol");
        let symbol = symbol.map_or("", |(_, attribute)| text(attribute, "value")).to_owned();
        for (part, attribute) in attributes {
            let asset = match text(&attribute, "object_relation") {
                "address" if symbol.is_empty() => "BTC",
                "address-xmr" => "XMR",
                "address" | "address-crypto" => &symbol,
                _ => continue,
            };
            let asset = asset.to_owned();
            rows.push((lines.of(part), attribute, asset, object.comment.clone()));
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    let tags: Vec<String> = event.tags.iter().map(|tag| text(tag, "name").replace(' ', "_")).collect();
    sink.incident(Incident {
        id: event.uuid.clone(),
        title: event.info.clone(),
        date: event.date.clone(),
        ..Incident::default()
    });
    for (line, attribute, asset, comment) in &rows {
        let changed = day_of_seconds(attribute.get("timestamp"));
        let is_deleted = attribute.get("deleted").is_some_and(|deleted| deleted == true || deleted == "1");
        let label = [text(attribute, "comment"), comment, &event.info];
        let label = label.into_iter().find(|label| !label.trim().is_empty()).unwrap_or("a MISP event");
        sink.entry(&Entry {
            line: Some(*line),
            address: text(attribute, "value"),
            asset,
            label,
            incident: &event.uuid,
            concepts: &tags.join(" "),
            source: SourceFields {
                title: &event.info,
                publisher: event.publisher.as_ref().map_or("", |publisher| text(publisher, "name")),
                url: &url,
                date: &event.date,
            },
            date: &changed,
            delisted: if is_deleted { &changed } else { "" },
            ..Entry::default()
        });
    }
    Ok(())
}
