//! Liquid's confidential addresses: Bitcoin's kinds, with the key before the hash by which amounts are hidden.
//!
//! Sources: Elements' `chainparams.cpp` and `blech32.cpp`. "Blech32" is bech32 with a checksum of twelve digits;
//! without the key, the address is one of the chain's usual ones.

use super::super::base58::{self, BITCOIN};
use super::super::bch::{Code, Prefix};
use super::super::bech32::{decode_by, encode_by, regroup, split};
use super::super::form::witness;
use super::{Form, IdentityKind as Kind, Parts, Read, behind_hrp, checksum};

const LIKE: &str = "a confidential Liquid address";
const HRP: &str = "lq";

/// The byte before a version that says that a key follows it.
const BLINDED: u8 = 12;
const KEY: u8 = 57;
const SCRIPT: u8 = 39;

/// The most characters: of a hash of 32 bytes.
const LONGEST: usize = 120;

/// A public key in SEC 1's compressed form.
const KEY_LENGTH: usize = 33;

static CODE: Code = Code::new(
    12,
    Prefix::Split,
    [0x7d_52fb_a40b_d886, 0x5e_8dbf_1a03_950c, 0x1c_3a3c_7407_2a18, 0x38_5d72_fa0e_5139, 0x70_93e5_a608_865b],
);
/// What the checksum comes to for witness version 0 and for others.
const BLECH32: u64 = 1;
const BLECH32M: u64 = 0x455_972a_3350_f7a1;

pub(super) fn read(_: &str, text: &str) -> Read {
    if behind_hrp(HRP, text).is_some() {
        return read_blech32(text);
    }
    let bytes = base58::decode_check(&BITCOIN, text)?;
    let (&[blinded, version], rest) = bytes.split_first_chunk()?;
    let (key, hash) = rest.split_at_checked(KEY_LENGTH)?;
    let (form, kind) = match (blinded, version, hash.len()) {
        (BLINDED, KEY, 20) => (Form::P2pkh, Kind::Hash160),
        (BLINDED, SCRIPT, 20) => (Form::P2sh, Kind::ScriptHash160),
        _ => return None,
    };
    Some(Ok(Parts::new(form, kind, hash, key)))
}

fn read_blech32(text: &str) -> Read {
    let Ok(found) = decode_by(&CODE, text, LONGEST) else { return checksum(LIKE) };
    let (&version, groups) = found.values.split_first()?;
    if found.residue != target(version) || found.hrp.len() != HRP.len() {
        return checksum(LIKE);
    }
    let bytes = regroup(groups)?;
    let (key, program) = bytes.split_at_checked(KEY_LENGTH)?;
    let (form, kind) = witness(version, program.len())?;
    Some(Ok(Parts::new(form, kind, program, key)))
}

pub(super) fn write(_: &str, parts: &Parts) -> Option<String> {
    if parts.extra.len() != KEY_LENGTH {
        return None;
    }
    let base58 = |version| {
        let bytes = [&[BLINDED, version], &parts.extra[..], &parts.payload].concat();
        Some(base58::encode_check(&BITCOIN, &bytes))
    };
    match (parts.form, parts.kind) {
        (Form::P2pkh, Kind::Hash160) => base58(KEY),
        (Form::P2sh, Kind::ScriptHash160) => base58(SCRIPT),
        of => {
            let version = [0, 1].into_iter().find(|&v| witness(v, parts.payload.len()) == Some(of))?;
            let mut values = vec![version];
            values.extend(split(&[&parts.extra[..], &parts.payload].concat()));
            Some(encode_by(&CODE, HRP, values, target(version)))
        }
    }
}

fn target(version: u8) -> u64 {
    if version == 0 { BLECH32 } else { BLECH32M }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Elements' published pairs: one key, two scripts.
    #[test]
    fn a_confidential_address_is_the_plain_one_with_a_key() {
        for (plain, confidential) in [
            (
                "ex1q7gkeyjut0mrxc3j0kjlt7rmcnvsh0gt45d3fud",
                "lq1qqf8er278e6nyvuwtgf39e6ewvdcnjupn9a86rzpx655y5lhkt0walu3djf9cklkxd3ryld97hu8h3xepw7sh2rlu7q45dcew5",
            ),
            (
                "ex1p8qs0qcn25l2y6yvtc5t95rr8w9pndcj64c8rkutnvkcvdp6gh02qa4lw5j",
                "lq1pqgft7r4ytdenml0gaj67393sd3qkt3nxex0ut5dt3plhzwf6jaww5wpq7p3x4f75f5gch3gktgxxwu2rxm394tsw8dchxedsc6r53w75375l4kfvf08y",
            ),
            (
                "GqiQRsPEyJLAsEBFB5R34KHuqxDNkG3zur",
                "VJLDwMVWXg8RKq4mRe3YFNTAEykVN6V8x5MRUKKoC3nfRnbpnZeiG3jygMC6A4Gw967GY5EotJ4Rau2F",
            ),
        ] {
            let [plain, confidential] =
                [plain, confidential].map(|text| crate::read(text).unwrap().addresses[0]);
            assert_eq!((plain.form(), plain.identity()), (confidential.form(), confidential.identity()));
            assert!(plain.is_plain() && !confidential.is_plain());
            let upper = crate::read(&confidential.to_string().to_uppercase());
            assert_eq!(upper.is_ok(), confidential.form() != Form::P2sh);
        }
        assert!(crate::read("Lq1qqf8er278e6nyvuwtgf39e6ewvdcnjupn9a86rzpx655y5lhkt0walu3djf9cklkxd3ryld97hu8h3xepw7sh2rlu7q45dcew5").is_err());
    }

    proptest! {
        #[test]
        fn round_trips(key: [u8; 33], hash: [u8; 32], which in 0usize..5) {
            let (form, kind, length) = [
                (Form::P2pkh, Kind::Hash160, 20),
                (Form::P2sh, Kind::ScriptHash160, 20),
                (Form::P2wpkh, Kind::Hash160, 20),
                (Form::P2wsh, Kind::WitnessScriptHash256, 32),
                (Form::P2tr, Kind::TaprootKey256, 32),
            ][which];
            let parts = Parts::new(form, kind, &hash[..length], &key);
            let text = write("", &parts).unwrap();
            prop_assert_eq!(read("", &text), Some(Ok(parts)));
            let found = crate::read(&text).unwrap().addresses[0];
            prop_assert_eq!((found.chain().ticker, found.to_string()), ("LBTC", text));
        }

        #[test]
        fn never_panics(text: String) {
            let _ = (read("", &text), read("", &format!("lq1{text}")));
        }
    }
}
