//! Chains as they are named outside of addresses: by the scheme of a payment link, and by words beside a field.

use super::Chain;

/// The schemes of payment links, by the ticker of the chain that they are for. Sources: BIP 21, ERC-681, SEP-7, CIP-13,
/// Solana Pay, and the chains' own documentation.
const SCHEMES: &[(&str, &str)] = &[
    ("algorand", "ALGO"),
    ("bitcoin", "BTC"),
    ("bitcoincash", "BCH"),
    ("bitcoingold", "BTG"),
    ("cardano", "ADA"),
    ("cosmos", "ATOM"),
    ("dash", "DASH"),
    ("decred", "DCR"),
    ("digibyte", "DGB"),
    ("dogecoin", "DOGE"),
    ("ethereum", "ETH"),
    ("lightning", "BTC"),
    ("liquidnetwork", "LBTC"),
    ("litecoin", "LTC"),
    ("monero", "XMR"),
    ("nano", "XNO"),
    ("near", "NEAR"),
    ("polkadot", "DOT"),
    ("ravencoin", "RVN"),
    ("ripple", "XRP"),
    ("solana", "SOL"),
    ("stellar", "XLM"),
    ("tezos", "XTZ"),
    ("ton", "TON"),
    ("tron", "TRX"),
    ("web+cardano", "ADA"),
    ("web+stellar", "XLM"),
    ("xrp", "XRP"),
    ("xrpl", "XRP"),
    ("zcash", "ZEC"),
];

/// Words that name a chain wherever they stand, in small letters, the longer before those that they contain. Names that
/// are ordinary words (Base, Core, Flow) are not among them: a hint that is wrong is worse than none.
const WORDS: &[(&str, &str)] = &[
    ("bitcoin cash", "BCH"),
    ("bitcoin sv", "BSV"),
    ("bitcoin gold", "BTG"),
    ("bitcoin", "BTC"),
    ("btc", "BTC"),
    ("bch", "BCH"),
    ("litecoin", "LTC"),
    ("ltc", "LTC"),
    ("dogecoin", "DOGE"),
    ("doge", "DOGE"),
    ("ethereum classic", "ETC"),
    ("ethereum", "ETH"),
    ("eth", "ETH"),
    ("erc20", "ETH"),
    ("erc-20", "ETH"),
    ("bep20", "BNB"),
    ("bep-20", "BNB"),
    ("polygon", "POL"),
    ("arbitrum", "ARB"),
    ("tron", "TRX"),
    ("trx", "TRX"),
    ("trc20", "TRX"),
    ("trc-20", "TRX"),
    ("solana", "SOL"),
    ("xrp", "XRP"),
    ("ripple", "XRP"),
    ("monero", "XMR"),
    ("xmr", "XMR"),
    ("zcash", "ZEC"),
    ("cardano", "ADA"),
    ("polkadot", "DOT"),
    ("stellar", "XLM"),
    ("xlm", "XLM"),
    ("tezos", "XTZ"),
    ("algorand", "ALGO"),
    ("near protocol", "NEAR"),
    ("aptos", "APT"),
    ("sui", "SUI"),
    ("starknet", "STRK"),
    ("multiversx", "EGLD"),
    ("egld", "EGLD"),
];

/// A link is looked for in so many bytes before an address.
const FARTHEST: usize = 96;

impl Chain {
    /// The chain that words beside a field ask for, such as its label; `None` where they name none or more than one.
    ///
    /// ```
    /// use taintwatch::Chain;
    /// assert_eq!(Chain::hinted("Recipient's Ethereum address").unwrap().ticker, "ETH");
    /// assert_eq!(Chain::hinted("USDT (TRC20) withdrawal").unwrap().ticker, "TRX");
    /// assert_eq!(Chain::hinted("Bitcoin or Litecoin address"), None);
    /// assert_eq!(Chain::hinted("Destination"), None);
    /// ```
    pub fn hinted(words: &str) -> Option<&'static Self> {
        let mut rest = words.to_ascii_lowercase().into_bytes();
        let mut hinted: Option<&Self> = None;
        for (word, ticker) in WORDS {
            while let Some(at) = find_word(&rest, word.as_bytes()) {
                // What is left of a longer name must not be taken for a shorter one.
                rest[at..at + word.len()].fill(b' ');
                let chain = Self::named(ticker)?;
                match hinted {
                    Some(other) if !other.shares_addresses_with(chain) => return None,
                    Some(_) => {}
                    None => hinted = Some(chain),
                }
            }
        }
        hinted
    }
}

