//! TagPacks and ActorPacks, GraphSense's YAML for tags and actors.
//!
//! Fields are those of the reference schema, and every field of a tag may
//! stand at the top of the pack, from where its tags inherit it. Ours, as the
//! schema has no place for them: `incident`, `sources`, `role`, `delisted`,
//! `hops` and `share` in a TagPack, `about` in an ActorPack (see `docs/data.md`).

use super::{Importer, Sink};
use crate::entry::{Entry, SourceFields};
use crate::fault::Fault;
use crate::input::Input;
use crate::yaml::parse;
use serde::Deserialize;
use serde_saphyr::Spanned;
use std::collections::BTreeSet;
use taintwatch::{Actor, Date, Incident, Source};

/// Reads TagPacks and ActorPacks; with `is_strict` as those of the built-in set, which have an incident and sources.
pub(crate) struct TagPacks {
    pub is_strict: bool,
}

/// A struct whose fields are its own and those that a tag inherits from its pack.
macro_rules! with_tag_fields {
    ($(#[$meta:meta])* struct $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* }) => {
        #[derive(Deserialize)]
        $(#[$meta])*
        pub(super) struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
            pub label: Option<String>,
            pub source: Option<String>,
            pub currency: Option<String>,
            pub network: Option<String>,
            pub confidence: Option<String>,
            pub lastmod: Option<String>,
            pub actor: Option<String>,
            pub abuse: Option<String>,
            pub role: Option<String>,
            pub delisted: Option<String>,
            pub hops: Option<u16>,
            pub share: Option<f64>,
            pub category: Option<String>,
            pub concepts: Option<Vec<String>>,
            #[serde(rename = "context")]
            pub _context: Option<serde_json::Value>,
            #[serde(rename = "is_cluster_definer")]
            pub _is_cluster_definer: Option<bool>,
            #[serde(rename = "tag_type")]
            pub _tag_type: Option<String>,
        }
    };
}

/// The packs by these rules, in a module of their own.
macro_rules! packs {
    ($(#[$doc:meta])* $module:ident $(, $rule:meta)*) => {
        $(#[$doc])*
        mod $module {
            use super::{Deserialize, IncidentFields, Source, Spanned};

            with_tag_fields! {
                /// A pack: its header, what its tags inherit, and the tags.
                $(#[$rule])*
                struct TagPack {
                    title: String,
                    creator: String,
                    #[serde(rename = "description")]
                    _description: Option<String>,
                    #[serde(rename = "owner")]
                    _owner: Option<String>,
                    #[serde(rename = "is_public")]
                    _is_public: Option<bool>,
                    incident: Option<IncidentFields>,
                    #[serde(default)]
                    sources: Vec<Source>,
                    tags: Vec<Spanned<TagFields>>,
                }
            }

            with_tag_fields! {
                /// A tag: the address and what is said of it.
                $(#[$rule])*
                struct TagFields {
                    address: Option<String>,
                    tx_hash: Option<String>,
                }
            }
        }
    };
}

packs!(
    /// The packs of others, which may say more than is understood here.
    loose
);
packs!(
    /// Our own packs, in which a field that nobody knows is a mistake.
    #[allow(dead_code)]
    strict, serde(deny_unknown_fields)
);
use loose::TagPack;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IncidentFields {
    id: String,
    title: String,
    date: String,
    loss: String,
    about: String,
    /// For those who keep the data: what is not known, where sources disagree. Not shown.
    #[serde(default, rename = "notes")]
    _notes: Vec<String>,
}

#[derive(Deserialize)]
struct ActorPack {
    #[serde(rename = "title")]
    _title: String,
    #[serde(rename = "creator")]
    _creator: String,
    #[serde(rename = "description")]
    _description: Option<String>,
    #[serde(rename = "is_public")]
    _is_public: Option<bool>,
    actors: Vec<ActorFields>,
    #[serde(rename = "lastmod")]
    _lastmod: Option<String>,
    #[serde(rename = "categories")]
    _categories: Option<Vec<String>>,
    #[serde(rename = "jurisdictions")]
    _jurisdictions: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct ActorFields {
    id: String,
    label: String,
    uri: String,
    #[serde(default)]
    about: String,
    #[serde(rename = "lastmod")]
    _lastmod: Option<String>,
    #[serde(rename = "categories")]
    _categories: Option<Vec<String>>,
    #[serde(rename = "jurisdictions")]
    _jurisdictions: Option<Vec<String>>,
    #[serde(rename = "aliases")]
    _aliases: Option<Vec<String>>,
    #[serde(rename = "context")]
    _context: Option<serde_json::Value>,
}

impl Importer for TagPacks {
    fn name(&self) -> &'static str {
        "tagpack"
    }

    fn about(&self) -> &'static str {
        "GraphSense's TagPacks and ActorPacks as YAML"
    }

    fn fits(&self, name: &str, _: &str) -> bool {
        name.ends_with(".yaml") || name.ends_with(".yml")
    }

    fn read(&self, input: &Input, sink: &mut dyn Sink) -> Result<(), Fault> {
        let text = with_header(input.text()?);
        if text.lines().any(|line| line.starts_with("actors:")) {
            let pack: ActorPack = parse(input, &text)?;
            for a in pack.actors {
                sink.actor(Actor { id: a.id, label: a.label, uri: a.uri, about: a.about });
            }
            return Ok(());
        }
        if self.is_strict {
            parse::<strict::TagPack>(input, &text)?;
        }
        let pack: TagPack = parse(input, &text)?;
        if self.is_strict {
            check(&pack, input, sink);
        }
        self.hand_over(&pack, sink);
        if let Some(i) = pack.incident {
            sink.incident(Incident { id: i.id, title: i.title, date: i.date, loss: i.loss, about: i.about });
        }
        Ok(())
    }
}

/// A pack whose fields stand in its `header`, mostly one that many packs include, as if they stood in the pack itself.
fn with_header(text: String) -> String {
    match text.strip_prefix("header:").or_else(|| text.split_once("\nheader:").map(|(_, rest)| rest)) {
        Some(rest) => {
            let before = &text[..text.len() - rest.len() - "header:".len()];
            format!("{before}<<:{rest}")
        }
        None => text,
    }
}

/// What the header of a pack of the built-in set must have.
fn check(pack: &TagPack, input: &Input, sink: &mut dyn Sink) {
    let mut fault = |reason: String| sink.fault(None, reason);
    let Some(i) = &pack.incident else { return fault("the pack has no `incident`".to_owned()) };
    if input.path().file_stem().is_none_or(|stem| stem != i.id.as_str()) {
        fault(format!("the file must be named after its incident, `{}.yaml`", i.id));
    }
    if Date::parse(&i.date).is_none() {
        fault(format!("`{}` is not a date (yyyy-mm-dd, yyyy-mm or yyyy)", i.date));
    }
    if pack.title.is_empty() || pack.creator.is_empty() || i.title.is_empty() || i.about.is_empty() {
        fault("the pack needs a title and a creator, and the incident a title and an `about`".to_owned());
    }
    for source in &pack.sources {
        if source.title.is_empty() || source.publisher.is_empty() || !source.url.starts_with("https://") {
            fault(format!(
                "the source `{}` needs a title, a publisher and a date, and an https address",
                source.url
            ));
        }
        if Date::parse(&source.date).is_none() {
            fault(format!("`{}` is not a date (yyyy-mm-dd)", source.date));
        }
    }
}

impl TagPacks {
    fn hand_over(&self, pack: &TagPack, sink: &mut dyn Sink) {
        let mut seen = BTreeSet::new();
        for tag in &pack.tags {
            let line = Some(tag.referenced.line());
            let fields = &tag.value;
            /// The tag's own field, or else the pack's.
            macro_rules! inherited {
                ($field:ident) => {
                    fields.$field.as_deref().or(pack.$field.as_deref()).unwrap_or_default()
                };
            }
            let Some(address) = fields.address.as_deref() else {
                let what = fields.tx_hash.as_deref().map_or("nothing", |_| "a transaction");
                sink.fault(line, format!("this tag is of {what}, not of an address"));
                continue;
            };
            let network = if self.is_strict && inherited!(network).is_empty() {
                inherited!(currency)
            } else {
                inherited!(network)
            };
            if self.is_strict && !seen.insert((address.to_lowercase(), network)) {
                sink.fault(line, format!("{address} is here twice"));
                continue;
            }
            let url = inherited!(source);
            let listed = pack.sources.iter().find(|source| source.url == url);
            if self.is_strict && !url.is_empty() && listed.is_none() {
                let reason = format!("{address}: its source {url} is not among the `sources` of the file");
                sink.fault(line, reason);
                continue;
            }
            let source = match listed {
                Some(Source { title, publisher, url, date }) => SourceFields { title, publisher, url, date },
                None if url.is_empty() => SourceFields::default(),
                None => SourceFields {
                    title: &pack.title,
                    publisher: &pack.creator,
                    url,
                    date: inherited!(lastmod),
                },
            };
            let own = fields.concepts.as_deref().or(pack.concepts.as_deref()).unwrap_or_default();
            let category = fields.category.iter().chain(&pack.category).take(1);
            let concepts: Vec<&str> = own.iter().chain(category).map(String::as_str).collect();
            let number = |own: Option<String>| own.unwrap_or_default();
            sink.entry(&Entry {
                line,
                address,
                network,
                asset: inherited!(currency),
                label: inherited!(label),
                incident: pack.incident.as_ref().map_or("", |incident| &incident.id),
                actor: inherited!(actor),
                abuse: inherited!(abuse),
                concepts: &concepts.join(" "),
                role: inherited!(role),
                confidence: inherited!(confidence),
                source,
                delisted: inherited!(delisted),
                date: inherited!(lastmod),
                hops: &number(fields.hops.or(pack.hops).map(|hops| hops.to_string())),
                share: &number(fields.share.or(pack.share).map(|share| share.to_string())),
            });
        }
    }
}
