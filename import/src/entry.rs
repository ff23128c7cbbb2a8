//! What an importer hands over: one row of a file as it stands there, before anything is made of it.

use taintwatch::Date;

/// The fields of a row, by the names that columns of them have.
pub const FIELDS: [&str; 18] = [
    "address",
    "network",
    "asset",
    "label",
    "incident",
    "actor",
    "abuse",
    "concepts",
    "role",
    "confidence",
    "source_title",
    "source_publisher",
    "source_url",
    "source_date",
    "delisted",
    "date",
    "hops",
    "share",
];

/// One row: an address and what is said of it. An empty text stands for what the file does not say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Entry<'a> {
    /// The line that it stands on, from 1, where one is known.
    pub line: Option<u64>,
    /// The address.
    pub address: &'a str,
    /// The chain that it is said to be on: a CAIP-2 id or a ticker. It has to be an address there.
    pub network: &'a str,
    /// The code of the asset. It names no chain, but helps where an address is one on several.
    pub asset: &'a str,
    /// What the address is, in a few words.
    pub label: &'a str,
    /// The incident's id.
    pub incident: &'a str,
    /// The actor's id.
    pub actor: &'a str,
    /// GraphSense's abuse concept.
    pub abuse: &'a str,
    /// GraphSense's concepts, apart by white space or commas.
    pub concepts: &'a str,
    /// The part that the address played.
    pub role: &'a str,
    /// GraphSense's confidence term.
    pub confidence: &'a str,
    /// Where it was published.
    pub source: SourceFields<'a>,
    /// When it was taken off the list again.
    pub delisted: &'a str,
    /// When the statement was last changed.
    pub date: &'a str,
    /// How many transfers the funds are away from the incident.
    pub hops: &'a str,
    /// What part of its receipts they are.
    pub share: &'a str,
}

/// The publication that an entry is from.
#[derive(Clone, Copy, Debug, Default)]
pub struct SourceFields<'a> {
    /// Its title.
    pub title: &'a str,
    /// Who published it.
    pub publisher: &'a str,
    /// Where it can be read.
    pub url: &'a str,
    /// When it was published.
    pub date: &'a str,
}

impl<'a> Entry<'a> {
    /// The row of these [`FIELDS`].
    pub(crate) fn new(line: Option<u64>, fields: [&'a str; FIELDS.len()]) -> Self {
        let source =
            SourceFields { title: fields[10], publisher: fields[11], url: fields[12], date: fields[13] };
        Self {
            line,
            address: fields[0],
            network: fields[1],
            asset: fields[2],
            label: fields[3],
            incident: fields[4],
            actor: fields[5],
            abuse: fields[6],
            concepts: fields[7],
            role: fields[8],
            confidence: fields[9],
            source,
            delisted: fields[14],
            date: fields[15],
            hops: fields[16],
            share: fields[17],
        }
    }
}

/// The day of a point in time that is written as RFC 3339 has it, also with a space before the hours; else the text.
pub(crate) fn day(time: &str) -> &str {
    match time.split_once(['T', 't', ' ']) {
        Some((day, _)) if Date::parse(day).is_some() => day,
        _ => time,
    }
}