/// Where a word stands by itself.
fn find_word(text: &[u8], word: &[u8]) -> Option<usize> {
    let is_part =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
    let stands = |at: usize| {
        let behind = at + word.len();
        &text[at..behind] == word && !is_part(text[..at].last()) && !is_part(text.get(behind))
    };
    (0..(text.len() + 1).saturating_sub(word.len())).find(|&at| stands(at))
}

/// The chain that the text around an address names: by the scheme of a link, by CAIP-2's id, or by ERC-681's number of a
/// chain behind it.
pub(crate) fn named_around(before: &[u8], after: &[u8]) -> Option<&'static Chain> {
    let start = before.len().saturating_sub(FARTHEST);
    let near = &before[start..];
    let ends =
        |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'<' | b'>' | b'(' | b')');
    let token = &near[near.iter().rposition(ends).map_or(0, |at| at + 1)..];
    let token = core::str::from_utf8(token).ok()?.to_ascii_lowercase();
    let encoded = token.as_bytes().windows(3).rposition(|three| three == b"%3a");
    let colon = token.bytes().rposition(|byte| byte == b':');
    let link = token.get(..colon.max(encoded)?)?;
    // CAIP-10: the id has a colon of its own.
    let id = end_of(link, |c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b':'));
    if id.contains(':')
        && let Some(chain) = Chain::named(id)
    {
        return Some(chain);
    }
    let scheme = end_of(link, |c| c.is_ascii_alphanumeric() || matches!(c, b'+' | b'.' | b'-'));
    let (_, ticker) = SCHEMES.iter().find(|(known, _)| *known == scheme)?;
    if *ticker == "ETH"
        && let Some(number) = after.strip_prefix(b"@")
    {
        let digits = number.iter().take_while(|byte| byte.is_ascii_digit()).map(|&byte| char::from(byte));
        return Chain::named(&format!("eip155:{}", digits.take(20).collect::<String>()));
    }
    Chain::named(ticker)
}

/// The end of a text as far as it has only such characters.
fn end_of(text: &str, is_part: fn(u8) -> bool) -> &str {
    let start = text.bytes().rposition(|byte| !is_part(byte)).map_or(0, |at| at + 1);
    text.get(start..).unwrap_or_default()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn links_and_ids_name_their_chain() {
        for (before, after, ticker) in [
            ("bitcoin:", "?amount=1", "BTC"),
            ("pay LITECOIN:", "", "LTC"),
            ("https://x.example/?to=bitcoin%3A", "%3Famount", "BTC"),
            ("ethereum:pay-", "@56?value=1", "BNB"),
            ("ethereum:", "/transfer?address=", "ETH"),
            ("ethereum:0x6b175474e89094c44da98b954eedeac495271d0f/transfer?address=", "&uint256=1", "ETH"),
            ("web+stellar:pay?destination=", "&amount=120", "XLM"),
            ("ton://transfer/", "?amount=1", "TON"),
            ("eip155:137:", "", "POL"),
            ("liquidnetwork:", "", "LBTC"),
            ("(bip122:000000000019d6689c085ae165831e93:", ")", "BTC"),
        ] {
            let named = named_around(before.as_bytes(), after.as_bytes());
            assert_eq!(named.map(|chain| chain.ticker), Some(ticker), "{before}");
        }
        for before in ["", "send to: ", "https://example.com/", "address:", "bitcoin: ", "\u{6211}:"] {
            assert_eq!(named_around(before.as_bytes(), b""), None, "{before}");
        }
    }

    #[test]
    fn every_word_and_scheme_is_a_chain_s() {
        for (word, ticker) in SCHEMES.iter().chain(WORDS) {
            assert!(Chain::named(ticker).is_some(), "{word}");
        }
        assert_eq!(Chain::hinted("Bitcoin Cash (BCH)").unwrap().ticker, "BCH");
        assert_eq!(Chain::hinted("Ethereum or Polygon").unwrap().ticker, "ETH");
        assert_eq!(Chain::hinted("something"), None);
    }
}
