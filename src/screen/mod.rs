//! Verdicts: what is known about an address, by every set that was asked.
//!
//! The [`Screener`] reads, looks up and judges. How serious a match is stands
//! in [`policy`] alone; [`outcome`] is the answer as it goes to people and
//! programs. This module knows no browser.

mod cut;
mod outcome;
mod policy;

use crate::address::{Address, Chain, Problem, Reading, corrections, read, read_on};
use crate::identity::Identity;
use crate::scan::{Found, SHORTEST, scan, scan_bytes};
use crate::set::Set;
use crate::tag::Tag;
use cut::{Cut, cuts};

pub use outcome::{Asked, Finding, How, Level, Match, Outcome, ProblemInfo, ReadingInfo};

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
                let warning = reading.warning.take();
                let corrected = warning.as_ref().map(|_| corrections(text));
                reading.warning = warning.map(|warning| warning.located(text));
                return self.judge(text, reading, asked, &corrected.unwrap_or_default());
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
            Ok(reading) if reading.is_checksummed() => self.judge(&whole, reading, asked, &[]),
            _ => self.judge_text(text, problem),
        }
    }

    /// The answer for what is no address as it stands: a mistyped one, or one that is not shown whole.
    fn judge_text(&self, text: &str, problem: Problem) -> Outcome {
        if let [cut] = &cuts(text)[..]
            && cut.span == (0..text.len())
        {
            return self.judge_cut(cut, text);
        }
        let corrected = match problem {
            Problem::Checksum { .. } | Problem::Character { .. } => corrections(text),
            _ => Vec::new(),
        };
        let mut outcome = Outcome::not_an_address(text, &problem.located(text), self.asked());
        self.add_corrections(&mut outcome, &corrected);
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

    /// The answer for what a scan came upon. What may as well be a hash is told of only where it is listed.
    /// With `correct`, one in a wrong letter case is looked up as what it may have been meant to be.
    pub(crate) fn finding(
        &self,
        found: Found,
        asked: Option<&'static Chain>,
        correct: bool,
    ) -> Option<Finding> {
        if found.reading.may_be_a_hash() && !self.is_listed(&found.reading) {
            return None;
        }
        let reading = found.reading.with_warning(&found.text);
        let is_odd = correct && reading.warning.is_some();
        let corrected = if is_odd { corrections(&found.text) } else { Vec::new() };
        let outcome = self.judge(&found.text, reading, asked.or(found.named), &corrected);
        Some(Finding { start: found.span.start, end: found.span.end, outcome })
    }

    /// Whether any set has anything, or fails to tell, about an address.
    fn is_listed(&self, reading: &Reading) -> bool {
        let in_set = |set: &Set, address: &Address| {
            set.lookup(&address.identity()).map_or(true, |tags| !tags.is_empty())
        };
        self.sets.iter().any(|set| reading.addresses.iter().any(|address| in_set(set, address)))
    }

    /// The answer for a text that is nothing but one address broken into groups or lines.
    fn screen_broken(&self, text: &str, asked: Option<&'static Chain>) -> Option<Finding> {
        let trimmed = text.trim();
        if trimmed.len() > 256 || !trimmed.contains(char::is_whitespace) {
            return None;
        }
        let whole: String = trimmed.chars().filter(|c| !c.is_whitespace()).collect();
        let reading = read(&whole).ok().filter(Reading::is_checksummed)?;
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
        let is_like = matches!(problem, Problem::Checksum { .. } | Problem::Character { .. });
        if !is_like || corrections(trimmed).is_empty() {
            return None;
        }
        let start = text.len() - text.trim_start().len();
        Some(Finding { start, end: start + trimmed.len(), outcome: self.judge_text(trimmed, problem) })
    }

    fn asked(&self) -> Vec<Asked> {
        self.sets.iter().map(|set| set.info().clone().into()).collect()
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
                            outcome.add(set, &tag, how, policy::level(&tag, how));
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
            for identity in set.identities() {
                let tags = set.lookup(&identity).unwrap_or_default();
                for tag in tags.iter().filter(|tag| cut.shows(&tag.address)) {
                    outcome.add(set, tag, How::Shown, policy::level(tag, How::Shown));
                }
            }
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
mod tests {
    use super::*;
    use crate::address::{Chain, Form};
    use crate::set::SetBuilder;
    use crate::tag::{Confidence, Date, Source};

    const KEY: &str = "1BK769SseNefb6fe9QuFEi8W4KGbtP8gi3";
    const SCRIPT: &str = "3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG";
    const EVM: &str = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96";
    const RESEARCH: &str = "TJXXmeUbie3JBfK7H3UQb43sWnbhhdTJQx";
    const DELISTED: &str = "0xd90e2f925DA726b50C4Ed8D0Fb90Ad053324F31b";

    fn tag(address: &str, confidence: Confidence, delisted: Option<&str>) -> Tag {
        Tag {
            address: read(address).unwrap().addresses[0],
            label: "Somebody".to_owned(),
            incident: None,
            actor: None,
            abuse: "service_hack".to_owned(),
            role: "theft".to_owned(),
            confidence,
            source: Source::default(),
            delisted: delisted.and_then(Date::parse),
        }
    }

    fn screener() -> Screener {
        let set = SetBuilder::new("test", "Test", Date::parse("2026-01-31").unwrap())
            .tag(tag(KEY, Confidence::AuthorityData, None))
            .tag(tag(SCRIPT, Confidence::AuthorityData, None))
            .tag(tag(EVM, Confidence::AuthorityData, None))
            .tag(tag(RESEARCH, Confidence::Forensic, None))
            .tag(tag(DELISTED, Confidence::AuthorityData, Some("2025-03-21")));
        let mut screener = Screener::new();
        screener.add(Set::open(set.finish()).unwrap());
        screener
    }

    fn spelled(address: &str, ticker: &str, form: Form) -> String {
        let identity = read(address).unwrap().addresses[0].identity();
        Address::new(Chain::named(ticker).unwrap(), form, identity).unwrap().to_string()
    }

    #[test]
    fn the_same_key_is_found_however_it_is_written() {
        let screener = screener();
        for (text, how, level) in [
            (KEY.to_owned(), How::Exact, Level::Danger),
            (spelled(KEY, "BTC", Form::P2wpkh), How::Encoding, Level::Danger),
            (spelled(KEY, "LTC", Form::P2pkh), How::Chain, Level::Danger),
            (spelled(KEY, "LTC", Form::P2wpkh), How::Chain, Level::Danger),
            (spelled(KEY, "BCH", Form::CashP2pkh), How::Chain, Level::Danger),
            (SCRIPT.to_owned(), How::Exact, Level::Danger),
            // A script runs by the other chain's rules: one level lower.
            (spelled(SCRIPT, "LTC", Form::P2sh), How::Chain, Level::Caution),
            (spelled(SCRIPT, "BCH", Form::CashP2sh), How::Chain, Level::Caution),
            (EVM.to_owned(), How::Exact, Level::Danger),
            (EVM.to_lowercase(), How::Exact, Level::Danger),
            (spelled(EVM, "ETH", Form::Icap), How::Encoding, Level::Danger),
            (spelled(EVM, "TRX", Form::Tron), How::Chain, Level::Danger),
            (spelled(EVM, "TRX", Form::TronHex), How::Chain, Level::Danger),
            (RESEARCH.to_owned(), How::Exact, Level::Caution),
            (spelled(RESEARCH, "TRX", Form::TronHex), How::Encoding, Level::Caution),
            (DELISTED.to_owned(), How::Exact, Level::Notice),
        ] {
            let outcome = screener.screen(&text);
            assert_eq!(outcome.level, Some(level), "{text}");
            assert_eq!(outcome.matches.len(), 1, "{text}");
            assert_eq!(outcome.matches[0].how, how, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_never_clean() {
        let outcome = screener().screen("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb");
        assert_eq!(outcome.level, None);
        let problem = outcome.problem.unwrap();
        assert_eq!((&*problem.code, problem.at), ("typing", Some(34)));
        // One hexadecimal digit changed: another address, and its letter case gives it away.
        let outcome = screener().screen("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAee");
        assert_eq!((outcome.level, outcome.matches.len()), (None, 0));
        let problem = outcome.problem.unwrap();
        assert_eq!((&*problem.code, problem.at), ("typing", Some(42)));
        // The listed one itself in an odd letter case is still the listed one.
        let outcome = screener().screen("0x098b716B8Aaf21512996dC57EB0615e2383E2f96");
        assert_eq!(outcome.level, Some(Level::Danger));
        assert_eq!(outcome.problem.unwrap().code, "typing");
    }

    #[test]
    fn one_correction_that_is_listed_warns() {
        for (text, at) in [
            ("3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiH", 34),
            ("3LU8wRu4ZnXP4UM8oY6kkTiGHM9BubgyiG", 17),
            ("0x098B716B8Aaf21512996dC57EB0615e2383E2f97", 42),
        ] {
            let outcome = screener().screen(text);
            assert_eq!(outcome.level, Some(Level::Caution), "{text}");
            assert_eq!(outcome.matches[0].how, How::Correction, "{text}");
            let problem = outcome.problem.unwrap();
            assert_eq!((&*problem.code, problem.at), ("typing", Some(at)), "{text}");
        }
        // What is pasted is told as well, and where it stands; a word is not.
        for (text, level) in [
            (" 3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiH", Some(Level::Caution)),
            (" 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", None),
            (" bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdb", None),
        ] {
            let findings = screener().screen_text(text);
            assert_eq!((findings[0].start, findings[0].end), (1, text.len()), "{text}");
            assert_eq!(findings[0].outcome.level, level, "{text}");
            assert_eq!(findings[0].outcome.problem.as_ref().unwrap().at, Some(text.len() - 1), "{text}");
        }
        for text in ["3LU8wRu4ZnXP4UM8Yo6kkTiGHM9Bubgy11", "Donaudampfschifffahrtsgesellschaft"] {
            assert!(screener().screen_text(text).is_empty(), "{text}");
        }
        // In a text, an EVM address in a wrong letter case is one all the same.
        let findings = screener().screen_text("to 0x098B716B8Aaf21512996dC57EB0615e2383E2f97 please");
        assert_eq!(findings[0].outcome.matches[0].how, How::Correction);
    }

    #[test]
    fn an_address_of_another_network_is_a_notice() {
        let clean = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
        for (text, asked, code) in [
            (clean, "ETH", Some("wrong_network")),
            ("TXEsK1sEsKjZ1xtHitnyAAoqw3WLdYdRNW", "ETH", Some("wrong_network")),
            ("tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx", "BTC", Some("wrong_network")),
            ("tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx", "", Some("test_network")),
            ("tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx", "tBTC", None),
            (clean, "BTC", None),
            (clean, "BCH", None),
            ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "BNB", None),
            ("bitcoin:TXEsK1sEsKjZ1xtHitnyAAoqw3WLdYdRNW", "", Some("wrong_network")),
        ] {
            let outcome = screener().screen_for(text, Chain::named(asked));
            let expected = if code.is_some() { Level::Notice } else { Level::None };
            assert_eq!(outcome.level, Some(expected), "{text} {asked}");
            assert_eq!(outcome.problem.map(|problem| problem.code).as_deref(), code, "{text} {asked}");
            let findings = screener().screen_text_for(&format!("to {text}"), Chain::named(asked));
            assert_eq!(findings[0].outcome.level, Some(expected), "{text} {asked}");
        }
        // What is listed stays what it is.
        let outcome = screener().screen_for(KEY, Chain::named("ETH"));
        assert_eq!((outcome.level, &*outcome.problem.unwrap().code), (Some(Level::Danger), "wrong_network"));
        // The chain that is asked for is named first.
        let outcome = screener().screen_for(SCRIPT, Chain::named("LTC"));
        assert_eq!(outcome.readings[0].chain_name, "Litecoin");
        // Without a set nothing was checked, whatever the network.
        assert_eq!(Screener::new().screen_for(clean, Chain::named("ETH")).level, None);
    }

    #[test]
    fn an_address_that_is_not_shown_whole_is_compared_as_what_it_shows() {
        for text in ["0x098B…2f96", "0x098b...2f96", "3LU8wR…gyiG"] {
            let outcome = screener().screen(text);
            assert_eq!((outcome.level, outcome.matches[0].how), (Some(Level::Caution), How::Shown), "{text}");
            let text = format!("Sent to {text} today");
            assert_eq!(screener().screen_text(&text).len(), 1, "{text}");
        }
        let outcome = screener().screen("0x1234…2f96");
        assert_eq!((outcome.level, &*outcome.problem.unwrap().code), (None, "cut"));
        assert_eq!(screener().screen_text("Sent to 0x1234…2f96 today").len(), 0);
    }

    #[test]
    fn a_name_is_told_to_be_one() {
        for text in ["vitalik.eth", "Alice.Bob.sol", "alice@example.com", "₿alice@example.com", "bücher.eth"]
        {
            let outcome = screener().screen(text);
            assert_eq!((outcome.level, &*outcome.problem.unwrap().code), (None, "indirect"), "{text}");
        }
        for text in ["example.com", "a@b", "eth", ".eth", "hello"] {
            assert_eq!(screener().screen(text).problem.unwrap().code, "not_an_address", "{text}");
        }
    }

    #[test]
    fn an_address_broken_into_groups_is_still_found() {
        for broken in [
            "3LU8 wRu4 ZnXP 4UM8 Yo6k kTiG HM9B ubgy iG",
            "3LU8wRu4ZnXP4UM8\r\n  Yo6kkTiGHM9BubgyiG ",
            " 0x098B716B8Aaf21512996\tdC57EB0615e2383E2f96",
        ] {
            assert_eq!(screener().screen(broken).level, Some(Level::Danger), "{broken}");
            let findings = screener().screen_text(broken);
            assert_eq!((findings.len(), findings[0].outcome.level), (1, Some(Level::Danger)), "{broken}");
            assert_eq!(&broken[findings[0].start..findings[0].end], broken.trim());
        }
        assert_eq!(screener().screen_text("pay the money to the first one").len(), 0);
    }

    #[test]
    fn without_a_set_nothing_is_clean() {
        let outcome = Screener::new().screen(KEY);
        assert_eq!(outcome.level, None);
        assert_eq!(outcome.problem.unwrap().code, "no_set");
    }

    #[test]
    fn a_set_of_the_same_id_is_replaced() {
        let mut screener = screener();
        let empty = SetBuilder::new("test", "Test", Date::parse("2026-02-28").unwrap()).finish();
        screener.add(Set::open(empty).unwrap());
        assert_eq!(screener.sets().len(), 1);
        assert_eq!(screener.screen(KEY).level, Some(Level::None));
    }

    #[test]
    fn a_text_is_answered_address_by_address() {
        let text = format!("from {KEY} to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa");
        let levels: Vec<_> = screener().screen_text(&text).into_iter().map(|f| f.outcome.level).collect();
        assert_eq!(levels, [Some(Level::Danger), Some(Level::None)]);
        assert_eq!(screener().screen(&format!("bitcoin:{KEY}?amount=1")).level, Some(Level::Danger));
    }
}
