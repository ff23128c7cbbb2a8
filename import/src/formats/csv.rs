//! CSV with a header: columns named as the fields are, or as the caller maps them.

use super::{Importer, Sink};
use crate::entry::{Entry, SourceFields};
use crate::fault::Fault;
use crate::input::Input;

pub(crate) struct Csv;

/// The fields that a column can be for. Without a map a column of the same name is taken.
pub const COLUMNS: [&str; 18] = [
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

/// Where the separator is looked for, the likelier first.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

impl Importer for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn about(&self) -> &'static str {
        "CSV with a header; the separator may also be a semicolon, a tabulator or a bar"
    }

    fn fits(&self, name: &str, beginning: &str) -> bool {
        let header = beginning.lines().next().unwrap_or_default();
        let names: Vec<&str> = header.split(SEPARATORS).map(|name| name.trim().trim_matches('"')).collect();
        name.ends_with(".csv") || name.ends_with(".tsv") || names.len() > 1 && names.contains(&"address")
    }

    fn read(&self, input: &Input, sink: &mut dyn Sink) -> Result<(), Fault> {
        let beginning = input.beginning()?;
        let header = beginning.lines().next().unwrap_or_default();
        let separator = SEPARATORS.into_iter().max_by_key(|s| (header.matches(*s).count(), *s == ','));
        // Else a line that ends with both would count for the row behind it.
        let terminator =
            if beginning.contains('\n') { csv::Terminator::Any(b'\n') } else { csv::Terminator::CRLF };
        let mut reader = csv::ReaderBuilder::new()
            .terminator(terminator)
            .delimiter(separator.unwrap_or(',') as u8)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(input.open()?);
        let names = reader.headers().map_err(|error| fault(input, &error))?.clone();
        let places = places(&names, sink).map_err(|reason| input.fault(Some(1), reason))?;
        let mut row = csv::StringRecord::new();
        loop {
            match reader.read_record(&mut row) {
                Ok(false) => return Ok(()),
                Ok(true) => {}
                // Text in another encoding spoils its row, not the file.
                Err(error) if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) => {
                    let Fault { line, reason, .. } = fault(input, &error);
                    sink.fault(line, reason);
                    continue;
                }
                Err(error) => return Err(fault(input, &error)),
            }
            if row.len() == 1 && row[0].is_empty() {
                continue;
            }
            let line = row.position().map(csv::Position::line);
            if row.len() != names.len() {
                let reason = format!("this row has {} fields and the header {}", row.len(), names.len());
                sink.fault(line, reason);
                continue;
            }
            let field = |at: usize| places[at].and_then(|place| row.get(place)).unwrap_or_default();
            sink.entry(&Entry {
                line,
                address: field(0),
                network: field(1),
                asset: field(2),
                label: field(3),
                incident: field(4),
                actor: field(5),
                abuse: field(6),
                concepts: field(7),
                role: field(8),
                confidence: field(9),
                source: SourceFields {
                    title: field(10),
                    publisher: field(11),
                    url: field(12),
                    date: field(13),
                },
                delisted: field(14),
                date: field(15),
                hops: field(16),
                share: field(17),
            });
        }
    }
}

/// For each field the place of its column.
fn places(names: &csv::StringRecord, sink: &dyn Sink) -> Result<[Option<usize>; COLUMNS.len()], String> {
    let mut places = [None; COLUMNS.len()];
    for (place, field) in places.iter_mut().zip(COLUMNS) {
        let wanted = sink.column(field);
        let name = wanted.unwrap_or(field);
        *place = names.iter().position(|other| other.eq_ignore_ascii_case(name));
        if place.is_none() && (wanted.is_some() || field == "address") {
            let there: Vec<&str> = names.iter().collect();
            return Err(format!(
                "there is no column `{name}` for the {field}; there are: {}",
                there.join(", ")
            ));
        }
    }
    Ok(places)
}

fn fault(input: &Input, error: &csv::Error) -> Fault {
    input.fault(error.position().map(csv::Position::line), error.to_string())
}
