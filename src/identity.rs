//! What an address really stands for: a key hash, a script hash or a key, with its kind.
//!
//! Two addresses with the same identity answer to the same key (or the same
//! script), on whatever chain and however they are written. This module knows
//! no chain and no text.

use crate::hex::{hex, unhex_into};
use core::fmt;

/// What the bytes of an [`Identity`] are. The number is the kind's place in the set format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum IdentityKind {
    /// RIPEMD-160 of SHA-256 of a public key, 20 bytes (Bitcoin's P2PKH and P2WPKH and their relatives).
    Hash160 = 1,
    /// The last 20 bytes of Keccak-256 of a public key or of contract data (EVM chains, TRON), or what stands in their place
    /// where a chain has a spelling of its own beside the same hexadecimal one (Zilliqa, Conflux).
    Keccak160 = 2,
    /// RIPEMD-160 of SHA-256 of a script, 20 bytes (P2SH, BIP 16).
    ScriptHash160 = 3,
    /// SHA-256 of a witness script, 32 bytes (P2WSH, BIP 141).
    WitnessScriptHash256 = 4,
    /// A taproot output key, 32 bytes, x only (BIP 341).
    TaprootKey256 = 5,
    /// Double SHA-256 of a script, 32 bytes (Bitcoin Cash P2SH32).
    ScriptHash256 = 6,
    /// A witness program that no rule gives a meaning yet: its version, then 2 to 40 bytes (BIP 141).
    WitnessProgram = 7,
    /// An Ed25519 public key, 32 bytes (Solana, Stellar, Algorand, NEAR).
    Ed25519Key = 8,
    /// An account id, 32 bytes: a public key or a hash (Substrate chains).
    AccountId256 = 9,
    /// The hash that names a contract, a module or a program, 32 bytes (Stellar, the Cosmos family, Chia).
    ContractHash256 = 10,
    /// A public spend key, 32 bytes (Monero).
    MoneroSpendKey = 11,
    /// The kind of key (0 to 3, 4 for a contract), then the hash's 20 bytes (Tezos).
    TezosHash = 12,
    /// 0 for a key or 1 for a script, then the hash's 28 bytes (Cardano, CIP-19).
    CardanoCredential = 13,
    /// The root hash of a Byron address, 28 bytes (Cardano).
    ByronRoot224 = 14,
    /// The workchain, then the account's hash of 32 bytes (TON).
    TonAccount = 15,
    /// A Sui account, 32 bytes.
    SuiAccount256 = 16,
    /// An Aptos account, 32 bytes.
    AptosAccount256 = 17,
    /// A Starknet account, 32 bytes.
    StarknetAccount256 = 18,
    /// A Nano public key, 32 bytes.
    NanoKey = 19,
    /// The protocol (0 to 3), then its 8, 20 or 48 bytes (Filecoin).
    FilecoinPayload = 20,
    /// The version, then a key or a script's hash of 32 or 33 bytes (Kaspa).
    KaspaKey = 21,
    /// A ledger account's hash, 28 bytes (Internet Computer).
    IcpAccount224 = 22,
    /// A principal, 1 to 29 bytes (Internet Computer).
    IcpPrincipal = 23,
    /// A public key's x of 32 bytes, then the parity of its y (Mina).
    MinaKey = 24,
    /// A diversifier of 11 bytes and a transmission key of 32 (Zcash).
    SaplingReceiver = 25,
    /// An account's name as text, 1 to 64 bytes (NEAR, Hedera).
    AccountName = 26,
    /// A byte with the sort of hash, then RIPEMD-160 of BLAKE-256 (Decred).
    DecredHash = 27,
    /// An account's number of 64 bits (Flow).
    FlowAccount64 = 28,
    /// A diversifier of 11 bytes and a transmission key of 32 (Zcash).
    OrchardReceiver = 29,
    /// A public key in SEC 1's compressed form: a Lightning node's, a silent payment's spend key, an Ergo account's.
    Secp256k1Key = 30,
    /// An account in its chain's own terms: bytes that say its sort, then a hash (Oasis, Radix, Waves, Sia, NEM).
    OwnAccount = 31,
    /// A lock script: its code's hash of 32 bytes, the sort of that hash, then its arguments (Nervos).
    LockScript = 32,
}

