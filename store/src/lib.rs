//! How Keyhouse is kept.

/// The database did not do its part.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What the driver says.
    #[error(transparent)]
    Sqlx(#[from] sqlx::Error),
    /// A migration could not be applied.
    #[error(transparent)]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A stored value that no code could have stored.
    #[error("the row of {what} does not read: {value:?}")]
    Unreadable {
        /// Which table or type.
        what: &'static str,
        /// What was found.
        value: String,
    },
}

/// The database.
#[derive(Clone)]
pub struct Store;

impl Store {
    /// Opens it; no migration runs.
    pub async fn open(url: &str) -> Result<Self, Error> {
        let _ = url;
        todo!()
    }
    /// Brings the tables up to date.
    pub async fn migrate(&self) -> Result<(), Error> {
        todo!()
    }
    /// Whether it answers, with all migrations done.
    pub async fn ready(&self) -> Result<(), Error> {
        todo!()
    }
}
