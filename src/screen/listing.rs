//! Which of many addresses are listed, told without what is known of them: the fast answer, for many at once.

use super::Screener;
use crate::address::{Shape, evm_identity, recognise};
use crate::identity::Identity;

/// Collects addresses and asks the sets for many at a time.
pub(crate) struct Listing<'a> {
    screener: &'a Screener,
    answers: Vec<Answer>,
    /// Identities that wait to be looked for, and the places of their answers.
    identities: Vec<Identity>,
    places: Vec<usize>,
}

/// Whether an address is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Answer {
    /// In none of the sets.
    No = 0,
    /// It is no address as it stands, or it could not be told.
    Untold = 2,
    /// In one at least.
    Yes = 1,
}

/// So many wait at most.
const MOST: usize = 64;

impl<'a> Listing<'a> {
    pub fn new(screener: &'a Screener) -> Self {
        Self {
            screener,
            answers: Vec::new(),
            identities: Vec::with_capacity(MOST),
            places: Vec::with_capacity(MOST),
        }
    }

    /// Takes the next address.
    #[inline]
    pub fn add(&mut self, address: &str) {
        let place = self.answers.len();
        self.answers.push(if self.screener.sets().is_empty() { Answer::Untold } else { Answer::No });
        match evm_identity(address) {
            Some(identity) => self.wait(identity, place),
            None => self.add_other(address, place),
        }
        if self.identities.len() >= MOST {
            self.ask();
        }
    }

    #[inline(never)]
    fn add_other(&mut self, address: &str, place: usize) {
        let text = address.trim();
        match recognise(text, Shape::of(text.as_bytes()), true) {
            Some(reading) => {
                reading.addresses.iter().for_each(|address| self.wait(address.identity(), place))
            }
            None => self.answers[place] = Answer::Untold,
        }
    }

    #[inline]
    fn wait(&mut self, identity: Identity, place: usize) {
        self.identities.push(identity);
        self.places.push(place);
    }

    fn ask(&mut self) {
        for set in self.screener.sets() {
            let mut places = self.places.iter();
            set.contains_each(&self.identities, |found| {
                let place = places.next();
                let answer = match found {
                    Ok(true) => Answer::Yes,
                    Ok(false) => return,
                    Err(_) => Answer::Untold,
                };
                // What one set lists is listed, whatever another cannot tell.
                if let Some(old) = place.and_then(|place| self.answers.get_mut(*place))
                    && *old != Answer::Yes
                {
                    *old = answer;
                }
            });
        }
        self.identities.clear();
        self.places.clear();
    }

    /// One answer an address, in order.
    pub fn finish(mut self) -> Vec<Answer> {
        self.ask();
        self.answers
    }
}
