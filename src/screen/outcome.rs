//! The answer for one address, in the one shape that it has everywhere: in Rust,
//! in the command-line tool's JSON and across the Wasm boundary.

use crate::address::{Problem, Reading};
use crate::set::{Set, SetError, SetInfo};
use crate::tag::{Actor, Confidence, Incident, Source, Tag};
use core::cmp::Ordering;
use serde::Serialize;

/// How serious what is known is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Level {
    /// Nothing was found in the sets that were asked.
    None,
    /// Worth knowing, such as an address that was taken off a list again.
    Notice,
    /// Linked to an attacker by weaker evidence, or by the same script on another chain.
    Caution,
    /// The attacker's own, sanctioned, or the same key.
    Danger,
}

/// How an address matched a listed one, the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum How {
    /// It is the very address that was listed.
    Exact,
    /// It is the same identity on the same chain, written in another way.
    Encoding,
    /// It is the same identity on another chain.
    Chain,
    /// It is one typing error away from the listed one.
    Correction,
    /// Only a part is shown, and that part is the same.
    Shown,
}

/// The answer for one address: a verdict, or "not checked" with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Outcome {
    /// The address that was asked about, as it was given.
    pub address: String,
    /// How serious it is; `null` where it could not be told, which is neither clean nor danger.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Level | null"))]
    pub level: Option<Level>,
    /// What was found, the most serious first.
    pub matches: Vec<Match>,
    /// The incidents that the matches name.
    pub incidents: Vec<Incident>,
    /// The actors that the matches name.
    pub actors: Vec<Actor>,
    /// The sets that were asked, with their dates.
    pub asked: Vec<SetInfo>,
    /// What the address is, the most likely reading first.
    pub readings: Vec<ReadingInfo>,
    /// What is wrong or odd.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub problem: Option<ProblemInfo>,
}

/// One statement that matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Match {
    /// The listed address, as it was published.
    pub address: String,
    /// Its chain's CAIP-2 id.
    pub chain: String,
    /// Its chain's name for people.
    pub chain_name: String,
    /// How the address that was asked about matched it.
    pub how: How,
    /// Whether the same key answers to both; if not, it is the same script.
    pub same_key: bool,
    /// How serious this match is.
    pub level: Level,
    /// What the listed address is, in a few words.
    pub label: String,
    /// The incident's id, where there is one.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub incident: Option<String>,
    /// The actor's id, where one is named.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub actor: Option<String>,
    /// GraphSense's abuse concept.
    pub abuse: String,
    /// The part that the address played (`theft`, `holding`, `laundering`, `mixer`).
    pub role: String,
    /// GraphSense's confidence term.
    pub confidence: String,
    /// GraphSense's confidence level, 0 to 100.
    pub confidence_level: u8,
    /// Where it was published.
    pub source: Source,
    /// When it was taken off the list again, `yyyy-mm-dd`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub delisted: Option<String>,
    /// The code of the asset as it was published. It names no chain.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub asset: Option<String>,
    /// How many transfers the funds are away from the incident, where the publisher traced them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub hops: Option<u16>,
    /// What part of the address's receipts they are, in millionths.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub share: Option<u32>,
    /// The id of the set that says so.
    pub set: String,
}

/// One way in which the text is an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ReadingInfo {
    /// The chain's CAIP-2 id.
    pub chain: String,
    /// The chain's name for people.
    pub chain_name: String,
    /// Whether the chain's coins are worth nothing on purpose.
    pub testnet: bool,
    /// How it is written (`p2pkh`, `evm`).
    pub form: String,
    /// What it stands for: the kind, a colon and the bytes in hexadecimal.
    pub identity: String,
    /// The canonical spelling.
    pub address: String,
}

/// What is wrong or odd about an address, or why it was not checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ProblemInfo {
    /// A stable name for programs.
    pub code: String,
    /// A sentence that a person can act on.
    pub message: String,
    /// The place of the character that is wrong, from 1, where one is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub at: Option<usize>,
}

/// An address in a text and the answer for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Finding {
    /// Where it begins: bytes in Rust, UTF-16 units across the Wasm boundary.
    pub start: usize,
    /// Where it ends, in the same units.
    pub end: usize,
    /// The answer.
    pub outcome: Outcome,
}

impl From<&Problem> for ProblemInfo {
    fn from(problem: &Problem) -> Self {
        Self { code: problem.code().to_owned(), message: problem.to_string(), at: problem.at() }
    }
}

