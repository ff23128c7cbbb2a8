//! JSON lists of addresses: arrays, objects by address, and either inside objects that say what holds for all of them.

use super::Sink;
use super::json::{Lines, parse};
use crate::entry::{Entry, FIELDS};
use crate::fault::Fault;
use crate::input::Input;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use std::fmt;

/// Lists are seldom more than two levels deep; no file makes a call deeper than that.
const DEEPEST: usize = 16;

/// Reads what a file holds: one list, or a row after the other, as JSON Lines have them.
pub(super) fn read(input: &Input, sink: &mut dyn Sink) -> Result<(), Fault> {
    let text = input.text()?;
    let keys = FIELDS.map(|field| sink.column(field).unwrap_or(field).to_owned());
    let mut list = List { input, text: &text, lines: Lines::new(&text), keys, sink };
    let mut values = serde_json::Deserializer::from_str(&text).into_iter::<&RawValue>();
    for value in &mut values {
        let value = value.map_err(|error| {
            input.fault(Some(error.line() as u64), format!("this is not the JSON that was expected: {error}"))
        })?;
        list.read(value.get(), &Row::default(), 0)?;
    }
    Ok(())
}

/// The fields of a row, those that are not said empty.
type Row = [String; FIELDS.len()];

struct List<'a, 'i> {
    input: &'a Input<'i>,
    text: &'a str,
    lines: Lines<'a>,
    /// The key that each of the fields has.
    keys: Row,
    sink: &'a mut dyn Sink,
}

impl<'a> List<'a, '_> {
    /// Reads a value and what it holds. `all` is what was said for all in it.
    fn read(&mut self, part: &'a str, all: &Row, depth: usize) -> Result<(), Fault> {
        let line = self.lines.of(part);
        if depth > DEEPEST {
            return Err(self.input.fault(Some(line), format!("this is nested more than {DEEPEST} deep")));
        }
        match part.as_bytes().first() {
            Some(b'[') => {
                let items: Vec<&RawValue> = parse(self.input, self.text, part)?;
                items.into_iter().try_for_each(|item| self.read(item.get(), all, depth + 1))
            }
            Some(b'{') => self.read_object(part, all, depth),
            Some(b'"') => {
                let address = parse(self.input, self.text, part)?;
                self.hand_over(line, address, all);
                Ok(())
            }
            _ => {
                self.sink.fault(Some(line), format!("{part}: this is neither an address nor an object"));
                Ok(())
            }
        }
    }

    /// An object is a row, or holds rows by their addresses, or holds lists.
    fn read_object(&mut self, part: &'a str, all: &Row, depth: usize) -> Result<(), Fault> {
        let Members(members) = parse(self.input, self.text, part)?;
        // There may be several, of which all is said: in a list, or under the same key again.
        let addresses = members.iter().filter(|(key, _)| self.is_key(0, key)).map(|(_, value)| *value);
        let addresses: Vec<&RawValue> = addresses.collect();
        if !addresses.is_empty() {
            self.sink.found(FIELDS[0]);
            let all = self.row(&members, all)?;
            return addresses.into_iter().try_for_each(|address| self.read(address.get(), &all, depth + 1));
        }
        if members.iter().any(|(key, _)| taintwatch::read(key).is_ok()) {
            for (address, value) in &members {
                self.read_by_address(address, value.get(), all)?;
            }
            return Ok(());
        }
        // What is a field by its key holds no rows.
        let is_other = |key: &str, value: &RawValue| {
            value.get().starts_with(['[', '{']) && !self.keys.iter().any(|own| own.eq_ignore_ascii_case(key))
        };
        let others: Vec<&RawValue> =
            members.iter().filter(|(key, value)| is_other(key, value)).map(|(_, value)| *value).collect();
        if !members.is_empty() && others.is_empty() {
            let keys: Vec<&str> = members.iter().take(SHOWN).map(|(key, _)| key.as_str()).collect();
            let reason = format!(
                "there is no `{}` for the address, nor is a key one; there are: {}",
                self.keys[0],
                keys.join(", ")
            );
            self.sink.fault(Some(self.lines.of(part)), reason);
            return Ok(());
        }
        let all = self.row(&members, all)?;
        others.into_iter().try_for_each(|value| self.read(value.get(), &all, depth + 1))
    }

    /// What is said of an address: a label, a row, or several.
    fn read_by_address(&mut self, address: &str, part: &'a str, all: &Row) -> Result<(), Fault> {
        let line = self.lines.of(part);
        let items: Vec<&RawValue> =
            if part.starts_with('[') { parse(self.input, self.text, part)? } else { Vec::new() };
        for item in &items {
            let row = self.said(item.get(), all)?;
            self.hand_over(line, address.to_owned(), &row);
        }
        if items.is_empty() {
            let row = self.said(part, all)?;
            self.hand_over(line, address.to_owned(), &row);
        }
        Ok(())
    }

    /// The row that stands beside an address.
    fn said(&mut self, part: &'a str, all: &Row) -> Result<Row, Fault> {
        if part.starts_with('{') {
            let Members(members) = parse(self.input, self.text, part)?;
            return self.row(&members, all);
        }
        let mut row = all.clone();
        if part.starts_with('"') {
            row[LABEL] = parse(self.input, self.text, part)?;
        }
        Ok(row)
    }

    /// The fields that members are.
    fn row(&mut self, members: &[(String, &'a RawValue)], all: &Row) -> Result<Row, Fault> {
        let mut row = all.clone();
        for (key, value) in members {
            for (at, field) in row.iter_mut().enumerate().skip(1) {
                if !self.is_key(at, key) {
                    continue;
                }
                self.sink.found(FIELDS[at]);
                let text = text(&parse(self.input, self.text, value.get())?);
                if !text.is_empty() {
                    *field = text;
                }
            }
        }
        Ok(row)
    }

    fn is_key(&self, at: usize, key: &str) -> bool {
        self.keys[at].eq_ignore_ascii_case(key)
    }

    fn hand_over(&mut self, line: u64, address: String, row: &Row) {
        let mut fields = row.each_ref().map(String::as_str);
        fields[0] = &address;
        self.sink.entry(&Entry::new(Some(line), fields));
    }
}

/// So many keys tell what an object is.
const SHOWN: usize = 20;

/// Where the label is among the fields.
const LABEL: usize = 3;

/// What a value says; of several, all.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        Value::Array(values) => values.iter().map(text).collect::<Vec<_>>().join(", "),
        Value::Null | Value::Object(_) => String::new(),
    }
}

/// The members of an object in their order, also those of one name.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}
