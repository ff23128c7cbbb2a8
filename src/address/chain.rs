//! What a chain is, and which of them a name, a number or the beginning of an address stands for.

use super::Form;
use super::own::Spelling;
use crate::identity::IdentityKind;
use std::sync::OnceLock;

/// TRON's version byte, which hexadecimal addresses show as `41`.
pub(super) const TRON_VERSION: u8 = 0x41;

/// A network, by its CAIP-2 id where one exists and its ticker for people.
#[derive(Debug)]
pub struct Chain {
    /// The chain's number in the set format; stable for ever.
    pub code: u16,
    /// The name that people know.
    pub name: &'static str,
    /// The ticker of its own coin.
    pub ticker: &'static str,
    /// Its [CAIP-2](https://chainagnostic.org/CAIPs/caip-2) id or, where none is registered, `slip44:`
    /// and its coin's number in SLIP-44.
    pub caip2: &'static str,
    /// Whether its coins are worth nothing on purpose.
    pub testnet: bool,
    pub(crate) family: Family,
    /// Spellings beside the family's that only this chain has.
    pub(crate) own: &'static [Spelling],
}

/// How a chain writes its addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// Base58Check, segwit (BIP 173, BIP 350) and CashAddr, each where the chain has it.
    Bitcoin(Prefixes),
    /// 20 bytes as hexadecimal (EIP-55) or ICAP.
    Evm,
    /// 20 bytes behind `0x41`, in Base58Check or hexadecimal.
    Tron,
    /// None of these: only the spellings in `own`.
    Own,
}

/// What the addresses of a Bitcoin-like chain begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

impl PartialEq for Chain {
    /// A chain is its row in the table, and its number says which.
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Chain {}

impl Chain {
    /// Every spelling that is a chain's own, in the order of the chains.
    pub(super) fn spellings() -> impl Iterator<Item = (&'static Self, Spelling)> {
        Self::all().iter().flat_map(|chain| chain.own.iter().map(move |spelling| (chain, *spelling)))
    }

    /// The chain of this number in the set format.
    pub fn from_code(code: u16) -> Option<&'static Self> {
        Self::all().iter().find(|chain| chain.code == code)
    }

    /// The chain of this CAIP-2 id, or of this ticker or name in any letter case. The other names that
    /// publishers use for some of them (OFAC's `XBT` and `BSC`, `MATIC`) are understood.
    ///
    /// ```
    /// use taintwatch::Chain;
    /// assert_eq!(Chain::named("TRX").unwrap().caip2, "tron:0x2b6653dc");
    /// assert_eq!(Chain::named("eip155:56").unwrap().name, "BNB Smart Chain");
    /// ```
    pub fn named(name: &str) -> Option<&'static Self> {
        const OTHER_NAMES: [(&str, &str); 5] =
            [("XBT", "BTC"), ("BSC", "BNB"), ("MATIC", "POL"), ("AVAXC", "AVAX"), ("L-BTC", "LBTC")];
        let other = OTHER_NAMES.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        let name = other.map_or(name, |(_, ticker)| ticker);
        let is = |own: &str| own.eq_ignore_ascii_case(name);
        Self::all().iter().find(|chain| chain.caip2 == name || is(chain.ticker) || is(chain.name))
    }

    /// Whether one address is the same place on both: the chain itself, or any two EVM chains,
    /// as an EVM address does not say which it is for.
    pub(crate) fn shares_addresses_with(&self, other: &Self) -> bool {
        self.code == other.code || (self.family == Family::Evm && other.family == Family::Evm)
    }

    pub(crate) fn prefixes(&self) -> Option<&Prefixes> {
        match &self.family {
            Family::Bitcoin(prefixes) => Some(prefixes),
            Family::Evm | Family::Tron | Family::Own => None,
        }
    }
}

