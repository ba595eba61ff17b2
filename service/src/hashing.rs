//! Passwords are hashed with Argon2id, off the async threads and a few at a time: one hash
//! takes tens of milliseconds of a core, and unbounded sign-ins would starve everything else.

use std::sync::{Arc, LazyLock};

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash};
use domain::contacts::Password;
use tokio::{sync::Semaphore, task};

use crate::{Error, random::Random};

/// Hashes and verifies, two at a time.
#[derive(Clone)]
pub struct Hasher {
    argon2: Argon2<'static>,
    free: Arc<Semaphore>,
}

impl Hasher {
    /// With that memory (KiB) and those rounds.
    ///
    /// # Panics
    /// When Argon2 has no such parameters.
    pub fn new((memory, rounds): (u32, u32)) -> Self {
        let params = Params::new(memory, rounds, 1, None).expect("the parameters are in range");
        Self { argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params), free: Arc::new(Semaphore::new(2)) }
    }

    /// The hash of a password, as it is stored.
    ///
    /// # Errors
    /// [`Error::Internal`] when hashing fails.
    pub async fn hash(&self, password: &Password, random: &Random) -> Result<String, Error> {
        let (argon2, password, salt) = (self.argon2.clone(), password.clone(), random.bytes::<16>());
        self.run(move || {
            argon2
                .hash_password_with_salt(password.reveal().as_bytes(), &salt)
                .map(|hash| hash.to_string())
                .map_err(|error| Error::Internal(error.to_string()))
        })
        .await?
    }

    /// Whether the password is the one of that hash. Without a hash it takes as long and is
    /// never right, so that nobody learns by the time it takes who exists.
    ///
    /// # Errors
    /// [`Error::Internal`] when the thread fails.
    pub async fn verify(&self, password: &Password, hash: Option<String>) -> Result<bool, Error> {
        let (argon2, password) = (self.argon2.clone(), password.clone());
        self.run(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| nobody(&argon2));
            let right = PasswordHash::new(&hash)
                .is_ok_and(|hash| argon2.verify_password(password.reveal().as_bytes(), &hash).is_ok());
            right && known
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        let place = self.free.clone().acquire_owned().await;
        task::spawn_blocking(move || {
            let _place = place;
            work()
        })
        .await
        .map_err(|error| Error::Internal(error.to_string()))
    }
}

/// A hash that nobody has the password of, made once with the cost of the real ones.
fn nobody(argon2: &Argon2<'_>) -> String {
    static NOBODY: LazyLock<std::sync::Mutex<Option<String>>> = LazyLock::new(Default::default);
    let mut nobody = NOBODY.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    nobody
        .get_or_insert_with(|| {
            argon2
                .hash_password_with_salt(b"nobody", b"sixteen bytes ok")
                .map(|hash| hash.to_string())
                .unwrap_or_default()
        })
        .clone()
}
