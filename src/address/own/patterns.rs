//! What the addresses of each codec look like, so that only what may be one is decoded.

use super::super::pattern::Pattern;
use super::{Codec, bech32_account, curve_base58, ss58};
use core::ops::RangeInclusive;

const fn pattern(first: &str, lengths: RangeInclusive<usize>, groups: u32) -> Pattern {
    Pattern::new(first, lengths, groups)
}

const fn behind(start: &str, lengths: RangeInclusive<usize>, groups: u32) -> Pattern {
    Pattern::behind(start, lengths, groups)
}

impl Codec {
    /// What its addresses look like: what does not is not worth decoding.
    pub(in super::super) fn patterns(self, mark: &str) -> Vec<Pattern> {
        use super::super::shape::group::*;
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
            Self::Nem => const { &[behind("N", 40..=40, BASE32)] },
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
