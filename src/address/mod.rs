//! Addresses: reading what a person pastes, and writing it back.
//!
//! A string is an address only if its checksum holds or, where its form has
//! none, if the form is exact. This module knows no set: it turns text into
//! an [`Address`] (chain, form and identity) and says what is wrong when it
//! cannot. One file a family of encodings; [`chains`] is the table of chains.

mod base58;
mod bch;
mod bech32;
mod blake256;
mod blake2b;
mod cashaddr;
mod chain;
mod chains;
mod correct;
mod evm;
mod form;
mod indirect;
mod keccak;
mod likeness;
mod named;
mod own;
mod parted;
mod pattern;
mod problem;
mod read;
mod reading;
mod secp256k1;
mod shape;

use crate::identity::{Identity, IdentityKind};
use core::fmt;

pub use chain::Chain;
pub(crate) use evm::{identity_of as evm_identity, read_into as read_evm_into};
pub use form::Form;
pub use likeness::{Lookalike, lookalikes};
pub(crate) use named::named_around;
pub use problem::Problem;
#[cfg(target_arch = "wasm32")]
pub(crate) use read::is_on;
pub(crate) use read::recognise;
pub use read::{read, read_on};
pub use reading::Reading;
pub(crate) use shape::Shape;

/// One encoding of an identity on one chain.
///
/// Its `Display` is the canonical spelling: lower case for segwit and CashAddr
/// (with its prefix), EIP-55 letter case for EVM chains.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Address {
    chain: &'static Chain,
    form: Form,
    identity: Identity,
    extra: Extra,
}

/// The most bytes that a spelling has beyond the identity.
const LONGEST_EXTRA: usize = 128;

/// What the spelling says beyond the identity, such as a view key or a destination tag; mostly nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Extra {
    length: u8,
    bytes: [u8; LONGEST_EXTRA],
}

impl Extra {
    const NONE: Self = Self { length: 0, bytes: [0; LONGEST_EXTRA] };

    fn new(extra: &[u8]) -> Option<Self> {
        let mut bytes = [0; LONGEST_EXTRA];
        bytes.get_mut(..extra.len())?.copy_from_slice(extra);
        Some(Self { length: extra.len() as u8, bytes })
    }

