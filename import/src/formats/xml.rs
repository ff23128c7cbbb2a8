//! XML as importers need it: a walk through a file of any size, element by element.

use crate::fault::Fault;
use crate::input::Input;
use quick_xml::events::{BytesStart, Event};

/// A step of the walk.
pub(super) enum Step<'a> {
    /// An element begins.
    Start(Element<'a>),
    /// An element ends: its name, and the text that stood in it and in no other.
    End(&'a str, &'a str),
}

/// The beginning of an element.
pub(super) struct Element<'a> {
    pub name: &'a str,
    start: &'a BytesStart<'a>,
}

impl Element<'_> {
    /// The value of an attribute; nothing where there is none.
    pub fn attribute(&self, name: &str) -> String {
        let attribute = self.start.try_get_attribute(name).ok().flatten();
        attribute.and_then(|found| found.unescape_value().ok()).unwrap_or_default().into_owned()
    }
}

/// Goes through a file; names come without their namespace's prefix. `each` gets the line of each step.
pub(super) fn walk(input: &Input, mut each: impl FnMut(u64, Step)) -> Result<(), Fault> {
    let mut reader = quick_xml::Reader::from_reader(input.open()?);
    let mut buffer = Vec::new();
    // The text since the last element began.
    let mut text = String::new();
    let mut depth = 0_usize;
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        let line = reader.get_ref().line();
        let bad = |reason: String| input.fault(Some(line), format!("this is not well-formed XML: {reason}"));
        match event.map_err(|error| bad(error.to_string()))? {
            Event::Start(start) => {
                depth += 1;
                text.clear();
                let name = start.local_name();
                let name = std::str::from_utf8(name.as_ref()).map_err(|error| bad(error.to_string()))?;
                each(line, Step::Start(Element { name, start: &start }));
            }
            Event::Empty(start) => {
                let name = start.local_name();
                let name = std::str::from_utf8(name.as_ref()).map_err(|error| bad(error.to_string()))?;
                each(line, Step::Start(Element { name, start: &start }));
                each(line, Step::End(name, ""));
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                let name = end.local_name();
                let name = std::str::from_utf8(name.as_ref()).map_err(|error| bad(error.to_string()))?;
                each(line, Step::End(name, text.trim()));
                text.clear();
            }
            Event::Text(part) => text += &part.decode().map_err(|error| bad(error.to_string()))?,
            Event::CData(part) => text += &part.decode().map_err(|error| bad(error.to_string()))?,
            Event::GeneralRef(reference) => {
                let name = reference.decode().map_err(|error| bad(error.to_string()))?;
                match reference.resolve_char_ref() {
                    Ok(Some(character)) => text.push(character),
                    Ok(None) => {
                        let known = quick_xml::escape::resolve_predefined_entity(&name);
                        text += known.ok_or_else(|| bad(format!("the entity `&{name};` is not known")))?;
                    }
                    Err(error) => return Err(bad(error.to_string())),
                }
            }
            Event::Eof if depth > 0 => return Err(bad("it ends in the middle".to_owned())),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
