//! Passwords are hashed with Argon2id, off the async threads and two at a time: one hash takes tens of milliseconds of a core and
//! 19 MiB, and unbounded sign-ins would starve everything else. Whoever comes when too many wait is asked to come again.

use std::sync::{Arc, Mutex, PoisonError};

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::phc::{Output, ParamsString, PasswordHash, Salt},
};
use domain::{AccountId, contacts::Password};
#[cfg(feature = "testing")]
use tokio::sync::OwnedSemaphorePermit;

use crate::{
    AGAIN_SECONDS, Error,
    counts::Counts,
    queue::{Queue, Queued},
    random::Random,
};

/// How many hashes one password is compared with: those of all who may be meant by one address. It is always so many, also
/// when nobody is meant, so that nobody learns by the time it takes who exists.
pub(crate) const TOGETHER: usize = 3;
/// How many are hashed at once.
const AT_ONCE: usize = 2;
/// How many more may wait.
const WAITING: usize = 20;
/// How many of those places the people of one account who are signed in may have at once. Nobody keeps others from signing in.
const OF_ONE_ACCOUNT: usize = 4;

/// The memory of one hash.
type Memory = Vec<Block>;

/// How many of an account's people are at it, if any.
type Seats = Arc<Mutex<Counts<AccountId>>>;

/// Leave for somebody who is signed in to do things with passwords, one after the other; it ends when this is dropped.
pub(crate) struct Seat {
    seats: Seats,
    account: AccountId,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner).one_less(&self.account);
    }
}

/// Hashes and verifies, two at a time.
#[derive(Clone)]
pub struct Hasher {
    argon2: Argon2<'static>,
    /// A hash that nobody has the password of, with the cost of the real ones.
    nobody: PasswordHash,
    queue: Queue,
    seats: Seats,
    /// The memory of those who do not hash now, used again by the next: given back to the allocator it would stay with each thread.
    memory: Arc<Mutex<Vec<Memory>>>,
}

impl Hasher {
    /// With that memory (KiB) and those rounds.
    ///
    /// # Panics
    /// When Argon2 has no such parameters.
    pub fn new((memory, rounds): (u32, u32)) -> Self {
        let params = Params::new(memory, rounds, 1, None).expect("the parameters are in range");
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        // No password hashes to nothing but zeros.
        let nobody = stored(&argon2, b"sixteen bytes ok", &[0; Params::DEFAULT_OUTPUT_LEN]).expect("a hash");
        Self { argon2, nobody, queue: Queue::new(AT_ONCE, WAITING), seats: Seats::default(), memory: Arc::default() }
    }

    /// The hash of a password, as it is stored.
    ///
    /// # Errors
    /// [`Error::Busy`] when too many wait, [`Error::Internal`] when hashing fails.
    pub async fn hash(&self, password: &Password, random: &Random) -> Result<String, Error> {
        let (argon2, password, salt) = (self.argon2.clone(), password.clone(), random.bytes::<16>());
        self.run(move |memory| {
            let mut out = [0; Params::DEFAULT_OUTPUT_LEN];
            fill(&argon2, &password, &salt, &mut out, memory)
                .and_then(|()| stored(&argon2, &salt, &out))
                .map(|hash| hash.to_string())
                .map_err(Error::Internal)
        })
        .await?
    }

    /// Of which of these hashes the password is. It takes as long whichever are there.
    ///
    /// # Errors
    /// [`Error::Internal`] when the thread fails.
    pub(crate) async fn verify_any(
        &self,
        queued: Queued,
        password: &Password,
        hashes: [Option<String>; TOGETHER],
    ) -> Result<[bool; TOGETHER], Error> {
        let (hasher, password) = (self.clone(), password.clone());
        // Each is looked at, also after one was right.
        let work = move |memory: &mut Memory| hashes.map(|hash| hasher.is_of(&password, hash.as_deref(), memory));
        self.run_queued(queued, work).await
    }

    /// Whether the password is the one of that hash.
    ///
    /// # Errors
    /// [`Error::Busy`] when too many wait, [`Error::Internal`] when the thread fails.
    pub async fn verify(&self, password: &Password, hash: Option<String>) -> Result<bool, Error> {
        let (hasher, password) = (self.clone(), password.clone());
        self.run(move |memory| hasher.is_of(&password, hash.as_deref(), memory)).await
    }

