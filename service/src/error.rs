//! Why a deed was not done.

use domain::{FieldErrors, Refusal, actor::Due};

/// After how many seconds somebody may try again who was sent away because there was no place. Most places are free again much sooner.
pub const AGAIN_SECONDS: u64 = 5;

/// Why a deed was not done. Nothing was stored, except that nobody knows it of [`store::Error::OutcomeUnknown`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was typed is wrong, with a message at each field.
    #[error("a field is wrong")]
    Fields(FieldErrors),
    /// The rules do not allow it now.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It is not there, or not for this person: the same answer for both (A11).
    #[error("not found")]
    NotFound,
    /// Something has to be done first (A10).
    #[error("{0:?} is due first")]
    Due(Due),
    /// What matters is done only by who has proved a short while ago who they are.
    #[error("the password has to be entered again first")]
    Unconfirmed,
    /// The session that asks has ended meanwhile.
    #[error("the session has ended")]
    SignedOut,
    /// Too many tries.
    #[error("too many tries; again in {seconds} s")]
    TooMany {
        /// When to try again.
        seconds: u64,
    },
    /// More wait for something costly than can be helped soon.
    #[error("too many wait; again in {seconds} s")]
    Busy {
        /// When to try again.
        seconds: u64,
    },
    /// More was typed than is kept.
    #[error("more was typed than is kept")]
    TooLarge,
    /// The database did not do its part.
    #[error(transparent)]
    Store(store::Error),
    /// Something that should hold did not.
    #[error("{0}")]
    Internal(String),
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::TooLarge => Self::TooLarge,
            other => Self::Store(other),
        }
    }
}

impl From<FieldErrors> for Error {
    fn from(errors: FieldErrors) -> Self {
        Self::Fields(errors)
    }
}
