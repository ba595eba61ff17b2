//! The one place that reads the time.

use std::{path::PathBuf, sync::Arc};

use chrono::SubsecRound;
use domain::Timestamp;

/// Where the time comes from: the machine, a file, or a test that holds it still.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The machine's clock.
    pub fn real() -> Self {
        Self::from_fn(machine)
    }

    /// The time that stands in a file (RFC 3339), read at every use; the machine's clock when
    /// the file cannot be read.
    pub fn file(path: PathBuf) -> Self {
        Self::from_fn(move || {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            text.trim().parse().unwrap_or_else(|_| machine())
        })
    }

    /// Any other clock, for tests.
    pub fn from_fn(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Now, in UTC, to the microsecond that the store keeps.
    pub fn now(&self) -> Timestamp {
        (self.0)().trunc_subsecs(6)
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the place that reads the machine's clock")]
fn machine() -> Timestamp {
    chrono::Utc::now()
}
