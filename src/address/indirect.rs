//! What only points to an address: a name, or what a Lightning wallet asks a server with.
//!
//! Sources: LUD-01 and LUD-16 (LNURL, Lightning addresses), BIP 353, BOLT 12;
//! the name services of Ethereum, Solana and TON, and Unstoppable Domains.

use super::{Problem, bech32};

/// The ends of names that wallets look up.
const NAMES: [&str; 16] = [
    "eth",
    "sol",
    "bnb",
    "ton",
    "crypto",
    "nft",
    "x",
    "wallet",
    "blockchain",
    "dao",
    "888",
    "zil",
    "bitcoin",
    "polygon",
    "arb",
    "tez",
];

/// The problem of a text that is no address, but stands for one.
pub(super) fn indirect(text: &str) -> Option<Problem> {
    let bytes = text.as_bytes();
    let begins =
        |prefix: &str| bytes.get(..prefix.len()).is_some_and(|h| h.eq_ignore_ascii_case(prefix.as_bytes()));
    let what = if begins("lnurl1") {
        // LUD-01 has no limit but that of links.
        bech32::decode_values(text, 2000).ok().filter(|values| values.residue == bech32::BECH32)?;
        "an LNURL"
    } else if begins("lno1") && bytes.len() > 50 {
        "a Lightning offer"
    } else if let Some(at) = bytes.iter().position(|byte| *byte == b'@') {
        let (user, domain) = (&bytes[..at], &bytes[at + 1..]);
        (is_dotted(user) && is_dotted(domain) && domain.contains(&b'.')).then_some("a Lightning address")?
    } else {
        let point = bytes.iter().rposition(|byte| *byte == b'.')?;
        let is_name = NAMES.iter().any(|name| bytes[point + 1..].eq_ignore_ascii_case(name.as_bytes()));
        (is_name && is_dotted(bytes)).then_some("a name")?
    };
    Some(Problem::Indirect { what })
}

/// Whether it is words of letters, digits, `-` and `_` in any script, with points between them.
fn is_dotted(text: &[u8]) -> bool {
    let may_be = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') || !byte.is_ascii();
    text.split(|byte| *byte == b'.').all(|label| !label.is_empty() && label.iter().all(may_be))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn what_points_to_an_address_is_told() {
        // The LNURL is LUD-01's example.
        for (text, what) in [
            (
                "LNURL1DP68GURN8GHJ7UM9WFMXJCM99E3K7MF0V9CXJ0M385EKVCENXC6R2C35XVUKXEFCV5MKVV34X5EKZD3EV56NYD3HXQURZEPEXEJXXEPNXSCRVWFNV9NXZCN9XQ6XYEFHVGCXXCMYXYMNSERXFQ5FNS",
                Some("an LNURL"),
            ),
            (
                "lno1pg257enxv4ezqcneype82um50ynhxgrwdajx283qfwdpl28qqmc78ymlvhmxcsywdk5wrjnj36jryg488qwlrnzyjczs",
                Some("a Lightning offer"),
            ),
            ("alice@example.com", Some("a Lightning address")),
            ("Vitalik.ETH", Some("a name")),
            ("lnurl1dp68gurn8ghj7", None),
            ("@example.com", None),
            ("a b@example.com", None),
            ("example.com", None),
            ("..eth", None),
        ] {
            let problem = indirect(text);
            assert_eq!(problem, what.map(|what| Problem::Indirect { what }), "{text}");
        }
    }
}
