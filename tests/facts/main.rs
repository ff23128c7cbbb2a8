//! Every address of the built-in data is found: as it was published, and in every other spelling of its key.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::HashSet;
use std::fs;
use taintwatch::{Address, Chain, Form, How, IdentityKind, Level, Outcome, Screener, Set, read, scan};

fn screener() -> Screener {
    let set = Set::open(taintwatch_data::BUILTIN).unwrap();
    set.verify().unwrap();
    let mut screener = Screener::new();
    screener.add(set);
    screener
}

/// The addresses as they stand in the TagPacks, read without any of the project's own code:
/// the incident (from the file's name), the address, the network.
fn published() -> Vec<(String, String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/incidents");
    let mut rows = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let incident = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let value = |line: &str| line.split_once(": ").unwrap().1.trim().trim_matches('"').to_owned();
        let mut address = String::new();
        for line in text.lines() {
            if line.trim_start().starts_with("- address:") {
                address = value(line);
            } else if line.starts_with("    network:") {
                rows.push((incident.clone(), address.clone(), value(line)));
            }
        }
    }
    rows
}

fn spelled(address: &Address, ticker: &str, form: Form) -> String {
    Address::new(Chain::named(ticker).unwrap(), form, address.identity()).unwrap().to_string()
}

#[test]
fn every_published_address_is_found_for_its_incident() {
    let rows = published();
    // 167 rows of facts; six addresses belong to two incidents more.
    assert_eq!(rows.len(), 167 + 2 * 6);
    assert_eq!(rows.iter().map(|(_, address, _)| address).collect::<HashSet<_>>().len(), 167);
    let screener = screener();
    for (incident, address, network) in rows {
        let outcome = screener.screen(&address);
        let found = outcome.matches.iter().find(|m| m.incident.as_ref() == Some(&incident));
        let found = found.unwrap_or_else(|| panic!("{address} of {incident}"));
        assert_eq!(found.how, How::Exact, "{address}");
        assert_eq!(found.chain, Chain::named(&network).unwrap().caip2);
        assert!(outcome.level >= Some(Level::Caution), "{address}");
        assert!(found.source.url.starts_with("https://") && !found.source.date.is_empty());
        assert!(outcome.incidents.iter().any(|i| i.id == incident));
        assert!(outcome.actors.iter().any(|a| Some(&a.id) == found.actor.as_ref()));
    }
}

#[test]
fn every_other_spelling_of_the_key_is_found() {
    let screener = screener();
    let (mut evm, mut keys) = (0, 0);
    for (_, text, _) in published() {
        let address = read(&text).unwrap().addresses[0];
        let spellings = match (address.form(), address.identity().kind()) {
            (Form::Evm, _) => {
                evm += 1;
                vec![
                    (text.to_lowercase(), How::Exact),
                    (format!("0x{}", text[2..].to_uppercase()), How::Exact),
                    (text.to_uppercase(), How::Exact),
                    (spelled(&address, "ETH", Form::Evm), How::Exact),
                    (spelled(&address, "ETH", Form::Icap), How::Encoding),
                    (spelled(&address, "TRX", Form::Tron), How::Chain),
                    (spelled(&address, "TRX", Form::TronHex), How::Chain),
                    (spelled(&address, "RON", Form::Prefixed), How::Encoding),
                    (spelled(&address, "XDC", Form::Prefixed), How::Encoding),
                    (spelled(&address, "ONE", Form::Native), How::Encoding),
                    (spelled(&address, "INJ", Form::Native), How::Chain),
                    (spelled(&address, "FIL", Form::Delegated), How::Chain),
                ]
            }
            (_, IdentityKind::Hash160) => {
                keys += 1;
                let p2wpkh = if address.form() == Form::P2wpkh { How::Exact } else { How::Encoding };
                let p2pkh = if address.form() == Form::P2pkh { How::Exact } else { How::Encoding };
                vec![
                    (spelled(&address, "BTC", Form::P2pkh), p2pkh),
                    (spelled(&address, "BTC", Form::P2wpkh), p2wpkh),
                    (spelled(&address, "BTC", Form::P2wpkh).to_uppercase(), p2wpkh),
                    (spelled(&address, "LTC", Form::P2pkh), How::Chain),
                    (spelled(&address, "LTC", Form::P2wpkh), How::Chain),
                    (spelled(&address, "BCH", Form::CashP2pkh), How::Chain),
                    (spelled(&address, "BCH", Form::CashTokenP2pkh), How::Chain),
                    (spelled(&address, "DOGE", Form::P2pkh), How::Chain),
                    (spelled(&address, "XRP", Form::Native), How::Chain),
                    (spelled(&address, "ATOM", Form::Native), How::Chain),
                    (spelled(&address, "STX", Form::Native), How::Chain),
                    (spelled(&address, "AVAX-X", Form::Native), How::Chain),
                ]
            }
            _ => continue,
        };
        for (spelling, how) in spellings {
            let outcome = screener.screen(&spelling);
            assert!(
                outcome.matches.iter().all(|m| m.how == how),
                "{text} as {spelling}: {:?}",
                outcome.matches
            );
            assert!(!outcome.matches.is_empty(), "{text} as {spelling}");
            assert!(outcome.matches.iter().all(|m| m.same_key));
        }
    }
    // 68 EVM addresses and 32 key hashes, each tag counted.
    assert_eq!((evm, keys), (68, 32));
}

