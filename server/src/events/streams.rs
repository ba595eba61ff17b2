//! How many pages may listen at once: of one session, of one account, of one network, and in all.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{AccountId, Actor, SessionId};
use service::{counts::Counts, network::network};

/// Pages of one browser. It keeps at most six connections to one server, and needs some for what people do.
const OF_SESSION: usize = 4;
/// Pages of one account, whoever of its people opened them.
const OF_ACCOUNT: usize = 200;
/// One connection of so many may listen. A page listens for as long as it is open, and its connection yields to nobody: the others are
/// left for those who want to be answered.
const SHARE: usize = 2;

/// The pages that listen now.
#[derive(Debug, Clone, Default)]
pub struct Streams {
    open: Arc<Mutex<Open>>,
    /// How many there may be in all and of one network, if that is limited.
    most: Option<Most>,
}

#[derive(Debug, Clone, Copy)]
struct Most {
    all: usize,
    of_network: usize,
}

#[derive(Debug, Default)]
struct Open {
    all: usize,
    of_session: Counts<SessionId>,
    of_account: Counts<AccountId>,
    of_network: Counts<String>,
}

/// One page that listens; counted until it is dropped.
#[derive(Debug)]
pub struct Stream {
    streams: Streams,
    session: SessionId,
    account: AccountId,
    network: String,
}

impl Streams {
    /// With so many connections as there may be in all, and of one network.
    pub fn within(connections: usize, of_network: usize) -> Self {
        let most = Most { all: connections / SHARE, of_network: (of_network / SHARE).max(1) };
        Self { most: Some(most), ..Self::default() }
    }

    /// Counts one more that comes from there, if there may be one more.
    pub fn open(&self, actor: &Actor, address: &str) -> Option<Stream> {
        let (session, account, network) = (actor.session, actor.account, network(address));
        let most = self.most.unwrap_or(Most { all: usize::MAX, of_network: usize::MAX });
        let mut open = self.lock();
        if open.all >= most.all
            || open.of_session.of(&session) >= OF_SESSION
            || open.of_account.of(&account) >= OF_ACCOUNT
            || open.of_network.of(&network) >= most.of_network
        {
            return None;
        }
        open.all += 1;
        open.of_session.one_more(session);
        open.of_account.one_more(account);
        open.of_network.one_more(network.clone());
        drop(open);
        Some(Stream { streams: self.clone(), session, account, network })
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let mut open = self.streams.lock();
        open.all -= 1;
        open.of_session.one_less(&self.session);
        open.of_account.one_less(&self.account);
        open.of_network.one_less(&self.network);
    }
}

#[cfg(test)]
mod tests {
    use domain::{Roles, Timestamp, accounts::Kind};
    use uuid::Uuid;

    use super::*;

    /// Somebody of that account, in a session of their own.
    fn somebody(account: u128, session: u128) -> Actor {
        Actor {
            contact: Uuid::from_u128(session).into(),
            account: Uuid::from_u128(account).into(),
            side: Kind::Reseller,
            roles: Roles::chief(Kind::Reseller),
            session: Uuid::from_u128(session).into(),
            name: String::new(),
            organisation: String::new(),
            due: None,
            confirmed_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn open_pages_of_all_together_leave_half_of_the_connections_to_others() {
        let streams = Streams::within(16, 1_000);
        let open = |number: u128| streams.open(&somebody(number, number), &format!("192.0.2.{number}"));
        let mut listening: Vec<_> = (0..8).map(|number| open(number).expect("a place")).collect();
        assert!(open(8).is_none(), "whoever asks");
        listening.pop();
        listening.push(open(9).expect("a page was closed"));
        assert!(open(10).is_none());
        drop(listening);
        let left = streams.lock();
        let empty = (left.of_session.is_empty(), left.of_account.is_empty(), left.of_network.is_empty());
        assert_eq!((left.all, empty), (0, (true, true, true)));
    }

    #[test]
    fn open_pages_of_one_network_leave_half_of_its_connections_to_others() {
        let streams = Streams::within(100, 4);
        let open = |number: u128, address: &str| streams.open(&somebody(number, number), address);
        let _listening = [open(1, "2001:db8::1").expect("a place"), open(2, "2001:db8::2").expect("a place")];
        assert!(open(3, "2001:db8::3").is_none());
        assert!(open(3, "2001:db8:0:1::3").is_some(), "another network");
    }

    #[test]
    fn a_session_and_an_account_have_their_own_limits_however_many_connections_there_are() {
        let streams = Streams::default();
        let of_session: Vec<_> = (0..5).map(|_| streams.open(&somebody(1, 1), "192.0.2.7")).collect();
        assert_eq!(of_session.iter().flatten().count(), OF_SESSION);
        let of_account: Vec<_> = (2..300).map(|session| streams.open(&somebody(1, session), "192.0.2.7")).collect();
        assert_eq!(of_account.iter().flatten().count(), OF_ACCOUNT - OF_SESSION);
    }
}
