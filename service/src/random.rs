//! The one place that draws random numbers.

use std::sync::{Arc, Mutex};

use domain::{
    Timestamp,
    licenses::{LicenseKey, RANDOM_SYMBOLS},
};
use rand::{
    Rng, SeedableRng,
    rngs::{StdRng, SysRng},
};
use uuid::Uuid;

/// A cryptographically strong generator, seeded by the machine, or by a test.
#[derive(Clone)]
pub struct Random(Arc<Mutex<Source>>);

struct Source {
    rng: StdRng,
    /// The millisecond of the last id, and its count within it.
    last: (u64, u32),
}

impl Source {
    const fn new(rng: StdRng) -> Self {
        Self { rng, last: (0, 0) }
    }

    /// The next id of a millisecond: after the first, whose count is random, each is one more.
    fn id(&mut self, millis: u64) -> Uuid {
        let mut bytes = [0; 10];
        self.rng.fill_bytes(&mut bytes);
        let drawn = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) & (COUNTS / 2);
        let count = if self.last.0 == millis { self.last.1.wrapping_add(1) & COUNTS } else { drawn };
        self.last = (millis, count);
        // Twelve bits behind the version, fourteen behind the variant; what is left is random.
        let [first, second] =
            [count >> 14, count & 0x3fff].map(|half| u16::try_from(half).unwrap_or_default().to_be_bytes());
        bytes[..2].copy_from_slice(&first);
        bytes[2..4].copy_from_slice(&second);
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }
}

/// How many ids are counted within a millisecond, less one.
const COUNTS: u32 = (1 << 26) - 1;

impl Random {
    /// Seeded by the operating system.
    ///
    /// # Panics
    /// When the operating system has no randomness to give.
    pub fn real() -> Self {
        let seeded = StdRng::try_from_rng(&mut SysRng).expect("the operating system gives randomness");
        Self(Arc::new(Mutex::new(Source::new(seeded))))
    }

    /// The same numbers for the same seed, for tests and demo data.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(Source::new(StdRng::seed_from_u64(seed)))))
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.source().rng.fill_bytes(&mut bytes);
        bytes
    }

    /// An id that sorts by time (UUID version 7), and within one millisecond in the order in which they were made: what is made
    /// together is listed as it was made.
    pub fn id<T: From<Uuid>>(&self, now: Timestamp) -> T {
        T::from(self.source().id(u64::try_from(now.timestamp_millis()).unwrap_or(0)))
    }

    fn source(&self) -> std::sync::MutexGuard<'_, Source> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// A random id that tells nothing (UUID version 4): drafts, form keys, requests.
    pub fn uuid(&self) -> Uuid {
        uuid::Builder::from_random_bytes(self.bytes()).into_uuid()
    }

    /// A new license key (L3).
    pub fn license_key(&self) -> LicenseKey {
        LicenseKey::from_random(self.bytes::<RANDOM_SYMBOLS>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_millisecond_sort_as_they_were_made_and_are_of_version_7() {
        let (random, now) = (Random::seeded(7), Timestamp::UNIX_EPOCH + chrono::Duration::days(20_000));
        let ids: Vec<Uuid> = (0..20_000).map(|_| random.id(now)).collect();
        assert!(ids.is_sorted_by(|one, next| one < next));
        assert!(ids.iter().all(|id| id.get_version_num() == 7 && id.get_variant() == uuid::Variant::RFC4122));
        let later: Uuid = random.id(now + chrono::Duration::milliseconds(1));
        let other: Uuid = Random::seeded(8).id(now);
        assert!(later > ids[19_999] && !ids.contains(&other));
    }
}
