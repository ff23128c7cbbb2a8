//! Verdicts: what is known about an address, by every set that was asked.
//!
//! The [`Screener`] reads, looks up and judges. How serious a match is stands
//! in [`policy`] alone; [`outcome`] is the answer as it goes to people and
//! programs. This module knows no browser.

mod cut;
mod listing;
mod outcome;
mod policy;

use crate::address::{Address, Chain, Problem, Reading, Shape, evm_identity, read, read_on, recognise};
use crate::identity::Identity;
use crate::scan::{Found, SHORTEST, scan, scan_bytes};
use crate::set::{Set, SetInfo};
use crate::tag::Tag;
use cut::{Cut, cuts};
pub(crate) use listing::Listing;

pub use outcome::{Finding, How, Level, Match, Outcome, ProblemInfo, ReadingInfo};

/// Holds the sets and answers for addresses and texts.
///
/// ```
/// use taintwatch::{Level, Screener, Set};
/// let mut screener = Screener::new();
/// // Without a set nothing can be known, and the answer says so.
/// assert_eq!(screener.screen("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa").level, None);
///
/// screener.add(Set::open(taintwatch_data::BUILTIN)?);
/// assert_eq!(screener.screen("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa").level, Some(Level::None));
/// # Ok::<(), taintwatch::SetError>(())
/// ```
#[derive(Debug, Default)]
pub struct Screener {
    sets: Vec<Set>,
}

impl Screener {
    /// A screener without sets.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a set; one with the same id is replaced.
    pub fn add(&mut self, set: Set) {
        self.sets.retain(|old| old.info().id != set.info().id);
        self.sets.push(set);
    }

    /// Takes the set of this id away; tells whether it was there.
    pub fn remove(&mut self, id: &str) -> bool {
        let count = self.sets.len();
        self.sets.retain(|set| set.info().id != id);
        self.sets.len() < count
    }

    /// The sets that are asked.
    pub fn sets(&self) -> &[Set] {
        &self.sets
    }

    /// What is known about one address: the whole text, but for white space around it or inside it.
    /// Where the checksum does not hold, the problem tells the place of the typing error if one explains it.
    pub fn screen(&self, address: &str) -> Outcome {
        self.screen_for(address, None)
    }

    /// The same where it is known which chain an address is asked for: its readings on that chain come first, and one on
    /// another network is told as such.
    ///
    /// ```
    /// use taintwatch::{Chain, Level, Screener, Set};
    /// let mut screener = Screener::new();
    /// screener.add(Set::open(taintwatch_data::BUILTIN)?);
    /// let outcome = screener.screen_for("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", Chain::named("ETH"));
    /// assert_eq!((outcome.level, outcome.problem.unwrap().code.as_str()), (Some(Level::Notice), "wrong_network"));
    /// # Ok::<(), taintwatch::SetError>(())
    /// ```
    pub fn screen_for(&self, address: &str, asked: Option<&'static Chain>) -> Outcome {
        let text = address.trim();
        let reading = asked.and_then(|chain| read_on(chain, text).ok()).map_or_else(|| read(text), Ok);
        let problem = match reading {
            Ok(mut reading) => {
                let corrected = corrections(reading.warning.as_ref(), text);
                reading.warning = reading.warning.map(|warning| warning.located(text, &corrected));
                return self.judge(text, reading, asked, &corrected);
            }
            Err(problem) => problem,
        };
        // A text with an address inside, such as a payment link, is answered for that address.
        let mut found = scan(text);
        if let (Some(found), true) = (found.pop(), found.is_empty()) {
            let named = asked.or(found.named);
            return self.judge(&found.text, found.reading.with_warning(&found.text), named, &[]);
        }
        // So is one that was broken into groups or lines.
        let whole: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        match read(&whole) {
            Ok(reading) if self.is_meant(&whole, &reading) => self.judge(&whole, reading, asked, &[]),
            _ => self.judge_text(text, problem),
        }
    }

    /// The answer for what is no address as it stands: a mistyped one, or one that is not shown whole.
    fn judge_text(&self, text: &str, problem: Problem) -> Outcome {
        match &cuts(text)[..] {
            [cut] if cut.span == (0..text.len()) => self.judge_cut(cut, text),
            _ => {
                let corrected = problem.corrections(text);
                self.judge_mistyped(text, problem, &corrected)
            }
        }
    }

    fn judge_mistyped(&self, text: &str, problem: Problem, corrected: &[(usize, String)]) -> Outcome {
        let problem = problem.located(text, corrected);
        let mut outcome = Outcome::not_an_address(text, &problem, self.asked());
        self.add_corrections(&mut outcome, corrected);
        outcome.finish()
    }

    /// What is known about every address in a text, in order.
    pub fn screen_text(&self, text: &str) -> Vec<Finding> {
        self.screen_text_for(text, None)
    }

