//! The table of chains: one row each, with what its addresses begin with.
//!
//! To add a chain of a family that is here, add a row; a new family also needs
//! a decoder beside this file. A row's `code` is written into sets: never
//! change or reuse one.

/// A network, by its CAIP-2 id where one exists and its ticker for people.
#[derive(Debug, PartialEq, Eq)]
pub struct Chain {
    /// The chain's number in the set format; stable for ever.
    pub code: u16,
    /// The name that people know.
    pub name: &'static str,
    /// The ticker of its own coin.
    pub ticker: &'static str,
    /// Its [CAIP-2](https://chainagnostic.org/CAIPs/caip-2) id.
    pub caip2: &'static str,
    /// Whether its coins are worth nothing on purpose.
    pub testnet: bool,
    pub(crate) family: Family,
}

/// How a chain writes its addresses.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// Base58Check, segwit (BIP 173, BIP 350) and CashAddr, each where the chain has it.
    Bitcoin(Prefixes),
    /// 20 bytes as hexadecimal (EIP-55) or ICAP.
    Evm,
    /// 20 bytes behind `0x41`, in Base58Check or hexadecimal.
    Tron,
}

/// What the addresses of a Bitcoin-like chain begin with.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Prefixes {
    /// Base58Check version byte of P2PKH.
    pub p2pkh: u8,
    /// Base58Check version byte of P2SH that the chain's software writes today.
    pub p2sh: u8,
    /// An older P2SH version byte that is still understood.
    pub p2sh_old: Option<u8>,
    /// Human-readable part of segwit addresses.
    pub hrp: Option<&'static str>,
    /// CashAddr prefix.
    pub cashaddr: Option<&'static str>,
}

const fn bitcoin_like(
    code: u16,
    name: &'static str,
    ticker: &'static str,
    caip2: &'static str,
    testnet: bool,
    prefixes: Prefixes,
) -> Chain {
    Chain { code, name, ticker, caip2, testnet, family: Family::Bitcoin(prefixes) }
}

const fn evm(code: u16, name: &'static str, ticker: &'static str, caip2: &'static str) -> Chain {
    Chain { code, name, ticker, caip2, testnet: false, family: Family::Evm }
}

/// Every chain known, most used first within a family: readings come back in this order.
///
/// CAIP-2 ids: the bip122 and eip155 namespaces of ChainAgnostic, EVM numbers
/// from ethereum-lists/chains. Version bytes and prefixes: each chain's own
/// `chainparams.cpp`; SLIP-173 for the human-readable parts.
pub static CHAINS: &[Chain] = &[
    bitcoin_like(
        1,
        "Bitcoin",
        "BTC",
        "bip122:000000000019d6689c085ae165831e93",
        false,
        Prefixes { p2pkh: 0x00, p2sh: 0x05, p2sh_old: None, hrp: Some("bc"), cashaddr: None },
    ),
    bitcoin_like(
        2,
        "Bitcoin Cash",
        "BCH",
        "bip122:000000000000000000651ef99cb9fcbe",
        false,
        Prefixes { p2pkh: 0x00, p2sh: 0x05, p2sh_old: None, hrp: None, cashaddr: Some("bitcoincash") },
    ),
    bitcoin_like(
        3,
        "Litecoin",
        "LTC",
        "bip122:12a765e31ffd4059bada1e25190f6e98",
        false,
        Prefixes { p2pkh: 0x30, p2sh: 0x32, p2sh_old: Some(0x05), hrp: Some("ltc"), cashaddr: None },
    ),
    // Testnet 3, testnet 4 and signet write their addresses alike: one row stands for all.
    bitcoin_like(
        4,
        "Bitcoin testnet",
        "tBTC",
        "bip122:000000000933ea01ad0ee984209779ba",
        true,
        Prefixes { p2pkh: 0x6f, p2sh: 0xc4, p2sh_old: None, hrp: Some("tb"), cashaddr: None },
    ),
    bitcoin_like(
        5,
        "Bitcoin regtest",
        "rBTC",
        "bip122:0f9188f13cb7b2c71f2a335e3a4fc328",
        true,
        Prefixes { p2pkh: 0x6f, p2sh: 0xc4, p2sh_old: None, hrp: Some("bcrt"), cashaddr: None },
    ),
    bitcoin_like(
        6,
        "Bitcoin Cash testnet",
        "tBCH",
        "bip122:000000001dd410c49a788668ce26751b",
        true,
        Prefixes { p2pkh: 0x6f, p2sh: 0xc4, p2sh_old: None, hrp: None, cashaddr: Some("bchtest") },
    ),
    bitcoin_like(
        7,
        "Litecoin testnet",
        "tLTC",
        "bip122:4966625a4b2851d9fdee139e56211a0d",
        true,
        Prefixes { p2pkh: 0x6f, p2sh: 0x3a, p2sh_old: Some(0xc4), hrp: Some("tltc"), cashaddr: None },
    ),
    Chain {
        code: 8,
        name: "TRON",
        ticker: "TRX",
        caip2: "tron:0x2b6653dc",
        testnet: false,
        family: Family::Tron,
    },
    evm(100, "Ethereum", "ETH", "eip155:1"),
    evm(101, "BNB Smart Chain", "BNB", "eip155:56"),
    evm(102, "Polygon", "POL", "eip155:137"),
    evm(103, "Arbitrum One", "ARB", "eip155:42161"),
    evm(104, "OP Mainnet", "OP", "eip155:10"),
    evm(105, "Base", "BASE", "eip155:8453"),
    evm(106, "Avalanche C-Chain", "AVAX", "eip155:43114"),
    evm(107, "Ethereum Classic", "ETC", "eip155:61"),
    evm(108, "Gnosis", "GNO", "eip155:100"),
    evm(109, "Fantom", "FTM", "eip155:250"),
    evm(110, "Linea", "LINEA", "eip155:59144"),
    evm(111, "zkSync Era", "ZKSYNC", "eip155:324"),
    evm(112, "Scroll", "SCROLL", "eip155:534352"),
    evm(113, "Mantle", "MNT", "eip155:5000"),
    evm(114, "Blast", "BLAST", "eip155:81457"),
    evm(115, "Celo", "CELO", "eip155:42220"),
    evm(116, "Cronos", "CRO", "eip155:25"),
    evm(117, "Sonic", "S", "eip155:146"),
    evm(118, "Ronin", "RON", "eip155:2020"),
    evm(119, "Harmony", "ONE", "eip155:1666600000"),
];