impl IdentityKind {
    /// Every kind, in the order of their numbers.
    pub const ALL: [Self; 32] = [
        Self::Hash160,
        Self::Keccak160,
        Self::ScriptHash160,
        Self::WitnessScriptHash256,
        Self::TaprootKey256,
        Self::ScriptHash256,
        Self::WitnessProgram,
        Self::Ed25519Key,
        Self::AccountId256,
        Self::ContractHash256,
        Self::MoneroSpendKey,
        Self::TezosHash,
        Self::CardanoCredential,
        Self::ByronRoot224,
        Self::TonAccount,
        Self::SuiAccount256,
        Self::AptosAccount256,
        Self::StarknetAccount256,
        Self::NanoKey,
        Self::FilecoinPayload,
        Self::KaspaKey,
        Self::IcpAccount224,
        Self::IcpPrincipal,
        Self::MinaKey,
        Self::SaplingReceiver,
        Self::AccountName,
        Self::DecredHash,
        Self::FlowAccount64,
        Self::OrchardReceiver,
        Self::Secp256k1Key,
        Self::OwnAccount,
        Self::LockScript,
    ];

    /// The kind of this number, if there is one.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as u8 == code)
    }

    /// The kind's name as it is written in JSON and shown to developers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hash160 => "hash160",
            Self::Keccak160 => "keccak160",
            Self::ScriptHash160 => "script_hash160",
            Self::WitnessScriptHash256 => "witness_script_hash256",
            Self::TaprootKey256 => "taproot_key256",
            Self::ScriptHash256 => "script_hash256",
            Self::WitnessProgram => "witness_program",
            Self::Ed25519Key => "ed25519_key",
            Self::AccountId256 => "account_id256",
            Self::ContractHash256 => "contract_hash256",
            Self::MoneroSpendKey => "monero_spend_key",
            Self::TezosHash => "tezos_hash",
            Self::CardanoCredential => "cardano_credential",
            Self::ByronRoot224 => "byron_root224",
            Self::TonAccount => "ton_account",
            Self::SuiAccount256 => "sui_account256",
            Self::AptosAccount256 => "aptos_account256",
            Self::StarknetAccount256 => "starknet_account256",
            Self::NanoKey => "nano_key",
            Self::FilecoinPayload => "filecoin_payload",
            Self::KaspaKey => "kaspa_key",
            Self::IcpAccount224 => "icp_account224",
            Self::IcpPrincipal => "icp_principal",
            Self::MinaKey => "mina_key",
            Self::SaplingReceiver => "sapling_receiver",
            Self::AccountName => "account_name",
            Self::DecredHash => "decred_hash",
            Self::FlowAccount64 => "flow_account64",
            Self::OrchardReceiver => "orchard_receiver",
            Self::Secp256k1Key => "secp256k1_key",
            Self::OwnAccount => "own_account",
            Self::LockScript => "lock_script",
        }
    }

    /// Whether the same bytes on another chain answer to the same key. A script's
    /// hash does not: the script runs by the other chain's rules and may be nobody's there.
    pub fn is_key(self) -> bool {
        !matches!(
            self,
            Self::ScriptHash160
                | Self::WitnessScriptHash256
                | Self::ScriptHash256
                | Self::WitnessProgram
                | Self::ContractHash256
                | Self::TonAccount
                | Self::StarknetAccount256
                | Self::AccountName
                | Self::FlowAccount64
                | Self::OwnAccount
                | Self::LockScript
        )
    }

    /// Whether every payload is a hash or a key of one length, and nothing in it is alike by design.
    pub(crate) fn is_uniform(self) -> bool {
        matches!(
            self,
            Self::Hash160
                | Self::Keccak160
                | Self::ScriptHash160
                | Self::WitnessScriptHash256
                | Self::TaprootKey256
                | Self::ScriptHash256
                | Self::Ed25519Key
                | Self::AccountId256
                | Self::ContractHash256
                | Self::MoneroSpendKey
                | Self::ByronRoot224
                | Self::SuiAccount256
                | Self::AptosAccount256
                | Self::StarknetAccount256
                | Self::NanoKey
                | Self::IcpAccount224
        )
    }

    /// How many bytes at the beginning are alike in many payloads: those that say how what follows is meant.
    pub(crate) fn shared_bytes(self) -> usize {
        if self == Self::LockScript { 33 } else { 0 }
    }

    /// The lengths in bytes that a payload of this kind may have.
    pub fn lengths(self) -> core::ops::RangeInclusive<usize> {
        match self {
            Self::Hash160 | Self::Keccak160 | Self::ScriptHash160 => 20..=20,
            Self::WitnessScriptHash256 | Self::TaprootKey256 | Self::ScriptHash256 => 32..=32,
            Self::WitnessProgram => 3..=41,
            Self::Ed25519Key => 32..=32,
            Self::AccountId256 => 32..=32,
            Self::ContractHash256 => 32..=32,
            Self::MoneroSpendKey => 32..=32,
            Self::TezosHash => 21..=21,
            Self::CardanoCredential => 29..=29,
            Self::ByronRoot224 => 28..=28,
            Self::TonAccount => 33..=33,
            Self::SuiAccount256 => 32..=32,
            Self::AptosAccount256 => 32..=32,
            Self::StarknetAccount256 => 32..=32,
            Self::NanoKey => 32..=32,
            Self::FilecoinPayload => 9..=49,
            Self::KaspaKey => 33..=34,
            Self::IcpAccount224 => 28..=28,
            Self::IcpPrincipal => 1..=29,
            Self::MinaKey => 33..=33,
            Self::SaplingReceiver => 43..=43,
            Self::AccountName => 1..=64,
            Self::DecredHash => 21..=21,
            Self::FlowAccount64 => 8..=8,
            Self::OrchardReceiver => 43..=43,
            Self::Secp256k1Key => 33..=33,
            Self::OwnAccount => 21..=32,
            Self::LockScript => 33..=64,
        }
    }
}

