//! The desk at which documents are drawn: two at once, and some wait. A second one of the same is not begun while
//! somebody else waits.

use domain::{AccountId, Actor, ContactId, accounts::Kind};
use service::{AGAIN_SECONDS, Error};
use tokio::task::spawn_blocking;

use crate::{
    at_once::{AtOnce, Most, Place},
    turns::Turns,
};

/// How many documents are drawn at once: with as many passwords that are hashed, all that takes a core for long.
const AT_ONCE: usize = 2;
/// How many more may wait.
const WAITING: usize = 8;

/// How many of these places one requester has.
const OF_ONE: usize = 3;

/// Who has documents drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Requester {
    /// The people of a reseller or a customer, together.
    Account(AccountId),
    /// One of the operator's staff, who work on the documents of all accounts.
    Staff(ContactId),
}

impl Requester {
    fn of(actor: &Actor) -> Self {
        match actor.side {
            Kind::Operator => Self::Staff(actor.contact),
            Kind::Reseller | Kind::Customer => Self::Account(actor.account),
        }
    }
}

/// The places of those who wait for a document, and their turns at drawing.
#[derive(Clone)]
pub struct Desk {
    places: AtOnce<Requester>,
    turns: Turns<Requester>,
}

/// A place at the desk; it is free again when this is dropped.
pub(super) struct Seat {
    requester: Requester,
    place: Place<Requester>,
}

impl Default for Desk {
    fn default() -> Self {
        let most = Most { all: AT_ONCE + WAITING, of_one: OF_ONE };
        Self { places: AtOnce::new(most), turns: Turns::new(AT_ONCE) }
    }
}

impl Desk {
    /// A place for a document of that person, before anything is read for it.
    ///
    /// # Errors
    /// [`Error::Busy`] when all places are taken, or all of that requester.
    pub(super) fn queue_up(&self, actor: &Actor) -> Result<Seat, Error> {
        let requester = Requester::of(actor);
        let place = self.places.take(requester).ok_or(Error::Busy { seconds: AGAIN_SECONDS })?;
        Ok(Seat { requester, place })
    }

    /// Draws beside the threads that answer, when its turn comes: a long invoice takes a while. Place and turn are taken until it has been
    /// drawn, also when whoever asked for it is gone.
    ///
    /// # Errors
    /// [`Error::Internal`] when the thread fails.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        seat: Seat,
        draw: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let Seat { requester, place } = seat;
        let turn = self.turns.take(requester).await;
        let work = move || {
            let drawn = draw();
            drop((turn, place));
            drawn
        };
        spawn_blocking(work).await.map_err(|error| Error::Internal(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex, mpsc as gates};

    use domain::Role;
    use futures::poll;
    use service::testing::World;
    use tokio::sync::mpsc;
    use uuid::Uuid;

    use super::*;

    fn is_busy(place: Result<Seat, Error>) -> bool {
        matches!(place, Err(Error::Busy { seconds: 5 }))
    }

    #[tokio::test]
    async fn r8_two_documents_are_drawn_at_once_eight_wait_and_the_next_is_asked_to_come_again() {
        let world = World::new().await;
        let acme = world.reseller("acme").await.actor;
        let desk = Desk::default();
        let others = (1_u128..).map(|number| Actor { account: Uuid::from_u128(number).into(), ..acme.clone() });
        let taken: Vec<_> = others.take(AT_ONCE + WAITING).map(|other| desk.queue_up(&other).expect("room")).collect();
        assert!(is_busy(desk.queue_up(&acme)));
        drop(taken);
        let seat = desk.queue_up(&acme).expect("its place is free again");
        assert_eq!(desk.run(seat, || "drawn").await.expect("a document"), "drawn");
    }

    #[tokio::test]
    async fn r8_one_account_does_not_take_the_places_of_others() {
        let world = World::new().await;
        let acme = world.reseller("acme").await;
        let colleague = world.colleague(&acme, "bill@acme.example", &[Role::BillingAgent]).await.actor;
        let (acme, globex) = (acme.actor, world.reseller("globex").await.actor);
        let desk = Desk::default();
        let taken = [(); OF_ONE].map(|()| desk.queue_up(&acme).expect("room"));
        assert!(is_busy(desk.queue_up(&acme)));
        assert!(is_busy(desk.queue_up(&colleague)), "of the same account");
        drop(desk.queue_up(&globex).expect("another account has places"));
        drop(taken);
        drop(desk.queue_up(&colleague).expect("they are free again"));
    }

    #[tokio::test]
    async fn r8_one_of_the_staff_does_not_take_the_places_of_the_others() {
        let world = World::new().await;
        let owner = world.owner().await;
        let colleague = world.colleague(&owner, "finance@keyhouse.example", &[Role::Finance]).await.actor;
        let desk = Desk::default();
        let _taken = [(); OF_ONE].map(|()| desk.queue_up(&owner.actor).expect("room"));
        assert!(is_busy(desk.queue_up(&owner.actor)));
        drop(desk.queue_up(&colleague).expect("each of them has places"));
    }

    #[tokio::test]
    async fn r8_while_others_wait_one_account_has_one_document_drawn_at_a_time() {
        let world = World::new().await;
        let (acme, globex) = (world.reseller("acme").await.actor, world.reseller("globex").await.actor);
        let desk = Desk::default();
        let (begun, mut begins) = mpsc::unbounded_channel();
        let (go, gone) = gates::channel();
        let gone = Arc::new(Mutex::new(gone));
        let mut drawings = [&acme, &acme, &acme, &globex].map(|actor| {
            let (desk, seat) = (desk.clone(), desk.queue_up(actor).expect("room"));
            let (begun, gone, who) = (begun.clone(), gone.clone(), actor.organisation.clone());
            let draw = move || {
                begun.send(who).expect("somebody listens");
                gone.lock().expect("the gate").recv().expect("told to go on");
            };
            Box::pin(async move { desk.run(seat, draw).await })
        });
        for drawing in &mut drawings {
            assert!(poll!(drawing.as_mut()).is_pending(), "it is drawn, or waits in this order");
        }
        let drawings = drawings.map(tokio::spawn);
        let mut next = async || begins.recv().await.expect("one begins");
        assert_eq!([next().await, next().await], ["acme", "acme"], "nobody else waited");
        go.send(()).expect("one is drawn");
        assert_eq!(next().await, "globex", "acme has one that is drawn still");
        go.send(()).expect("one is drawn");
        assert_eq!(next().await, "acme");
        for _ in 0..2 {
            go.send(()).expect("one is drawn");
        }
        for drawing in drawings {
            drawing.await.expect("it ran").expect("a document");
        }
    }
}
