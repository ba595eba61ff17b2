//! Why the database did not do its part.

/// Why the database did not do its part.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What the driver says.
    #[error(transparent)]
    Sqlx(#[from] sqlx::Error),
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
    /// A stored value that this code could not have stored.
    #[error("the column {column} holds {value:?}")]
    Unreadable {
        /// Where.
        column: &'static str,
        /// What.
        value: String,
    },
}
