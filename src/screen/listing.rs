//! Which of many addresses are listed, told without what is known of them: the fast answer, for many at once.

use super::Screener;
use crate::address::read_evm_into;
use crate::identity::Identity;

/// Collects addresses and asks the sets for many at a time.
pub(crate) struct Listing<'a> {
    screener: &'a Screener,
    answers: Vec<Answer>,
    /// Identities that wait to be looked for, as many as there are places of their answers, and room for others.
    identities: Vec<Identity>,
    places: Vec<usize>,
}

/// Whether an address is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Answer {
    /// In none of the sets.
    No = 0,
    /// It is no address as it stands, or it could not be told.
    Untold = 2,
    /// In one at least.
    Yes = 1,
}

impl Answer {
    pub fn told(self) -> Option<bool> {
        match self {
            Self::Yes => Some(true),
            Self::No => Some(false),
            Self::Untold => None,
        }
    }
}

/// So many wait at most.
const MOST: usize = 64;

impl<'a> Listing<'a> {
    pub fn new(screener: &'a Screener) -> Self {
        Self {
            screener,
            answers: Vec::new(),
            identities: vec![Identity::keccak160([0; 20]); MOST],
            places: Vec::with_capacity(MOST),
        }
    }

    /// Takes the next address, in UTF-8.
    pub fn add(&mut self, address: &[u8]) {
        let place = self.answers.len();
        self.answers.push(Answer::No);
        let room = self.identities.get_mut(self.places.len());
        // Reading any other address takes longer than looking it up.
        if room.is_some_and(|room| read_evm_into(address, room)) && !self.screener.sets().is_empty() {
            self.places.push(place);
            if self.places.len() == MOST {
                self.ask();
            }
            return;
        }
        let answer = core::str::from_utf8(address).ok().and_then(|address| self.screener.lists(address));
        self.answers[place] = match answer {
            Some(true) => Answer::Yes,
            Some(false) => Answer::No,
            None => Answer::Untold,
        };
    }

    fn ask(&mut self) {
        let identities = self.identities.get(..self.places.len()).unwrap_or_default();
        for set in self.screener.sets() {
            let mut places = self.places.iter();
            set.contains_each(identities, |found| {
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
        self.places.clear();
    }

    /// One answer an address, in order.
    pub fn finish(mut self) -> Vec<Answer> {
        self.ask();
        self.answers
    }
}
