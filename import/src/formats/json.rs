//! JSON as importers need it: places in the text, missing fields as empty texts, and lists of addresses.

use super::Sink;
use crate::entry::{Entry, SourceFields};
use crate::fault::Fault;
use crate::input::Input;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The text at a key; nothing where there is none.
pub(super) fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The day of a point in time that is written as RFC 3339 has it, also with a space before the hours.
pub(super) fn day(time: &str) -> &str {
    time.get(..10).unwrap_or(time)
}

/// The day of a point in time in seconds since 1970, as text or as a number (Howard Hinnant, "chrono-compatible
/// low-level date algorithms").
pub(super) fn day_of_seconds(value: Option<&Value>) -> String {
    let seconds = match value {
        Some(Value::String(text)) => text.parse::<i64>().ok(),
        Some(number) => number.as_i64(),
        None => None,
    };
    let Some(days) = seconds.map(|seconds| seconds.div_euclid(86_400) + 719_468) else {
        return String::new();
    };
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let (day, month) = (day - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    format!("{:04}-{month:02}-{day:02}", year + era * 400 + i64::from(month <= 2))
}

/// The numbers of the lines on which parts of a text stand. Parts that come in the order of the text cost one walk through
/// it: there may be hundreds of thousands.
pub(super) struct Lines<'a> {
    text: &'a str,
    /// Up to where the lines were counted, and how many there are before.
    at: usize,
    before: u64,
}

impl<'a> Lines<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0, before: 0 }
    }

    /// The number of the line, from 1, on which a part of the text begins.
    pub fn of(&mut self, part: &str) -> u64 {
        let start = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len());
        if start < self.at {
            (self.at, self.before) = (0, 0);
        }
        let passed = &self.text.as_bytes()[self.at..start];
        self.before += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.at = start;
        1 + self.before
    }
}

/// Parses a part of a text, with the line of a fault counted from the text's beginning.
pub(super) fn parse<'a, T: serde::Deserialize<'a>>(
    input: &Input,
    text: &str,
    part: &'a str,
) -> Result<T, Fault> {
    serde_json::from_str(part).map_err(|error| {
        let line = Lines::new(text).of(part) + (error.line() as u64).saturating_sub(1);
        input.fault(Some(line), format!("this is not the JSON that was expected: {error}"))
    })
}

/// Reads lists of addresses: an array of addresses or of objects, or an object by address.
pub(super) fn read_list(input: &Input, sink: &mut dyn Sink) -> Result<(), Fault> {
    let text = input.text()?;
    let mut lines = Lines::new(&text);
    if text.trim_start().starts_with('{') {
        let rows: BTreeMap<String, &RawValue> = parse(input, &text, &text)?;
        let mut rows: Vec<(String, &str)> = rows.into_iter().map(|(key, row)| (key, row.get())).collect();
        // By where they stand, not by address.
        rows.sort_unstable_by_key(|(_, part)| part.as_ptr());
        for (address, part) in rows {
            let value: Value = parse(input, &text, part)?;
            hand_over(Some(lines.of(part)), &address, &value, sink);
        }
        return Ok(());
    }
    let rows: Vec<&RawValue> = parse(input, &text, &text)?;
    for row in rows {
        let part = row.get();
        let line = Some(lines.of(part));
        let value: Value = parse(input, &text, part)?;
        match &value {
            Value::String(address) => hand_over(line, address, &Value::Null, sink),
            Value::Object(_) => hand_over(line, self::text(&value, "address"), &value, sink),
            _ => sink.fault(line, format!("{part}: this is neither an address nor an object")),
        }
    }
    Ok(())
}

fn hand_over(line: Option<u64>, address: &str, value: &Value, sink: &mut dyn Sink) {
    let number = |key: &str| match value.get(key) {
        Some(Value::Number(number)) => number.to_string(),
        _ => text(value, key).to_owned(),
    };
    let (hops, share) = (number("hops"), number("share"));
    sink.entry(&Entry {
        line,
        address,
        network: text(value, "network"),
        asset: text(value, "asset"),
        label: value.as_str().unwrap_or(text(value, "label")),
        incident: text(value, "incident"),
        actor: text(value, "actor"),
        abuse: text(value, "abuse"),
        concepts: text(value, "concepts"),
        role: text(value, "role"),
        confidence: text(value, "confidence"),
        source: SourceFields {
            title: text(value, "source_title"),
            publisher: text(value, "source_publisher"),
            url: text(value, "source_url"),
            date: text(value, "source_date"),
        },
        delisted: text(value, "delisted"),
        date: text(value, "date"),
        hops: &hops,
        share: &share,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_days() {
        for (seconds, day) in [(0, "1970-01-01"), (951_782_400, "2000-02-29"), (1_690_012_799, "2023-07-22")]
        {
            assert_eq!(day_of_seconds(Some(&Value::from(seconds))), day);
            assert_eq!(day_of_seconds(Some(&Value::from(seconds.to_string()))), day);
        }
        assert_eq!(day_of_seconds(None), "");
    }
}
