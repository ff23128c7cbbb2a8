//! What the screener answers, case by case.

use super::*;
use crate::address::{Chain, Form};
use crate::set::{Pages, SetBuilder, SetError};
use crate::tag::{Actor, Confidence, Date, Incident, Source};

const KEY: &str = "1BK769SseNefb6fe9QuFEi8W4KGbtP8gi3";
const SCRIPT: &str = "3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG";
const EVM: &str = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96";
const RESEARCH: &str = "TJXXmeUbie3JBfK7H3UQb43sWnbhhdTJQx";
const DELISTED: &str = "0xd90e2f925DA726b50C4Ed8D0Fb90Ad053324F31b";

fn tag(address: &str, confidence: Confidence, delisted: Option<&str>) -> Tag {
    let address = read(address).unwrap().addresses[0];
    Tag {
        abuse: "service_hack".to_owned(),
        role: "theft".to_owned(),
        delisted: delisted.and_then(Date::parse),
        ..Tag::new(address, "Somebody", confidence, Source::default())
    }
}

fn set(tags: &[Tag]) -> Set {
    let mut set = SetBuilder::new("test", "Test", Date::parse("2026-01-31").unwrap());
    tags.iter().for_each(|tag| set.tag(tag));
    Set::open(set.finish().unwrap()).unwrap()
}

fn screener() -> Screener {
    let mut screener = Screener::new();
    screener.add(set(&[
        tag(KEY, Confidence::AuthorityData, None),
        tag(SCRIPT, Confidence::AuthorityData, None),
        tag(EVM, Confidence::AuthorityData, None),
        tag(RESEARCH, Confidence::Forensic, None),
        tag(DELISTED, Confidence::AuthorityData, Some("2025-03-21")),
    ]));
    screener
}

#[test]
fn traced_funds_count_by_how_near_and_how_much_they_are() {
    for (hops, share, level) in [
        (0, None, Level::Danger),
        (1, None, Level::Caution),
        (5, Some("0.1"), Level::Caution),
        (6, None, Level::Notice),
        (1, Some("0.05"), Level::Notice),
    ] {
        let share = share.and_then(crate::tag::Share::parse);
        let traced = Tag { hops: Some(hops), share, ..tag(KEY, Confidence::AuthorityData, None) };
        let mut screener = Screener::new();
        screener.add(set(&[traced]));
        let outcome = screener.screen(KEY);
        assert_eq!(outcome.level, Some(level), "{hops} {share:?}");
        assert_eq!(outcome.matches[0].hops, Some(hops));
        assert_eq!(outcome.matches[0].share, share.map(crate::tag::Share::millionths));
    }
}

#[test]
fn sets_are_asked_together_and_can_be_taken_away() {
    let mut screener = screener();
    let mut second = SetBuilder::new("second", "Second", Date::parse("2026-02-28").unwrap());
    second.tag(&tag(KEY, Confidence::Forensic, None));
    screener.add(Set::open(second.finish().unwrap()).unwrap());
    let outcome = screener.screen(KEY);
    let named: Vec<&str> = outcome.matches.iter().map(|found| &*found.set).collect();
    assert_eq!(named, ["test", "second"]);
    let asked: Vec<&str> = outcome.asked.iter().map(|set| &*set.id).collect();
    assert_eq!(asked, ["test", "second"]);
    assert!(screener.remove("test") && !screener.remove("test"));
    assert_eq!(screener.screen(KEY).level, Some(Level::Caution));
    assert_eq!(screener.lists(EVM), Some(false));
    assert!(screener.remove("second"));
    assert_eq!((screener.screen(KEY).level, screener.lists(KEY)), (None, None));
}

fn spelled(address: &str, ticker: &str, form: Form) -> String {
    let identity = read(address).unwrap().addresses[0].identity();
    Address::new(Chain::named(ticker).unwrap(), form, identity).unwrap().to_string()
}

