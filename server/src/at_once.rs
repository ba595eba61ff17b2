//! So many of something at once: in all, and of one person or network.

use std::{
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use service::counts::Counts;

/// So many of something at once. A clone counts the same.
#[derive(Debug, Clone)]
pub struct AtOnce<K> {
    most: Most,
    taken: Arc<Mutex<Taken<K>>>,
}

/// How many there may be.
#[derive(Debug, Clone, Copy)]
pub struct Most {
    /// In all.
    pub all: usize,
    /// Of one.
    pub of_one: usize,
}

#[derive(Debug)]
struct Taken<K> {
    all: usize,
    of: Counts<K>,
}

/// One of them; counted until it is dropped.
#[derive(Debug)]
pub struct Place<K: Eq + Hash> {
    places: AtOnce<K>,
    of: K,
}

impl<K: Eq + Hash + Clone> AtOnce<K> {
    /// None is taken.
    pub fn new(most: Most) -> Self {
        Self { most, taken: Arc::new(Mutex::new(Taken { all: 0, of: Counts::default() })) }
    }

    /// One more of that one, if there may be one more.
    pub fn take(&self, of: K) -> Option<Place<K>> {
        let mut taken = self.lock();
        if taken.all >= self.most.all || taken.of.of(&of) >= self.most.of_one {
            return None;
        }
        taken.all += 1;
        taken.of.one_more(of.clone());
        drop(taken);
        Some(Place { places: self.clone(), of })
    }
}

impl<K> AtOnce<K> {
    fn lock(&self) -> MutexGuard<'_, Taken<K>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash> Drop for Place<K> {
    fn drop(&mut self) {
        let mut taken = self.places.lock();
        taken.all -= 1;
        taken.of.one_less(&self.of);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_takes_no_more_than_its_share_and_all_together_no_more_than_there_are() {
        let places = AtOnce::new(Most { all: 3, of_one: 2 });
        let mut taken: Vec<_> = (0..2).map(|_| places.take("a").expect("a place")).collect();
        assert!(places.take("a").is_none(), "its share");
        taken.push(places.clone().take("b").expect("of another"));
        assert!(places.take("c").is_none(), "there are no more");
        taken.pop();
        taken.push(places.take("c").expect("one was given back"));
        drop(taken);
        let left = places.lock();
        assert!(left.all == 0 && left.of.is_empty());
    }
}
