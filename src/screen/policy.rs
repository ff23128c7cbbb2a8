//! How serious a match is. Every rule of that is here, and nowhere else.

use super::{How, Level};
use crate::tag::{Confidence, Share, Tag};

/// The level of one match.
///
/// - A delisted address is history: `notice`.
/// - What an authority, the robbed service or an investigator names is `danger`;
///   what researchers report, or a stranger's payment shows, is `caution`;
///   hearsay is a `notice`.
/// - What received traced funds is not the thief's own: `caution` as long as it is near and they are much of what it
///   received, else `notice`.
/// - A script's hash on another chain is not the same key: one level lower. So is an address that is only alike: one
///   typing error away, or the same as far as it is shown.
pub(super) fn level(tag: &Tag, how: How) -> Level {
    let level = match tag.delisted {
        Some(_) => Level::Notice,
        None => by_confidence(tag.confidence).min(by_trace(tag)),
    };
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

/// Traced funds further away than this, or a smaller part of what an address received, say little about it.
const MOST_HOPS: u16 = 5;
const LEAST_SHARE: u32 = 100_000;

fn by_trace(tag: &Tag) -> Level {
    match (tag.hops.unwrap_or(0), tag.share.map_or(u32::MAX, Share::millionths)) {
        (0, _) => Level::Danger,
        (1..=MOST_HOPS, LEAST_SHARE..) => Level::Caution,
        _ => Level::Notice,
    }
}

fn lower(level: Level) -> Level {
    match level {
        Level::Danger => Level::Caution,
        Level::Caution | Level::Notice | Level::None => Level::Notice,
    }
}
