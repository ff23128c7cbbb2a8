//! Addresses: reading what a person pastes, and writing it back.
//!
//! A string is an address only if its checksum holds or, where its form has
//! none, if the form is exact. This module knows no set: it turns text into
//! an [`Address`] (chain, form and identity) and says what is wrong when it
//! cannot. One file a family of encodings; [`chain`] is the table of chains.

mod base58;
mod bech32;
mod cashaddr;
mod chain;
mod evm;
mod problem;
mod read;

use crate::identity::{Identity, IdentityKind};
use core::fmt;

pub use chain::Chain;
pub use problem::Problem;
pub use read::{Reading, read};

/// How an address is written. The number is the form's place in the set format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Form {
    /// Base58Check of a key hash (`1…` on Bitcoin).
    P2pkh = 1,
    /// Base58Check of a script hash (`3…` on Bitcoin, BIP 13).
    P2sh = 2,
    /// Base58Check of a script hash with a version byte that the chain has given up (`3…` on Litecoin).
    P2shOld = 3,
    /// Segwit version 0 of a key hash (BIP 173).
    P2wpkh = 4,
    /// Segwit version 0 of a script hash (BIP 173).
    P2wsh = 5,
    /// Segwit version 1 of a taproot key (BIP 350, BIP 341).
    P2tr = 6,
    /// A segwit address that no rule gives a meaning yet.
    Witness = 7,
    /// CashAddr of a key hash.
    CashP2pkh = 8,
    /// CashAddr of a script hash, of 20 or 32 bytes.
    CashP2sh = 9,
    /// Token-aware CashAddr of a key hash.
    CashTokenP2pkh = 10,
    /// Token-aware CashAddr of a script hash, of 20 or 32 bytes.
    CashTokenP2sh = 11,
    /// `0x` and 40 hexadecimal digits (EIP-55).
    Evm = 12,
    /// The IBAN-like spelling `XE…`.
    Icap = 13,
    /// TRON's Base58Check (`T…`).
    Tron = 14,
    /// TRON's hexadecimal (`41…`).
    TronHex = 15,
}

impl Form {
    /// Every form, in the order of their numbers.
    pub const ALL: [Self; 15] = [
        Self::P2pkh,
        Self::P2sh,
        Self::P2shOld,
        Self::P2wpkh,
        Self::P2wsh,
        Self::P2tr,
        Self::Witness,
        Self::CashP2pkh,
        Self::CashP2sh,
        Self::CashTokenP2pkh,
        Self::CashTokenP2sh,
        Self::Evm,
        Self::Icap,
        Self::Tron,
        Self::TronHex,
    ];

    /// The form of this number, if there is one.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|form| *form as u8 == code)
    }

    /// The form's name as it is written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::P2pkh => "p2pkh",
            Self::P2sh => "p2sh",
            Self::P2shOld => "p2sh_old",
            Self::P2wpkh => "p2wpkh",
            Self::P2wsh => "p2wsh",
            Self::P2tr => "p2tr",
            Self::Witness => "witness",
            Self::CashP2pkh => "cashaddr_p2pkh",
            Self::CashP2sh => "cashaddr_p2sh",
            Self::CashTokenP2pkh => "cashaddr_token_p2pkh",
            Self::CashTokenP2sh => "cashaddr_token_p2sh",
            Self::Evm => "evm",
            Self::Icap => "icap",
            Self::Tron => "tron",
            Self::TronHex => "tron_hex",
        }
    }
}

/// One encoding of an identity on one chain.
///
/// Its `Display` is the canonical spelling: lower case for segwit and CashAddr
/// (with its prefix), EIP-55 letter case for EVM chains.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Address {
    chain: &'static Chain,
    form: Form,
    identity: Identity,
}

impl Address {
    /// The address of `identity` in this form on this chain, or `None` where the
    /// chain has no such form or the form holds no such identity.
    ///
    /// ```
    /// use taintwatch::{Address, Chain, Form, read};
    /// let bitcoin = read("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2").unwrap().addresses[0];
    /// let litecoin = Address::new(Chain::named("LTC").unwrap(), Form::P2pkh, bitcoin.identity()).unwrap();
    /// assert_eq!(litecoin.to_string(), "LW98ceYNxYki9e9QxDACLn82TtVEPm4qmy");
    /// ```
    pub fn new(chain: &'static Chain, form: Form, identity: Identity) -> Option<Self> {
        let address = Self { chain, form, identity };
        address.encode().map(|_| address)
    }

