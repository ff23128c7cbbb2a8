//! What a set keeps, refuses and survives.

use super::format::{LONGEST_TEXT, MOST_TAGS};
use super::*;
use crate::address::read as read_address;
use crate::address::{Address, Chain, Form};
use crate::identity::{Identity, IdentityKind};
use crate::tag::{Actor, Confidence, Date, Incident, Share, Source, Tag};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

mod delta;

const ADDRESSES: [&str; 7] = [
    "0x098B716B8Aaf21512996dC57EB0615e2383E2f96",
    "3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG",
    "bc1qp2vvntdedxw4xwtyd4y3gc2t9ufk6pwz2ga4ge",
    "TJXXmeUbie3JBfK7H3UQb43sWnbhhdTJQx",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
    "BC1SW50QGDZ25J",
    "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs",
];

fn tag(address: &str, label: &str) -> Tag {
    let source = Source {
        title: "An announcement".to_owned(),
        publisher: "An authority".to_owned(),
        url: "https://authority.example/1".to_owned(),
        date: "2022-04-14".to_owned(),
    };
    Tag {
        incident: Some("2022-03-ronin".to_owned()),
        actor: Some("lazarus-group".to_owned()),
        abuse: "service_hack".to_owned(),
        role: "theft".to_owned(),
        delisted: Date::parse("2025-03-21"),
        asset: Some("XBT".to_owned()),
        network: Some("BTC".to_owned()),
        concepts: vec!["mixing_service".to_owned(), "perpetrator".to_owned()],
        date: Date::parse("2024-05"),
        hops: Some(2),
        share: Share::parse("0.25"),
        ..Tag::new(read_address(address).unwrap().addresses[0], label, Confidence::AuthorityData, source)
    }
}

fn builder() -> SetBuilder {
    let mut set = SetBuilder::new("test", "A set for tests", Date::parse("2026-01-31").unwrap())
        .scope(["eip155:1".to_owned()], ["service_hack".to_owned(), "sanction".to_owned()]);
    set.actor(Actor {
        id: "lazarus-group".to_owned(),
        label: "Lazarus Group".to_owned(),
        ..Actor::default()
    });
    set.incident(Incident {
        id: "2022-03-ronin".to_owned(),
        title: "Ronin".to_owned(),
        ..Incident::default()
    });
    set
}

fn made_of(tags: impl IntoIterator<Item = Tag>, keep: Keep) -> Vec<u8> {
    let mut set = builder().keep(keep);
    tags.into_iter().for_each(|tag| set.tag(&tag));
    set.finish().unwrap()
}

fn sample() -> Vec<u8> {
    made_of(ADDRESSES.iter().flat_map(|a| [tag(a, "one"), tag(a, "two")]), Keep::Fitting)
}

fn identity(address: &str) -> Identity {
    read_address(address).unwrap().addresses[0].identity()
}

/// The same bytes with a hash that fits them, so that what lies behind the hash is tried.
fn rehashed(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.len() > format::HEADER {
        let hash = Sha256::digest(&bytes[format::HEADER..]);
        bytes[format::HASH..format::HASH + 32].copy_from_slice(&hash);
    }
    bytes
}

#[test]
fn what_goes_in_comes_out() {
    for keep in [Keep::Whole, Keep::Compact] {
        let tags = ADDRESSES.iter().flat_map(|a| [tag(a, "one"), tag(a, "two")]);
        let set = Set::open(made_of(tags, keep)).unwrap();
        set.verify().unwrap();
        assert_eq!((set.info().identities, &*set.info().date), (7, "2026-01-31"));
        assert_eq!(set.info().chains, ["eip155:1"]);
        assert_eq!(set.info().abuses, ["sanction", "service_hack"]);
        for address in ADDRESSES {
            let tags = set.lookup(&identity(address)).unwrap();
            assert_eq!(tags, [tag(address, "one"), tag(address, "two")], "{keep:?}");
        }
        assert_eq!(set.lookup(&identity("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")).unwrap(), []);
        assert_eq!(set.incident("2022-03-ronin").unwrap().title, "Ronin");
        assert_eq!(set.actor("nobody"), None);
        let mut told = 0;
        set.each_identity(|_| told += 1);
        assert_eq!(told, if keep == Keep::Whole { 7 } else { 0 });
    }
}

