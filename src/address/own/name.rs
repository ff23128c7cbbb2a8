//! Accounts that have a name or a number instead of a key: NEAR's named accounts, Hedera's, and those of Antelope's chains.
//!
//! Sources: NEAR's documentation ("Account ID rules"); Hedera's
//! `shard.realm.number` (HIP-15 for the checksum that may follow); Antelope's
//! documentation ("Account names"). Without a checksum, only a form that is
//! nothing else is read: a NEAR name with its top-level `.near` or `.tg`.

use super::super::parted::parted;
use super::{Form, IdentityKind as Kind, Parts, Read, checksum};

const LIKE: &str = "a Hedera account with a checksum";

pub(super) fn read(chain: &str, text: &str) -> Read {
    if chain == "hedera"
        && let Some((number, sum)) = parted(text, b'-')
    {
        if !fits(chain, number) || sum.len() != 5 || !sum.bytes().all(|c| c.is_ascii_lowercase()) {
            return None;
        }
        return if hedera_checksum(number) == sum.as_bytes() { read(chain, number) } else { checksum(LIKE) };
    }
    fits(chain, text).then(|| Ok(Parts::new(Form::Name, Kind::AccountName, text.as_bytes(), &[])))
}

pub(super) fn write(chain: &str, parts: &Parts) -> Option<String> {
    let text = core::str::from_utf8(&parts.payload).ok()?;
    let good = (parts.form, parts.kind) == (Form::Name, Kind::AccountName) && parts.extra.is_empty();
    (good && fits(chain, text)).then(|| text.to_owned())
}

fn fits(chain: &str, text: &str) -> bool {
    if text.len() > 64 {
        return false;
    }
    match chain {
        "near" => {
            // Parts of small letters and digits, parted by single `-`, `_` or `.`.
            let word =
                |w: &str| !w.is_empty() && w.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
            (text.ends_with(".near") || text.ends_with(".tg")) && text.split(['.', '-', '_']).all(word)
        }
        "antelope" => {
            let is_letter = |c: u8| matches!(c, b'a'..=b'z' | b'1'..=b'5' | b'.');
            let (short, last) = text.as_bytes().split_at(text.len().min(12));
            short.iter().all(|c| is_letter(*c))
                && matches!(last, [] | [b'a'..=b'j' | b'1'..=b'5'])
                && !text.is_empty()
                && !text.starts_with('.')
                && !text.ends_with('.')
        }
        _ => {
            let number = |n: &str| {
                !n.is_empty()
                    && n.len() <= 19
                    && n.bytes().all(|c| c.is_ascii_digit())
                    && (n == "0" || !n.starts_with('0'))
            };
            text.starts_with("0.0.") && text.split('.').count() == 3 && text.split('.').all(number)
        }
    }
}

/// HIP-15's five letters for an account of the mainnet.
fn hedera_checksum(number: &str) -> [u8; 5] {
    const P3: u64 = 26 * 26 * 26;
    const P5: u64 = 26 * 26 * P3;
    const WEIGHT: u64 = 31;
    // A point counts ten.
    let digits: Vec<u64> = number.bytes().map(|c| if c == b'.' { 10 } else { u64::from(c - b'0') }).collect();
    let weighted = digits.iter().fold(0, |sum, digit| (sum * WEIGHT + digit) % P3);
    let every_other = |from: usize| digits.iter().skip(from).step_by(2).sum::<u64>() % 11;
    // The ledger's id is one zero byte, and six more follow: they come to nothing.
    let ledger = 0;
    let length = digits.len() as u64 % 5;
    let all = (((length * 11 + every_other(0)) * 11 + every_other(1)) * P3 + weighted + ledger) % P5;
    let mut rest = all * 1_000_003 % P5;
    let mut letters = [0; 5];
    for letter in letters.iter_mut().rev() {
        *letter = b'a' + (rest % 26) as u8;
        rest /= 26;
    }
    letters
}