#[test]
fn one_character_changed_never_matches_and_is_named_for_what_it_is() {
    let screener = screener();
    let mut tried = 0;
    for (_, text, _) in published() {
        let evm = text.starts_with("0x");
        let digits: &[u8] = if evm {
            b"0123456789abcdef"
        } else if text.starts_with("bc1") {
            b"qpzry9x8gf2tvdw0s3jn54khce6mua7l"
        } else {
            b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
        };
        // Every place behind what says the kind of address, each with another digit of the alphabet.
        for at in 4..text.len() {
            let old = text.as_bytes()[at];
            let mut new = digits[(at * 7 + usize::from(old)) % digits.len()];
            if new.eq_ignore_ascii_case(&old) {
                new = digits[(at * 7 + usize::from(old) + 1) % digits.len()];
            }
            if new.eq_ignore_ascii_case(&old) {
                continue;
            }
            let changed = format!("{}{}{}", &text[..at], char::from(new), &text[at + 1..]);
            tried += 1;
            // It is never taken for the listed one …
            let identity = read(text.as_str()).unwrap().addresses[0].identity();
            let found = scan(&changed);
            let mut readings = found.iter().flat_map(|found| &found.reading.addresses);
            assert!(readings.all(|address| address.identity() != identity), "{changed}");
            // … only for one that is mistyped. Finding that out takes its time: every thirteenth is enough.
            if tried % 13 != 0 {
                continue;
            }
            let alike = |outcome: &Outcome| outcome.matches.iter().all(|m| m.how == How::Correction);
            let findings = screener.screen_text(&changed);
            assert!(findings.iter().all(|found| alike(&found.outcome)), "{changed}");
            let outcome = screener.screen(&changed);
            assert!(alike(&outcome), "{changed}");
            let code = outcome.problem.as_ref().map(|problem| problem.code.as_str());
            if !evm {
                assert_eq!(code, Some("typing"), "{changed}");
                assert!(!outcome.matches.is_empty() && outcome.level < Some(Level::Danger), "{changed}");
                assert_eq!(outcome.problem.and_then(|problem| problem.at), Some(at + 1), "{changed}");
            } else if text.to_lowercase() == text {
                // All in one case there is no checksum: it is simply somebody else's address.
                assert_eq!((code, outcome.level), (None, Some(Level::None)), "{changed}");
            } else {
                let clean = (code, outcome.level) == (None, Some(Level::None));
                let odd =
                    matches!(code, Some("letter_case" | "typing")) && outcome.level < Some(Level::Danger);
                assert!(clean || odd, "{changed}");
            }
        }
    }
    assert!(tried > 5000, "{tried}");
}

#[test]
fn incidents_without_addresses_are_kept() {
    let set = Set::open(taintwatch_data::BUILTIN).unwrap();
    for id in ["2014-sony", "2016-bangladesh-bank"] {
        assert!(set.incident(id).is_some(), "{id}");
    }
}