impl Outcome {
    /// The answer for a text that is no address.
    pub(super) fn not_an_address(text: &str, problem: &Problem, asked: Vec<SetInfo>) -> Self {
        Self {
            address: text.to_owned(),
            level: None,
            matches: Vec::new(),
            incidents: Vec::new(),
            actors: Vec::new(),
            asked,
            readings: Vec::new(),
            problem: Some(problem.into()),
        }
    }

    /// The answer for an address before anything was found.
    pub(super) fn clean(text: &str, reading: &Reading, asked: Vec<SetInfo>) -> Self {
        let readings = reading.addresses.iter().map(|address| ReadingInfo {
            chain: address.chain().caip2.to_owned(),
            chain_name: address.chain().name.to_owned(),
            testnet: address.chain().testnet,
            form: address.form().name().to_owned(),
            identity: format!("{:?}", address.identity()),
            address: address.to_string(),
        });
        Self {
            address: text.to_owned(),
            level: Some(Level::None),
            matches: Vec::new(),
            incidents: Vec::new(),
            actors: Vec::new(),
            asked,
            readings: readings.collect(),
            problem: reading.warning.as_ref().map(Into::into),
        }
    }

    pub(super) fn add(&mut self, set: &Set, tag: Tag, how: How, level: Level) {
        let named = |incident: &Incident| Some(&incident.id) == tag.incident.as_ref();
        if !self.incidents.iter().any(named) {
            self.incidents.extend(tag.incident.as_deref().and_then(|id| set.incident(id)));
        }
        if !self.actors.iter().any(|actor| Some(&actor.id) == tag.actor.as_ref()) {
            self.actors.extend(tag.actor.as_deref().and_then(|id| set.actor(id)));
        }
        let found = Match {
            address: tag.address.to_string(),
            chain: tag.address.chain().caip2.to_owned(),
            chain_name: tag.address.chain().name.to_owned(),
            how,
            same_key: tag.address.identity().kind().is_key(),
            level,
            label: tag.label,
            incident: tag.incident,
            actor: tag.actor,
            abuse: tag.abuse,
            role: tag.role,
            confidence: tag.confidence.id().to_owned(),
            confidence_level: tag.confidence.level(),
            source: tag.source,
            delisted: tag.delisted.map(|date| date.to_string()),
            asset: tag.asset,
            hops: tag.hops,
            share: tag.share.map(|share| share.millionths()),
            set: set.info().id.clone(),
        };
        let at = self.matches.partition_point(|other| found.compare(other) != Ordering::Less);
        self.matches.insert(at, found);
    }

    /// Something worth knowing that is no evidence.
    pub(super) fn note(&mut self, problem: &Problem) {
        self.level = self.level.max(Some(Level::Notice));
        self.problem.get_or_insert_with(|| problem.into());
    }

    /// A set could not answer: what the others found still counts, but nothing is called clean.
    pub(super) fn failed(&mut self, set: &Set, error: &SetError) {
        self.problem = Some(ProblemInfo {
            code: error.code().to_owned(),
            message: format!("{}: {error}", set.info().title),
            at: None,
        });
    }

    /// Settles the level.
    pub(super) fn finish(mut self) -> Self {
        if self.asked.is_empty() {
            self.problem = Some(ProblemInfo {
                code: "no_set".to_owned(),
                message: "no set is loaded, so nothing could be looked up".to_owned(),
                at: None,
            });
        }
        let found = self.matches.iter().map(|found| found.level).max();
        let noted = self.level.filter(|level| *level > Level::None && !self.asked.is_empty());
        self.level = match (found.max(noted), &self.problem) {
            (Some(level), _) => Some(level),
            (None, Some(_)) => None,
            (None, None) => Some(Level::None),
        };
        self
    }
}

impl Match {
    /// The more serious, surer, closer and newer come first.
    fn compare(&self, other: &Self) -> Ordering {
        let rank = |m: &Self| (m.level, m.confidence_level);
        rank(other)
            .cmp(&rank(self))
            .then(self.how.cmp(&other.how))
            .then_with(|| other.source.date.cmp(&self.source.date))
            .then_with(|| other.incident.cmp(&self.incident))
    }

    /// How sure it is, in plain words.
    pub fn confidence_words(&self) -> &'static str {
        Confidence::from_id(&self.confidence).unwrap_or(Confidence::Unknown).words()
    }
}