#[test]
fn the_same_key_is_found_however_it_is_written() {
    let screener = screener();
    for (text, how, level) in [
        (KEY.to_owned(), How::Exact, Level::Danger),
        (spelled(KEY, "BTC", Form::P2wpkh), How::Encoding, Level::Danger),
        (spelled(KEY, "LTC", Form::P2pkh), How::Chain, Level::Danger),
        (spelled(KEY, "LTC", Form::P2wpkh), How::Chain, Level::Danger),
        (spelled(KEY, "BCH", Form::CashP2pkh), How::Chain, Level::Danger),
        (SCRIPT.to_owned(), How::Exact, Level::Danger),
        // A script runs by the other chain's rules: one level lower.
        (spelled(SCRIPT, "LTC", Form::P2sh), How::Chain, Level::Caution),
        (spelled(SCRIPT, "BCH", Form::CashP2sh), How::Chain, Level::Caution),
        (EVM.to_owned(), How::Exact, Level::Danger),
        (EVM.to_lowercase(), How::Exact, Level::Danger),
        (spelled(EVM, "ETH", Form::Icap), How::Encoding, Level::Danger),
        (spelled(EVM, "TRX", Form::Tron), How::Chain, Level::Danger),
        (spelled(EVM, "TRX", Form::TronHex), How::Chain, Level::Danger),
        (RESEARCH.to_owned(), How::Exact, Level::Caution),
        (spelled(RESEARCH, "TRX", Form::TronHex), How::Encoding, Level::Caution),
        (DELISTED.to_owned(), How::Exact, Level::Notice),
    ] {
        let outcome = screener.screen(&text);
        assert_eq!(outcome.level, Some(level), "{text}");
        assert_eq!(outcome.matches.len(), 1, "{text}");
        assert_eq!(outcome.matches[0].how, how, "{text}");
    }
}

#[test]
fn what_cannot_be_read_is_never_clean() {
    let outcome = screener().screen("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb");
    assert_eq!(outcome.level, None);
    let problem = outcome.problem.unwrap();
    assert_eq!((&*problem.code, problem.at), ("typing", Some(34)));
    // One hexadecimal digit changed: another address, and its letter case gives it away.
    let outcome = screener().screen("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAee");
    assert_eq!((outcome.level, outcome.matches.len()), (None, 0));
    let problem = outcome.problem.unwrap();
    assert_eq!((&*problem.code, problem.at), ("typing", Some(42)));
    // The listed one itself in an odd letter case is still the listed one.
    let outcome = screener().screen("0x098b716B8Aaf21512996dC57EB0615e2383E2f96");
    assert_eq!(outcome.level, Some(Level::Danger));
    assert_eq!(outcome.problem.unwrap().code, "typing");
}

#[test]
fn one_correction_that_is_listed_warns() {
    for (text, at) in [
        ("3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiH", 34),
        ("3LU8wRu4ZnXP4UM8oY6kkTiGHM9BubgyiG", 17),
        ("0x098B716B8Aaf21512996dC57EB0615e2383E2f97", 42),
    ] {
        let outcome = screener().screen(text);
        assert_eq!(outcome.level, Some(Level::Caution), "{text}");
        assert_eq!(outcome.matches[0].how, How::Correction, "{text}");
        let problem = outcome.problem.unwrap();
        assert_eq!((&*problem.code, problem.at), ("typing", Some(at)), "{text}");
    }
    // What is pasted is told as well, and where it stands; a word is not.
    for (text, level) in [
        (" 3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiH", Some(Level::Caution)),
        (" 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", None),
        (" bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdb", None),
    ] {
        let findings = screener().screen_text(text);
        assert_eq!((findings[0].start, findings[0].end), (1, text.len()), "{text}");
        assert_eq!(findings[0].outcome.level, level, "{text}");
        assert_eq!(findings[0].outcome.problem.as_ref().unwrap().at, Some(text.len() - 1), "{text}");
    }
    for text in ["3LU8wRu4ZnXP4UM8Yo6kkTiGHM9Bubgy11", "Donaudampfschifffahrtsgesellschaft"] {
        assert!(screener().screen_text(text).is_empty(), "{text}");
    }
    // In a text, an EVM address in a wrong letter case is one all the same.
    let findings = screener().screen_text("to 0x098B716B8Aaf21512996dC57EB0615e2383E2f97 please");
    assert_eq!(findings[0].outcome.matches[0].how, How::Correction);
}

