//! What reading a text comes to: its addresses in order, and what is to be said of them.

use super::read::{SOLANA, has_wrong_case, is_digits};
use super::{Address, Chain, Form, Problem};

/// Everything that one text is an address of. There is always at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The readings, the most likely first. `3…` is an address on Bitcoin, on Bitcoin Cash and on Litecoin.
    pub addresses: Vec<Address>,
    /// What is odd about it, though it can be read: [`Problem::LetterCase`] or [`Problem::NoPrefix`].
    pub warning: Option<Problem>,
}

impl Reading {
    /// The same with what is odd about the text that it is a reading of, which a scan leaves out: the hash behind EIP-55
    /// takes longer than all else.
    pub(crate) fn with_warning(mut self, text: &str) -> Self {
        let is_evm = self.addresses.first().is_some_and(|address| address.form == Form::Evm);
        if is_evm && is_digits(text) {
            self.warning = Some(Problem::NoPrefix);
        } else if is_evm && has_wrong_case(text) {
            self.warning = Some(Problem::LetterCase);
        }
        self
    }

    /// The same with the readings on `chain` first, named as on it.
    pub(crate) fn ranked_for(mut self, chain: Option<&'static Chain>) -> Self {
        if let Some(chain) = chain {
            let mut at = 0;
            for i in 0..self.addresses.len() {
                if let Some(address) = self.addresses[i].on(chain) {
                    // Those before it move back by one, in their order.
                    self.addresses.copy_within(at..i, at + 1);
                    self.addresses[at] = address;
                    at += 1;
                }
            }
        }
        self
    }

    /// What is to be said of a network that is not the one that is asked for, or not a real one.
    pub(crate) fn notice(&self, asked: Option<&'static Chain>) -> Option<Problem> {
        let first = self.addresses.first()?.chain;
        match asked {
            Some(asked) if !self.is_on(asked) => {
                Some(Problem::WrongNetwork { found: first.name, asked: asked.name })
            }
            None if self.addresses.iter().all(|address| address.chain.testnet) => {
                Some(Problem::TestNetwork { chain: first.name })
            }
            _ => None,
        }
    }

    /// Whether any of the readings is on this chain.
    pub(crate) fn is_on(&self, chain: &'static Chain) -> bool {
        self.addresses.iter().any(|address| address.on(chain).is_some())
    }

    /// Whether the text that it is a reading of is an address only if it is meant as one: 64 hexadecimal digits, or 40
    /// without a prefix.
    pub(crate) fn may_be_a_hash(&self, text: &str) -> bool {
        let is_digits = is_digits(text);
        self.addresses.iter().all(|address| match address.form {
            Form::Hex32 | Form::Node => true,
            form => is_digits && form == Form::Evm,
        })
    }

    /// Whether a checksum, or a form that hardly anything else has, stands behind at least one of the readings.
    pub(crate) fn is_checksummed(&self) -> bool {
        self.addresses.iter().any(|address| {
            !matches!(
                address.form,
                Form::Hex32 | Form::Raw | Form::Name | Form::Id | Form::Prefixed | Form::TronHex | Form::Node
            ) && address.chain.ticker != SOLANA
        })
    }
}