    fn is_of(&self, password: &Password, hash: Option<&str>, memory: &mut Memory) -> bool {
        let parsed = hash.and_then(|hash| PasswordHash::new(hash).ok());
        let known = parsed.is_some();
        self.compare(password, parsed.as_ref().unwrap_or(&self.nobody), memory).unwrap_or(false) && known
    }

    /// Hashes with what stands in `hash`, and compares in constant time.
    fn compare(&self, password: &Password, hash: &PasswordHash, memory: &mut Memory) -> Result<bool, String> {
        let (Some(salt), Some(expected)) = (&hash.salt, &hash.hash) else { return Ok(false) };
        let words = |error: &dyn std::fmt::Display| error.to_string();
        let algorithm = Algorithm::try_from(hash.algorithm.as_str()).map_err(|e| words(&e))?;
        let version = hash.version.map_or(Ok(Version::V0x13), Version::try_from).map_err(|e| words(&e))?;
        let params = Params::try_from(hash).map_err(|e| words(&e))?;
        let argon2 = Argon2::new(algorithm, version, params);
        let mut out = vec![0; expected.len()];
        fill(&argon2, password, salt, &mut out, memory)?;
        Ok(Output::new(&out).map_err(|e| words(&e))? == *expected)
    }

    /// Lets nobody hash until what is given is dropped, as if too many waited.
    ///
    /// # Panics
    /// When somebody hashes just now.
    #[cfg(feature = "testing")]
    pub fn busy(&self) -> OwnedSemaphorePermit {
        let all = u32::try_from(AT_ONCE + WAITING).expect("a small number");
        self.queue.places.clone().try_acquire_many_owned(all).expect("nobody hashes")
    }

    /// Does something that takes long, when its turn comes.
    ///
    /// # Errors
    /// [`Error::Busy`] when too many wait already, [`Error::Internal`] when the thread fails.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Memory) -> T + Send + 'static,
    ) -> Result<T, Error> {
        self.run_queued(self.queue_up()?, work).await
    }

    /// A place among those who wait, for whoever has something to do before: when there is none, that costs nothing.
    ///
    /// # Errors
    /// [`Error::Busy`] when too many wait already.
    pub(crate) fn queue_up(&self) -> Result<Queued, Error> {
        self.queue.queue_up()
    }

    /// Leave for somebody of that account to do things with passwords.
    ///
    /// # Errors
    /// [`Error::Busy`] when as many of the account are at it as may be.
    pub(crate) fn seat(&self, account: AccountId) -> Result<Seat, Error> {
        let mut seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        if seats.of(&account) >= OF_ONE_ACCOUNT {
            return Err(Error::Busy { seconds: AGAIN_SECONDS });
        }
        seats.one_more(account);
        Ok(Seat { seats: self.seats.clone(), account })
    }

    async fn run_queued<T: Send + 'static>(
        &self,
        queued: Queued,
        work: impl FnOnce(&mut Memory) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let memories = self.memory.clone();
        let work = move || {
            let mut memory = memories.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
            let done = work(&mut memory);
            memories.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
            done
        };
        self.queue.run(queued, work).await
    }
}

/// Hashes into `out`, in that memory.
fn fill(
    argon2: &Argon2<'_>,
    password: &Password,
    salt: &[u8],
    out: &mut [u8],
    memory: &mut Memory,
) -> Result<(), String> {
    let blocks = argon2.params().block_count();
    if memory.len() < blocks {
        memory.resize(blocks, Block::default());
    }
    let hashed = argon2.hash_password_into_with_memory(password.reveal().as_bytes(), salt, out, &mut memory[..blocks]);
    hashed.map_err(|error| error.to_string())
}

/// A hash as it is stored.
fn stored(argon2: &Argon2<'_>, salt: &[u8], out: &[u8]) -> Result<PasswordHash, String> {
    let words = |error: &dyn std::fmt::Display| error.to_string();
    Ok(PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(argon2.params()).map_err(|e| words(&e))?,
        salt: Some(Salt::new(salt).map_err(|e| words(&e))?),
        hash: Some(Output::new(out).map_err(|e| words(&e))?),
    })
}

#[cfg(test)]
mod tests {
    use argon2::{PasswordHasher, PasswordVerifier};
    use tokio::task;

    use super::*;

