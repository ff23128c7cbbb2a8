//! Sets: compiled, immutable collections of identities with their tags (`.tws`).
//!
//! A set is one byte string that is searched where it lies. `write` makes
//! one, `read` opens and searches it, `format` is what both agree on; the
//! layout byte by byte is in `docs/set-format.md`. This module knows no text
//! and no rule of what is dangerous.

mod format;
mod read;
mod write;

pub use read::{Set, SetError, SetInfo};
pub use write::SetBuilder;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::address::read as read_address;
    use crate::identity::Identity;
    use crate::tag::{Actor, Confidence, Date, Incident, Source, Tag};
    use proptest::prelude::*;
    use sha2::{Digest, Sha256};

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
        Tag {
            address: read_address(address).unwrap().addresses[0],
            label: label.to_owned(),
            incident: Some("2022-03-ronin".to_owned()),
            actor: Some("lazarus-group".to_owned()),
            abuse: "service_hack".to_owned(),
            role: "theft".to_owned(),
            confidence: Confidence::AuthorityData,
            source: Source {
                title: "An announcement".to_owned(),
                publisher: "An authority".to_owned(),
                url: "https://authority.example/1".to_owned(),
                date: "2022-04-14".to_owned(),
            },
            delisted: Date::parse("2025-03-21"),
        }
    }

    fn builder() -> SetBuilder {
        SetBuilder::new("test", "A set for tests", Date::parse("2026-01-31").unwrap())
            .actor(Actor {
                id: "lazarus-group".to_owned(),
                label: "Lazarus Group".to_owned(),
                ..Actor::default()
            })
            .incident(Incident {
                id: "2022-03-ronin".to_owned(),
                title: "Ronin".to_owned(),
                ..Incident::default()
            })
    }

    fn sample() -> Vec<u8> {
        let tags = ADDRESSES.iter().flat_map(|a| [tag(a, "one"), tag(a, "two")]);
        tags.fold(builder(), SetBuilder::tag).finish()
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
        let set = Set::open(sample()).unwrap();
        set.verify().unwrap();
        assert_eq!(set.info().identities, 7);
        assert_eq!(set.info().date, "2026-01-31");
        for address in ADDRESSES {
            let tags = set.lookup(&identity(address)).unwrap();
            assert_eq!(tags, [tag(address, "one"), tag(address, "two")]);
        }
        assert_eq!(set.lookup(&identity("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")).unwrap(), []);
        assert_eq!(set.incident("2022-03-ronin").unwrap().title, "Ronin");
        assert_eq!(set.actor("nobody"), None);
    }

    #[test]
    fn the_same_tags_in_any_order_give_the_same_bytes() {
        let tags = ADDRESSES.iter().rev().flat_map(|a| [tag(a, "two"), tag(a, "one"), tag(a, "two")]);
        assert_eq!(tags.fold(builder(), SetBuilder::tag).finish(), sample());
    }

    #[test]
    fn an_empty_set_is_a_set() {
        let set = Set::open(builder().finish()).unwrap();
        set.verify().unwrap();
        assert_eq!(set.info().identities, 0);
        assert_eq!(set.lookup(&identity(ADDRESSES[0])).unwrap(), []);
    }

    #[test]
    fn says_what_is_wrong_with_a_bad_file() {
        let good = sample();
        assert!(matches!(Set::open(b"PK\x03\x04".to_vec()), Err(SetError::NotASet)));
        for length in 0..good.len() {
            assert!(Set::open(good[..length].to_vec()).is_err(), "cut to {length} bytes");
        }
        let mut newer = good.clone();
        newer[8] = 2;
        assert!(matches!(Set::open(newer), Err(SetError::Version { found: 2 })));
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
}
