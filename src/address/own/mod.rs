//! The spellings that are a chain's own: one file a family, each a pair of functions that read and write.
//!
//! A codec takes the text and the chain's mark (a human-readable part, a
//! prefix, a number) and gives [`Parts`]. It knows no chain.

mod base32;
mod bech32_account;
mod cardano;
mod cryptonote;
mod curve_base58;
mod filecoin;
mod hexadecimal;
mod icp;
mod kaspa;
mod name;
mod nano;
mod ripple;
mod ss58;
mod stacks;
mod ton;

use super::{Form, Problem};
use crate::identity::IdentityKind;

/// One of a chain's own spellings: the codec and what marks the chain in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spelling {
    /// How it is read and written.
    pub codec: Codec,
    /// What tells this chain's addresses from those of others with the same codec.
    pub mark: &'static str,
}

/// What an address is made of, whatever the chain.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts {
    pub form: Form,
    pub kind: IdentityKind,
    pub payload: Vec<u8>,
    /// What the spelling has beyond the identity: a view key, a destination tag, a stake key.
    pub extra: Vec<u8>,
}

impl Parts {
    fn new(form: Form, kind: IdentityKind, payload: &[u8], extra: &[u8]) -> Self {
        Self { form, kind, payload: payload.to_vec(), extra: extra.to_vec() }
    }

    /// Parts of the chain's plain form, without anything beyond the identity.
    fn plain(kind: IdentityKind, payload: &[u8]) -> Self {
        Self::new(Form::Native, kind, payload, &[])
    }
}

/// `None` where the text has not the shape at all; a problem where it has but is not one.
type Read = Option<Result<Parts, Problem>>;

