//! CSV: columns named as the fields are, or as the caller maps them.

use super::{Importer, Sink};
use crate::entry::{Entry, FIELDS};
use crate::fault::Fault;
use crate::input::Input;
use std::io::Read;

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
        let header = beginning.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let separator = SEPARATORS.into_iter().max_by_key(|s| (header.matches(*s).count(), *s == ','));
        // Else a line that ends with both would count for the row behind it.
        let terminator =
            if beginning.contains('\n') { csv::Terminator::Any(b'\n') } else { csv::Terminator::CRLF };
        // The last row ends with its line as all others do.
        let mut reader = csv::ReaderBuilder::new()
            .terminator(terminator)
            .delimiter(separator.unwrap_or(',') as u8)
            .flexible(true)
            .has_headers(false)
            .from_reader(input.open()?.chain(&b"\n"[..]));
        let mut row = csv::StringRecord::new();
        let mut next = next_row(&mut reader, &mut row, input, sink)?;
        let mut names = row.clone();
        names.trim();
        let has_names = !names.iter().any(|name| taintwatch::read(name).is_ok());
        let places =
            places(&names, has_names, sink).map_err(|reason| input.fault(next.or(Some(1)), reason))?;
        if has_names {
            next = next_row(&mut reader, &mut row, input, sink)?;
        }
        while let Some(line) = next {
            if row.len() == names.len() {
                let field =
                    |place: Option<usize>| place.and_then(|place| row.get(place)).unwrap_or_default().trim();
                sink.entry(&Entry::new(Some(line), places.map(field)));
            } else {
                let reason = format!("this row has {} fields and the header {}", row.len(), names.len());
                sink.fault(Some(line), reason);
            }
            next = next_row(&mut reader, &mut row, input, sink)?;
        }
        Ok(())
    }
}

/// Reads the next row that holds anything, and tells the line that it begins on; `None` behind the last.
fn next_row(
    reader: &mut csv::Reader<impl Read>,
    row: &mut csv::StringRecord,
    input: &Input,
    sink: &mut dyn Sink,
) -> Result<Option<u64>, Fault> {
    loop {
        let read = reader.read_record(row);
        // The line that it ends on: its own place is before the empty lines that were passed over. Lines that end with a
        // carriage return alone are not counted by the crate; there is at least one to a row.
        let after = reader.position();
        let last = (after.line() - 1).max(after.record());
        match read {
            Ok(false) => return Ok(None),
            Ok(true) if row.len() == 1 && row[0].trim().is_empty() => {}
            Ok(true) => {
                let within: usize = row.iter().map(|field| field.matches('\n').count()).sum();
                return Ok(Some(last.saturating_sub(within as u64)));
            }
            // Text in another encoding spoils its row, not the file.
            Err(error) if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) => {
                sink.fault(Some(last), error.to_string());
            }
            Err(error) => return Err(input.fault(Some(last), error.to_string())),
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