    /// The same where it is known which chain an address is asked for.
    pub fn screen_text_for(&self, text: &str, asked: Option<&'static Chain>) -> Vec<Finding> {
        let found = scan_bytes(text.as_bytes(), true);
        // Correcting takes as long as reading a thousand addresses: not where there are many.
        let is_short = found.len() <= MOST_CORRECTED;
        let mut findings: Vec<Finding> =
            found.into_iter().filter_map(|found| self.finding(found, asked, is_short)).collect();
        if findings.is_empty() {
            findings.extend(self.screen_broken(text, asked).or_else(|| self.screen_mistyped(text)));
        }
        // What is not shown whole is told of only where a listed address shows the same.
        for cut in cuts(text) {
            let outcome = self.judge_cut(&cut, text.get(cut.span.clone()).unwrap_or_default());
            if !outcome.matches.is_empty() {
                let at = findings.partition_point(|found| found.start < cut.span.start);
                findings.insert(at, Finding { start: cut.span.start, end: cut.span.end, outcome });
            }
        }
        findings
    }

    /// The answer for what a scan came upon. What may as well be a hash is told of only where it is listed, or an address
    /// on the chain that is asked for.
    /// With `correct`, one in a wrong letter case is looked up as what it may have been meant to be.
    pub(crate) fn finding(
        &self,
        found: Found,
        asked: Option<&'static Chain>,
        correct: bool,
    ) -> Option<Finding> {
        let is_asked = asked.is_some_and(|chain| found.reading.is_on(chain));
        if found.reading.may_be_a_hash(&found.text) && !is_asked && !self.is_listed(&found.reading) {
            return None;
        }
        let reading = found.reading.with_warning(&found.text);
        let corrected = corrections(reading.warning.as_ref().filter(|_| correct), &found.text);
        let outcome = self.judge(&found.text, reading, asked.or(found.named), &corrected);
        Some(Finding { start: found.span.start, end: found.span.end, outcome })
    }

    /// Whether any set has anything about an address, without what it says: the fast answer for many. `None` where the
    /// text is no address as it stands, or it could not be told; what is odd about it is not told.
    ///
    /// ```
    /// use taintwatch::{Screener, Set};
    /// let mut screener = Screener::new();
    /// screener.add(Set::open(taintwatch_data::BUILTIN)?);
    /// assert_eq!(screener.lists("TAqg8TXo8tmpaz7TwHS669Tgt8MPSWgoxB"), Some(true));
    /// assert_eq!(screener.lists("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"), Some(false));
    /// assert_eq!(screener.lists("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"), None);
    /// # Ok::<(), taintwatch::SetError>(())
    /// ```
    pub fn lists(&self, address: &str) -> Option<bool> {
        let in_any = |identity: &Identity| {
            let mut answer = Some(false);
            for set in &self.sets {
                match set.contains(identity) {
                    Ok(true) => return Some(true),
                    Ok(false) => {}
                    Err(_) => answer = None,
                }
            }
            answer
        };
        let is_asked = !self.sets.is_empty();
        if let Some(identity) = evm_identity(address.as_bytes()).filter(|_| is_asked) {
            return in_any(&identity);
        }
        let text = address.trim();
        let reading = recognise(text, Shape::of(text.as_bytes()), true).filter(|_| is_asked)?;
        // What one reading lists is listed; what one could not tell is not clean.
        let answers = reading.addresses.iter().map(|address| in_any(&address.identity()));
        answers.reduce(|a, b| if a == Some(true) || b == Some(false) { a } else { b }).flatten()
    }