macro_rules! codecs {
    ($($(#[$doc:meta])* $name:ident: $file:ident::$read:ident, $file2:ident::$write:ident;)*) => {
        /// The families of spellings.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Codec { $($(#[$doc])* $name,)* }

        impl Codec {
            /// Reads a text as an address of the chain with this mark.
            pub(super) fn read(self, mark: &str, text: &str) -> Read {
                match self { $(Self::$name => $file::$read(mark, text),)* }
            }

            /// Writes parts; `None` where the codec has no such form or the parts do not fit it.
            pub(super) fn write(self, mark: &str, parts: &Parts) -> Option<String> {
                match self { $(Self::$name => $file2::$write(mark, parts),)* }
            }
        }
    };
}

codecs! {
    /// Bech32 of a key hash as Bitcoin makes them (the Cosmos family); the mark is the human-readable part.
    CosmosHash: bech32_account::read_hash, bech32_account::write_hash;
    /// Bech32 of an EVM key hash (Injective, Evmos, Harmony, IoTeX); the mark is the human-readable part.
    CosmosKeccak: bech32_account::read_keccak, bech32_account::write_keccak;
    /// Avalanche's `X-avax1…` and `P-avax1…`; the mark is the letter.
    Avalanche: bech32_account::read_avalanche, bech32_account::write_avalanche;
    /// Cardano's Shelley and Byron addresses; the mark is `addr`.
    Cardano: cardano::read, cardano::write;
    /// Monero's family; the mark is its three network bytes in decimal.
    CryptoNote: cryptonote::read, cryptonote::write;
    /// 32 bytes in base 58 (Solana); no mark.
    Solana: curve_base58::read_solana, curve_base58::write_solana;
    /// Base58Check with two version bytes (Zcash, Horizen); the mark is a key's and a script's.
    Base58Two: curve_base58::read_two_bytes, curve_base58::write_two_bytes;
    /// Zcash's Sapling; the mark is the human-readable part.
    Sapling: bech32_account::read_sapling, bech32_account::write_sapling;
    /// Tezos; no mark.
    Tezos: curve_base58::read_tezos, curve_base58::write_tezos;
    /// Mina; no mark.
    Mina: curve_base58::read_mina, curve_base58::write_mina;
    /// Filecoin; the mark is the network's letter.
    Filecoin: filecoin::read, filecoin::write;
    /// `0x` and 64 digits (Aptos, Sui, Starknet); the mark is the kind.
    Hex32: hexadecimal::read_hex32, hexadecimal::write_hex32;
    /// 64 digits (NEAR's implicit accounts); no mark.
    Implicit: hexadecimal::read_implicit, hexadecimal::write_implicit;
    /// An EVM address behind a prefix (`ronin:`, `xdc`); the mark is the prefix.
    PrefixedEvm: hexadecimal::read_prefixed, hexadecimal::write_prefixed;
    /// The Internet Computer's account ids and principals; no mark.
    Icp: icp::read, icp::write;
    /// Kaspa; the mark is the prefix.
    Kaspa: kaspa::read, kaspa::write;
    /// Nano; the mark is the prefix.
    Nano: nano::read, nano::write;
    /// Names and numbers that a chain's own accounts have; the mark is which chain's.
    Name: name::read, name::write;
    /// The XRP Ledger's classic and X-addresses; no mark.
    Ripple: ripple::read, ripple::write;
    /// SS58 (Polkadot, Kusama, Substrate chains); the mark is the network's number.
    Ss58: ss58::read, ss58::write;
    /// Stacks' c32; the mark is the letters of the two versions.
    Stacks: stacks::read, stacks::write;
    /// Stellar's strkeys; no mark.
    Stellar: base32::read_stellar, base32::write_stellar;
    /// Algorand; no mark.
    Algorand: base32::read_algorand, base32::write_algorand;
    /// TON, raw and user-friendly; no mark.
    Ton: ton::read, ton::write;
}

impl Codec {
    /// Whether an address may begin with this character: a cheap test before the text is looked at.
    pub(super) fn may_begin(self, mark: &str, first: u8) -> bool {
        let same = |text: &str| text.bytes().next().is_some_and(|c| c.eq_ignore_ascii_case(&first));
        match self {
            Self::CosmosHash | Self::CosmosKeccak | Self::PrefixedEvm | Self::Kaspa | Self::Sapling => {
                same(mark)
            }
            Self::Avalanche => same(mark) || same("avax"),
            Self::Cardano => matches!(first, b'a' | b's' | b'A' | b'S' | b'D'),
            Self::CryptoNote => matches!(first, b'4' | b'8'),
            Self::Solana | Self::Ss58 => first.is_ascii_alphanumeric(),
            Self::Base58Two => matches!(first, b't' | b'z'),
            Self::Tezos => matches!(first, b't' | b'K'),
            Self::Mina => first == b'B',
            Self::Filecoin => same(mark),
            Self::Hex32 => first == b'0',
            Self::Implicit => first.is_ascii_hexdigit(),
            Self::Icp => first.is_ascii_alphanumeric(),
            Self::Nano => matches!(first, b'n' | b'x'),
            Self::Name => first.is_ascii_alphanumeric(),
            Self::Ripple => matches!(first, b'r' | b'X'),
            Self::Stacks => first == b'S',
            Self::Stellar => matches!(first, b'G' | b'M' | b'C'),
            Self::Algorand => first.is_ascii_uppercase() || first.is_ascii_digit(),
            Self::Ton => matches!(first, b'E' | b'U' | b'k' | b'0' | b'-'),
        }
    }
}

/// The problem of a wrong checksum.
fn checksum(like: &'static str) -> Read {
    Some(Err(Problem::Checksum { like }))
}

/// The problem of a right checksum over something that is no address.
fn unknown(like: &'static str) -> Read {
    Some(Err(Problem::UnknownVersion { like }))
}

/// CRC-16 as XMODEM has it: what Stellar's strkeys and TON's addresses end with.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0u16, |crc, &byte| {
        (0..8).fold(
            crc ^ u16::from(byte) << 8,
            |crc, _| if crc & 0x8000 != 0 { crc << 1 ^ 0x1021 } else { crc << 1 },
        )
    })
}

/// CRC-32 as zlib has it: what Byron addresses and the Internet Computer's begin or end with.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, &byte| {
        (0..8).fold(
            crc ^ u32::from(byte),
            |crc, _| if crc & 1 != 0 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
        )
    })
}

/// Five-bit groups read from characters of `alphabet`, or `None` where one is not among them.
fn digits(alphabet: &[u8; 32], text: &str) -> Option<Vec<u8>> {
    text.bytes().map(|c| alphabet.iter().position(|&d| d == c).map(|v| v as u8)).collect()
}

/// Five-bit groups written in `alphabet`.
fn text_of(alphabet: &[u8; 32], groups: &[u8]) -> String {
    groups.iter().map(|&g| char::from(alphabet[usize::from(g)])).collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn the_check_values_of_the_crc_catalogue() {
        assert_eq!(crc16(b"123456789"), 0x31c3);
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }
}