/// The chains that are written like Bitcoin's, with what they begin with.
pub(super) fn bitcoin_like_chains() -> impl Iterator<Item = (&'static Chain, &'static Prefixes)> {
    Chain::all().iter().filter_map(|chain| Some((chain, chain.prefixes()?)))
}

/// One meaning of a version byte of Base58Check.
type Version = (&'static Chain, Form, IdentityKind);

/// What a version byte of Base58Check stands for, in the table's order.
pub(super) fn by_version(version: u8) -> &'static [Version] {
    static BY_VERSION: OnceLock<Vec<Vec<Version>>> = OnceLock::new();
    let table = BY_VERSION.get_or_init(|| {
        let mut table = vec![Vec::new(); 256];
        table[usize::from(TRON_VERSION)].push((tron(), Form::Tron, IdentityKind::Keccak160));
        for (chain, prefixes) in bitcoin_like_chains() {
            let forms = [
                (Some(prefixes.p2pkh), Form::P2pkh, IdentityKind::Hash160),
                (Some(prefixes.p2sh), Form::P2sh, IdentityKind::ScriptHash160),
                (prefixes.p2sh_old, Form::P2shOld, IdentityKind::ScriptHash160),
            ];
            for (version, form, kind) in forms {
                if let Some(version) = version {
                    table[usize::from(version)].push((chain, form, kind));
                }
            }
        }
        table
    });
    &table[usize::from(version)]
}

/// The chain whose segwit addresses begin so, in either letter case, behind which a `1` must stand.
pub(super) fn by_hrp(text: &str) -> Option<&'static Chain> {
    static HRPS: OnceLock<Vec<(&Chain, &str)>> = OnceLock::new();
    let hrps = HRPS.get_or_init(|| bitcoin_like_chains().filter_map(|(c, p)| Some((c, p.hrp?))).collect());
    let begins = |hrp: &str| {
        let head = text.as_bytes().get(..=hrp.len());
        head.is_some_and(|head| {
            head[hrp.len()] == b'1' && head[..hrp.len()].eq_ignore_ascii_case(hrp.as_bytes())
        })
    };
    hrps.iter().find(|(_, hrp)| begins(hrp)).map(|(chain, _)| *chain)
}

/// The chain that stands for all EVM chains where an address does not say which.
pub(super) fn ethereum() -> &'static Chain {
    static ROW: OnceLock<&Chain> = OnceLock::new();
    ROW.get_or_init(|| Chain::named("eip155:1").expect("Ethereum is in the table"))
}

/// TRON's row.
pub(super) fn tron() -> &'static Chain {
    static ROW: OnceLock<&Chain> = OnceLock::new();
    ROW.get_or_init(|| Chain::named("TRX").expect("TRON is in the table"))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_ids_and_tickers_are_unique() {
        let mut seen = HashSet::new();
        for chain in Chain::all() {
            assert!(seen.insert(chain.code.to_string()), "code of {}", chain.name);
            assert!(seen.insert(chain.caip2.to_owned()), "id of {}", chain.name);
            assert!(seen.insert(chain.ticker.to_owned()), "ticker of {}", chain.name);
            assert_eq!(Chain::named(chain.caip2), Some(chain));
            assert_eq!(Chain::named(&chain.ticker.to_lowercase()), Some(chain));
            assert_eq!(Chain::named(&chain.name.to_lowercase()), Some(chain));
            assert_eq!(Chain::from_code(chain.code), Some(chain));
        }
        assert_eq!(Chain::named("XBT"), Chain::named("BTC"));
        assert_eq!(Chain::named("L-BTC"), Chain::named("LBTC"));
        assert_eq!(Chain::named("no such chain"), None);
    }

    #[test]
    fn caip2_ids_have_the_form_of_the_standard() {
        for chain in Chain::all() {
            let (namespace, reference) = chain.caip2.split_once(':').expect(chain.name);
            assert!((3..=8).contains(&namespace.len()), "{}", chain.caip2);
            assert!((1..=32).contains(&reference.len()), "{}", chain.caip2);
        }
    }
}