#[test]
fn the_same_tags_in_any_order_give_the_same_bytes() {
    let tags = ADDRESSES.iter().rev().flat_map(|a| [tag(a, "two"), tag(a, "one"), tag(a, "two")]);
    assert_eq!(made_of(tags, Keep::Fitting), sample());
}

#[test]
fn where_to_dispute_is_a_page_or_a_mailbox_or_nowhere() {
    let made = |dispute: &str| builder().dispute(Some(dispute.to_owned())).finish().unwrap();
    let told = |bytes: Vec<u8>| {
        let set = Set::open(bytes).unwrap();
        set.verify().unwrap();
        set.info().dispute.clone()
    };
    for place in ["https://authority.example/mistakes", "mailto:lists@authority.example"] {
        assert_eq!(told(made(place)).as_deref(), Some(place));
    }
    for place in ["", "javascript:alert(1)", "http://authority.example", "authority.example"] {
        assert_eq!(told(made(place)), None, "{place}");
    }
    assert_eq!(told(builder().finish().unwrap()), None);
    // A meta of three words, which is the first section.
    let mut short = made("https://authority.example/mistakes");
    short[format::HEADER + 16] = 12;
    assert_eq!(told(rehashed(short)), None);
}

#[test]
fn an_empty_set_is_a_set() {
    let set = Set::open(builder().finish().unwrap()).unwrap();
    set.verify().unwrap();
    assert_eq!(set.info().identities, 0);
    assert_eq!(set.lookup(&identity(ADDRESSES[0])).unwrap(), []);
}

/// Identities of a kind whose payloads say their number, spread as hashes are.
fn spread(kind: IdentityKind, number: u32) -> Identity {
    let hash = Sha256::digest(number.to_le_bytes());
    let length = 1 + number as usize % kind.lengths().end();
    let length = if kind.lengths().contains(&length) { length } else { *kind.lengths().end() };
    Identity::new(kind, &[&hash[..], &hash[..]].concat()[..length]).unwrap()
}

fn many(count: u32) -> Vec<Tag> {
    let tags = (0..count).map(|number| {
        let identity = spread(IdentityKind::Keccak160, number);
        let address = Address::new(Chain::named("ETH").unwrap(), Form::Evm, identity).unwrap();
        Tag { address, ..tag(ADDRESSES[0], &format!("label {}", number % 1000)) }
    });
    tags.collect()
}

#[test]
fn every_identity_of_many_is_found_with_its_own_tag_and_no_other_is() {
    for (count, keep) in [(300, Keep::Compact), (5_000, Keep::Whole), (30_000, Keep::Fitting)] {
        let tags = many(count);
        let file = made_of(tags.iter().cloned(), keep);
        let set = Set::open(file.clone()).unwrap();
        set.verify().unwrap();
        assert_eq!(set.info().identities, count);
        for tag in &tags {
            assert_eq!(set.lookup(&tag.address.identity()).unwrap(), std::slice::from_ref(tag));
        }
        for number in count..2 * count {
            assert_eq!(set.contains(&spread(IdentityKind::Keccak160, number)), Ok(false));
        }
    }
}

#[test]
fn every_kind_is_found_whole_and_compact_in_every_layout() {
    for kind in IdentityKind::ALL {
        assert!(
            !kind.is_uniform() || format::whole_width(kind) <= 3 * format::COMPACT,
            "not all of {kind:?} is folded"
        );
        for width in [format::COMPACT, format::whole_width(kind)] {
            for (prefix, count) in [(0, 200), (1, 900), (2, 900)] {
                let mut rows = rows::Rows::new(kind);
                (0..count).for_each(|number| rows.push(&spread(kind, number), number));
                rows.settle(&(0..count).collect::<Vec<_>>());
                if width == format::COMPACT {
                    rows = rows.compact();
                }
                let layout = format::Layout { count: rows.keys(), key: rows.width(), prefix, bits: 10 };
                if layout.is_possible() {
                    every_one_is_found(kind, layout, &rows, count);
                }
            }
        }
    }
}

