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

/// What wraps events: a file is one, several, or what a search answers.
#[derive(Deserialize)]
struct Wrapper<'a> {
    #[serde(borrow, rename = "Event")]
    event: Option<&'a RawValue>,
    #[serde(borrow)]
    response: Option<&'a RawValue>,
}

/// Events are wrapped no more often than that: the list that a search's answer is.
const DEEPEST: usize = 4;

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
        let is_named = || ["\"Event\"", "\"Attribute\""].iter().any(|name| beginning.contains(name));
        beginning.trim_start().starts_with(['{', '[']) && is_named()
    }

    fn read(&self, input: &Input, sink: &mut dyn Sink) -> Result<(), Fault> {
        let file = input.text()?;
        read_wrapped(input, &file, &file, &mut Lines::new(&file), sink, 0)
    }
}

/// Reads a list of what wraps events, what wraps one, or an event; or attributes alone, as a search for them answers.
fn read_wrapped(
    input: &Input,
    file: &str,
    part: &str,
    lines: &mut Lines,
    sink: &mut dyn Sink,
    depth: usize,
) -> Result<(), Fault> {
    if depth > DEEPEST {
        return Err(input.fault(Some(lines.of(part)), "these are no MISP events"));
    }
    if part.trim_start().starts_with('[') {
        let parts: Vec<&RawValue> = parse(input, file, part)?;
        return parts
            .into_iter()
            .try_for_each(|part| read_wrapped(input, file, part.get(), lines, sink, depth + 1));
    }
    let wrapper: Wrapper = parse(input, file, part)?;
    match wrapper.event.or(wrapper.response) {
        Some(inner) => read_wrapped(input, file, inner.get(), lines, sink, depth + 1),
        None => read_event(input, file, part, lines, sink),
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
    let publisher = event.publisher.as_ref().map_or("", |publisher| text(publisher, "name"));
    let whole = About { uuid: &event.uuid, info: &event.info, date: &event.date, publisher, url: &url };
    if !event.uuid.is_empty() {
        sink.incident(whole.incident());
    }
    for (line, attribute, asset, comment) in &rows {
        // Attributes that were searched for say each which event they are from.
        let about = attribute.get("Event").map_or(whole, About::of);
        if about.uuid != whole.uuid {
            sink.incident(about.incident());
        }
        let changed = day_of_seconds(attribute.get("timestamp"));
        let is_deleted = attribute.get("deleted").is_some_and(|deleted| deleted == true || deleted == "1");
        let label = [text(attribute, "comment"), comment, about.info];
        let label = label.into_iter().find(|label| !label.trim().is_empty()).unwrap_or("a MISP event");
        sink.entry(&Entry {
            line: Some(*line),
            address: text(attribute, "value"),
            asset,
            label,
            incident: about.uuid,
            concepts: &tags.join(" "),
            source: SourceFields {
                title: about.info,
                publisher: about.publisher,
                url: about.url,
                date: about.date,
            },
            date: &changed,
            delisted: if is_deleted { &changed } else { "" },
            ..Entry::default()
        });
    }
    Ok(())
}

/// What is said of an event.
#[derive(Clone, Copy)]
struct About<'a> {
    uuid: &'a str,
    info: &'a str,
    date: &'a str,
    publisher: &'a str,
    /// What it reports on.
    url: &'a str,
}

impl<'a> About<'a> {
    /// What an attribute says of the event that it is from.
    fn of(event: &'a Value) -> Self {
        let publisher = event.get("Orgc").map_or("", |publisher| text(publisher, "name"));
        let (uuid, info, date) = (text(event, "uuid"), text(event, "info"), text(event, "date"));
        Self { uuid, info, date, publisher, url: "" }
    }

    fn incident(self) -> Incident {
        let Self { uuid, info, date, .. } = self;
        Incident { id: uuid.to_owned(), title: info.to_owned(), date: date.to_owned(), ..Incident::default() }
    }
}
