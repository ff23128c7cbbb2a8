//! Accounts that have a name or a number instead of a key: NEAR's named accounts and Hedera's.
//!
//! Sources: NEAR's documentation ("Account ID rules"); Hedera's
//! `shard.realm.number`. They have no checksum, so only a form that is
//! nothing else is read: a NEAR name with its top-level `.near` or `.tg`.

use super::{Form, IdentityKind as Kind, Parts, Read};

pub(super) fn read(chain: &str, text: &str) -> Read {
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
