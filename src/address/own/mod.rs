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
mod ripple;
mod ss58;
mod stacks;
mod ton;
mod unified;
mod waves;

use super::read::strip_ignoring_case;
use super::shape::Pattern;
use super::{Form, Problem};
use crate::identity::IdentityKind;
use core::ops::RangeInclusive;
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
    /// TON, raw and user-friendly; the mark tells the test network from the main one.
    Ton: ton::read, ton::write;
    /// Waves; no mark.
    Waves: waves::read, waves::write;
}

const fn pattern(first: &str, lengths: RangeInclusive<usize>, groups: u32) -> Pattern {
    Pattern::new(first, lengths, groups)
}

const fn behind(start: &str, lengths: RangeInclusive<usize>, groups: u32) -> Pattern {
    Pattern::behind(start, lengths, groups)
}

impl Codec {
    /// What its addresses look like: what does not is not worth decoding.
    pub(super) fn patterns(self, mark: &str) -> Vec<Pattern> {
        use super::shape::group::*;
        let length = mark.len();
        // Behind the mark and a `1`, as bech32 has it, so many characters more.
        let bech32 = |more: usize| Pattern::bech32(mark, length + 1 + more..=length + 1 + more);
        let fixed: &[Pattern] = match self {
            // 20 or 32 bytes and six digits of a checksum behind the human-readable part and its `1`.
            Self::CosmosHash | Self::CosmosKeccak => return vec![bech32(38), bech32(58)],
            Self::Bech32Key => return vec![bech32(58)],
            Self::Bech32Fixed => return vec![bech32(bech32_account::fixed_digits(mark))],
            Self::Ergo => const { &[behind("9", 51..=51, BASE58)] },
            Self::Avalanche => {
                return vec![
                    Pattern::new(mark, 45..=45, ALPHANUMERIC | DASH).with(DASH),
                    const { behind("avax1", 43..=43, ALPHANUMERIC) },
                ];
            }
            Self::Cardano => {
                const {
                    &[
                        behind("addr1", 50..=127, ALPHANUMERIC),
                        behind("stake1", 50..=127, ALPHANUMERIC),
                        behind("Ae2", 50..=127, BASE58),
                        behind("Ddz", 50..=127, BASE58),
                    ]
                }
            }
            // The account, alone and behind the prefix.
            Self::Conflux => {
                const { &[pattern("a", 42..=42, ALPHANUMERIC), behind("cfx:", 46..=46, ALPHANUMERIC | COLON)] }
            }
            Self::CryptoNote => const { &[pattern("123456789ABCDEFGH", 95..=95, BASE58).or(106..=106)] },
            // Only behind `1`s, which are bytes without a value, do less than 43 digits make 32 bytes.
            Self::Solana => {
                const {
                    &[
                        pattern("1", 32..=44, BASE58),
                        pattern("23456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 43..=43, BASE58),
                        pattern("23456789ABCDEFGHJ", 44..=44, BASE58),
                    ]
                }
            }
            Self::Base58Check => {
                let versions =
                    mark.split(' ').map(curve_base58::version_bytes).filter(|version| !version.is_empty());
                return versions.map(|version| Pattern::base58(&version, version.len() + 24)).collect();
            }
            Self::Tezos => const { &[behind("tz", 36..=36, BASE58), behind("KT1", 36..=36, BASE58)] },
            Self::Mina => const { &[behind("B62", 55..=55, BASE58)] },
            // An id; 24 bytes; the same behind `410f`; 52 bytes.
            Self::Filecoin => {
                let pattern = Pattern::new(mark, 3..=21, ALPHANUMERIC);
                return vec![pattern.or(41..=41).or(44..=44).or(86..=86)];
            }
            Self::Hex32 => {
                const {
                    &[
                        behind("0x", 66..=66, HEX | OTHER_SMALL | OTHER_CAPITAL).like_a_hash(),
                        pattern("0123456789abcdef", 64..=64, HEX).like_a_hash(),
                    ]
                }
            }
            Self::Implicit => const { &[pattern("0123456789abcdef", 64..=64, SMALL_HEX).like_a_hash()] },
            Self::PrefixedEvm => {
                let pattern = Pattern::behind(mark, length + 40..=length + 40, ALPHANUMERIC | COLON);
                return vec![pattern.or(length + 42..=length + 42)];
            }
            Self::IcpAccount => const { &[pattern("0123456789abcdef", 64..=64, HEX)] },
            Self::IcpPrincipal => {
                const {
                    &[pattern("abcdefghijklmnopqrstuvwxyz234567", 9..=63, SMALL | TWO_TO_SEVEN | DASH)
                        .with(DASH)]
                }
            }
            Self::Kaspa => return vec![Pattern::behind(mark, 67..=70, ALPHANUMERIC | COLON).with(COLON)],
            // A key's hash in the oldest spelling; a script with arguments of up to 31 bytes in the others.
            Self::Nervos => return vec![bech32(42).or(length + 61..=length + 111)],
            Self::Nano => {
                const {
                    &[
                        behind("nano_", 65..=65, SMALL | DIGITS | UNDERSCORE),
                        behind("xrb_", 64..=64, SMALL | DIGITS | UNDERSCORE),
                    ]
                }
            }
            // Any short word may be an account of Antelope's chains: only where the chain is named.
            Self::Name if mark == "antelope" => &[],
            Self::Name => {
                const FIRST: &str = "0123456789abcdefghijklmnopqrstuvwxyz";
                const { &[pattern(FIRST, 4..=64, SMALL | DIGITS | DASH | UNDERSCORE | ELSE).with(ELSE)] }
            }
            Self::Ripple => const { &[pattern("r", 25..=35, BASE58), pattern("X", 46..=47, BASE58)] },
            Self::Ss58 => {
                return ss58::head(mark).iter().map(|head| Pattern::base58(head, head.len() + 34)).collect();
            }
            Self::Stacks => {
                const { &[pattern("S", 28..=41, DIGITS | CAPITALS & !(CAPITAL_I_O | CAPITAL_L_U))] }
            }
            Self::Stellar => const { &[pattern("GC", 56..=56, BASE32), pattern("M", 69..=69, BASE32)] },
            Self::Sia => const { &[pattern("0123456789abcdef", 76..=76, HEX)] },
            Self::Waves => const { &[behind("3P", 35..=35, BASE58)] },
            Self::Algorand => const { &[pattern("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 58..=58, BASE32)] },
            Self::Ton => {
                const {
                    &[
                        pattern("EUk0", 48..=48, ALPHANUMERIC | DASH | UNDERSCORE | ELSE),
                        pattern("0-", 66..=67, HEX | DASH | COLON).with(COLON),
                    ]
                }
            }
            Self::Decred => const { &[pattern("D", 35..=35, BASE58)] },
            Self::Flow => const { &[behind("0x", 18..=18, HEX | OTHER_SMALL)] },
            Self::Lightning => {
                return vec![
                    Pattern::behind(&format!("ln{mark}"), 127..=127, ALPHANUMERIC),
                    const { behind("02", 66..=66, HEX).like_a_hash() },
                    const { behind("03", 66..=66, HEX).like_a_hash() },
                ];
            }
            Self::Liquid => {
                const { &[behind("lq1", 101..=101, ALPHANUMERIC).or(120..=120), pattern("V", 80..=80, BASE58)] }
            }
            Self::SilentPayment => return vec![bech32(113)],
            // A single shielded receiver makes 106 characters.
            Self::Unified => const { &[behind("u1", 100..=127, ALPHANUMERIC)] },
            Self::Tex => return vec![bech32(38)],
        };
        fixed.to_vec()
    }
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
