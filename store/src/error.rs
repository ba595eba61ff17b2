//! Why the database did not do its part.

use crate::dialect;

/// Why the database did not do its part.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What the driver says.
    #[error(transparent)]
    Sqlx(#[from] sqlx::Error),
    /// The database did not say whether it has committed: what was written may be there. The same form sent again finds out (O2).
    #[error("it is not known whether this was committed: {0}")]
    OutcomeUnknown(#[source] sqlx::Error),
    /// It was asked for a connection, and nothing came back.
    #[error(
        "it does not answer within {seconds} s; see that it runs, and that nothing in between drops what is sent to it"
    )]
    Silent {
        /// For how long it was waited for.
        seconds: u64,
    },
    /// A migration could not be applied.
    #[error(transparent)]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// Some migrations have not been applied.
    #[error("the database is at migration {done} of {all}; run `keyhouse migrate`")]
    Behind {
        /// How many are applied.
        done: i64,
        /// How many there are.
        all: i64,
    },
    /// More was typed than is kept.
    #[error("more was typed than is kept")]
    TooLarge,
    /// Another release has applied more migrations than this program knows.
    #[error(
        "the database belongs to a newer release: it is at migration {found}, and this program knows them up to {known}; \
             run the newer release, or restore a copy from before it"
    )]
    Newer {
        /// The last one that is applied.
        found: i64,
        /// The last one of this program.
        known: i64,
    },
    /// A stored value that this code could not have stored.
    #[error("the column {column} holds {value:?}")]
    Unreadable {
        /// Where.
        column: &'static str,
        /// What.
        value: String,
    },
}

impl Error {
    /// What a commit came to that failed.
    pub(crate) fn of_commit(error: sqlx::Error) -> Self {
        if dialect::may_have_committed(&error) { Self::OutcomeUnknown(error) } else { Self::Sqlx(error) }
    }

    /// Whether what was written may be there all the same.
    pub const fn outcome_is_unknown(&self) -> bool {
        matches!(self, Self::OutcomeUnknown(_))
    }

    /// Whether the database cannot be used now, and may be later, or another transaction was in the way; rather than that something is
    /// wrong with what was asked of it.
    pub fn is_for_now(&self) -> bool {
        match self {
            Self::Sqlx(error) => dialect::is_for_now(error),
            Self::OutcomeUnknown(_) | Self::Silent { .. } | Self::Behind { .. } | Self::Newer { .. } => true,
            Self::Migrate(_) | Self::TooLarge | Self::Unreadable { .. } => false,
        }
    }
}
