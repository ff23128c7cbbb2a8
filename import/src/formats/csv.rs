//! CSV: columns named as the fields are, or as the caller maps them.

use super::{Importer, Sink};
use crate::entry::{Entry, FIELDS};
use crate::fault::Fault;
use crate::input::Input;

pub(crate) struct Csv;

/// Where the separator is looked for, the likelier first.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

impl Importer for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn about(&self) -> &'static str {
        "CSV, with a header or without; the separator may also be a semicolon, a tabulator or a bar"
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
            .has_headers(false)
            .trim(csv::Trim::All)
            .from_reader(input.open()?);
        let names = reader.headers().map_err(|error| fault(input, &error))?.clone();
        let has_names = !names.iter().any(|name| taintwatch::read(name).is_ok());
        let places = places(&names, has_names, sink).map_err(|reason| input.fault(Some(1), reason))?;
        let mut row = csv::StringRecord::new();
        if has_names {
            reader.read_record(&mut row).map_err(|error| fault(input, &error))?;
        }
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
            let field = |place: Option<usize>| place.and_then(|place| row.get(place)).unwrap_or_default();
            sink.entry(&Entry::new(line, places.map(field)));
        }
    }
}

/// For each field the place of its column, which is told by its name or, from 1, its number.
fn places(
    first: &csv::StringRecord,
    has_names: bool,
    sink: &mut dyn Sink,
) -> Result<[Option<usize>; FIELDS.len()], String> {
    let mut places = [None; FIELDS.len()];
    for (place, field) in places.iter_mut().zip(FIELDS) {
        let wanted = sink.column(field).map(str::to_owned);
        let name = wanted.as_deref().unwrap_or(field);
        let named = first.iter().position(|other| has_names && other.eq_ignore_ascii_case(name));
        let numbered = || name.parse().ok().filter(|number| (1..=first.len()).contains(number));
        *place = named.or_else(|| Some(numbered()? - 1));
        if field == "address" && wanted.is_none() && first.len() == 1 {
            *place = Some(0);
        }
        // Where it is missing, that is told here.
        sink.found(field);
        if place.is_none() && (wanted.is_some() || field == "address") {
            let there: Vec<&str> = first.iter().collect();
            let there = there.join(", ");
            return Err(if has_names {
                format!("there is no column `{name}` for the {field}; there are: {there}")
            } else {
                format!(
                    "no row names the columns: say by its number which one the {field} is in; they begin with: {there}"
                )
            });
        }
    }
    Ok(places)
}

fn fault(input: &Input, error: &csv::Error) -> Fault {
    input.fault(error.position().map(csv::Position::line), error.to_string())
}
