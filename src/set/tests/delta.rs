//! Deltas: what they make, how small they are, and what a hostile one can do.

use super::*;

#[test]
fn a_delta_makes_the_newer_set_byte_for_byte() {
    let all = many(30_000);
    let relabelled = |tag: &Tag| Tag { label: format!("{} (corrected)", tag.label), ..tag.clone() };
    let mut changed: Vec<Tag> = all[300..].to_vec();
    changed.iter_mut().step_by(100).for_each(|tag| *tag = relabelled(tag));
    let renamed: Vec<Tag> = all.iter().map(relabelled).collect();
    let old = made_of(all[..29_700].iter().cloned(), Keep::Fitting);
    for (new, most) in [
        (old.clone(), 700),
        // One in a hundred went, one in a hundred came, one in a hundred says something else.
        (made_of(changed, Keep::Fitting), old.len() * 6 / 100),
        // Every tag says something else.
        (made_of(renamed[..29_700].iter().cloned(), Keep::Fitting), old.len() / 5),
        (made_of(all[..10].iter().cloned(), Keep::Fitting), old.len()),
        (made_of(ADDRESSES.map(|a| tag(a, "else")), Keep::Fitting), old.len()),
        (builder().finish().unwrap(), old.len()),
    ] {
        let difference = delta(&old, &new).unwrap();
        assert!(difference.len() <= most, "{} bytes", difference.len());
        assert!(apply(&old, &difference).unwrap() == new);
        assert!(apply(&new, &difference).is_err() || new == old);
    }
}

/// Others with the same tag keep it, so that each key is told of by itself: how far it is from the last, and what it has now.
#[test]
fn a_key_that_changes_alone_costs_some_bytes() {
    let mut tags = many(30_000);
    let old = made_of(tags.iter().cloned(), Keep::Fitting);
    for at in (0..30_000).step_by(97) {
        tags[at].label = tags[(at + 1) % 1000].label.clone();
    }
    let new = made_of(tags, Keep::Fitting);
    let difference = delta(&old, &new).unwrap();
    assert!(difference.len() <= 700 + 310 * 4, "{} bytes", difference.len());
    assert!(apply(&old, &difference).unwrap() == new);
}

#[test]
fn a_delta_of_one_in_a_hundred_is_three_in_a_hundred_of_the_size() {
    let all = many(101_000);
    let old = made_of(all[..100_000].iter().cloned(), Keep::Fitting);
    let new = made_of(all[1_000..].iter().cloned(), Keep::Fitting);
    let difference = delta(&old, &new).unwrap();
    assert!(difference.len() * 100 < new.len() * 3, "{} of {}", difference.len(), new.len());
}

/// What some addresses are tagged with, by number, in a set whose other texts are of an edition.
fn edition(labels: &[Option<u8>], edition: u8, keep: Keep) -> Vec<u8> {
    let addresses = ADDRESSES.map(|address| tag(address, "")).into_iter().chain(many(labels.len() as u32));
    let tags = addresses.zip(labels).filter_map(|(mut tag, label)| {
        // Of some words the order changes with the edition.
        tag.label = format!("{} {label:?}", (*label)? ^ edition);
        tag.source.title = format!("Report {}", (*label)? % 3 + edition);
        tag.actor = (edition == 0).then(|| "lazarus-group".to_owned());
        Some(tag)
    });
    made_of(tags, keep)
}

proptest! {
    /// Whatever came, went or says something else, and whether keys were whole and are not any more.
    #[test]
    fn any_change_is_carried_over(
        labels in prop::collection::vec((prop::option::of(0..6_u8), prop::option::weighted(0.3, prop::option::of(0..6_u8))), 0..60),
        editions in (0..3_u8, 0..3_u8),
        keeps in [0..2_u8, 0..2_u8],
    ) {
        let [from, to] = keeps.map(|keep| if keep == 0 { Keep::Whole } else { Keep::Compact });
        let (before, changes): (Vec<_>, Vec<_>) = labels.into_iter().unzip();
        let after: Vec<_> = before.iter().zip(changes).map(|(before, change)| change.unwrap_or(*before)).collect();
        let (old, new) = (edition(&before, editions.0, from), edition(&after, editions.1, to));
        let difference = delta(&old, &new).unwrap();
        prop_assert!(apply(&old, &difference).unwrap() == new);
    }

    /// What is told of two sets is what looking every address up in both says.
    #[test]
    fn what_changed_is_told(
        before in prop::collection::vec(prop::option::of(0..3_u8), 20),
        after in prop::collection::vec(prop::option::of(0..3_u8), 20),
        editions in (0..3_u8, 0..3_u8),
        is_whole: bool,
    ) {
        let keep = if is_whole { Keep::Whole } else { Keep::Compact };
        let sets = [edition(&before, editions.0, keep), edition(&after, editions.1, keep)];
        let [old, new] = sets.map(|set| Set::open(set).unwrap());
        let mut told = 0;
        compare(&old, &new, |change| {
            told += 1;
            assert_ne!(change.before, change.after);
            for address in &change.addresses {
                let said = [&old, &new].map(|set| set.lookup(&identity(address)).unwrap());
                let labels = said.map(|tags| tags.into_iter().map(|tag| tag.label).collect::<Vec<_>>());
                let [before, after] = [&change.before, &change.after]
                    .map(|statements| statements.iter().map(|said| said.label.clone()).collect::<Vec<_>>());
                assert_eq!(labels, [before, after]);
            }
            // A compact key that is as long as the whole one is whole.
            assert!(change.addresses.len() == 1 || !is_whole && change.addresses.is_empty(), "{change:?}");
        }).unwrap();
        let all = ADDRESSES.map(identity).into_iter().chain(many(20).into_iter().map(|tag| tag.address.identity()));
        let differs = |identity: &Identity| old.lookup(identity).unwrap() != new.lookup(identity).unwrap();
        prop_assert_eq!(told, all.filter(differs).count());
    }

    /// A hostile delta gives an error, or the very set that it names.
    #[test]
    fn a_hostile_delta_cannot_crash_the_reader(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let old = sample();
        let new = made_of(ADDRESSES[2..].iter().map(|a| tag(a, "three")), Keep::Fitting);
        let mut bytes = delta(&old, &new).unwrap();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Ok(made) = apply(&old, &bytes) {
            prop_assert!(made == new);
        }
    }
}

#[test]
fn a_delta_with_huge_numbers_is_an_error() {
    let old = sample();
    let new = made_of(ADDRESSES[2..].iter().map(|a| tag(a, "three")), Keep::Fitting);
    let good = delta(&old, &new).unwrap();
    for at in 8..good.len() {
        for huge in
            [&[0xff, 0xff, 0xff, 0xff, 0x0f][..], &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]]
        {
            let bytes = [&good[..at], huge, &good[at + 1..]].concat();
            assert!(apply(&old, &bytes).map_or(true, |made| made == new), "byte {at}");
        }
    }
}
