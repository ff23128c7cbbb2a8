//! TagPacks and ActorPacks, GraphSense's YAML for tags and actors.
//!
//! Fields are those of the reference schema, and every field of a tag may
//! stand at the top of the pack, from where its tags inherit it. Ours, as the
//! schema has no place for them: `incident`, `sources`, `role` and `delisted`
//! in a TagPack, `about` in an ActorPack (see `docs/data.md`).

use crate::fault::Fault;
use crate::safeguard::Safeguards;
use serde::Deserialize;
use serde_saphyr::Spanned;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use taintwatch::{Actor, Address, Chain, Confidence, Date, Incident, Source, Tag, read};

/// A struct whose fields are its own and those that a tag inherits from its pack.
macro_rules! with_tag_fields {
    ($(#[$meta:meta])* struct $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name {
            $($(#[$field_meta])* $field: $type,)*
            label: Option<String>,
            source: Option<String>,
            currency: Option<String>,
            network: Option<String>,
            confidence: Option<String>,
            lastmod: Option<String>,
            actor: Option<String>,
            abuse: Option<String>,
            role: Option<String>,
            delisted: Option<String>,
            #[serde(rename = "context")]
            _context: Option<String>,
            #[serde(rename = "category")]
            _category: Option<String>,
            #[serde(rename = "concepts")]
            _concepts: Option<Vec<String>>,
            #[serde(rename = "is_cluster_definer")]
            _is_cluster_definer: Option<bool>,
            #[serde(rename = "tag_type")]
            _tag_type: Option<String>,
        }
    };
}

with_tag_fields! {
    /// A pack: its header, what its tags inherit, and the tags.
    struct TagPack {
        title: String,
        creator: String,
        #[serde(rename = "description")]
        _description: Option<String>,
        #[serde(rename = "is_public")]
        _is_public: Option<bool>,
        incident: IncidentFields,
        sources: Vec<Source>,
        tags: Vec<Spanned<TagFields>>,
    }
}

with_tag_fields! {
    /// A tag: the address and what is said of it.
    struct TagFields {
        address: String,
    }
}

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
#[serde(deny_unknown_fields)]
pub(crate) struct ActorPack {
    #[serde(rename = "title")]
    _title: String,
    #[serde(rename = "creator")]
    _creator: String,
    #[serde(rename = "description")]
    _description: Option<String>,
    #[serde(rename = "is_public")]
    _is_public: Option<bool>,
    actors: Vec<ActorFields>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActorFields {
    id: String,
    label: String,
    uri: String,
    #[serde(default)]
    about: String,
    #[serde(rename = "lastmod")]
    _lastmod: String,
    #[serde(rename = "categories")]
    _categories: Vec<String>,
    #[serde(rename = "jurisdictions")]
    _jurisdictions: Option<Vec<String>>,
    #[serde(rename = "aliases")]
    _aliases: Option<Vec<String>>,
    #[serde(rename = "context")]
    _context: Option<String>,
}

impl ActorPack {
    pub(crate) fn actors(self) -> impl Iterator<Item = Actor> {
        self.actors.into_iter().map(|a| Actor { id: a.id, label: a.label, uri: a.uri, about: a.about })
    }
}

impl TagPack {
    /// The incident and the tags that hold; what does not hold becomes a fault.
    pub(crate) fn resolve(
        self,
        file: &Path,
        actors: &BTreeMap<String, Actor>,
        safeguards: &Safeguards,
        faults: &mut Vec<Fault>,
    ) -> (Incident, Vec<Tag>) {
        let mut header = |reason: String| faults.push(Fault::new(file, None, reason));
        let i = &self.incident;
        if file.file_stem().is_none_or(|stem| stem != i.id.as_str()) {
            header(format!("the file must be named after its incident, `{}.yaml`", i.id));
        }
        if Date::parse(&i.date).is_none() {
            header(format!("`{}` is not a date (yyyy-mm-dd, yyyy-mm or yyyy)", i.date));
        }
        if self.title.is_empty() || self.creator.is_empty() || i.title.is_empty() || i.about.is_empty() {
            header(
                "the pack needs a title and a creator, and the incident a title and an `about`".to_owned(),
            );
        }
        for source in &self.sources {
            if source.title.is_empty() || source.publisher.is_empty() || !source.url.starts_with("https://") {
                header(format!(
                    "the source `{}` needs a title, a publisher and a date, and an https address",
                    source.url
                ));
            }
            if Date::parse(&source.date).is_none() {
                header(format!("`{}` is not a date (yyyy-mm-dd)", source.date));
            }
        }
        let mut tags = Vec::new();
        let mut seen = BTreeSet::new();
        for fields in &self.tags {
            let line = Some(fields.referenced.line());
            match self.resolve_tag(&fields.value, actors, safeguards) {
                Ok(tag) if !seen.insert((tag.address.identity(), tag.address.chain().code)) => {
                    faults.push(Fault::new(file, line, format!("{} is here twice", fields.value.address)));
                }
                Ok(tag) => tags.push(tag),
                Err(reason) => {
                    faults.push(Fault::new(file, line, format!("{}: {reason}", fields.value.address)))
                }
            }
        }
        let i = self.incident;
        (Incident { id: i.id, title: i.title, date: i.date, loss: i.loss, about: i.about }, tags)
    }

    fn resolve_tag(
        &self,
        fields: &TagFields,
        actors: &BTreeMap<String, Actor>,
        safeguards: &Safeguards,
    ) -> Result<Tag, String> {
        /// The tag's own field, or else the pack's.
        macro_rules! inherited {
            ($field:ident) => {
                fields.$field.as_deref().or(self.$field.as_deref())
            };
        }
        let needed = |value: Option<&str>, name: &str| {
            value.filter(|v| !v.is_empty()).map(str::to_owned).ok_or_else(|| format!("the tag has no {name}"))
        };
        let network = needed(inherited!(network).or(inherited!(currency)), "network")?;
        let chain = Chain::named(&network).ok_or_else(|| format!("the network `{network}` is not known"))?;
        let address = read_on(&fields.address, chain)?;
        if let Some(name) = safeguards.name(&address.identity()) {
            return Err(format!("this is {name}: it must not be tagged"));
        }
        let url = needed(inherited!(source), "source")?;
        let source = self.sources.iter().find(|source| source.url == url);
        let source =
            source.ok_or_else(|| format!("its source {url} is not among the `sources` of the file"))?;
        let confidence = needed(inherited!(confidence), "confidence")?;
        let actor = inherited!(actor).map(str::to_owned);
        if let Some(actor) = &actor
            && !actors.contains_key(actor)
        {
            return Err(format!("the actor `{actor}` is not known: add it under actors/"));
        }
        let date =
            |text: &str| Date::parse(text).ok_or_else(|| format!("`{text}` is not a date (yyyy-mm-dd)"));
        inherited!(lastmod).map(date).transpose()?;
        Ok(Tag {
            incident: Some(self.incident.id.clone()),
            actor,
            abuse: inherited!(abuse).unwrap_or_default().to_owned(),
            role: inherited!(role).unwrap_or_default().to_owned(),
            delisted: inherited!(delisted).map(date).transpose()?,
            ..Tag::new(
                address,
                &needed(inherited!(label), "label")?,
                Confidence::from_id(&confidence)
                    .ok_or_else(|| format!("`{confidence}` is not a confidence of GraphSense's"))?,
                source.clone(),
            )
        })
    }
}

/// The address as one on `chain`, or why it is none.
fn read_on(text: &str, chain: &'static Chain) -> Result<Address, String> {
    let reading = read(text).map_err(|problem| problem.to_string())?;
    if let Some(warning) = reading.warning {
        return Err(warning.to_string());
    }
    let on_chain = reading.addresses.iter().find_map(|address| address.on(chain));
    on_chain.ok_or_else(|| format!("this is not an address on {}", chain.name))
}
