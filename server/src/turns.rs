//! Turns at something that few do at once: in the order in which they come, but nobody gets a second one while somebody else waits.

use std::{
    collections::VecDeque,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use service::counts::Counts;
use tokio::sync::oneshot::{self, Receiver, Sender};

/// Turns. A clone gives the same ones.
pub struct Turns<K: Eq + Hash + Clone>(Arc<Mutex<State<K>>>);

/// A turn; when it is dropped, the next one comes.
pub struct Turn<K: Eq + Hash + Clone> {
    turns: Turns<K>,
    of: K,
}

struct State<K: Eq + Hash + Clone> {
    /// How many more turns there may be now. While somebody waits there is none.
    free: usize,
    under_way: Counts<K>,
    waiting: VecDeque<Waiting<K>>,
}

struct Waiting<K: Eq + Hash + Clone> {
    of: K,
    give: Sender<Turn<K>>,
}

impl<K: Eq + Hash + Clone> Clone for Turns<K> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<K: Eq + Hash + Clone> Turns<K> {
    /// So many at once.
    pub fn new(at_once: usize) -> Self {
        let state = State { free: at_once, under_way: Counts::default(), waiting: VecDeque::new() };
        Self(Arc::new(Mutex::new(state)))
    }

    /// A turn of that one, when it comes.
    pub async fn take(&self, of: K) -> Turn<K> {
        match self.ask(of) {
            Ok(turn) => turn,
            Err(given) => given.await.expect("whoever waits is given a turn"),
        }
    }

    /// A turn now, or what it is given by later.
    fn ask(&self, of: K) -> Result<Turn<K>, Receiver<Turn<K>>> {
        let mut state = self.lock();
        if state.free == 0 {
            let (give, given) = oneshot::channel();
            state.forget_who_went_away();
            state.waiting.push_back(Waiting { of, give });
            return Err(given);
        }
        state.free -= 1;
        state.under_way.one_more(of.clone());
        Ok(Turn { turns: self.clone(), of })
    }

    fn lock(&self) -> MutexGuard<'_, State<K>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash + Clone> State<K> {
    /// A turn of that one has ended. Gives who is next: the first of those who have no turn now, or else the first of all.
    fn end(&mut self, of: &K) -> Option<Waiting<K>> {
        self.under_way.one_less(of);
        self.forget_who_went_away();
        let idle = self.waiting.iter().position(|waiting| self.under_way.of(&waiting.of) == 0);
        let next = self.waiting.remove(idle.unwrap_or(0));
        match &next {
            Some(next) => self.under_way.one_more(next.of.clone()),
            None => self.free += 1,
        }
        next
    }

    fn forget_who_went_away(&mut self) {
        self.waiting.retain(|waiting| !waiting.give.is_closed());
    }
}

impl<K: Eq + Hash + Clone> Drop for Turn<K> {
    fn drop(&mut self) {
        let next = self.turns.lock().end(&self.of);
        if let Some(Waiting { of, give }) = next {
            // Whoever has gone away at this moment drops it, and so gives it on.
            drop(give.send(Self { turns: self.turns.clone(), of }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(turns: &Turns<&'static str>, of: &'static str) -> Receiver<Turn<&'static str>> {
        let Err(given) = turns.ask(of) else { panic!("a turn is free") };
        given
    }

    async fn take_two(of: &'static str) -> (Turns<&'static str>, Turn<&'static str>, Turn<&'static str>) {
        let turns = Turns::new(2);
        let (first, second) = (turns.take(of).await, turns.take(of).await);
        (turns, first, second)
    }

    fn all_are_free(turns: &Turns<&'static str>) -> bool {
        let state = turns.lock();
        state.free == 2 && state.under_way.is_empty() && state.waiting.is_empty()
    }

    #[tokio::test]
    async fn r8_nobody_gets_a_second_turn_while_somebody_else_waits() {
        let (turns, first, second) = take_two("acme").await;
        let (mut third, mut other) = (wait(&turns, "acme"), wait(&turns, "globex"));
        drop(first);
        assert!(third.try_recv().is_err(), "acme has a turn still");
        let other = other.try_recv().expect("globex has none");
        drop(second);
        let third = third.try_recv().expect("acme has none any more");
        let (mut fourth, mut fifth) = (wait(&turns, "acme"), wait(&turns, "acme"));
        drop(other);
        let fourth = fourth.try_recv().expect("nobody else waits");
        assert!(fifth.try_recv().is_err(), "two at once");
        drop((third, fourth));
        drop(fifth.try_recv().expect("the last one"));
        assert!(all_are_free(&turns));
    }

    #[tokio::test]
    async fn r8_who_goes_away_keeps_no_turn() {
        let (turns, first, second) = take_two("acme").await;
        let (given, mut next) = (wait(&turns, "globex"), wait(&turns, "initech"));
        drop(wait(&turns, "umbrella"));
        drop(first);
        assert!(next.try_recv().is_err());
        // Its turn has been given, and it has not looked yet.
        drop(given);
        drop(next.try_recv().expect("given on"));
        drop(second);
        assert!(all_are_free(&turns));
    }
}
