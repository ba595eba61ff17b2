//! Whether the database takes what is written, by what became of the last writes: what `/readyz` asks.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use crate::dialect;

/// A commit that is no older proves that writing works, also while the next one waits for a long one under way.
const PROVES: Duration = Duration::from_secs(10);

/// What became of the last writes.
#[derive(Debug, Default)]
pub(crate) struct Writing(Mutex<Last>);

#[derive(Debug, Default, Clone, Copy)]
enum Last {
    /// Nothing was written yet.
    #[default]
    Unknown,
    Committed(Instant),
    /// The disk or the server refused it.
    Failed,
}

/// What there is to find out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// It works.
    Works,
    /// Nothing is known of late: whether the lock can be had is enough.
    Little,
    /// It failed: only a write that arrives on the disk proves the opposite.
    Failed,
}

impl Writing {
    /// A commit. It ends no failure: it may have written nothing, and then it succeeds on a full disk too.
    pub(crate) fn committed(&self) {
        let mut last = self.last();
        if !matches!(*last, Last::Failed) {
            *last = Last::Committed(Instant::now());
        }
    }

    /// A commit that has surely written something.
    pub(crate) fn proved(&self) {
        *self.last() = Last::Committed(Instant::now());
    }

    /// Counts what speaks of the disk or the server, and not of one statement of ours.
    pub(crate) fn failed(&self, error: &sqlx::Error) {
        if dialect::is_unusable(error) {
            *self.last() = Last::Failed;
        }
    }

    pub(crate) fn known(&self) -> Known {
        match *self.last() {
            Last::Committed(at) if at.elapsed() < PROVES => Known::Works,
            Last::Committed(_) | Last::Unknown => Known::Little,
            Last::Failed => Known::Failed,
        }
    }

    fn last(&self) -> MutexGuard<'_, Last> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
