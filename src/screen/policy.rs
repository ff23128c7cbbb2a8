//! How serious a match is. Every rule of that is here, and nowhere else.

use super::{How, Level};
use crate::tag::{Confidence, Tag};

/// The level of one match.
///
/// - A delisted address is history: `notice`.
/// - What an authority, the robbed service or an investigator names is `danger`;
///   what researchers report, or a stranger's payment shows, is `caution`;
///   hearsay is a `notice`.
/// - A script's hash on another chain is not the same key: one level lower. So is an address that is only alike: one
///   typing error away, or the same as far as it is shown.
pub(super) fn level(tag: &Tag, how: How) -> Level {
    let level = if tag.delisted.is_some() { Level::Notice } else { by_confidence(tag.confidence) };
    match how {
        How::Chain if !tag.address.identity().kind().is_key() => lower(level),
        How::Correction | How::Shown => lower(level),
        _ => level,
    }
}

fn by_confidence(confidence: Confidence) -> Level {
    use Confidence as C;
    match confidence {
        C::Override
        | C::Ownership
        | C::LedgerImmanent
        | C::ManualTransaction
        | C::ServiceApi
        | C::ForensicInvestigation
        | C::AuthorityData
        | C::TrustedProvider
        | C::ServiceData => Level::Danger,
        C::Forensic | C::UntrustedTransaction => Level::Caution,
        C::WebCrawl | C::Heuristic | C::Unknown => Level::Notice,
    }
}

fn lower(level: Level) -> Level {
    match level {
        Level::Danger => Level::Caution,
        Level::Caution | Level::Notice | Level::None => Level::Notice,
    }
}
