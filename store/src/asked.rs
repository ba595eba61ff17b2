//! How much is asked of the database: counted for the tests that say how much a page may ask, and for nobody else.

#[cfg(feature = "testing")]
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// What was asked so far: how many transactions were begun, and how many statements there were in and beside them.
#[derive(Debug, Default, Clone)]
pub(crate) struct Asked {
    #[cfg(feature = "testing")]
    counts: Arc<[AtomicUsize; 2]>,
}

impl Asked {
    /// A transaction begins.
    pub(crate) fn begin(&self) {
        self.one_more(0);
    }

    /// A statement is asked.
    pub(crate) fn statement(&self) {
        self.one_more(1);
    }

    /// How many transactions and how many statements there were so far.
    #[cfg(feature = "testing")]
    pub(crate) fn so_far(&self) -> (usize, usize) {
        let [begun, statements] = &*self.counts;
        (begun.load(Ordering::Relaxed), statements.load(Ordering::Relaxed))
    }

    #[cfg(feature = "testing")]
    fn one_more(&self, of: usize) {
        self.counts[of].fetch_add(1, Ordering::Relaxed);
    }

    #[cfg(not(feature = "testing"))]
    fn one_more(&self, _: usize) {}
}
