//! The steps of a transaction that writes, told to whoever watches: a test that ends the program at one of them.

use std::sync::Arc;

/// What a transaction is about to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The file of the deed that has begun it.
    pub begun_in: &'static str,
    /// Its beginning is 1; then come its statements, its commit, and what is after that.
    pub number: u32,
}

/// Is told each step before it is taken.
pub type Watch = Arc<dyn Fn(Step) + Send + Sync>;

/// The steps of one transaction.
pub(crate) struct Steps {
    watch: Watch,
    last: Step,
}

impl Steps {
    pub(crate) fn of(watch: Watch, begun_in: &'static str) -> Self {
        Self { watch, last: Step { begun_in, number: 0 } }
    }

    pub(crate) fn next(&mut self) {
        self.last.number += 1;
        (self.watch)(self.last);
    }
}