/// The longest payload of any kind, in bytes.
pub(crate) const LONGEST: usize = 64;

/// A kind and its bytes: the thing that is compared and looked up.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identity {
    kind: IdentityKind,
    length: u8,
    bytes: [u8; LONGEST],
}

impl Identity {
    /// An identity of `kind` with these bytes, or `None` where the kind cannot have that many.
    ///
    /// ```
    /// use taintwatch::{Identity, IdentityKind};
    /// assert!(Identity::new(IdentityKind::Keccak160, &[7; 20]).is_some());
    /// assert!(Identity::new(IdentityKind::Keccak160, &[7; 32]).is_none());
    /// ```
    #[inline]
    pub fn new(kind: IdentityKind, payload: &[u8]) -> Option<Self> {
        if !kind.lengths().contains(&payload.len()) {
            return None;
        }
        let mut identity = Self { kind, length: payload.len() as u8, bytes: [0; LONGEST] };
        identity.bytes[..payload.len()].copy_from_slice(payload);
        Some(identity)
    }

    /// What an EVM address is.
    #[inline(always)]
    pub(crate) fn keccak160(payload: [u8; 20]) -> Self {
        let mut bytes = [0; LONGEST];
        bytes[..20].copy_from_slice(&payload);
        Self { kind: IdentityKind::Keccak160, length: 20, bytes }
    }

    /// What the bytes are.
    pub fn kind(&self) -> IdentityKind {
        self.kind
    }

    /// Takes other bytes, as many as it has, from their digits in hexadecimal; whether these are.
    #[inline(always)]
    pub(crate) fn unhex(&mut self, digits: &[u8]) -> bool {
        let bytes = self.bytes.get_mut(..usize::from(self.length));
        bytes.is_some_and(|bytes| unhex_into(digits, bytes))
    }

    /// How many bytes there are.
    #[inline(always)]
    pub(crate) fn length(&self) -> usize {
        usize::from(self.length)
    }

    /// The bytes, as many as the kind has.
    pub fn payload(&self) -> &[u8] {
        &self.bytes[..self.length()]
    }

    /// The bytes, and zeros behind them.
    pub(crate) fn padded(&self) -> &[u8; LONGEST] {
        &self.bytes
    }

    /// The bytes as lower-case hexadecimal.
    pub fn hex(&self) -> String {
        hex(self.payload())
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.name(), self.hex())
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_number_and_fits() {
        for kind in IdentityKind::ALL {
            assert_eq!(IdentityKind::from_code(kind as u8), Some(kind));
            assert!(*kind.lengths().end() <= LONGEST);
            for length in 0..=LONGEST + 1 {
                let identity = Identity::new(kind, &vec![9; length]);
                assert_eq!(identity.is_some(), kind.lengths().contains(&length), "{kind:?} {length}");
            }
        }
        assert_eq!(IdentityKind::from_code(0), None);
    }

    #[test]
    fn kinds_keep_equal_bytes_apart() {
        let key = Identity::new(IdentityKind::Hash160, &[1; 20]);
        let script = Identity::new(IdentityKind::ScriptHash160, &[1; 20]);
        assert_ne!(key, script);
    }
}
