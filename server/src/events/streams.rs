//! How many pages may listen at once: of one session, and of one account.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::{AccountId, Actor, SessionId};

/// Pages of one browser. It keeps at most six connections to one server, and needs some for what people do.
const OF_SESSION: usize = 4;
/// Pages of one account, whoever of its people opened them.
const OF_ACCOUNT: usize = 200;

/// The pages that listen now.
#[derive(Debug, Clone, Default)]
pub struct Streams(Arc<Mutex<Open>>);

#[derive(Debug, Default)]
struct Open {
    of_session: HashMap<SessionId, usize>,
    of_account: HashMap<AccountId, usize>,
}

/// One page that listens; counted until it is dropped.
#[derive(Debug)]
pub struct Stream {
    open: Streams,
    session: SessionId,
    account: AccountId,
}

impl Streams {
    /// Counts one more, if there may be one more.
    pub fn open(&self, actor: &Actor) -> Option<Stream> {
        let (session, account) = (actor.session, actor.account);
        let mut open = self.lock();
        let of_session = open.of_session.get(&session).copied().unwrap_or_default();
        let of_account = open.of_account.get(&account).copied().unwrap_or_default();
        if of_session >= OF_SESSION || of_account >= OF_ACCOUNT {
            return None;
        }
        open.of_session.insert(session, of_session + 1);
        open.of_account.insert(account, of_account + 1);
        drop(open);
        Some(Stream { open: self.clone(), session, account })
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let mut open = self.open.lock();
        one_less(&mut open.of_session, self.session);
        one_less(&mut open.of_account, self.account);
    }
}

/// Nobody is remembered who has none.
fn one_less<K: Hash + Eq>(counts: &mut HashMap<K, usize>, key: K) {
    match counts.get_mut(&key) {
        Some(count) if *count > 1 => *count -= 1,
        _ => drop(counts.remove(&key)),
    }
}
