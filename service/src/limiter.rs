//! How often each of many may do something.
//!
//! Whoever has all tries again is forgotten, every so many checks: at each one, a flood of names would cost more with each name.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use governor::{
    DefaultKeyedRateLimiter, NotUntil, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};

/// After so many checks, those who have been quiet are forgotten.
const FORGET_AFTER: u32 = 1_000;

/// So many are remembered who were given something back; a database that fails for long gives nothing back to more.
const MOST_BACK: usize = 10_000;

/// After so long nobody is given anything back any more: everybody has all tries again by then.
const BACK_FOR: Duration = Duration::from_secs(3_600);

/// Why a limiter lets nothing through.
pub(crate) type Full = NotUntil<<DefaultClock as Clock>::Instant>;

/// A limit for each key.
pub(crate) struct Limiter<K: Clone + Eq + Hash> {
    each: DefaultKeyedRateLimiter<K>,
    checks: AtomicU32,
    /// How many each was given back, and when last.
    back: Mutex<HashMap<K, (u32, Instant)>>,
}

impl<K: Clone + Eq + Hash> Limiter<K> {
    pub(crate) fn new(quota: Quota) -> Self {
        Self { each: RateLimiter::keyed(quota), checks: AtomicU32::new(0), back: Mutex::default() }
    }

    /// One more of that key, if there is one left.
    pub(crate) fn check(&self, key: &K) -> Result<(), Full> {
        if self.takes_back(key) {
            return Ok(());
        }
        if self.checks.fetch_add(1, Ordering::Relaxed) % FORGET_AFTER == FORGET_AFTER - 1 {
            self.each.retain_recent();
            self.back.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, (_, at)| at.elapsed() < BACK_FOR);
        }
        self.each.check_key(key)
    }

    /// Gives back what was let through and came to nothing, by no doing of whoever asked: who can bring that about would save up.
    pub(crate) fn give_back(&self, key: K) {
        let mut back = self.back.lock().unwrap_or_else(PoisonError::into_inner);
        if back.len() < MOST_BACK || back.contains_key(&key) {
            let (count, at) = back.entry(key).or_insert((0, Instant::now()));
            (*count, *at) = (*count + 1, Instant::now());
        }
    }

    fn takes_back(&self, key: &K) -> bool {
        let mut back = self.back.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((left, _)) = back.get_mut(key) else { return false };
        *left -= 1;
        if *left == 0 {
            back.remove(key);
        }
        true
    }
}

/// In how many seconds there is one left.
pub(crate) fn seconds(full: &Full) -> u64 {
    full.wait_time_from(DefaultClock::default().now()).as_secs()
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::*;

    #[test]
    fn those_who_have_been_quiet_are_forgotten_every_thousand_checks_and_not_at_each() {
        let limiter = Limiter::new(Quota::per_second(NonZeroU32::new(1_000).expect("not nought")));
        for key in 1..FORGET_AFTER {
            assert!(limiter.check(&key).is_ok());
        }
        std::thread::sleep(Duration::from_millis(50));
        assert_eq!(limiter.each.len(), 999, "nobody has looked through them");
        assert!(limiter.check(&0).is_ok());
        assert_eq!(limiter.each.len(), 1);
    }

    #[test]
    fn what_is_given_back_is_there_once_more_and_for_nobody_else() {
        let limiter = Limiter::new(Quota::per_hour(NonZeroU32::new(1).expect("not nought")));
        assert!(limiter.check(&"anna").is_ok() && limiter.check(&"berta").is_ok());
        limiter.give_back("anna");
        assert!(limiter.check(&"berta").is_err());
        assert!(limiter.check(&"anna").is_ok());
        assert!(limiter.check(&"anna").is_err(), "once");
    }

    #[test]
    fn one_key_has_its_tries_and_another_its_own() {
        let limiter = Limiter::new(Quota::per_hour(NonZeroU32::new(2).expect("not nought")));
        assert!(limiter.check(&"anna").is_ok() && limiter.check(&"anna").is_ok());
        let full = limiter.check(&"anna").expect_err("none is left");
        assert!((1_700..=1_800).contains(&seconds(&full)), "half an hour");
        assert!(limiter.check(&"berta").is_ok());
    }
}
