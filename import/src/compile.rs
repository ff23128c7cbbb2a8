//! Making tags of what importers hand over, and a set of the tags: what holds, what does not, and why.

use crate::entry::{Entry, day};
use crate::fault::Fault;
use crate::formats::{Importer, Sink};
use crate::input::Input;
use crate::network::chain;
use crate::safeguard::Safeguards;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use taintwatch::{
    Actor, Address, Chain, Confidence, Date, Incident, Keep, Set, SetBuilder, SetInfo, Share, Source, Tag,
    read, read_on,
};

/// What a set is to be.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Its stable name.
    pub id: String,
    /// Its title for people.
    pub title: String,
    /// The day up to which it was kept; else the last on which a file was issued or, where none says that, a row changed.
    pub date: Option<Date>,
    /// Where to write to its publisher about an address that is listed by mistake: see [`dispute`].
    pub dispute: Option<String>,
    /// How much of each identity it keeps.
    pub keep: Keep,
    /// The chains that it is about; none stands for all. What is on another is a fault.
    pub chains: Vec<&'static Chain>,
    /// The kinds of abuse that it is about; none stands for all.
    pub abuses: Vec<String>,
    /// The safeguards, by name, that do not hold here.
    pub unguarded: Vec<String>,
    /// What entries are where their file does not say.
    pub defaults: Defaults,
    /// For a field of an entry the name of its column in CSV files, or of its key in JSON lists.
    pub columns: BTreeMap<String, String>,
    /// Whether an actor must be known to be named.
    pub is_strict: bool,
}

/// Where to write to a set's publisher about an address that is listed by mistake.
///
/// # Errors
/// Where it is neither a page nor a mailbox.
pub fn dispute(text: &str) -> Result<String, String> {
    if SetInfo::is_dispute(text) {
        return Ok(text.to_owned());
    }
    Err(format!("`{text}` is neither a page (https://…) nor a mailbox (mailto:…)"))
}

/// What entries are where their file does not say: fields of [`Entry`] by the same names.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)]
pub struct Defaults {
    pub network: String,
    pub label: String,
    pub incident: String,
    pub actor: String,
    pub abuse: String,
    pub role: String,
    pub confidence: String,
    pub source_title: String,
    pub source_publisher: String,
    pub source_url: String,
    pub source_date: String,
}

/// A set that was compiled.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many rows became tags.
    pub rows: u64,
    /// How many of them say no confidence and so are `unknown`.
    pub unsure: u64,
    /// How many different identities they are of.
    pub identities: u32,
}

/// What rows do not say that a tag must have, and that was not given for all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lacks {
    /// Neither the title of a source nor its URL.
    pub source: bool,
    /// What the address is.
    pub label: bool,
    /// When any of it was published or changed, by which the set would have a date.
    pub date: bool,
}

/// Collects what files say.
pub struct Compiler {
    options: Options,
    safeguards: Safeguards,
    set: SetBuilder,
    actors: BTreeMap<String, Actor>,
    incidents: BTreeMap<String, Incident>,
    /// Actors and incidents that tags name.
    named: [BTreeSet<String>; 2],
    issued: Option<Date>,
    changed: Option<Date>,
    rows: u64,
    unsure: u64,
    lacks: Cell<Lacks>,
    faults: Vec<Fault>,
    /// Fields that a column was named for which no file had yet.
    missing: BTreeSet<String>,
    file: PathBuf,
    /// The confidence of the format in hand.
    confidence: &'static str,
}

impl Compiler {
    /// Begins a set.
    pub fn new(options: Options, safeguards: Safeguards) -> Self {
        let any_day = Date::parse("0001").unwrap_or_else(|| unreachable!("the first year is a date"));
        let chains = options.chains.iter().map(|chain| chain.caip2.to_owned());
        let set = SetBuilder::new(&options.id, &options.title, any_day)
            .dispute(options.dispute.clone())
            .keep(options.keep)
            .scope(chains, options.abuses.iter().cloned());
        let missing = options.columns.keys().cloned().collect();
        Self {
            safeguards,
            set,
            options,
            actors: BTreeMap::new(),
            incidents: BTreeMap::new(),
            named: Default::default(),
            issued: None,
            changed: None,
            rows: 0,
            unsure: 0,
            lacks: Cell::default(),
            faults: Vec::new(),
            missing,
            file: PathBuf::new(),
            confidence: "",
        }
    }

