//! The ways in which addresses are written, each with its name and its number in the set format.

use crate::identity::IdentityKind;

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
    /// The chain's own plain spelling.
    Native = 16,
    /// A Stellar account with a number of its own (`M…`, SEP-23).
    Muxed = 17,
    /// A contract or a module where a chain writes those in another way.
    Contract = 18,
    /// A Monero address with a payment id.
    Integrated = 19,
    /// A Monero subaddress (`8…`).
    Subaddress = 20,
    /// An XRP Ledger address with its destination tag (XLS-5).
    XAddress = 21,
    /// A Cardano address that points to a stake key (CIP-19).
    Pointer = 22,
    /// A Cardano address without a stake key (CIP-19).
    Enterprise = 23,
    /// A Cardano stake address (CIP-19).
    Stake = 24,
    /// A Cardano address of the Byron era.
    Byron = 25,
    /// TON's workchain, colon and hexadecimal digits.
    Raw = 26,
    /// TON's user-friendly form from which a failed payment comes back (`EQ…`).
    Bounceable = 27,
    /// TON's user-friendly form from which it does not (`UQ…`).
    NonBounceable = 28,
    /// A Filecoin actor's number (`f0…`).
    Id = 29,
    /// A Filecoin address that another actor holds (`f410f…`).
    Delegated = 30,
    /// 64 hexadecimal digits, which may as well be a hash.
    Hex32 = 31,
    /// An EVM address behind a chain's prefix.
    Prefixed = 32,
    /// A principal of the Internet Computer.
    Principal = 33,
    /// A name or number that the chain gives its accounts.
    Name = 34,
    /// A Zcash address of several receivers, each of which is an identity (ZIP 316).
    Unified = 35,
    /// A Lightning node's id.
    Node = 36,
    /// A Lightning invoice, which stands for the node that made it (BOLT 11).
    Invoice = 37,
    /// A silent payment address (BIP 352).
    SilentPayment = 38,
}

impl Form {
    /// Every form, in the order of their numbers.
    pub const ALL: [Self; 38] = [
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
        Self::Native,
        Self::Muxed,
        Self::Contract,
        Self::Integrated,
        Self::Subaddress,
        Self::XAddress,
        Self::Pointer,
        Self::Enterprise,
        Self::Stake,
        Self::Byron,
        Self::Raw,
        Self::Bounceable,
        Self::NonBounceable,
        Self::Id,
        Self::Delegated,
        Self::Hex32,
        Self::Prefixed,
        Self::Principal,
        Self::Name,
        Self::Unified,
        Self::Node,
        Self::Invoice,
        Self::SilentPayment,
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
            Self::Native => "native",
            Self::Muxed => "muxed",
            Self::Contract => "contract",
            Self::Integrated => "integrated",
            Self::Subaddress => "subaddress",
            Self::XAddress => "x_address",
            Self::Pointer => "pointer",
            Self::Enterprise => "enterprise",
            Self::Stake => "stake",
            Self::Byron => "byron",
            Self::Raw => "raw",
            Self::Bounceable => "bounceable",
            Self::NonBounceable => "non_bounceable",
            Self::Id => "id",
            Self::Delegated => "delegated",
            Self::Hex32 => "hex32",
            Self::Prefixed => "prefixed",
            Self::Principal => "principal",
            Self::Name => "name",
            Self::Unified => "unified",
            Self::Node => "node",
            Self::Invoice => "invoice",
            Self::SilentPayment => "silent_payment",
        }
    }
}

/// What a witness program of this version and length is, where a rule gives it a meaning.
pub(super) fn witness(version: u8, length: usize) -> Option<(Form, IdentityKind)> {
    match (version, length) {
        (0, 20) => Some((Form::P2wpkh, IdentityKind::Hash160)),
        (0, 32) => Some((Form::P2wsh, IdentityKind::WitnessScriptHash256)),
        (1, 32) => Some((Form::P2tr, IdentityKind::TaprootKey256)),
        _ => None,
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::Form;

    #[test]
    fn every_form_is_found_by_its_number() {
        for form in Form::ALL {
            assert_eq!(Form::from_code(form as u8), Some(form));
        }
        assert_eq!(Form::from_code(0), None);
    }
}
