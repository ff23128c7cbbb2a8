//! Why bytes are not a set, or a set cannot answer.

use thiserror::Error;

/// Why bytes are not a set that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SetError {
    /// The first bytes are not those of a set.
    #[error("this is not a Taintwatch set (.tws)")]
    NotASet,
    /// It is of a format that only newer or older programs read.
    #[error("this set has format version {found}, and only version 3 is understood here")]
    Version {
        /// The major version that it has.
        found: u16,
    },
    /// It is shorter or longer than its header says.
    #[error("this set should be {expected} bytes long but is {found}: it was cut off or added to")]
    Length {
        /// The length that the header gives, in bytes.
        expected: u64,
        /// The length that it has, in bytes.
        found: usize,
    },
    /// Something in it points outside of it or contradicts itself.
    #[error("this set is damaged: its {part} is not as it must be")]
    Damaged {
        /// The part that is wrong.
        part: &'static str,
    },
    /// Its contents are not those that its hash was made of.
    #[error("this set is damaged: its SHA-256 is another")]
    Hash,
    #[cfg(not(target_arch = "wasm32"))]
    /// There is more in it than the format has room for.
    #[error("this is too much for a set: {part}")]
    TooLarge {
        /// What there is too much of.
        part: &'static str,
    },
    /// The place where it is stored did not give a part of it.
    #[error("a part of this set cannot be read: {reason}")]
    Read {
        /// Why not.
        reason: &'static str,
    },
}

impl SetError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotASet => "not_a_set",
            Self::Version { .. } => "set_version",
            Self::Length { .. } => "set_length",
            Self::Damaged { .. } => "set_damaged",
            Self::Hash => "set_hash",
            #[cfg(not(target_arch = "wasm32"))]
            Self::TooLarge { .. } => "set_too_large",
            Self::Read { .. } => "set_read",
        }
    }
}
