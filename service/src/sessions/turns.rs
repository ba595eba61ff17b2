//! Tries of one name from one network, one after the other: whoever signs in rightly in five windows at once is not made to wait for
//! tries that nobody has looked at yet.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::OwnedMutexGuard;

/// Who is at it.
#[derive(Default)]
pub struct Turns(Mutex<HashMap<i64, Arc<tokio::sync::Mutex<()>>>>);

/// A turn, until it is dropped.
pub(super) struct Turn<'a> {
    turns: &'a Turns,
    slot: i64,
    held: Option<OwnedMutexGuard<()>>,
}

impl Turns {
    /// Waits for the turn of that counter.
    pub(super) async fn take(&self, slot: i64) -> Turn<'_> {
        let line = self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(slot).or_default().clone();
        let mut turn = Turn { turns: self, slot, held: None };
        turn.held = Some(line.lock_owned().await);
        turn
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.held = None;
        let mut turns = self.turns.0.lock().unwrap_or_else(PoisonError::into_inner);
        if turns.get(&self.slot).is_some_and(|line| Arc::strong_count(line) == 1) {
            turns.remove(&self.slot);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_turn_that_is_over_or_was_given_up_leaves_nothing_behind() {
        let turns = Turns::default();
        let first = turns.take(7).await;
        let other = turns.take(8).await;
        assert!(tokio::time::timeout(std::time::Duration::ZERO, turns.take(7)).await.is_err());
        drop((first, other));
        drop(turns.take(7).await);
        assert!(turns.0.lock().expect("the turns").is_empty());
    }
}
