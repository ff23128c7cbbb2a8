//! What can be wrong with a text that should be an address, in words that a person can act on.

use super::parted::characters;
use thiserror::Error;

/// Why a text is not an address, or what is odd about one that is. Places count characters from 1.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Problem {
    /// There is nothing but white space.
    #[error("there is nothing to check")]
    Empty,
    /// It has the shape of no known kind of address.
    #[error("this is not an address of any chain that is known here")]
    NotAnAddress,
    /// It looks like an address, but a character cannot stand where it does.
    #[error("this looks like {like}, but character {at} (“{found}”) cannot be part of one")]
    Character {
        /// The kind of address that it looks like, with its article.
        like: &'static str,
        /// The character's place, from 1.
        at: usize,
        /// The character.
        found: char,
    },
    /// It looks like an address, but has too few or too many characters.
    #[error("this looks like {like}, but has {found} characters where {expected} belong")]
    Length {
        /// The kind of address that it looks like, with its article.
        like: &'static str,
        /// How many characters it would have.
        expected: usize,
        /// How many it has.
        found: usize,
    },
    /// It looks like an address, but its checksum does not hold.
    #[error(
        "this looks like {like}, but its checksum is wrong: at least one character is mistyped or missing"
    )]
    Checksum {
        /// The kind of address that it looks like, with its article.
        like: &'static str,
    },
    /// One other character, or two exchanged ones, would make it an address whose checksum holds.
    #[error("this looks like an address with a typing error at character {at} (“{found}”)")]
    Typing {
        /// The character's place, from 1.
        at: usize,
        /// The character.
        found: char,
    },
    /// It looks like an address that must be all in one letter case, but is in both.
    #[error("this looks like {like}, which is written in capitals or in small letters, never in both")]
    MixedCase {
        /// The kind of address that it looks like, with its article.
        like: &'static str,
    },
    /// An EVM address in both letter cases whose EIP-55 checksum does not hold.
    #[error(
        "the capitals and small letters of this address are not as its checksum (EIP-55) has them: at least one character is mistyped"
    )]
    LetterCase,
    /// The digits of an EVM address without the `0x` before them, which libraries such as ethers take all the same.
    #[error("this may be an Ethereum-style address without the 0x before it")]
    NoPrefix,
    /// The checksum holds, but nobody uses what it covers as an address.
    #[error("the checksum is right, but this is {like} of a version or length that does not exist")]
    UnknownVersion {
        /// The kind of address that it looks like, with its article.
        like: &'static str,
    },
    /// It is an address, but not on the chain that it is said to be on.
    #[error("this is an address, but not one on {chain}")]
    WrongChain {
        /// The chain's name.
        chain: &'static str,
    },
    /// It is an address, but not on the chain that is asked for where it is to be used.
    #[error("this is an address on {found}, but one on {asked} is asked for here")]
    WrongNetwork {
        /// The name of a chain that it is on.
        found: &'static str,
        /// The name of the chain that is asked for.
        asked: &'static str,
    },
    /// It is an address on a network whose coins are worth nothing.
    #[error("this is an address on a test network ({chain}): real coins that are sent there may be lost")]
    TestNetwork {
        /// The network's name.
        chain: &'static str,
    },
    /// It only points to an address, which the wallet looks up.
    #[error(
        "this is {what}, not an address: what it stands for is only known to the wallet, so it cannot be checked here"
    )]
    Indirect {
        /// What it is, with its article.
        what: &'static str,
    },
    /// Its middle is left out.
    #[error("this is only a part of an address: compare the whole address before you send")]
    Cut,
    /// The checksum holds, but the network is not in the table of chains.
    #[error("the checksum is right, but this belongs to a network that is not known here")]
    UnknownNetwork,
}

impl Problem {
    /// The problem of the character at this byte of a text.
    pub(super) fn character(like: &'static str, text: &str, at: usize) -> Self {
        let (before, rest) = text.split_at_checked(at).unwrap_or((text, ""));
        let found = rest.chars().next().unwrap_or(' ');
        Self::Character { like, at: characters(before) + 1, found }
    }

    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotAnAddress => "not_an_address",
            Self::Character { .. } => "character",
            Self::Length { .. } => "length",
            Self::Checksum { .. } => "checksum",
            Self::Typing { .. } => "typing",
            Self::MixedCase { .. } => "mixed_case",
            Self::LetterCase => "letter_case",
            Self::NoPrefix => "no_prefix",
            Self::UnknownVersion { .. } => "unknown_version",
            Self::UnknownNetwork => "unknown_network",
            Self::WrongChain { .. } => "wrong_chain",
            Self::WrongNetwork { .. } => "wrong_network",
            Self::TestNetwork { .. } => "test_network",
            Self::Indirect { .. } => "indirect",
            Self::Cut => "cut",
        }
    }

    /// The place of the character that is wrong, from 1, where one is known.
    pub fn at(&self) -> Option<usize> {
        match self {
            Self::Character { at, .. } | Self::Typing { at, .. } => Some(*at),
            _ => None,
        }
    }
}