fn every_one_is_found(kind: IdentityKind, layout: format::Layout, rows: &rows::Rows, count: u32) {
    let find = finder(kind, layout, rows);
    for number in 0..count {
        let found = find(&spread(kind, number));
        assert_eq!(found.map(|found| spread(kind, found)), Some(spread(kind, number)), "{layout:?}");
    }
    if kind != IdentityKind::IcpPrincipal {
        assert!((100_000..100_100).all(|number| find(&spread(kind, number)).is_none()), "{layout:?}");
    }
}

/// Which groups are looked at depends on how many keys a bucket has: all of these have one, between two others.
#[test]
fn every_key_of_a_bucket_of_any_size_is_found() {
    let in_bucket = |bucket: u8, number: u32| {
        let mut payload: [u8; 20] = spread(IdentityKind::Keccak160, number).payload().try_into().unwrap();
        // The first two bytes of the folded key.
        (payload[0], payload[1], payload[12], payload[13]) = (bucket, 7, 0, 0);
        Identity::new(IdentityKind::Keccak160, &payload).unwrap()
    };
    for count in (1..40).chain([100, 153, 600, 5000]) {
        let all = [(1, 11), (2, count), (3, 11)];
        let all =
            || all.into_iter().flat_map(|(bucket, count)| (0..count).map(move |n| in_bucket(bucket, n)));
        let mut rows = rows::Rows::new(IdentityKind::Keccak160);
        let mut numbers = 0..;
        all().zip(&mut numbers).for_each(|(identity, number)| rows.push(&identity, number));
        rows.settle(&(0..numbers.start).collect::<Vec<_>>());
        let rows = rows.compact();
        for prefix in [1, 2] {
            let layout = format::Layout { count: rows.keys(), key: format::COMPACT, prefix, bits: 13 };
            let find = finder(IdentityKind::Keccak160, layout, &rows);
            for (number, identity) in all().enumerate() {
                assert_eq!(find(&identity), Some(number as u32), "{count}, {prefix}");
            }
            assert!((6000..7000).all(|number| find(&in_bucket(2, number)).is_none()), "{count}, {prefix}");
        }
    }
}

/// A table of these rows, from which no lookup reads more than it may of a stored one.
fn finder(
    kind: IdentityKind,
    layout: format::Layout,
    rows: &rows::Rows,
) -> impl Fn(&Identity) -> Option<u32> {
    let mut writer = write::TableWriter::new(layout);
    rows.for_each(|key, tags| writer.push(key, tags[0]));
    let [index, pages] = writer.finish();
    let bytes = [&index[..], &pages].concat();
    let table = table::Table::new(kind, &bytes, &(0..index.len()), Some(&(index.len()..bytes.len())));
    let table = table.unwrap();
    move |identity| {
        let aim = table.aim(identity, &bytes).unwrap();
        table.find(identity, &aim, |range| Ok(bytes[range].into())).unwrap()
    }
}

/// What chains reserve for themselves is numbered from zero: the first twelve bytes of all are the same.
#[test]
fn reserved_addresses_stay_apart_in_a_compact_set() {
    let number = |last: u8| {
        let mut payload = [0; 20];
        payload[19] = last;
        Identity::new(IdentityKind::Keccak160, &payload).unwrap()
    };
    let address = Address::new(Chain::named("ETH").unwrap(), Form::Evm, number(0)).unwrap();
    let set = Set::open(made_of([Tag { address, ..tag(ADDRESSES[0], "burnt") }], Keep::Compact)).unwrap();
    assert_eq!(set.contains(&number(0)), Ok(true));
    assert!((1..=255).all(|last| set.contains(&number(last)) == Ok(false)));
}

