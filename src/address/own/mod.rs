//! The spellings that are a chain's own: one file a family, each a pair of functions that read and write.
//!
//! A codec takes the text and the chain's mark (a human-readable part, a
//! prefix, a number) and gives [`Parts`]. It knows no chain.

mod base32;
mod bech32_account;
mod cardano;
mod conflux;
mod cryptonote;
mod curve_base58;
mod decred;
mod ergo;
mod filecoin;
mod flow;
mod hexadecimal;
mod icp;
mod kaspa;
mod lightning;
mod liquid;
mod name;
mod nano;
mod nervos;
mod patterns;
mod ripple;
mod ss58;
mod stacks;
mod ton;
mod unified;
mod waves;

use super::parted::strip_ignoring_case;
use super::{Form, Problem};
use crate::identity::IdentityKind;
use std::sync::OnceLock;

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

    /// Whether they are parts of this kind in the chain's plain form, without anything beyond the identity. In one place,
    /// as it would be in every codec's `write`.
    #[inline(never)]
    fn are_plain(&self, kind: IdentityKind) -> bool {
        (self.form, self.kind) == (Form::Native, kind) && self.extra.is_empty()
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
                self.functions().0(mark, text)
            }

            /// Writes parts; `None` where the codec has no such form or the parts do not fit it.
            pub(super) fn write(self, mark: &str, parts: &Parts) -> Option<String> {
                self.functions().1(mark, parts)
            }

            /// Pointers, so that the compiler does not make one huge function of all.
            fn functions(self) -> (fn(&str, &str) -> Read, fn(&str, &Parts) -> Option<String>) {
                const FUNCTIONS: &[(fn(&str, &str) -> Read, fn(&str, &Parts) -> Option<String>)] =
                    &[$(($file::$read, $file2::$write),)*];
                FUNCTIONS[self as usize]
            }
        }
    };
}

codecs! {
    /// Bech32 of a key hash as Bitcoin makes them (the Cosmos family); the mark is the human-readable part.
    CosmosHash: bech32_account::read_hash, bech32_account::write_hash;
    /// Bech32 of an EVM key hash (Injective, Evmos, Harmony, IoTeX) or of what else the chain writes in hexadecimal as
    /// well (Zilliqa); the mark is the human-readable part.
    CosmosKeccak: bech32_account::read_keccak, bech32_account::write_keccak;
    /// Bech32 of an Ed25519 key or, behind eight zeros, a contract's hash (MultiversX); the mark is the human-readable part.
    Bech32Key: bech32_account::read_key, bech32_account::write_key;
    /// What is of one length in bech32 (Zcash Sapling, Chia, Oasis, Radix); the mark is the human-readable part.
    Bech32Fixed: bech32_account::read_fixed, bech32_account::write_fixed;
    /// Avalanche's `X-avax1…` and `P-avax1…`; the mark is the letter.
    Avalanche: bech32_account::read_avalanche, bech32_account::write_avalanche;
    /// Cardano's Shelley and Byron addresses; the mark is `addr`.
    Cardano: cardano::read, cardano::write;
    /// Conflux; the mark is the prefix.
    Conflux: conflux::read, conflux::write;
    /// Monero's family; the mark is its three network bytes in decimal.
    CryptoNote: cryptonote::read, cryptonote::write;
    /// 32 bytes in base 58 (Solana); no mark.
    Solana: curve_base58::read_solana, curve_base58::write_solana;
    /// Base58Check (Zcash, Horizen, NEO); the mark is the version of a key's and of a script's, `-` where there is none.
    Base58Check: curve_base58::read_versions, curve_base58::write_versions;
    /// Decred; no mark.
    Decred: decred::read, decred::write;
    /// Ergo; no mark.
    Ergo: ergo::read, ergo::write;
    /// Flow; no mark.
    Flow: flow::read, flow::write;
    /// Lightning's invoices and node ids; the mark is the network's letters behind `ln`.
    Lightning: lightning::read, lightning::write;
    /// Liquid's confidential addresses; no mark.
    Liquid: liquid::read, liquid::write;
    /// Silent payments; the mark is the human-readable part.
    SilentPayment: lightning::read_silent, lightning::write_silent;
    /// One receiver of Zcash's unified addresses; the mark is its typecode.
    Unified: unified::read, unified::write;
    /// Zcash's `tex1…`; the mark is the human-readable part.
    Tex: unified::read_tex, unified::write_tex;
    /// Tezos; no mark.
    Tezos: curve_base58::read_tezos, curve_base58::write_tezos;
    /// Mina; no mark.
    Mina: curve_base58::read_mina, curve_base58::write_mina;
    /// Filecoin; the mark is the network's letter.
    Filecoin: filecoin::read, filecoin::write;
    /// `0x` and 64 digits, or these alone (Aptos, Sui, Starknet); the mark is the kind.
    Hex32: hexadecimal::read_hex32, hexadecimal::write_hex32;
    /// 64 digits (NEAR's implicit accounts); no mark.
    Implicit: hexadecimal::read_implicit, hexadecimal::write_implicit;
    /// An EVM address behind a prefix (`ronin:`, `xdc`); the mark is the prefix.
    PrefixedEvm: hexadecimal::read_prefixed, hexadecimal::write_prefixed;
    /// The Internet Computer's account ids; no mark.
    IcpAccount: icp::read_account, icp::write_account;
    /// The Internet Computer's principals; no mark.
    IcpPrincipal: icp::read_principal, icp::write_principal;
    /// Kaspa; the mark is the prefix.
    Kaspa: kaspa::read, kaspa::write;
    /// Nervos; the mark is the human-readable part.
    Nervos: nervos::read, nervos::write;
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
    /// Sia; no mark.
    Sia: hexadecimal::read_sia, hexadecimal::write_sia;
    /// Stellar's strkeys; no mark.
    Stellar: base32::read_stellar, base32::write_stellar;
    /// Algorand; no mark.
    Algorand: base32::read_algorand, base32::write_algorand;
    /// NEM; no mark.
    Nem: base32::read_nem, base32::write_nem;
    /// TON, raw and user-friendly; the mark tells the test network from the main one.
    Ton: ton::read, ton::write;
    /// Waves; no mark.
    Waves: waves::read, waves::write;
}

