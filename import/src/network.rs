//! The chain that a publisher means: many have names of their own for it.

use taintwatch::Chain;

/// Names of chains beside their own, in small letters and with spaces, and their tickers.
const OTHER_NAMES: [(&str, &str); 18] = [
    ("arbitrum", "ARB"),
    ("avalanche", "AVAX"),
    ("bep20", "BNB"),
    ("binance smart chain", "BNB"),
    ("bnb chain", "BNB"),
    ("cosmos", "ATOM"),
    ("elrond", "EGLD"),
    ("erc20", "ETH"),
    ("hedera hashgraph", "HBAR"),
    ("near protocol", "NEAR"),
    ("optimism", "OP"),
    ("optimistic ethereum", "OP"),
    ("polygon pos", "POL"),
    ("ripple", "XRP"),
    ("the open network", "TON"),
    ("toncoin", "TON"),
    ("trc20", "TRX"),
    ("xdai", "GNO"),
];

/// The chain of a CAIP-2 id, a ticker, a name or, of EVM chains, a number (EIP-155).
pub(crate) fn chain(name: &str) -> Option<&'static Chain> {
    Chain::named(name).or_else(|| {
        let plain = name.trim().to_lowercase().replace(['-', '_'], " ");
        let other = OTHER_NAMES.iter().find(|(other, _)| *other == plain);
        let number =
            || plain.parse::<u64>().ok().and_then(|number| Chain::named(&format!("eip155:{number}")));
        Chain::named(other.map_or(&plain, |(_, ticker)| ticker)).or_else(number)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_are_known_by_what_publishers_call_them() {
        for (name, ticker) in [
            ("bitcoin", "BTC"),
            ("XBT", "BTC"),
            ("Bitcoin_Cash", "BCH"),
            ("1", "ETH"),
            ("56", "BNB"),
            ("eip155:10", "OP"),
            ("arbitrum-one", "ARB"),
            ("Polygon POS", "POL"),
            ("Ripple", "XRP"),
        ] {
            assert_eq!(chain(name).map(|chain| chain.ticker), Some(ticker), "{name}");
        }
        for (name, ticker) in OTHER_NAMES {
            assert_eq!(chain(name).map(|chain| chain.ticker), Some(ticker), "{name}");
            // Those that are a chain's own name or ticker need no place here.
            assert_eq!(Chain::named(name), None, "{name}");
        }
        for name in ["", "nothing", "99999999", "-1"] {
            assert_eq!(chain(name), None, "{name}");
        }
    }
}
