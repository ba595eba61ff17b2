//! How many there are of each of many now; of whom there are none, nothing is remembered.

use std::{collections::HashMap, hash::Hash};

/// A number for each key.
#[derive(Debug)]
pub struct Counts<K>(HashMap<K, usize>);

impl<K> Default for Counts<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Eq + Hash> Counts<K> {
    /// How many there are of it.
    pub fn of(&self, key: &K) -> usize {
        self.0.get(key).copied().unwrap_or_default()
    }

    /// There is one more of it.
    pub fn one_more(&mut self, key: K) {
        *self.0.entry(key).or_default() += 1;
    }

    /// There is one less of it.
    pub fn one_less(&mut self, key: &K) {
        match self.0.get_mut(key) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(self.0.remove(key)),
        }
    }

    /// Whether there is none of any.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