    fn bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.length)]
    }
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
        let address = Self { chain, form, identity, extra: Extra::NONE };
        address.encode().map(|_| address)
    }

    /// The same address on a chain that writes its addresses just so, as all EVM chains do among
    /// themselves; `None` where `chain` is not one of those.
    pub fn on(self, chain: &'static Chain) -> Option<Self> {
        if !self.chain.shares_addresses_with(chain) {
            return None;
        }
        // What only its own chain writes is written in the usual way on another.
        let form = if self.chain == chain || self.form == Form::Icap { self.form } else { Form::Evm };
        Some(Self { chain, form, ..self })
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

    /// Whether the identity, the chain and the form are all that the spelling says.
    pub(crate) fn is_plain(&self) -> bool {
        self.extra == Extra::NONE
    }

    fn encode(&self) -> Option<String> {
        let parts = || own::Parts {
            form: self.form,
            kind: self.identity.kind(),
            payload: self.identity.payload().to_vec(),
            extra: self.extra.bytes().to_vec(),
        };
        let own = |spelling: &own::Spelling| spelling.codec.write(spelling.mark, &parts());
        self.chain.own.iter().find_map(own).or_else(|| self.encode_of_family())
    }

    fn encode_of_family(&self) -> Option<String> {
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
            (Form::Witness, Kind::WitnessProgram) if (1..=16).contains(&payload[0]) => {
                segwit(payload[0], &payload[1..])
            }
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
                base58(chain::TRON_VERSION)
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
    use proptest::prelude::*;

    /// Payloads of a kind: some begin with a byte that has few meanings.
    fn payloads(kind: IdentityKind, bytes: &[u8; 64]) -> Vec<Vec<u8>> {
        use IdentityKind as K;
        let firsts = match kind {
            K::WitnessProgram => vec![2 + bytes[0] % 15],
            K::TezosHash | K::CardanoCredential | K::FilecoinPayload | K::KaspaKey | K::DecredHash => {
                vec![0, 1, 2, 3, 4, 8]
            }
            K::TonAccount => vec![0, 0xff],
            K::Secp256k1Key => vec![2, 3],
            K::OwnAccount => vec![0, 1, 0x68, bytes[0]],
            K::StarknetAccount256 => vec![bytes[0] % 8],
            _ => vec![bytes[0]],
        };
        let mut payloads = Vec::new();
        for length in kind.lengths() {
            for &first in &firsts {
                let mut payload = bytes[..length].to_vec();
                payload[0] = first;
                if kind == K::MinaKey {
                    payload[32] %= 2;
                }
                if kind == K::OwnAccount && first == 1 {
                    payload[1] = b'W';
                }
                if kind == K::LockScript {
                    payload[32] %= 3;
                }
                if kind == K::AccountName {
                    payload = format!("{}.near", &crate::hex::hex(&payload)[..length.min(59)]).into_bytes();
                }
                if kind == K::FlowAccount64 {
                    // Words of its code: sums of rows of its generator matrix.
                    let rows = [0xe467_b9dd_11fa_00df, 0xf233_dcee_88fe_0abe, 0xf919_ee77_447b_7497_u64];
                    let chosen = rows.iter().enumerate().filter(|(i, _)| i == &0 || bytes[1] >> i & 1 == 1);
                    payload = chosen.fold(0, |sum, (_, row)| sum ^ row).to_be_bytes().to_vec();
                }
                payloads.push(payload);
            }
        }
        if kind == K::AccountName {
            payloads.push(b"eosio.token".to_vec());
        }
        payloads
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        /// Whatever can be written can be read back, on every chain, in every form, for every kind.
        #[test]
        fn every_address_round_trips(bytes: [u8; 64]) {
            let mut written = std::collections::BTreeSet::new();
            for kind in IdentityKind::ALL {
                for payload in payloads(kind, &bytes) {
                    let Some(identity) = Identity::new(kind, &payload) else { continue };
                    for (chain, form) in Chain::all().iter().flat_map(|chain| Form::ALL.map(|form| (chain, form))) {
                        let Some(address) = Address::new(chain, form, identity) else { continue };
                        written.insert((chain.code, form));
                        let text = address.to_string();
                        // Names of Antelope's accounts are only read where the chain is named.
                        let is_named = form == Form::Name;
                        let read = if is_named { read_on(chain, &text) } else { read(&text) };
                        let read = read.unwrap_or_else(|problem| panic!("{address:?}: {problem}"));
                        let same = |a: &&Address| {
                            a.chain.shares_addresses_with(chain) && a.form == form && a.identity == identity
                        };
                        prop_assert_eq!(read.addresses.iter().filter(same).count(), 1, "{:?}", address);
                        prop_assert!(read.warning.is_none());
                        let shape = Shape::of(text.as_bytes());
                        prop_assert!(is_named || shape.may_be_an_address(true), "{:?}", address);
                    }
                }
            }
            // Hedera's and Monero's addresses are never made of an identity alone.
            let silent: Vec<_> = Chain::all().iter().filter(|c| written.iter().all(|(code, _)| *code != c.code)).collect();
            prop_assert_eq!(silent.iter().map(|chain| chain.ticker).collect::<Vec<_>>(), ["XMR", "HBAR", "sXMR", "tXMR"]);
        }
    }

    #[test]
    fn what_a_spelling_says_beyond_the_identity_is_kept() {
        for text in [
            "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUQ",
            "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",
        ] {
            let address = read(text).unwrap().addresses[0];
            assert!(!address.is_plain());
            assert_eq!(address.to_string(), text);
        }
    }
}