impl Chain {
    /// The chain of this number in the set format.
    pub fn from_code(code: u16) -> Option<&'static Self> {
        CHAINS.iter().find(|chain| chain.code == code)
    }

    /// The chain of this CAIP-2 id or of this ticker, in any letter case. The other names that
    /// publishers use for some of them (OFAC's `XBT` and `BSC`, `POLYGON`, `MATIC`) are understood.
    ///
    /// ```
    /// use taintwatch::Chain;
    /// assert_eq!(Chain::named("TRX").unwrap().caip2, "tron:0x2b6653dc");
    /// assert_eq!(Chain::named("eip155:56").unwrap().name, "BNB Smart Chain");
    /// ```
    pub fn named(name: &str) -> Option<&'static Self> {
        const OTHER_NAMES: [(&str, &str); 4] =
            [("XBT", "BTC"), ("BSC", "BNB"), ("POLYGON", "POL"), ("MATIC", "POL")];
        let other = OTHER_NAMES.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        let name = other.map_or(name, |(_, ticker)| ticker);
        CHAINS.iter().find(|chain| chain.caip2 == name || chain.ticker.eq_ignore_ascii_case(name))
    }

    /// Whether one address is the same place on both: the chain itself, or any two EVM chains,
    /// as an EVM address does not say which it is for.
    pub(crate) fn shares_addresses_with(&self, other: &Self) -> bool {
        self.code == other.code || (self.family == Family::Evm && other.family == Family::Evm)
    }

    pub(crate) fn prefixes(&self) -> Option<&Prefixes> {
        match &self.family {
            Family::Bitcoin(prefixes) => Some(prefixes),
            Family::Evm | Family::Tron => None,
        }
    }
}

/// The chains that are written like Bitcoin's, with what they begin with.
pub(super) fn bitcoin_like_chains() -> impl Iterator<Item = (&'static Chain, &'static Prefixes)> {
    CHAINS.iter().filter_map(|chain| Some((chain, chain.prefixes()?)))
}

/// The chain that stands for all EVM chains where an address does not say which.
pub(super) fn ethereum() -> &'static Chain {
    Chain::named("eip155:1").expect("Ethereum is in the table")
}

/// TRON's row.
pub(super) fn tron() -> &'static Chain {
    Chain::named("TRX").expect("TRON is in the table")
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_ids_and_tickers_are_unique() {
        let mut seen = HashSet::new();
        for chain in CHAINS {
            assert!(seen.insert(chain.code.to_string()), "code of {}", chain.name);
            assert!(seen.insert(chain.caip2.to_owned()), "id of {}", chain.name);
            assert!(seen.insert(chain.ticker.to_owned()), "ticker of {}", chain.name);
            assert_eq!(Chain::named(chain.caip2), Some(chain));
            assert_eq!(Chain::named(&chain.ticker.to_lowercase()), Some(chain));
            assert_eq!(Chain::from_code(chain.code), Some(chain));
        }
        assert_eq!(Chain::named("XBT"), Chain::named("BTC"));
        assert_eq!(Chain::named("no such chain"), None);
    }

    #[test]
    fn caip2_ids_have_the_form_of_the_standard() {
        for chain in CHAINS {
            let (namespace, reference) = chain.caip2.split_once(':').expect(chain.name);
            assert!((3..=8).contains(&namespace.len()), "{}", chain.caip2);
            assert!((1..=32).contains(&reference.len()), "{}", chain.caip2);
        }
    }
}