/// What stands behind a human-readable part, in either letter case, and its `1`.
#[inline(never)]
fn behind_hrp<'a>(hrp: &str, text: &'a str) -> Option<&'a str> {
    strip_ignoring_case(text, hrp)?.strip_prefix('1')
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
    // What each byte comes to, and the same behind one, two and three zeros: four bytes a step.
    static TABLES: OnceLock<[[u32; 256]; 4]> = OnceLock::new();
    let tables = TABLES.get_or_init(|| {
        let bit = |crc: u32| if crc & 1 != 0 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        let alone: [u32; 256] = core::array::from_fn(|byte| (0..8).fold(byte as u32, |crc, _| bit(crc)));
        let behind = |crc: u32| crc >> 8 ^ alone[usize::from(crc as u8)];
        let one = alone.map(behind);
        let two = one.map(behind);
        [alone, one, two, two.map(behind)]
    });
    let (fours, rest) = bytes.as_chunks::<4>();
    let crc = fours.iter().fold(!0, |crc, four| {
        let [a, b, c, d] = (crc ^ u32::from_le_bytes(*four)).to_le_bytes().map(usize::from);
        tables[3][a] ^ tables[2][b] ^ tables[1][c] ^ tables[0][d]
    });
    !rest.iter().fold(crc, |crc, &byte| crc >> 8 ^ tables[0][usize::from(crc as u8 ^ byte)])
}

/// Five-bit groups read from characters of `alphabet`, or `None` where one is not among them.
fn digits(alphabet: &[u8; 32], text: &str) -> Option<Vec<u8>> {
    let mut groups = Vec::with_capacity(text.len());
    for c in text.bytes() {
        groups.push(alphabet.iter().position(|&digit| digit == c)? as u8);
    }
    Some(groups)
}

/// Bytes as one number in five-bit groups: what is left over is at the left.
fn groups_of(bytes: &[u8]) -> Vec<u8> {
    let mut groups = Vec::new();
    let (mut buffer, mut bits) = (0u32, 0);
    for &byte in bytes.iter().rev() {
        buffer |= u32::from(byte) << bits;
        bits += 8;
        while bits >= 5 {
            groups.push(buffer as u8 & 31);
            buffer >>= 5;
            bits -= 5;
        }
    }
    if bits > 0 {
        groups.push(buffer as u8 & 31);
    }
    groups.reverse();
    groups
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
        assert_eq!(crc32(b"1234"), 0x9be3_e0a3);
        assert_eq!(crc16(b"123456789"), 0x31c3);
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }
}
