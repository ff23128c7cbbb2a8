//! Addresses that must not be tagged: contracts and services that everybody uses.

use crate::fault::Fault;
use serde::Deserialize;
use serde_saphyr::Spanned;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use taintwatch::{Chain, Identity, read};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SafeguardFile {
    safeguards: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    address: String,
    network: String,
    name: String,
    kind: Kind,
    source: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Contract,
    Service,
}

/// The safeguarded identities with their names for people.
#[derive(Clone, Debug, Default)]
pub struct Safeguards(BTreeMap<Identity, (String, &'static str)>);

impl Safeguards {
    /// The safeguards that are written in a text, such as a file of `data/safeguards`.
    ///
    /// # Errors
    /// What is wrong with it, by line.
    pub fn parse(file: &Path, text: &str) -> Result<Self, Vec<Fault>> {
        let parsed: SafeguardFile = serde_saphyr::from_str(text).map_err(|error| {
            vec![Fault::new(file, error.location().map(|place| place.line()), error.to_string())]
        })?;
        let mut faults = Vec::new();
        let safeguards = Self::new(vec![(file.to_owned(), parsed)], &mut faults);
        if faults.is_empty() { Ok(safeguards) } else { Err(faults) }
    }

    /// Both together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    fn new(files: Vec<(PathBuf, SafeguardFile)>, faults: &mut Vec<Fault>) -> Self {
        let mut names = BTreeMap::new();
        for (file, content) in files {
            for entry in content.safeguards {
                let line = Some(entry.referenced.line());
                let entry = entry.value;
                let what = match entry.kind {
                    Kind::Contract => "a contract that everybody uses",
                    Kind::Service => "a service's own address",
                };
                let mut fault = |reason: String| faults.push(Fault::new(&file, line, reason));
                if Chain::named(&entry.network).is_none() {
                    fault(format!("the network `{}` is not known", entry.network));
                }
                if entry.source.is_empty() {
                    fault(format!("`{}` has no source", entry.name));
                }
                match read(&entry.address) {
                    Ok(reading) if reading.warning.is_none() => {
                        names.insert(reading.addresses[0].identity(), (entry.name, what));
                    }
                    Ok(reading) => fault(format!(
                        "{}: {}",
                        entry.address,
                        reading.warning.map(|w| w.to_string()).unwrap_or_default()
                    )),
                    Err(problem) => fault(format!("{}: {problem}", entry.address)),
                }
            }
        }
        Self(names)
    }

    /// All of them, in order.
    pub fn identities(&self) -> impl Iterator<Item = &Identity> {
        self.0.keys()
    }

    /// The name of a safeguarded identity, and what it is.
    pub(crate) fn find(&self, identity: &Identity) -> Option<(&str, &'static str)> {
        self.0.get(identity).map(|(name, what)| (&**name, *what))
    }
}