#[test]
fn an_address_of_another_network_is_a_notice() {
    let clean = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
    for (text, asked, code) in [
        (clean, "ETH", Some("wrong_network")),
        ("TXEsK1sEsKjZ1xtHitnyAAoqw3WLdYdRNW", "ETH", Some("wrong_network")),
        ("tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx", "BTC", Some("wrong_network")),
        ("tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx", "", Some("test_network")),
        ("tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx", "tBTC", None),
        (clean, "BTC", None),
        (clean, "BCH", None),
        ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "BNB", None),
        ("bitcoin:TXEsK1sEsKjZ1xtHitnyAAoqw3WLdYdRNW", "", Some("wrong_network")),
    ] {
        let outcome = screener().screen_for(text, Chain::named(asked));
        let expected = if code.is_some() { Level::Notice } else { Level::None };
        assert_eq!(outcome.level, Some(expected), "{text} {asked}");
        assert_eq!(outcome.problem.map(|problem| problem.code).as_deref(), code, "{text} {asked}");
        let findings = screener().screen_text_for(&format!("to {text}"), Chain::named(asked));
        assert_eq!(findings[0].outcome.level, Some(expected), "{text} {asked}");
    }
    // What is listed stays what it is.
    let outcome = screener().screen_for(KEY, Chain::named("ETH"));
    assert_eq!((outcome.level, &*outcome.problem.unwrap().code), (Some(Level::Danger), "wrong_network"));
    // The chain that is asked for is named first.
    let outcome = screener().screen_for(SCRIPT, Chain::named("LTC"));
    assert_eq!(outcome.readings[0].chain_name, "Litecoin");
    // Without a set nothing was checked, whatever the network.
    assert_eq!(Screener::new().screen_for(clean, Chain::named("ETH")).level, None);
}

#[test]
fn what_may_be_a_hash_is_told_where_it_could_be_meant() {
    let digits = "98793cd91a3f870fb126f66285808c7e094afcfc4eda8a970f6648cdf0dbd6de";
    assert!(screener().screen_text(digits).is_empty());
    assert!(screener().screen_text_for(digits, Chain::named("BTC")).is_empty());
    let findings = screener().screen_text_for(digits, Chain::named("NEAR"));
    assert_eq!(findings[0].outcome.readings[0].chain_name, "NEAR");
    let prefixed = format!("0x{digits}");
    let findings = screener().screen_text_for(&prefixed, Chain::hinted("Sui address"));
    assert_eq!(findings[0].outcome.readings[0].chain_name, "Sui");
    // The prefix may be left out.
    let findings = screener().screen_text_for(digits, Chain::named("SUI"));
    assert_eq!(findings[0].outcome.readings[0].address, prefixed);
    // Asked about by hand, every reading is told.
    let chains: Vec<_> = screener().screen(&prefixed).readings.into_iter().map(|r| r.chain_name).collect();
    assert!(["Aptos", "Sui"].iter().all(|name| chains.iter().any(|chain| chain == name)), "{chains:?}");
}

/// Libraries such as ethers add what is left out before the digits.
#[test]
fn an_evm_address_without_its_prefix_is_looked_up() {
    let digits = "098B716B8Aaf21512996dC57EB0615e2383E2f96";
    let groups = digits.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group));
    let groups: String = groups.map(|group| format!("{group} ")).collect();
    for text in [digits, &digits.to_lowercase(), &digits.to_uppercase(), &groups] {
        let findings = screener().screen_text(text);
        assert_eq!(findings[0].outcome.level, Some(Level::Danger), "{text}");
        assert_eq!(screener().screen(text).level, Some(Level::Danger), "{text}");
    }
    assert_eq!(screener().lists(digits), Some(true));
    assert_eq!(screener().screen_text(&format!("token={digits}&a=b")).len(), 1);
    // A hash has as many digits, and so has a key's fingerprint, which is written in groups.
    let hash = "ea39a3ee5e6b4b0d3255bfef95601890afd80709";
    let fingerprint = "EA39 A3EE 5E6B 4B0D 3255 BFEF 9560 1890 AFD8 0709";
    for text in [hash, fingerprint] {
        assert!(screener().screen_text(text).is_empty(), "{text}");
        assert_eq!(screener().screen(text).level, None, "{text}");
    }
    assert!(scan(digits).is_empty());
    let findings = screener().screen_text_for(hash, Chain::named("ETH"));
    assert_eq!(&*findings[0].outcome.problem.as_ref().unwrap().code, "no_prefix");
}

