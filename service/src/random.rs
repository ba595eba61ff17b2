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
pub struct Random(Arc<Mutex<StdRng>>);

impl Random {
    /// Seeded by the operating system.
    ///
    /// # Panics
    /// When the operating system has no randomness to give.
    pub fn real() -> Self {
        let seeded = StdRng::try_from_rng(&mut SysRng).expect("the operating system gives randomness");
        Self(Arc::new(Mutex::new(seeded)))
    }

    /// The same numbers for the same seed, for tests and demo data.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }

    /// An id that sorts by time (UUID version 7).
    pub fn id<T: From<Uuid>>(&self, now: Timestamp) -> T {
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
        T::from(uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid())
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
