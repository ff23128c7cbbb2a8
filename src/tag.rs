//! Tags: published statements about addresses, and the incidents, actors and sources that they name.
//!
//! The terms are those of GraphSense's TagPacks.

use crate::address::Address;
use core::fmt;
use serde::{Deserialize, Serialize};

/// A calendar date of which the day, or the day and the month, may not be known:
/// `2023-07-22`, `2016-02` or `2018`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(u32);

impl Date {
    /// The date that `text` says, if it is one.
    ///
    /// ```
    /// use taintwatch::Date;
    /// assert_eq!(Date::parse("2023-07-22").unwrap().to_string(), "2023-07-22");
    /// assert_eq!(Date::parse("2016-02").unwrap().to_string(), "2016-02");
    /// assert!(Date::parse("2023-02-30").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-').map(|part| {
            let digits = !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
            digits.then(|| part.parse::<u32>().ok()).flatten().map(|number| (number, part.len()))
        });
        let (year, 4) = parts.next()?? else { return None };
        let month = match parts.next() {
            Some(month) => month.filter(|&(_, length)| length == 2)?.0,
            None => return Self::from_number(year * 10_000),
        };
        let day = match parts.next() {
            Some(day) => day.filter(|&(_, length)| length == 2)?.0,
            None => return (month > 0).then(|| Self::from_number(year * 10_000 + month * 100)).flatten(),
        };
        if parts.next().is_some() || day == 0 {
            return None;
        }
        Self::from_number(year * 10_000 + month * 100 + day)
    }

    /// The date of a number `yyyymmdd`, where `mm` or `mmdd` may be zero.
    pub(crate) fn from_number(number: u32) -> Option<Self> {
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            0 => 0,
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        ((1..=9999).contains(&year) && day <= days).then_some(Self(number))
    }

    /// The date as a number `yyyymmdd`.
    pub(crate) fn number(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.0 / 10_000, self.0 / 100 % 100, self.0 % 100);
        match (month, day) {
            (0, _) => write!(f, "{year:04}"),
            (_, 0) => write!(f, "{year:04}-{month:02}"),
            _ => write!(f, "{year:04}-{month:02}-{day:02}"),
        }
    }
}

macro_rules! confidences {
    ($($name:ident $code:literal $id:literal $level:literal $words:literal)*) => {
        /// How sure a tag is: GraphSense's confidence terms, with their levels of 0 to 100.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Confidence {
            $(#[doc = $words] $name = $code,)*
        }

        impl Confidence {
            /// Every term.
            pub const ALL: [Self; 14] = [$(Self::$name),*];

            /// The term as TagPacks write it.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id),* }
            }

            /// GraphSense's level, 0 to 100.
            pub fn level(self) -> u8 {
                match self { $(Self::$name => $level),* }
            }

            /// What it means, in a few plain words.
            pub fn words(self) -> &'static str {
                match self { $(Self::$name => $words),* }
            }
        }
    };
}

// Terms and levels: the confidence table of GraphSense's tagpack-tool.
confidences! {
    Override 1 "override" 100 "set by hand for the whole cluster"
    Ownership 2 "ownership" 100 "proven by the key itself"
    LedgerImmanent 3 "ledger_immanent" 100 "read from the ledger itself"
    ManualTransaction 4 "manual_transaction" 90 "seen in a payment that the publisher made"
    ServiceApi 5 "service_api" 70 "told by the service's own interface"
    ForensicInvestigation 6 "forensic_investigation" 70 "found in a forensic investigation"
    AuthorityData 7 "authority_data" 60 "named by a public authority"
    TrustedProvider 8 "trusted_provider" 50 "told by a trusted data provider"
    ServiceData 9 "service_data" 50 "named by the service that was robbed"
    Forensic 10 "forensic" 50 "reported by researchers"
    UntrustedTransaction 11 "untrusted_transaction" 40 "seen in somebody else's payment"
    WebCrawl 12 "web_crawl" 20 "found on the web"
    Heuristic 13 "heuristic" 10 "guessed by a rule"
    Unknown 14 "unknown" 5 "of unknown origin"
}

impl Confidence {
    /// The confidence of this TagPack term.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|confidence| confidence.id() == id)
    }

    /// The confidence of this number in the set format.
    pub(crate) fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|confidence| *confidence as u8 == code)
    }
}

/// Where a statement was published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Source {
    /// The publication's own title.
    pub title: String,
    /// Who published it (`FBI`).
    pub publisher: String,
    /// Where it can be read.
    pub url: String,
    /// When it was published, `yyyy-mm-dd`.
    pub date: String,
}

/// Who is held responsible.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Actor {
    /// Its stable name (`lazarus-group`).
    pub id: String,
    /// Its name for people.
    pub label: String,
    /// Where more can be read.
    pub uri: String,
    /// One or two sentences on who it is and who says so.
    pub about: String,
}

/// A theft or fraud to which tags belong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Incident {
    /// Its stable name (`2023-07-coinspaid`).
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// When it happened: a day, a month or a year.
    pub date: String,
    /// How much was lost, in words, with where figures disagree.
    pub loss: String,
    /// What happened, in a sentence or two.
    pub about: String,
}

