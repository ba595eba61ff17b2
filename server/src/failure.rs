//! Why a command could not be done, as a sentence for the shell.

use std::io;

/// Why a command could not be done.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A setting is wrong or does not fit another one.
    #[error("{0}")]
    Setting(String),
    /// A file, a folder or a port is not to be had.
    #[error("{what}: {error}")]
    Machine {
        /// What was tried.
        what: String,
        /// What the machine says.
        error: io::Error,
    },
    /// The database did not do its part.
    #[error("the database: {0}")]
    Store(#[from] store::Error),
    /// The deed was not done.
    #[error("{0}")]
    Deed(String),
}

impl Failure {
    /// For `map_err`: what was tried, when the machine says no.
    pub(crate) fn machine(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        |error| Self::Machine { what: what.into(), error }
    }
}

impl From<service::Error> for Failure {
    fn from(error: service::Error) -> Self {
        match error {
            service::Error::Fields(errors) => {
                Self::Deed(errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join(" "))
            }
            service::Error::Store(error) => Self::Store(error),
            other => Self::Deed(other.to_string()),
        }
    }
}
