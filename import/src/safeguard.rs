//! Addresses that must never be tagged: contracts and services that everybody uses.

use crate::fault::Fault;
use serde::Deserialize;
use serde_saphyr::Spanned;
use std::collections::BTreeMap;
use std::path::PathBuf;
use taintwatch::{Chain, Identity, read};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SafeguardFile {
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
pub(crate) struct Safeguards(BTreeMap<Identity, String>);

impl Safeguards {
    pub(crate) fn new(files: Vec<(PathBuf, SafeguardFile)>, faults: &mut Vec<Fault>) -> Self {
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
                        names.insert(reading.addresses[0].identity(), format!("{}, {what}", entry.name));
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

    /// The name and kind of a safeguarded identity.
    pub(crate) fn name(&self, identity: &Identity) -> Option<&str> {
        self.0.get(identity).map(String::as_str)
    }
}
