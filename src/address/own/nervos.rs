//! Nervos: the script that locks a cell, in bech32m, and the two older spellings in bech32 that wallets still understand.
//!
//! Source: RFC 0021 of Nervos' Common Knowledge Base, "CKB address format". Scripts whose arguments are longer than 31
//! bytes are not read.

use super::super::bech32::{self, BECH32, BECH32M};
use super::{IdentityKind as Kind, Parts, Read, behind_hrp, checksum, unknown};

const LIKE: &str = "a Nervos address";

/// The most characters of a script with 31 bytes of arguments.
const LONGEST: usize = 114;

/// The code that checks a signature of the key whose hash the arguments are: what the oldest spelling leaves out.
const ONE_KEY: [u8; 32] = [
    0x9b, 0xd7, 0xe0, 0x6f, 0x3e, 0xcf, 0x4b, 0xe0, 0xf2, 0xfc, 0xd2, 0x18, 0x8b, 0x23, 0xf1, 0xb9, 0xfc,
    0xc8, 0x8e, 0x5d, 0x4b, 0x65, 0xa8, 0x63, 0x7b, 0x17, 0x72, 0x3b, 0xbd, 0xa3, 0xcc, 0xe8,
];

/// What the code's hash is of: the code, the type of the cell that holds it, or the code for a later machine.
const DATA: u8 = 0;
const TYPE: u8 = 1;
const SORTS: [u8; 4] = [DATA, TYPE, 2, 4];

pub(super) fn read(hrp: &str, text: &str) -> Read {
    behind_hrp(hrp, text)?;
    if text.len() > LONGEST {
        return None;
    }
    let Ok(found) = bech32::decode_values(text, LONGEST) else { return checksum(LIKE) };
    if !matches!(found.residue, BECH32 | BECH32M) || found.hrp.len() != hrp.len() {
        return checksum(LIKE);
    }
    match script(found.residue, &bech32::regroup(&found.values).unwrap_or_default()) {
        Some(script) => Some(Ok(Parts::plain(Kind::LockScript, &script))),
        None => unknown(LIKE),
    }
}

/// The hash of the code, its sort and the arguments.
fn script(residue: u64, bytes: &[u8]) -> Option<Vec<u8>> {
    let (format, rest) = bytes.split_first()?;
    match (residue, format, rest) {
        (BECH32M, 0, script) => SORTS.contains(script.get(32)?).then(|| script.to_vec()),
        (BECH32, 1, [0, arguments @ ..]) if arguments.len() == 20 => {
            Some([&ONE_KEY[..], &[TYPE], arguments].concat())
        }
        (BECH32, 2 | 4, script) => {
            let (code, arguments) = script.split_first_chunk::<32>()?;
            Some([&code[..], &[if *format == 2 { DATA } else { TYPE }], arguments].concat())
        }
        _ => None,
    }
}

pub(super) fn write(hrp: &str, parts: &Parts) -> Option<String> {
    let fits = parts.are_plain(Kind::LockScript);
    (fits && SORTS.contains(parts.payload.get(32)?))
        .then(|| bech32::encode_bytes(hrp, &[&[0], &parts.payload[..]].concat(), BECH32M))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{BECH32M, bech32};
    use crate::{Problem, lookalikes, read};

    /// RFC 0021's example of one key, in all three spellings.
    const NEW: &str =
        "ckb1qzda0cr08m85hc8jlnfp3zer7xulejywt49kt2rr0vthywaa50xwsqdnnw7qkdnnclfkg59uzn8umtfd2kwxceqxwquc4";
    const SHORT: &str = "ckb1qyqt8xaupvm8837nv3gtc9x0ekkj64vud3jqfwyw5v";
    const OLD: &str =
        "ckb1qjda0cr08m85hc8jlnfp3zer7xulejywt49kt2rr0vthywaa50xw3vumhs9nvu786dj9p0q5elx66t24n3kxgj53qks";

    #[test]
    fn the_older_spellings_are_the_same_lock() {
        for older in [SHORT, OLD, &SHORT.to_uppercase()] {
            let [new, older] = [NEW, older].map(|text| read(text).unwrap().addresses[0]);
            assert_eq!(new.identity(), older.identity());
            assert_eq!(older.to_string(), NEW);
        }
    }

    #[test]
    fn what_is_too_long_to_be_read_is_not_called_mistyped() {
        let payload = [&[0][..], &[7; 32], &[1], &[9; 32]].concat();
        let text = bech32::encode_bytes("ckb", &payload, BECH32M);
        assert_eq!(read(&text), Err(Problem::NotAnAddress));
        let shorter = bech32::encode_bytes("ckb", &payload[..payload.len() - 1], BECH32M);
        assert_eq!(read(&shorter).unwrap().addresses.len(), 1);
    }

    #[test]
    fn the_code_that_all_share_makes_nobody_alike() {
        // All with the same code, and the last two characters the same as well.
        let alike = (0..200u8).map(|byte| {
            let mut payload = read(NEW).unwrap().addresses[0].identity().payload().to_vec();
            payload[33..]
                .iter_mut()
                .enumerate()
                .for_each(|(at, place)| *place = byte.wrapping_mul(31 + 2 * at as u8));
            let identity = crate::Identity::new(crate::IdentityKind::LockScript, &payload).unwrap();
            crate::Address::new(crate::Chain::named("CKB").unwrap(), crate::Form::Native, identity)
                .unwrap()
                .to_string()
        });
        let alike: Vec<String> = alike.collect();
        let alike: Vec<&str> = alike.iter().map(String::as_str).collect();
        assert_eq!(lookalikes(&alike, None), []);
    }
}