    /// The same address on a chain that writes its addresses just so, as all EVM chains do among
    /// themselves; `None` where `chain` is not one of those.
    pub fn on(self, chain: &'static Chain) -> Option<Self> {
        self.chain.shares_addresses_with(chain).then_some(Self { chain, ..self })
    }

    /// The chain that it is on. For an EVM address, which does not say, Ethereum stands for all.
    pub fn chain(&self) -> &'static Chain {
        self.chain
    }

    /// How it is written.
    pub fn form(&self) -> Form {
        self.form
    }

    /// What it stands for.
    pub fn identity(&self) -> Identity {
        self.identity
    }

    fn encode(&self) -> Option<String> {
        use IdentityKind as Kind;
        let payload = self.identity.payload();
        let kind = self.identity.kind();
        let prefixes = self.chain.prefixes();
        let base58 = |version: u8| Some(base58::encode(version, payload));
        let segwit = |version: u8, program: &[u8]| Some(bech32::encode(prefixes?.hrp?, version, program));
        let cash = |number: u8| cashaddr::encode(prefixes?.cashaddr?, number, payload);
        match (self.form, kind) {
            (Form::P2pkh, Kind::Hash160) => base58(prefixes?.p2pkh),
            (Form::P2sh, Kind::ScriptHash160) => base58(prefixes?.p2sh),
            (Form::P2shOld, Kind::ScriptHash160) => base58(prefixes?.p2sh_old?),
            (Form::P2wpkh, Kind::Hash160) => segwit(0, payload),
            (Form::P2wsh, Kind::WitnessScriptHash256) => segwit(0, payload),
            (Form::P2tr, Kind::TaprootKey256) => segwit(1, payload),
            (Form::Witness, Kind::WitnessProgram) => segwit(payload[0], &payload[1..]),
            (Form::CashP2pkh, Kind::Hash160) => cash(0),
            (Form::CashP2sh, Kind::ScriptHash160 | Kind::ScriptHash256) => cash(1),
            (Form::CashTokenP2pkh, Kind::Hash160) => cash(2),
            (Form::CashTokenP2sh, Kind::ScriptHash160 | Kind::ScriptHash256) => cash(3),
            (Form::Evm, Kind::Keccak160) if self.chain.family == chain::Family::Evm => {
                Some(format!("0x{}", evm::checksummed(payload)))
            }
            (Form::Icap, Kind::Keccak160) if self.chain.family == chain::Family::Evm => {
                Some(evm::icap(payload))
            }
            (Form::Tron, Kind::Keccak160) if self.chain.family == chain::Family::Tron => {
                base58(read::TRON_VERSION)
            }
            (Form::TronHex, Kind::Keccak160) if self.chain.family == chain::Family::Tron => {
                Some(format!("41{}", self.identity.hex()))
            }
            _ => None,
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An address is only ever made of parts that encode, so there is always a text.
        f.write_str(&self.encode().unwrap_or_default())
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {} ({})", self, self.chain.name, self.form.name())
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use chain::CHAINS;
    use proptest::prelude::*;

    proptest! {
        /// Whatever can be written can be read back, on every chain, in every form, for every kind.
        #[test]
        fn every_address_round_trips(bytes: [u8; 41]) {
            let mut written = 0;
            for chain in CHAINS {
                for form in Form::ALL {
                    for kind in IdentityKind::ALL {
                        let length = *kind.lengths().end();
                        let mut payload = bytes;
                        // A version that has no meaning yet.
                        payload[0] = if kind == IdentityKind::WitnessProgram { 2 + bytes[0] % 15 } else { bytes[0] };
                        let Some(identity) = Identity::new(kind, &payload[..length]) else { continue };
                        let Some(address) = Address::new(chain, form, identity) else { continue };
                        written += 1;
                        let read = read(&address.to_string()).unwrap();
                        let same = |a: &&Address| {
                            a.chain.shares_addresses_with(chain) && a.form == form && a.identity == identity
                        };
                        prop_assert_eq!(read.addresses.iter().filter(same).count(), 1, "{:?}", address);
                        prop_assert!(read.warning.is_none());
                    }
                }
            }
            prop_assert!(written > 60, "{}", written);
        }
    }

    #[test]
    fn every_form_is_found_by_its_number() {
        for form in Form::ALL {
            assert_eq!(Form::from_code(form as u8), Some(form));
        }
        assert_eq!(Form::from_code(0), None);
    }
}