/// Whoever chooses keys can make the bytes alike by which a lookup finds its way.
#[test]
fn keys_that_begin_alike_are_told_apart() {
    let alike = |number: u32, from: usize| {
        let mut payload = [0xa5; 20];
        payload[from..from + 4].copy_from_slice(&number.to_be_bytes());
        Identity::new(IdentityKind::Keccak160, &payload).unwrap()
    };
    // Alike in the first seven, eight and ten bytes; every other one is in the set.
    let chosen = || [5, 6, 8].into_iter().flat_map(|from| (0..600).map(move |number| alike(number, from)));
    let address = |identity| Address::new(Chain::named("ETH").unwrap(), Form::Evm, identity).unwrap();
    let tags = many(30_000).into_iter().chain(
        chosen().step_by(2).map(|identity| Tag { address: address(identity), ..tag(ADDRESSES[0], "chosen") }),
    );
    let set = Set::open(made_of(tags, Keep::Compact)).unwrap();
    for (number, identity) in chosen().enumerate() {
        assert_eq!(set.contains(&identity), Ok(number % 2 == 0), "{number}");
    }
    let all: Vec<_> = chosen().collect();
    let mut found = Vec::new();
    set.contains_each(&all, |one| found.push(one.unwrap()));
    assert!(found.iter().enumerate().all(|(number, found)| *found == (number % 2 == 0)));
    assert!((0..30_000).all(|number| set.contains(&spread(IdentityKind::Keccak160, number)) == Ok(true)));
}

/// A set of which only the head is in memory.
struct Stored(Vec<u8>, Arc<AtomicUsize>);

impl Pages for Stored {
    fn read(&self, range: std::ops::Range<usize>) -> Result<Vec<u8>, SetError> {
        self.1.fetch_add(1, Ordering::Relaxed);
        self.0.get(range).map(<[u8]>::to_vec).ok_or(SetError::Read { reason: "it is gone" })
    }
}

#[test]
fn a_stored_set_answers_with_one_page_a_lookup() {
    let tags = many(30_000);
    let file = made_of(tags.iter().cloned(), Keep::Fitting);
    let length = Set::head_length(&file[..Set::BEGINNING.min(file.len())]).unwrap();
    assert!(length < file.len() / 2);
    let reads = Arc::default();
    let pages = Box::new(Stored(file.clone(), Arc::clone(&reads)));
    let set = Set::open_stored(file[..length].to_vec(), pages).unwrap();
    set.verify().unwrap();
    reads.store(0, Ordering::Relaxed);
    for tag in tags.iter().take(100) {
        assert_eq!(set.lookup(&tag.address.identity()).unwrap(), std::slice::from_ref(tag));
    }
    assert_eq!(reads.load(Ordering::Relaxed), 100);
    assert!(
        Set::open_stored(file[..length - 16].to_vec(), Box::new(Stored(Vec::new(), reads.clone()))).is_err()
    );
    let gone = Set::open_stored(file[..length].to_vec(), Box::new(Stored(Vec::new(), reads))).unwrap();
    assert!(matches!(gone.lookup(&tags[0].address.identity()), Err(SetError::Read { .. })));
}

#[test]
fn what_there_is_just_room_for_is_read_again_and_more_is_an_error() {
    let of = |lengths: &[usize]| {
        let mut set = builder();
        lengths.iter().for_each(|length| set.tag(&tag(ADDRESSES[0], &"x".repeat(*length))));
        set.finish()
    };
    for lengths in [vec![LONGEST_TEXT], (1..=MOST_TAGS).collect()] {
        let set = Set::open(of(&lengths).unwrap()).unwrap();
        set.verify().unwrap();
        let identity = tag(ADDRESSES[0], "").address.identity();
        let mut found: Vec<usize> =
            set.lookup(&identity).unwrap().iter().map(|tag| tag.label.len()).collect();
        found.sort_unstable();
        assert_eq!(found, lengths);
    }
    for lengths in [vec![LONGEST_TEXT + 1], (1..=MOST_TAGS + 1).collect()] {
        assert!(matches!(of(&lengths), Err(SetError::TooLarge { .. })));
    }
}