#[test]
fn a_mark_of_base_64_does_not_hide_a_listed_address() {
    let solana = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v";
    let mut screener = Screener::new();
    screener.add(set(&[tag(solana, Confidence::AuthorityData, None)]));
    for text in [format!("{solana}="), format!("memo=pay+{solana}"), format!("{solana}+")] {
        let findings = screener.screen_text(&text);
        assert_eq!(findings[0].outcome.level, Some(Level::Danger), "{text}");
        assert!(scan(&text).is_empty(), "{text}");
    }
}

#[test]
fn an_address_that_is_not_shown_whole_is_compared_as_what_it_shows() {
    for text in ["0x098B…2f96", "0x098b...2f96", "3LU8wR…gyiG"] {
        let outcome = screener().screen(text);
        assert_eq!((outcome.level, outcome.matches[0].how), (Some(Level::Caution), How::Shown), "{text}");
        let sentence = format!("Sent to {text} today");
        assert_eq!(screener().screen_text(&sentence).len(), 1, "{text}");
        assert_eq!(screener().screen(&sentence).problem.unwrap().code, "not_an_address", "{text}");
        let among_others = format!("{KEY} to {text} or {SCRIPT}");
        let findings = screener().screen_text(&among_others);
        assert_eq!(findings.len(), 3);
        assert!(findings.is_sorted_by_key(|finding| finding.start), "{text}");
    }
    let outcome = screener().screen("0x1234…2f96");
    assert_eq!((outcome.level, &*outcome.problem.unwrap().code), (None, "cut"));
    assert_eq!(screener().screen_text("Sent to 0x1234…2f96 today").len(), 0);
}

#[test]
fn a_name_is_told_to_be_one() {
    for text in ["vitalik.eth", "Alice.Bob.sol", "alice@example.com", "₿alice@example.com", "bücher.eth"] {
        let outcome = screener().screen(text);
        assert_eq!((outcome.level, &*outcome.problem.unwrap().code), (None, "indirect"), "{text}");
    }
    for text in ["example.com", "a@b", "eth", ".eth", "hello"] {
        assert_eq!(screener().screen(text).problem.unwrap().code, "not_an_address", "{text}");
    }
}

#[test]
fn an_address_broken_into_groups_is_still_found() {
    for broken in [
        "3LU8 wRu4 ZnXP 4UM8 Yo6k kTiG HM9B ubgy iG",
        "3LU8wRu4ZnXP4UM8\r\n  Yo6kkTiGHM9BubgyiG ",
        " 0x098B716B8Aaf21512996\tdC57EB0615e2383E2f96",
    ] {
        assert_eq!(screener().screen(broken).level, Some(Level::Danger), "{broken}");
        let findings = screener().screen_text(broken);
        assert_eq!((findings.len(), findings[0].outcome.level), (1, Some(Level::Danger)), "{broken}");
        assert_eq!(&broken[findings[0].start..findings[0].end], broken.trim());
    }
    assert_eq!(screener().screen_text("pay the money to the first one").len(), 0);
    // A fingerprint is written so as well; put together it could be an account's.
    let digits = "98793cd9 1a3f870f b126f662 85808c7e 094afcfc 4eda8a97 0f6648cd f0dbd6de";
    let whole = read(&digits.replace(' ', "")).unwrap().addresses[0];
    assert_eq!(screener().screen(digits).problem.unwrap().code, "not_an_address");
    assert_eq!(screener().screen_text(digits).len(), 0);
    let mut screener = screener();
    screener.add(set(&[Tag::new(whole, "Somebody", Confidence::AuthorityData, Source::default())]));
    assert_eq!(screener.screen(digits).matches.len(), 1);
}

#[test]
fn without_a_set_nothing_is_clean() {
    let outcome = Screener::new().screen(KEY);
    assert_eq!(outcome.level, None);
    assert_eq!(outcome.problem.unwrap().code, "no_set");
    assert_eq!(Screener::new().list_all([KEY, EVM]), [None, None]);
}

#[test]
fn a_set_of_the_same_id_is_replaced() {
    let mut screener = screener();
    let empty = SetBuilder::new("test", "Test", Date::parse("2026-02-28").unwrap()).finish();
    screener.add(Set::open(empty.unwrap()).unwrap());
    assert_eq!(screener.sets().len(), 1);
    assert_eq!(screener.screen(KEY).level, Some(Level::None));
}