    /// The same for many addresses at once.
    pub fn list_all<'a>(&self, addresses: impl IntoIterator<Item = &'a str>) -> Vec<Option<bool>> {
        let mut listing = Listing::new(self);
        addresses.into_iter().for_each(|address| listing.add(address.as_bytes()));
        listing.finish().into_iter().map(|answer| answer.told()).collect()
    }

    /// Whether a text that is not written in one piece is meant as an address: one that is not by chance, or a listed one.
    fn is_meant(&self, text: &str, reading: &Reading) -> bool {
        reading.is_checksummed() && !reading.may_be_a_hash(text) || self.is_listed(reading)
    }

    /// Whether any set has anything, or fails to tell, about an address.
    fn is_listed(&self, reading: &Reading) -> bool {
        let in_set = |set: &Set, address: &Address| set.contains(&address.identity()).unwrap_or(true);
        self.sets.iter().any(|set| reading.addresses.iter().any(|address| in_set(set, address)))
    }

    /// The answer for a text that is nothing but one address broken into groups or lines.
    fn screen_broken(&self, text: &str, asked: Option<&'static Chain>) -> Option<Finding> {
        let trimmed = text.trim();
        if trimmed.len() > 256 || !trimmed.contains(char::is_whitespace) {
            return None;
        }
        let whole: String = trimmed.chars().filter(|c| !c.is_whitespace()).collect();
        let reading = read(&whole).ok().filter(|reading| self.is_meant(&whole, reading))?;
        let start = text.len() - text.trim_start().len();
        let outcome = self.judge(&whole, reading, asked, &[]);
        Some(Finding { start, end: start + trimmed.len(), outcome })
    }

    /// The answer for a text that is nothing but one address with a typing error.
    fn screen_mistyped(&self, text: &str) -> Option<Finding> {
        let trimmed = text.trim();
        if !(SHORTEST..=LONGEST_CORRECTED).contains(&trimmed.len()) {
            return None;
        }
        let problem = read(trimmed).err()?;
        let corrected = problem.corrections(trimmed);
        if corrected.is_empty() {
            return None;
        }
        let start = text.len() - text.trim_start().len();
        let outcome = self.judge_mistyped(trimmed, problem, &corrected);
        Some(Finding { start, end: start + trimmed.len(), outcome })
    }

    fn asked(&self) -> Vec<SetInfo> {
        self.sets.iter().map(|set| set.info().clone()).collect()
    }

    fn judge(
        &self,
        text: &str,
        reading: Reading,
        asked: Option<&'static Chain>,
        corrected: &[(usize, String)],
    ) -> Outcome {
        let reading = reading.ranked_for(asked);
        let mut outcome = Outcome::clean(text, &reading, self.asked());
        self.add_matches(&mut outcome, &reading.addresses, None);
        if outcome.matches.is_empty() {
            self.add_corrections(&mut outcome, corrected);
        }
        if let Some(problem) = reading.notice(asked) {
            outcome.note(&problem);
        }
        outcome.finish()
    }

    /// Adds what is listed about these addresses; `how` overrides how they match.
    fn add_matches(&self, outcome: &mut Outcome, addresses: &[Address], how: Option<How>) {
        let mut identities: Vec<Identity> = Vec::new();
        for address in addresses {
            if !identities.contains(&address.identity()) {
                identities.push(address.identity());
            }
        }
        for set in &self.sets {
            for identity in &identities {
                match set.lookup(identity) {
                    Ok(tags) => {
                        for tag in tags {
                            let how = how.unwrap_or_else(|| how_of(addresses, &tag));
                            let level = policy::level(&tag, how);
                            outcome.add(set, tag, how, level);
                        }
                    }
                    Err(error) => outcome.failed(set, &error),
                }
            }
        }
    }

    /// Adds what is listed about the addresses that a mistyped one may have been meant to be.
    fn add_corrections(&self, outcome: &mut Outcome, corrected: &[(usize, String)]) {
        for (_, text) in corrected {
            if let Ok(reading) = read(text) {
                self.add_matches(outcome, &reading.addresses, Some(How::Correction));
            }
        }
    }

    /// The answer for an address that is not shown whole.
    fn judge_cut(&self, cut: &Cut, text: &str) -> Outcome {
        let mut outcome = Outcome::not_an_address(text, &Problem::Cut, self.asked());
        for set in &self.sets {
            // Every address has to be spelled for this; what is large is not asked.
            if set.info().identities > LARGEST_FOR_CUTS {
                continue;
            }
            set.each_identity(|identity| {
                for tag in set.lookup(&identity).unwrap_or_default() {
                    if cut.shows(&tag.address) {
                        let level = policy::level(&tag, How::Shown);
                        outcome.add(set, tag, How::Shown, level);
                    }
                }
            });
        }
        outcome.finish()
    }
}

/// Longer texts are not taken for mistyped addresses.
const LONGEST_CORRECTED: usize = 110;

/// In a text with more addresses than this, none is corrected.
const MOST_CORRECTED: usize = 4;

/// Cut addresses are not looked for in sets of more identities than this.
const LARGEST_FOR_CUTS: u32 = 20_000;

/// What a text may have been meant to be, where there is a problem.
fn corrections(problem: Option<&Problem>, text: &str) -> Vec<(usize, String)> {
    problem.map(|problem| problem.corrections(text)).unwrap_or_default()
}

/// How the readings of a text match a tag of the same identity.
fn how_of(readings: &[Address], tag: &Tag) -> How {
    let same_identity = readings.iter().filter(|address| address.identity() == tag.address.identity());
    same_identity.map(|address| how(address, &tag.address)).min().unwrap_or(How::Chain)
}

fn how(given: &Address, listed: &Address) -> How {
    if !given.chain().shares_addresses_with(listed.chain()) {
        How::Chain
    } else if given.form() != listed.form() || (given.chain() == listed.chain() && given != listed) {
        How::Encoding
    } else {
        How::Exact
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
