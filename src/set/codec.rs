//! How numbers and things are written in a delta, and read from one that may be hostile.

use super::error::SetError;
use super::format::NONE;
use std::collections::HashMap;
use std::hash::Hash;

pub(super) const BAD: SetError = SetError::Damaged { part: "delta" };

/// A delta that is being written.
pub(super) struct Out(pub Vec<u8>);

impl Out {
    /// A number in as many bytes as it needs, seven bits each, the lowest first (LEB128).
    pub fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// A difference with its sign in the lowest bit.
    fn gap(&mut self, gap: i64) {
        self.number((gap << 1 ^ gap >> 63) as u64);
    }

    pub fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.extend(bytes);
    }

    /// Things, as runs of those that are known and those that are new.
    pub fn items<T: Hash + Eq>(
        &mut self,
        known: &[Option<T>],
        new: &[T],
        mut write: impl FnMut(&mut Self, &T),
    ) {
        let places: HashMap<&T, usize> =
            known.iter().enumerate().filter_map(|(at, thing)| Some((thing.as_ref()?, at))).collect();
        self.number(new.len() as u64);
        let mut at = 0;
        let mut expected = 0;
        while at < new.len() {
            let rest = &new[at..];
            match places.get(&rest[0]) {
                Some(&start) => {
                    let same = |(thing, known): (&T, &Option<T>)| known.as_ref() == Some(thing);
                    let length = rest.iter().zip(&known[start..]).take_while(|pair| same(*pair)).count();
                    self.number((length as u64) << 1);
                    // Mostly the next one.
                    self.gap(start as i64 - expected);
                    expected = (start + length) as i64;
                    at += length;
                }
                None => {
                    let length = rest.iter().take_while(|thing| !places.contains_key(thing)).count();
                    self.number((length as u64) << 1 | 1);
                    rest[..length].iter().for_each(|thing| write(self, thing));
                    at += length;
                }
            }
        }
    }
}

impl Out {
    /// Numbers that mostly follow one another, as runs of those that do and of [`NONE`].
    pub fn moves(&mut self, moves: &[u32]) {
        let mut rest = moves;
        let mut expected = 0_i64;
        while let Some(&first) = rest.first() {
            let follows = |(new, at): &(&u32, u64)| {
                u64::from(**new) == if first == NONE { u64::from(NONE) } else { u64::from(first) + at }
            };
            let length = rest.iter().zip(0..).take_while(follows).count();
            self.number((length as u64) << 1 | u64::from(first == NONE));
            if first != NONE {
                self.gap(i64::from(first) - expected);
                expected = i64::from(first) + length as i64;
            }
            rest = &rest[length..];
        }
    }
}

/// A delta that is being read.
pub(super) struct In<'a>(pub &'a [u8]);

impl<'a> In<'a> {
    pub fn number(&mut self) -> Result<u64, SetError> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let [byte] = *self.take(1)? else { return Err(BAD) };
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(BAD)
    }

    pub fn word(&mut self) -> Result<u32, SetError> {
        u32::try_from(self.number()?).map_err(|_| BAD)
    }

    pub fn take(&mut self, length: usize) -> Result<&'a [u8], SetError> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(BAD)?;
        self.0 = rest;
        Ok(taken)
    }

    pub fn bytes(&mut self) -> Result<&'a [u8], SetError> {
        let length = usize::try_from(self.number()?).map_err(|_| BAD)?;
        self.take(length)
    }

    /// What [`Out::moves`] wrote: so many numbers.
    pub fn moves(&mut self, count: usize) -> Result<Vec<u32>, SetError> {
        let mut moves: Vec<u32> = Vec::new();
        let mut expected = 0_i64;
        while moves.len() < count {
            let run = self.number()?;
            let length = usize::try_from(run >> 1).map_err(|_| BAD)?;
            if length == 0 || length > count - moves.len() {
                return Err(BAD);
            }
            if run & 1 == 1 {
                moves.resize(moves.len() + length, NONE);
                continue;
            }
            let start = expected.checked_add(self.gap()?).ok_or(BAD)?;
            expected = start.checked_add(length as i64).ok_or(BAD)?;
            for new in start..expected {
                moves.push(u32::try_from(new).map_err(|_| BAD)?);
            }
        }
        Ok(moves)
    }

    /// What [`Out::gap`] wrote.
    fn gap(&mut self) -> Result<i64, SetError> {
        let gap = self.number()?;
        Ok((gap >> 1) as i64 ^ -((gap & 1) as i64))
    }

    /// What [`Out::items`] wrote; `spend` is asked for each whether there is still room.
    pub fn items<T: Clone>(
        &mut self,
        known: &[Option<T>],
        mut read: impl FnMut(&mut Self) -> Result<T, SetError>,
        mut spend: impl FnMut(&T) -> Result<(), SetError>,
    ) -> Result<Vec<T>, SetError> {
        let count = self.number()?;
        // Each is there once: one that was known, or one that takes a byte at least.
        if count > (known.len() + self.0.len()) as u64 {
            return Err(BAD);
        }
        let mut things: Vec<T> = Vec::new();
        let mut expected = 0_i64;
        while (things.len() as u64) < count {
            let run = self.number()?;
            let length = run >> 1;
            if length == 0 || length > count - things.len() as u64 {
                return Err(BAD);
            }
            if run & 1 == 1 {
                for _ in 0..length {
                    let thing = read(self)?;
                    spend(&thing)?;
                    things.push(thing);
                }
                continue;
            }
            let start =
                expected.checked_add(self.gap()?).and_then(|start| usize::try_from(start).ok()).ok_or(BAD)?;
            let end = usize::try_from(length).ok().and_then(|length| start.checked_add(length)).ok_or(BAD)?;
            for thing in known.get(start..end).ok_or(BAD)? {
                let thing = thing.clone().ok_or(BAD)?;
                spend(&thing)?;
                things.push(thing);
            }
            expected = end as i64;
        }
        Ok(things)
    }
}

