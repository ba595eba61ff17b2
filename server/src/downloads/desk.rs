//! The desk at which documents are drawn: two at once, some wait, and nobody keeps all others from theirs.

use domain::{AccountId, Actor, ContactId, accounts::Kind};
use service::{
    AGAIN_SECONDS, Error,
    queue::{Queue, Queued},
};

use crate::at_once::{AtOnce, Most, Place};

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

/// The places of those who wait for a document.
#[derive(Clone)]
pub struct Desk {
    queue: Queue,
    places: AtOnce<Requester>,
}

/// A place at the desk; it is free again when this is dropped.
pub(super) struct Seat {
    queued: Queued,
    place: Place<Requester>,
}

impl Default for Desk {
    fn default() -> Self {
        let most = Most { all: AT_ONCE + WAITING, of_one: OF_ONE };
        Self { queue: Queue::new(AT_ONCE, WAITING), places: AtOnce::new(most) }
    }
}

impl Desk {
    /// A place for a document of that person, before anything is read for it.
    ///
    /// # Errors
    /// [`Error::Busy`] when all places are taken, or all of that requester.
    pub(super) fn queue_up(&self, actor: &Actor) -> Result<Seat, Error> {
        let place = self.places.take(Requester::of(actor)).ok_or(Error::Busy { seconds: AGAIN_SECONDS })?;
        Ok(Seat { queued: self.queue.queue_up()?, place })
    }

    /// Draws beside the threads that answer, when its turn comes: a long invoice takes a while.
    ///
    /// # Errors
    /// [`Error::Internal`] when the thread fails.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        seat: Seat,
        draw: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let Seat { queued, place } = seat;
        let draw = move || {
            let _place = place;
            draw()
        };
        self.queue.run(queued, draw).await
    }
}

#[cfg(test)]
mod tests {
    use domain::Role;
    use service::testing::World;
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
}