#[test]
fn a_text_is_answered_address_by_address() {
    let text = format!("from {KEY} to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa");
    let levels: Vec<_> = screener().screen_text(&text).into_iter().map(|f| f.outcome.level).collect();
    assert_eq!(levels, [Some(Level::Danger), Some(Level::None)]);
    assert_eq!(screener().screen(&format!("bitcoin:{KEY}?amount=1")).level, Some(Level::Danger));
}

#[test]
fn many_are_told_at_once_as_each_is_alone() {
    let screener = screener();
    let mut texts: Vec<String> = Vec::new();
    for (number, address) in [KEY, SCRIPT, EVM, RESEARCH, DELISTED].iter().cycle().take(300).enumerate() {
        texts.push((*address).to_owned());
        texts.push(format!("0x{number:040x}"));
        texts.push(format!(" {} ", address.to_lowercase()));
        texts.push(format!("{address}x"));
    }
    let listed = screener.list_all(texts.iter().map(String::as_str));
    assert_eq!(listed.len(), texts.len());
    for (text, listed) in texts.iter().zip(listed) {
        let outcome = screener.screen(text);
        let expected = match outcome.readings.is_empty() {
            true => None,
            false => Some(!outcome.matches.is_empty()),
        };
        assert_eq!(listed, expected, "{text}");
    }
}

/// Where nothing can be read.
struct Gone;

impl Pages for Gone {
    fn read(&self, _: std::ops::Range<usize>) -> Result<Vec<u8>, SetError> {
        Err(SetError::Read { reason: "it is gone" })
    }
}

#[test]
fn what_one_reading_of_an_address_lists_is_listed_and_what_one_cannot_tell_is_not_clean() {
    let several = "0x98793cd91a3f870fb126f66285808c7e094afcfc4eda8a970f6648cdf0dbd6de";
    assert!(read(several).unwrap().addresses.len() > 1);
    let addresses = |text| read(text).unwrap().addresses.into_iter().map(move |address| (text, address));
    for (text, address) in addresses(several).chain(addresses("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")) {
        assert_eq!(screener().lists(text), Some(false));
        let listing = |id| {
            let mut listing = SetBuilder::new(id, "Listing", Date::parse("2026-01-31").unwrap());
            listing.tag(&Tag::new(address, "Somebody", Confidence::Forensic, Source::default()));
            listing.finish().unwrap()
        };
        let unread = listing("unread");
        let head = unread[..Set::head_length(&unread).unwrap()].to_vec();
        let mut screener = screener();
        screener.add(Set::open_stored(head, Box::new(Gone)).unwrap());
        assert_eq!((screener.lists(text), &screener.list_all([text])[..]), (None, &[None][..]), "{address}");
        let outcome = screener.screen(text);
        assert_eq!((outcome.level, &*outcome.problem.unwrap().code), (None, "set_read"), "{address}");
        // What one set lists is listed, whatever another cannot tell.
        screener.add(Set::open(listing("read")).unwrap());
        let told = (screener.lists(text), &screener.list_all([text])[..]);
        assert_eq!(told, (Some(true), &[Some(true)][..]), "{address}");
        assert_eq!(screener.screen(text).level, Some(Level::Caution), "{address}");
    }
}

#[test]
fn each_actor_and_incident_is_told_of_once() {
    let mut many = SetBuilder::new("many", "Many", Date::parse("2026-01-31").unwrap());
    for (actor, incident) in [("one", "first"), ("one", "second"), ("two", "second")] {
        many.actor(Actor { id: actor.to_owned(), ..Actor::default() });
        many.incident(Incident { id: incident.to_owned(), ..Incident::default() });
        let (actor, incident) = (Some(actor.to_owned()), Some(incident.to_owned()));
        many.tag(&Tag { actor, incident, ..tag(KEY, Confidence::Forensic, None) });
    }
    let mut screener = Screener::new();
    screener.add(Set::open(many.finish().unwrap()).unwrap());
    let outcome = screener.screen(KEY);
    let mut actors: Vec<_> = outcome.actors.iter().map(|actor| &*actor.id).collect();
    let mut incidents: Vec<_> = outcome.incidents.iter().map(|incident| &*incident.id).collect();
    actors.sort_unstable();
    incidents.sort_unstable();
    assert_eq!((outcome.matches.len(), actors, incidents), (3, vec!["one", "two"], vec!["first", "second"]));
}

#[test]
fn threads_may_share_a_screener() {
    fn is_shared(_: &(impl Send + Sync)) {}
    is_shared(&screener());
}