    /// Reads a file. What is wrong with it is among the faults.
    pub fn read(&mut self, importer: &dyn Importer, input: &Input) {
        self.file = input.path().to_owned();
        self.confidence = importer.confidence();
        if let Err(fault) = importer.read(input, self) {
            self.faults.push(fault);
        }
    }

    /// Takes what was wrong so far.
    pub fn take_faults(&mut self) -> Vec<Fault> {
        std::mem::take(&mut self.faults)
    }

    /// What some row lacked so far.
    #[must_use]
    pub fn lacks(&self) -> Lacks {
        let lacks = self.lacks.get();
        Lacks { date: lacks.date && self.date().is_none(), ..lacks }
    }

    fn date(&self) -> Option<Date> {
        self.options.date.or(self.issued).or(self.changed)
    }

    /// The set of all that holds.
    ///
    /// # Errors
    /// Where there is no date for it, a column that was named is in no file, or there is more than a set has room for.
    pub fn finish(mut self) -> Result<Compiled, String> {
        if let Some(field) = self.missing.first() {
            return Err(format!("no file has `{}` for the {field}", self.options.columns[field]));
        }
        let date = self
            .date()
            .ok_or("the set needs a date, as no file says when it was issued or changed; --date does")?;
        let mut set = self.set.dated(date);
        for id in &self.named[0] {
            let unknown = || Actor { id: id.clone(), label: id.clone(), ..Actor::default() };
            set.actor(self.actors.remove(id).unwrap_or_else(unknown));
        }
        if self.options.is_strict {
            self.actors.into_values().for_each(|actor| set.actor(actor));
        }
        for (id, incident) in self.incidents {
            if self.options.is_strict || self.named[1].contains(&id) {
                set.incident(incident);
            }
        }
        let bytes = set.finish().map_err(|error| error.to_string())?;
        let identities = Set::describe(&bytes).map_err(|error| error.to_string())?.identities;
        Ok(Compiled { bytes, rows: self.rows, unsure: self.unsure, identities })
    }

    /// The tag that an entry is, or why it is none.
    fn tag(&self, entry: &Entry) -> Result<Tag, String> {
        let defaults = &self.options.defaults;
        let or = |own: &str, default: &str| if own.is_empty() { default.to_owned() } else { own.to_owned() };
        let address = address(entry, &defaults.network)?;
        if let Some((name, what)) = self.safeguards.find(&address.identity())
            && !self.options.unguarded.iter().any(|unguarded| unguarded == name)
        {
            return Err(format!("this is {name}, {what}: it must not be tagged"));
        }
        let source = Source {
            title: or(entry.source.title, &defaults.source_title),
            publisher: or(entry.source.publisher, &defaults.source_publisher),
            url: or(entry.source.url, &defaults.source_url),
            date: day(&or(entry.source.date, &defaults.source_date)).to_owned(),
        };
        let label = or(entry.label, &defaults.label);
        let has_no_source = source.title.is_empty() && source.url.is_empty();
        let what = match (has_no_source, label.is_empty()) {
            (true, true) => "no source and no label",
            (true, false) => "no source",
            (false, true) => "no label",
            (false, false) => "",
        };
        if !what.is_empty() {
            let before = self.lacks.get();
            self.lacks.set(Lacks {
                source: before.source || has_no_source,
                label: before.label || label.is_empty(),
                date: before.date || entry.date.is_empty(),
            });
            return Err(format!("it says {what}, and none was given for all"));
        }
        let confidence = or(&or(entry.confidence, &defaults.confidence), self.confidence);
        let confidence = Confidence::from_id(&confidence)
            .ok_or_else(|| format!("`{confidence}` is not a confidence of GraphSense's"))?;
        let actor = Some(or(entry.actor, &defaults.actor)).filter(|actor| !actor.is_empty());
        if let Some(actor) = &actor
            && self.options.is_strict
            && !self.actors.contains_key(actor)
        {
            return Err(format!("the actor `{actor}` is not known: add it under actors/"));
        }
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let concepts = entry.concepts.split([' ', ',', '\t']).filter(|concept| !concept.is_empty());
        let abuse = or(entry.abuse, &defaults.abuse);
        self.is_in_scope(&address, &abuse)?;
        Ok(Tag {
            incident: given(&or(entry.incident, &defaults.incident)),
            actor,
            abuse,
            role: or(entry.role, &defaults.role),
            delisted: date(entry.delisted)?,
            asset: given(entry.asset),
            network: given(entry.network),
            concepts: concepts.map(str::to_owned).collect(),
            date: date(entry.date)?,
            hops: match entry.hops {
                "" => None,
                hops => Some(hops.parse().map_err(|_| format!("`{hops}` is not a number of hops"))?),
            },
            share: match entry.share {
                "" => None,
                share => {
                    let bad = || format!("`{share}` is not a share (0 to 1, or a percentage)");
                    Some(Share::parse(share).ok_or_else(bad)?)
                }
            },
            ..Tag::new(address, &label, confidence, source)
        })
    }