#[cfg(test)]
mod tests {
    use super::{BAD, In, NONE, Out};
    use proptest::prelude::*;
    use std::collections::HashSet;

    fn written(write: impl FnOnce(&mut Out)) -> Vec<u8> {
        let mut out = Out(Vec::new());
        write(&mut out);
        out.0
    }

    /// Things by their numbers, each once, in any order.
    fn things() -> impl Strategy<Value = Vec<u32>> {
        prop::collection::vec(0_u32..40, 0..40).prop_map(|drawn| {
            let mut seen = HashSet::new();
            drawn.into_iter().filter(|thing| seen.insert(*thing)).collect()
        })
    }

    fn read_items(bytes: &[u8], known: &[Option<u32>]) -> Result<Vec<u32>, super::SetError> {
        let mut rest = In(bytes);
        let things = rest.items(known, In::word, |_| Ok(()))?;
        assert!(rest.0.is_empty(), "{} bytes too many", rest.0.len());
        Ok(things)
    }

    #[test]
    fn numbers_take_seven_bits_a_byte() {
        for (number, bytes) in [
            (0, &[0][..]),
            (0x7f, &[0x7f]),
            (0x80, &[0x80, 1]),
            (0x3fff, &[0xff, 0x7f]),
            (0x4000, &[0x80, 0x80, 1]),
            (u64::MAX, &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]),
        ] {
            assert_eq!(written(|out| out.number(number)), bytes, "{number}");
            assert_eq!(In(bytes).number(), Ok(number));
        }
        assert_eq!(In(&[0x80]).number(), Err(BAD), "it goes on where nothing is");
        assert_eq!(In(&[0xff; 11]).number(), Err(BAD), "it never ends");
        assert_eq!(In(&[0xff, 0xff, 0xff, 0xff, 0x10]).word(), Err(BAD), "more than 32 bits");
    }

    #[test]
    fn what_goes_on_costs_nothing_more() {
        let known: Vec<Option<u32>> = (0..1000).map(Some).collect();
        let same: Vec<u32> = (0..1000).collect();
        assert_eq!(written(|out| out.items(&known, &same, |_, _| unreachable!())).len(), 2 + 2 + 1);
        assert_eq!(written(|out| out.moves(&same)).len(), 2 + 1);
        assert_eq!(written(|out| out.moves(&[NONE; 1000])).len(), 2);
        // Back to what lies a little before: a small number, as it is forwards.
        assert_eq!(written(|out| out.gap(-1)), [1]);
        assert_eq!(written(|out| out.gap(1)), [2]);
        assert_eq!(written(|out| out.gap(-64)).len(), 1);
    }

    #[test]
    fn runs_that_lie_are_refused() {
        for moves in [&[0][..], &[3 << 1, 0], &[2 << 1 | 1, 0], &[1 << 1, 1], &[2 << 1, 0x80]] {
            assert_eq!(In(moves).moves(1), Err(BAD), "{moves:?}");
        }
        let known = [Some(7), None, Some(9)];
        for items in
            [&[4, 4 << 1, 0][..], &[2, 2 << 1, 0], &[1, 0], &[1, 2 << 1, 0], &[1, 1 << 1, 1], &[1, 1 << 1, 6]]
        {
            assert_eq!(read_items(items, &known), Err(BAD), "{items:?}");
        }
        assert_eq!(read_items(&[1, 1 << 1, 4], &known), Ok(vec![9]));
    }

    proptest! {
        #[test]
        fn numbers_round_trip(number: u64, gap: i64) {
            prop_assert_eq!(In(&written(|out| out.number(number))).number(), Ok(number));
            prop_assert_eq!(In(&written(|out| out.gap(gap))).gap(), Ok(gap));
        }

        /// Also backwards, over gaps, and where the last number of all is next to none.
        #[test]
        fn moves_round_trip(
            moves in prop::collection::vec(prop_oneof![0_u32..9, Just(NONE), NONE - 3..NONE, any::<u32>()], 0..40)
        ) {
            let bytes = written(|out| out.moves(&moves));
            let mut rest = In(&bytes);
            prop_assert_eq!(rest.moves(moves.len()), Ok(moves));
            prop_assert!(rest.0.is_empty());
        }

        #[test]
        fn items_round_trip(known in things(), lost in prop::collection::vec(any::<bool>(), 40), new in things()) {
            let known: Vec<Option<u32>> =
                known.into_iter().zip(lost).map(|(thing, is_lost)| (!is_lost).then_some(thing)).collect();
            let bytes = written(|out| out.items(&known, &new, |out, thing| out.number(u64::from(*thing))));
            prop_assert_eq!(read_items(&bytes, &known), Ok(new));
        }
    }
}