/// What part of an address's receipts came from the theft (haircut), in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Share(u32);

impl Share {
    /// The share that `text` says: a number from 0 to 1 (`0.25`) or a percentage (`25 %`), to the millionth.
    ///
    /// ```
    /// use taintwatch::Share;
    /// assert_eq!(Share::parse("0.25"), Share::parse("25%"));
    /// assert_eq!(Share::parse("0.25").unwrap().to_string(), "25 %");
    /// assert_eq!(Share::parse("1.01"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (number, places) = match text.trim().strip_suffix('%') {
            Some(number) => (number.trim_end(), 4),
            None => (text.trim(), 6),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let is_digits = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
        if whole.is_empty() || whole.len() > 3 || !is_digits(whole) || !is_digits(fraction) {
            return None;
        }
        let digits = fraction.bytes().chain(std::iter::repeat(b'0')).take(places);
        let millionths =
            digits.fold(whole.parse().ok()?, |sum: u32, digit| sum * 10 + u32::from(digit - b'0'));
        Self::from_millionths(millionths)
    }

    /// A share of so many millionths, where there are so many.
    pub fn from_millionths(millionths: u32) -> Option<Self> {
        (millionths <= 1_000_000).then_some(Self(millionths))
    }

    /// The share in millionths.
    pub fn millionths(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (percent, rest) = (self.0 / 10_000, self.0 % 10_000);
        match rest {
            0 => write!(f, "{percent} %"),
            _ => write!(f, "{} %", format!("{percent}.{rest:04}").trim_end_matches('0')),
        }
    }
}

/// One published statement about an address, as it goes into a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The address as it was published.
    pub address: Address,
    /// What it is, in a few words.
    pub label: String,
    /// The incident that it belongs to.
    pub incident: Option<String>,
    /// The actor that is held responsible.
    pub actor: Option<String>,
    /// GraphSense's abuse concept (`service_hack`, `sanction`).
    pub abuse: String,
    /// What part the address played (`theft`, `holding`, `laundering`, `mixer`).
    pub role: String,
    /// How sure the statement is.
    pub confidence: Confidence,
    /// Where it was published.
    pub source: Source,
    /// When the authority that named the address took it off its list again.
    pub delisted: Option<Date>,
    /// The code of the asset as it was published (OFAC's `XBT`, a TagPack's `currency`). It names no chain.
    pub asset: Option<String>,
    /// The network as it was published (a TagPack's `network`).
    pub network: Option<String>,
    /// GraphSense's concepts, as they were published.
    pub concepts: Vec<String>,
    /// When the statement was last changed (a TagPack's `lastmod`).
    pub date: Option<Date>,
    /// How many transfers the funds are away from the incident, where the publisher traced them; 0 is the theft's own.
    pub hops: Option<u16>,
    /// What part of the address's receipts they are.
    pub share: Option<Share>,
}

impl Tag {
    /// A tag of an address with what every tag must say; the rest is filled in by name.
    ///
    /// ```
    /// use taintwatch::{Confidence, Source, Tag, read};
    /// let address = read("3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG").unwrap().addresses[0];
    /// let tag = Tag { hops: Some(2), ..Tag::new(address, "A mixer", Confidence::Forensic, Source::default()) };
    /// assert_eq!(tag.incident, None);
    /// ```
    pub fn new(address: Address, label: &str, confidence: Confidence, source: Source) -> Self {
        Self {
            address,
            label: label.to_owned(),
            incident: None,
            actor: None,
            abuse: String::new(),
            role: String::new(),
            confidence,
            source,
            delisted: None,
            asset: None,
            network: None,
            concepts: Vec::new(),
            date: None,
            hops: None,
            share: None,
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn dates_are_dates() {
        for good in ["2023-07-22", "2016-02", "2018", "2024-02-29", "0001-01-01"] {
            let date = Date::parse(good).unwrap_or_else(|| panic!("{good}"));
            assert_eq!(date.to_string(), good);
            assert_eq!(Date::from_number(date.number()), Some(date));
        }
        for bad in [
            "",
            "-",
            "23-07-22",
            "2023-7-22",
            "2023-00",
            "2023-13",
            "2023-02-29",
            "2023-07-00",
            "2023-07-22-1",
            "+202",
            "2023-07-2x",
        ] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn shares_are_from_nothing_to_all() {
        for (text, millionths) in
            [("0", 0), ("1", 1_000_000), ("100%", 1_000_000), ("0.5", 500_000), ("12.345 %", 123_450)]
        {
            let share = Share::parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(share.millionths(), millionths, "{text}");
            assert_eq!(Share::parse(&share.to_string()), Some(share));
        }
        for bad in ["", "%", ".5", "-1", "1.1", "101%", "1e3", "0,5", "99999999999", "½"] {
            assert_eq!(Share::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn confidence_terms_are_found_by_name_and_number() {
        for confidence in Confidence::ALL {
            assert_eq!(Confidence::from_id(confidence.id()), Some(confidence));
            assert_eq!(Confidence::from_code(confidence as u8), Some(confidence));
        }
        assert_eq!(Confidence::from_id("certain"), None);
    }
}