    fn is_in_scope(&self, address: &Address, abuse: &str) -> Result<(), String> {
        let Options { chains, abuses, .. } = &self.options;
        if !chains.is_empty() && !chains.iter().any(|chain| chain.code == address.chain().code) {
            return Err(format!("it is on {}, which is not in the set's scope", address.chain().name));
        }
        if !abuses.is_empty() && !abuses.iter().any(|other| other == abuse) {
            return Err(format!("its abuse `{abuse}` is not in the set's scope"));
        }
        Ok(())
    }
}

impl Sink for Compiler {
    fn entry(&mut self, entry: &Entry) {
        match self.tag(entry) {
            Ok(tag) => {
                self.rows += 1;
                let says_none = entry.confidence.is_empty() && self.options.defaults.confidence.is_empty();
                self.unsure += u64::from(says_none && self.confidence == "unknown");
                self.changed = self.changed.max(tag.date);
                for (named, id) in self.named.iter_mut().zip([&tag.actor, &tag.incident]) {
                    if let Some(id) = id
                        && !named.contains(id)
                    {
                        named.insert(id.clone());
                    }
                }
                self.set.tag(&tag);
            }
            Err(reason) => {
                let reason =
                    if entry.address.is_empty() { reason } else { format!("{}: {reason}", entry.address) };
                self.faults.push(Fault::new(&self.file, entry.line, reason));
            }
        }
    }

    fn actor(&mut self, actor: Actor) {
        let known = self.actors.get(&actor.id);
        if self.options.is_strict && known.is_some() {
            let reason = format!("the actor `{}` is here twice", actor.id);
            self.faults.push(Fault::new(&self.file, None, reason));
        }
        self.actors.insert(actor.id.clone(), actor);
    }

    fn incident(&mut self, incident: Incident) {
        self.incidents.insert(incident.id.clone(), incident);
    }

    fn issued(&mut self, date: Date) {
        self.issued = self.issued.max(Some(date));
    }

    fn fault(&mut self, line: Option<u64>, reason: String) {
        self.faults.push(Fault::new(&self.file, line, reason));
    }

    fn column(&self, field: &str) -> Option<&str> {
        self.options.columns.get(field).map(String::as_str)
    }

    fn found(&mut self, field: &str) {
        self.missing.remove(field);
    }
}

/// The date that a field says; none where it says nothing.
fn date(text: &str) -> Result<Option<Date>, String> {
    match text {
        "" => Ok(None),
        // Many say the time as well.
        text => {
            Date::parse(day(text)).map(Some).ok_or_else(|| format!("`{text}` is not a date (yyyy-mm-dd)"))
        }
    }
}

/// The address that an entry is about.
///
/// A network must be one of ours, and the address one on it. An asset's code is no chain: it picks among the chains
/// that the address may be on, as OFAC's Bitcoin entries hold a TRON address and its Bitcoin Cash ones no prefix.
fn address(entry: &Entry, default_network: &str) -> Result<Address, String> {
    let network = if entry.network.is_empty() { default_network } else { entry.network };
    if !network.is_empty() {
        let chain = chain(network).ok_or_else(|| format!("the network `{network}` is not known"))?;
        return on_chain(entry.address, chain)?
            .ok_or_else(|| format!("this is not an address on {}", chain.name));
    }
    if let Some(chain) = Chain::named(entry.asset)
        && let Ok(Some(address)) = on_chain(entry.address, chain)
    {
        return Ok(address);
    }
    let reading = read(entry.address).map_err(|problem| problem.to_string())?;
    if let Some(warning) = reading.warning {
        return Err(warning.to_string());
    }
    reading.addresses.first().copied().ok_or_else(|| "this is not an address".to_owned())
}

/// The address as one on a chain; `None` where it is one on another.
fn on_chain(text: &str, chain: &'static Chain) -> Result<Option<Address>, String> {
    match read_on(chain, text) {
        Ok(reading) => match reading.warning {
            Some(warning) => Err(warning.to_string()),
            None => Ok(reading.addresses.first().copied()),
        },
        Err(problem) if problem.code() == "wrong_chain" => Ok(None),
        Err(problem) => Err(problem.to_string()),
    }
}