    fn password(text: &str) -> Password {
        text.into()
    }

    #[tokio::test]
    async fn x3_a_hash_is_the_one_of_the_standard_and_older_ones_of_another_cost_stay_good() {
        let hasher = Hasher::new((16, 2));
        let hash = hasher.hash(&password("orbit velvet"), &Random::seeded(1)).await.expect("a hash");
        assert!(hash.starts_with("$argon2id$v=19$m=16,t=2,p=1$"), "{hash}");
        let argon2 = Argon2::default();
        assert!(PasswordVerifier::<str>::verify_password(&argon2, b"orbit velvet", &hash).is_ok());
        let costly = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(64, 1, 1, None).expect("in range"));
        let older = costly.hash_password_with_salt(b"orbit velvet", b"another sixteen!").expect("a hash").to_string();
        for hash in [hash, older] {
            assert!(hasher.verify(&password("orbit velvet"), Some(hash.clone())).await.expect("an answer"));
            assert!(!hasher.verify(&password("orbit thimble"), Some(hash)).await.expect("an answer"));
        }
        for none in [None, Some("no hash".to_owned())] {
            assert!(!hasher.verify(&password(""), none).await.expect("an answer"));
        }
    }

    #[tokio::test]
    async fn a6_of_several_with_one_address_the_password_decides() {
        let hasher = Hasher::new((8, 1));
        let random = Random::seeded(1);
        let one = hasher.hash(&password("orbit velvet"), &random).await.expect("a hash");
        let other = hasher.hash(&password("quiet meadow"), &random).await.expect("a hash");
        let of = async |typed: &str| {
            let hashes = [Some(one.clone()), None, Some(other.clone())];
            hasher.verify_any(hasher.queue_up().expect("room"), &password(typed), hashes).await.expect("an answer")
        };
        assert_eq!(of("orbit velvet").await, [true, false, false]);
        assert_eq!(of("quiet meadow").await, [false, false, true]);
        assert_eq!(of("neither").await, [false; 3]);
        let queued = hasher.queue_up().expect("room");
        let twice =
            hasher.verify_any(queued, &password("orbit velvet"), [Some(one.clone()), None, Some(one.clone())]).await;
        assert_eq!(twice.expect("an answer"), [true, false, true], "all whose password it is");
    }

    #[test]
    fn r8_the_people_of_one_account_take_no_more_than_their_places_and_leave_the_others() {
        let hasher = Hasher::new((8, 1));
        let account = |number| uuid::Uuid::from_u128(number).into();
        let mut seats: Vec<_> = (0..OF_ONE_ACCOUNT).map(|_| hasher.seat(account(1)).expect("a seat")).collect();
        assert!(matches!(hasher.seat(account(1)), Err(Error::Busy { seconds: 5 })));
        drop(hasher.seat(account(2)).expect("another account has its own"));
        seats.pop();
        seats.push(hasher.seat(account(1)).expect("one has left"));
        assert!(matches!(hasher.seat(account(1)), Err(Error::Busy { .. })));
        drop(seats);
        assert!(hasher.seats.lock().expect("the seats").is_empty(), "nothing is left behind");
    }

    #[tokio::test]
    async fn r8_two_hash_at_once_twenty_wait_and_the_next_is_asked_to_come_again() {
        let hasher = Hasher::new((8, 1));
        let (go, gone) = std::sync::mpsc::channel::<()>();
        let gone = Arc::new(Mutex::new(gone));
        let waiting: Vec<_> = (0..AT_ONCE + WAITING)
            .map(|_| {
                let (hasher, gone) = (hasher.clone(), gone.clone());
                task::spawn(async move { hasher.run(move |_| gone.lock().expect("the gate").recv().is_ok()).await })
            })
            .collect();
        while hasher.queue.places.available_permits() > 0 {
            task::yield_now().await;
        }
        let refused = hasher.run(|_| ()).await;
        assert!(matches!(refused, Err(Error::Busy { seconds: 5 })));
        waiting.iter().for_each(|_| go.send(()).expect("somebody waits"));
        for one in waiting {
            assert!(one.await.expect("the task").expect("done"));
        }
        hasher.run(|_| ()).await.expect("there is room again");
        assert!(hasher.memory.lock().expect("the memory").len() <= AT_ONCE, "no more memory than hash at once");
    }
}