#[test]
fn says_what_is_wrong_with_a_bad_file() {
    let good = sample();
    assert!(matches!(Set::open(b"PK\x03\x04".to_vec()), Err(SetError::NotASet)));
    for length in 0..good.len() {
        assert!(Set::open(good[..length].to_vec()).is_err(), "cut to {length} bytes");
    }
    let mut newer = good.clone();
    newer[8] = 4;
    assert!(matches!(Set::open(newer), Err(SetError::Version { found: 4 })));
    let mut longer = good.clone();
    longer.push(0);
    assert!(matches!(Set::open(longer), Err(SetError::Length { .. })));
    for at in format::HEADER..good.len() {
        let mut flipped = good.clone();
        flipped[at] ^= 1;
        let verified = Set::open(flipped).and_then(|set| set.verify());
        assert!(verified.is_err(), "bit flipped at {at}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_a_set_or_an_error(bytes: Vec<u8>) {
        let _ = Set::open(bytes);
    }

    /// A hostile file whose hash is right gives errors or wrong answers, never a panic.
    #[test]
    fn a_hostile_file_cannot_crash_the_reader(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = sample();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Ok(set) = Set::open(rehashed(bytes)) {
            let _ = (set.verify(), set.info(), set.actor("lazarus-group"), set.incident("2022-03-ronin"));
            for address in ADDRESSES {
                let _ = set.lookup(&identity(address));
            }
        }
    }
}

/// A hostile file opens to an error or to the same answers: every byte changed in turn, cut at every length, sections that
/// overlap or reach beyond it, counts at their extremes.
#[test]
fn every_change_of_a_file_is_an_error_or_changes_nothing() {
    for keep in [Keep::Whole, Keep::Compact] {
        let good = made_of(ADDRESSES.iter().map(|a| tag(a, "one")), keep);
        let answers = |set: &Set| ADDRESSES.map(|address| set.lookup(&identity(address)));
        let expected = answers(&Set::open(good.clone()).unwrap());
        let is_sound = |bytes: Vec<u8>| match Set::open(bytes) {
            Ok(set) => set.verify().is_err() || answers(&set) == expected,
            Err(_) => true,
        };
        for at in 0..good.len() {
            for change in [1, 0x80, 0xff] {
                let mut bytes = good.clone();
                bytes[at] ^= change;
                assert!(is_sound(bytes), "byte {at}");
            }
        }
        assert!((0..good.len()).all(|length| Set::open(good[..length].to_vec()).is_err()));
        // What follows has a hash that fits, as one who makes a hostile file would give it: every word of the tables at its
        // extremes, sections laid upon one another.
        for at in (12..good.len() - 8).step_by(4) {
            for word in [0, 1, 7, 0x7fff_ffff, 0x8000_0000, u32::MAX - 1, u32::MAX] {
                let mut bytes = good.clone();
                bytes[at..at + 4].copy_from_slice(&word.to_le_bytes());
                if let Ok(set) = Set::open(rehashed(bytes)) {
                    let _ = (set.verify(), answers(&set), set.statements());
                    let all: Vec<Identity> = ADDRESSES.iter().map(|address| identity(address)).collect();
                    set.contains_each(&all, |_| {});
                    set.each_identity(|_| {});
                }
            }
        }
    }
}

#[test]
fn a_head_that_is_not_the_files_own_is_not_proved() {
    let file = sample();
    let mut head = file[..Set::head_length(&file).unwrap()].to_vec();
    let text = head.windows(9).position(|part| part == b"Lazarus G").unwrap();
    head[text + 8] = b'H';
    let mut verifier = SetVerifier::new(&head).unwrap();
    assert!(file.chunks(100).any(|part| verifier.push(part).is_err()));
}
