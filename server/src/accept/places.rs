//! Who is connected: counted in all and for each network, and who has to go when there are too many.

use std::{
    collections::{BTreeMap, HashMap},
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use service::network::network_of;
use tokio::sync::Notify;

use super::{
    Limits,
    phase::{At, Phase},
};

/// One connection of so many may send a body that has not come yet. What has come of it is held, and so is all that will work with it:
/// more of them would fill the memory, while few descriptors are left for others.
const SHARE_OF_BODIES: usize = 8;
/// So many may in any case.
const FEWEST_BODIES: usize = 64;

/// All connections.
#[derive(Clone)]
pub struct Places {
    list: Arc<Mutex<List>>,
    limits: Limits,
}

#[derive(Default)]
struct List {
    next: u64,
    /// By their age, the oldest first.
    open: BTreeMap<u64, Open>,
    of_network: HashMap<IpAddr, usize>,
}

struct Open {
    network: IpAddr,
    at: At,
    cut: Arc<Notify>,
}

/// One connection's place; free again when it is dropped.
pub struct Place {
    number: u64,
    list: Arc<Mutex<List>>,
    cut: Arc<Notify>,
    bodies: usize,
    /// What the connection is at.
    pub at: At,
}

/// The bodies that are coming, of one connection among all.
#[derive(Clone)]
pub struct Bodies {
    at: At,
    list: Arc<Mutex<List>>,
    most: usize,
}

impl Places {
    /// Nobody is there yet.
    pub fn new(limits: Limits) -> Self {
        Self { list: Arc::default(), limits }
    }

    /// A place for a connection from there. When there is none, one goes that waits for its client; nobody is let in when all others are
    /// being answered.
    pub fn enter(&self, address: IpAddr) -> Option<Place> {
        let network = network_of(address.to_canonical());
        let mut list = lock(&self.list);
        let of_network = list.of_network.get(&network).copied().unwrap_or_default();
        if self.limits.per_network.is_some_and(|limit| of_network >= limit) && !list.let_go(Some(network)) {
            return None;
        }
        if list.open.len() >= self.limits.connections && !list.let_go(None) {
            return None;
        }
        let number = list.next;
        list.next += 1;
        let (at, cut) = (At::default(), Arc::new(Notify::new()));
        list.open.insert(number, Open { network, at: at.clone(), cut: cut.clone() });
        *list.of_network.entry(network).or_default() += 1;
        drop(list);
        let bodies = (self.limits.connections / SHARE_OF_BODIES).max(FEWEST_BODIES);
        Some(Place { number, list: self.list.clone(), cut, bodies, at })
    }

    /// Lets one go that waits for its client: the machine has no descriptor left.
    pub fn let_one_go(&self) {
        lock(&self.list).let_go(None);
    }
}

impl List {
    /// Whether one could go, of that network or of any: the oldest that has sent no head, then the oldest that waits for its next
    /// request, then the one that has been sending a body for longest, and last the one that has taken nothing of its answer for longest: who reads slowly
    /// keeps a place for as long as nobody else wants it.
    fn let_go(&mut self, network: Option<IpAddr>) -> bool {
        let of_network =
            || self.open.iter().filter(move |(_, open)| network.is_none_or(|network| open.network == network));
        let waiting = |wanted: Phase| of_network().find(|(_, open)| open.at.phase() == wanted);
        let body = || of_network().filter_map(|(number, open)| Some((open.at.body_since()?, *number))).min();
        let unread = || {
            let unread = of_network().filter_map(|(number, open)| Some((open.at.unread_since()?, *number)));
            unread.min().map(|(_, number)| number)
        };
        let first = [Phase::Head, Phase::Idle].into_iter().find_map(waiting).map(|(number, _)| *number);
        let first = first.or_else(|| body().map(|(_, number)| number));
        let Some(number) = first.or_else(unread) else { return false };
        self.cut(number);
        true
    }

    fn cut(&mut self, number: u64) {
        if let Some(gone) = self.remove(number) {
            gone.cut.notify_one();
        }
    }

    fn remove(&mut self, number: u64) -> Option<Open> {
        let gone = self.open.remove(&number)?;
        if let Some(count) = self.of_network.get_mut(&gone.network) {
            *count -= 1;
            if *count == 0 {
                self.of_network.remove(&gone.network);
            }
        }
        Some(gone)
    }
}

impl Bodies {
    /// One is waited for on that connection. When there are too many, of the network with most of them the one goes that has been waited
    /// for longest: all of an honest one is there soon, and nobody pushes out the bodies of others.
    pub fn begin(&self) {
        self.at.begin_body();
        let mut list = lock(&self.list);
        let coming = list.open.iter();
        let coming = coming.filter_map(|(number, open)| Some((open.network, (open.at.body_since()?, *number))));
        let coming: Vec<_> = coming.collect();
        if coming.len() <= self.most {
            return;
        }
        let mut of_network = HashMap::<_, Vec<_>>::new();
        for (network, one) in coming {
            of_network.entry(network).or_default().push(one);
        }
        let most = of_network.into_values().max_by_key(Vec::len).unwrap_or_default();
        if let Some((_, number)) = most.into_iter().min() {
            list.cut(number);
        }
    }

    /// Nothing more is waited for.
    pub fn end(&self) {
        self.at.end_body();
    }
}

impl Place {
    /// Where its bodies are counted.
    pub fn bodies(&self) -> Bodies {
        Bodies { at: self.at.clone(), list: self.list.clone(), most: self.bodies }
    }

    /// Waits until the connection has to go.
    pub async fn cut(&self) {
        self.cut.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        lock(&self.list).remove(self.number);
    }
}

/// Nothing is left half done under this lock, whoever panicked.
fn lock(list: &Mutex<List>) -> MutexGuard<'_, List> {
    list.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures::FutureExt;

    use super::*;

    fn places(connections: usize, per_network: Option<usize>) -> Places {
        let second = Duration::from_secs(1);
        Places::new(Limits { connections, per_network, header: second, write: second })
    }

    fn enter(places: &Places, address: &str) -> Option<Place> {
        places.enter(address.parse().expect("an address"))
    }

    fn is_cut(place: &Place) -> bool {
        place.cut().now_or_never().is_some()
    }

    #[test]
    fn who_waits_for_nothing_goes_first_and_who_is_answered_never() {
        let places = places(4, None);
        let [idle, sends, works, silent] = [Phase::Idle, Phase::Body, Phase::Work, Phase::Head].map(|phase| {
            let place = enter(&places, "203.0.113.7").expect("a place");
            place.at.set(phase);
            place
        });
        let first = enter(&places, "203.0.113.7").expect("a place");
        assert!(is_cut(&silent) && !is_cut(&idle) && !is_cut(&sends) && !is_cut(&works));
        first.at.set(Phase::Work);
        let next = enter(&places, "203.0.113.7").expect("a place");
        assert!(is_cut(&idle) && !is_cut(&sends));
        next.at.set(Phase::Work);
        let second = enter(&places, "203.0.113.7").expect("a place");
        assert!(is_cut(&sends) && !is_cut(&first));
        second.at.set(Phase::Work);
        assert!(enter(&places, "203.0.113.7").is_none(), "all are being answered");
        drop(works);
        assert!(enter(&places, "203.0.113.7").is_some());
    }

    #[test]
    fn slow_readers_go_last_and_who_has_taken_nothing_for_longest_first() {
        let places = places(4, None);
        let [first, second, works, sends] = [Phase::Work, Phase::Work, Phase::Work, Phase::Body].map(|phase| {
            let place = enter(&places, "203.0.113.7").expect("a place");
            place.at.set(phase);
            place
        });
        first.at.set_unread(true);
        second.at.set_unread(true);
        // It has taken something meanwhile, and stalls again.
        first.at.set_unread(false);
        first.at.set_unread(true);
        assert!(!first.at.is_idle(), "at the end it is waited for");
        let other = enter(&places, "198.51.100.1").expect("a place");
        other.at.set(Phase::Work);
        assert!(is_cut(&sends) && !is_cut(&first) && !is_cut(&second));
        let next = enter(&places, "198.51.100.1").expect("the place of a slow reader");
        next.at.set(Phase::Work);
        assert!(is_cut(&second) && !is_cut(&first));
        let last = enter(&places, "198.51.100.1").expect("the place of a slow reader");
        last.at.set(Phase::Work);
        assert!(is_cut(&first) && !is_cut(&works) && !is_cut(&other));
        assert!(enter(&places, "198.51.100.1").is_none(), "all are being answered");
    }

    #[test]
    fn of_bodies_that_do_not_come_only_so_many_are_waited_for_and_the_one_that_began_first_goes() {
        let places = places(1_000, None);
        let enter_from = enter;
        let enter = |_| enter(&places, "203.0.113.7").expect("a place");
        let coming: Vec<_> = (0..125).map(enter).collect();
        // The oldest connection sends last: it is not the age of a connection that counts.
        coming.iter().skip(1).chain(&coming[..1]).for_each(|place| place.bodies().begin());
        let works = enter(0);
        works.bodies().begin();
        assert!(is_cut(&coming[1]), "one of more than an eighth of all connections");
        works.at.set(Phase::Work);
        enter(0).bodies().begin();
        assert!(!coming.iter().chain([&works]).any(is_cut), "who has sent it all is not counted");
        let last = enter(0);
        last.bodies().begin();
        enter(0).bodies().begin();
        assert!(is_cut(&coming[2]) && !is_cut(&coming[0]) && !is_cut(&last));
        let other = enter_from(&places, "198.51.100.1").expect("a place");
        other.bodies().begin();
        (0..3).for_each(|_| enter(0).bodies().begin());
        assert!(is_cut(&coming[3]) && !is_cut(&other), "one network pushes out its own");
    }

    #[test]
    fn one_network_has_only_its_share() {
        let places = places(10, Some(2));
        let of_first: Vec<_> = ["2001:db8::1", "2001:db8::2"].iter().filter_map(|ip| enter(&places, ip)).collect();
        let other = enter(&places, "2001:db8:0:1::1").expect("a place");
        let third = enter(&places, "2001:db8::3").expect("the place of its own oldest");
        assert!(is_cut(&of_first[0]) && !is_cut(&of_first[1]) && !is_cut(&other));
        of_first[1].at.set(Phase::Work);
        third.at.set(Phase::Work);
        assert!(enter(&places, "2001:db8::4").is_none());
        assert!(enter(&places, "::ffff:203.0.113.7").is_some());
        drop((of_first, other, third));
        assert!(lock(&places.list).of_network.is_empty(), "nobody is remembered");
    }
}
