//! Paying by card: what is told of a payment meets what has become of it by other ways; on both databases.

use std::sync::{Arc, Mutex};

use domain::{
    Currency, FormKey, Money, Refusal,
    accounts::AccountForm,
    billing::{News, PaymentNumber, PaymentState, ReceiptForm, Reference, TopUpForm},
};
use service::{
    Cx, Service, accounts,
    billing::payments,
    card::{Answer, Asked, CardCheckout, CardError, Event, Looked, RefundAsked, Refunded, Session, Told},
    testing::{World, errors, on_both},
    verify::verify,
};
use uuid::Uuid;

/// Whoever takes cards: opens pages, unless it has something else to say.
#[derive(Default)]
struct Cards {
    /// Refuses to open a page, and before that tells here that the money is there.
    refuses: Mutex<Option<Arc<Service>>>,
}

impl std::fmt::Debug for Cards {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cards")
    }
}

impl CardCheckout for Cards {
    fn open<'a>(&'a self, asked: &'a Asked) -> Answer<'a, Session> {
        let refuses = self.refuses.lock().expect("the cards").clone();
        Box::pin(async move {
            let Some(service) = refuses else {
                let id = format!("cs_{}", asked.number);
                return Ok(Session { url: format!("https://cards.example/{id}"), id, expires: asked.expires });
            };
            payments::hear(&service, &paid(asked.reference, 1, asked.amount)).await.expect("heard");
            Err(CardError::Refused("This page is gone.".to_owned()))
        })
    }

    fn look<'a>(&'a self, _: &'a str) -> Answer<'a, Looked> {
        Box::pin(async { Err(CardError::Unreachable("nobody is there".to_owned())) })
    }

    fn close<'a>(&'a self, _: &'a str, _: Uuid) -> Answer<'a, Looked> {
        self.look("")
    }

    fn refund<'a>(&'a self, _: &'a RefundAsked) -> Answer<'a, Refunded> {
        Box::pin(async { Err(CardError::Unreachable("nobody is there".to_owned())) })
    }
}

fn event(reference: Uuid, at: u32, told: Told) -> Event {
    Event {
        id: format!("evt_{at}"),
        at: "2026-11-21T10:00:00Z".parse().expect("a time"),
        session: None,
        intent: Some("pi_1".to_owned()),
        reference: Some(reference),
        told,
    }
}

fn paid(reference: Uuid, at: u32, amount: Money) -> Event {
    event(reference, at, Told::News(News::Received(amount)))
}

/// Acme, with a limit, and staff; cards are taken.
struct Till {
    world: World,
    cards: Arc<Cards>,
    owner: Cx,
    acme: Cx,
}

async fn till(mut world: World) -> Till {
    let cards = Arc::new(Cards::default());
    Arc::get_mut(&mut world.service).expect("nobody else has it").settings.card = Some(cards.clone());
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    world.limit(&acme, 0).await;
    Till { world, cards, owner, acme }
}

const fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

impl Till {
    /// Acme begins to pay 100.00 ahead.
    async fn begin(&self, key: FormKey, method: &str) -> PaymentNumber {
        let form = TopUpForm { amount: "100".to_owned() };
        payments::top_up(&self.acme, key, &form, method).await.expect("begun")
    }

    /// By what the payment is found when something is told of it.
    async fn reference(&self, number: PaymentNumber) -> Uuid {
        let mut tx = self.world.service.store.read().await.expect("a transaction");
        let payment = store::payments::by_number(&mut tx, number).await.expect("an answer").expect("a payment");
        payment.id.to_string().parse().expect("a UUID")
    }

    async fn hears(&self, event: Event) {
        payments::hear(&self.world.service, &event).await.expect("heard");
    }

    /// Finance records a transfer with the payment's reference.
    async fn transfer(&self, number: PaymentNumber, amount: &str) {
        let receipt = ReceiptForm {
            received_on: "2026-11-20".to_owned(),
            amount: amount.to_owned(),
            currency: "EUR".to_owned(),
            text: Reference::Payment(number).to_string(),
            bank_id: String::new(),
        };
        payments::record(&self.owner, self.world.key(), &receipt).await.expect("recorded");
    }

    /// Where a payment stands, what came in, what went back, and what is owed.
    async fn stands(&self, number: PaymentNumber) -> (PaymentState, i64, i64, i64) {
        let page = payments::find(&self.acme, number).await.expect("the payment");
        let owed = self.world.billed(&self.acme).await.balance.minor;
        (page.row.state, page.row.received.minor, page.given_back.minor, owed)
    }

    async fn is_sound(&self) {
        assert_eq!(verify(&self.world.service).await.expect("recounted"), []);
    }
}

on_both!(b7_once_received_a_page_that_cannot_be_opened_any_more_takes_nothing_back, page_is_gone);
async fn page_is_gone(world: World) {
    let till = till(world).await;
    let number = till.begin(till.world.key(), "card").await;
    *till.cards.refuses.lock().expect("the cards") = Some(till.world.service.clone());
    payments::open_page(&till.acme, number).await.expect_err("the page is gone");
    assert_eq!(till.stands(number).await, (PaymentState::Received, 10_000, 0, -10_000));
    assert_eq!(till.world.mails().await.len(), 1, "only that it has arrived");
    *till.cards.refuses.lock().expect("the cards") = None;
    till.is_sound().await;
}

on_both!(b7_what_came_by_transfer_and_then_by_card_counts_twice_and_somebody_looks_at_it, both_ways);
async fn both_ways(world: World) {
    let till = till(world).await;
    let number = till.begin(till.world.key(), "card").await;
    let reference = till.reference(number).await;
    till.transfer(number, "100").await;
    assert_eq!(till.stands(number).await, (PaymentState::Received, 10_000, 0, -10_000));
    for at in [1, 1, 2] {
        till.hears(paid(reference, at, euros(10_000))).await;
    }
    assert_eq!(till.stands(number).await, (PaymentState::Received, 20_000, 0, -20_000));
    let page = payments::find_any(&till.owner, number).await.expect("the payment");
    let problem = "It was paid by bank transfer and by card. What is too much is paid ahead.";
    assert_eq!(page.row.problem.as_deref(), Some(problem));
    // What goes back to the card is the card's money, and leaves the transfer as it is.
    till.hears(event(reference, 3, Told::GivenBack(euros(10_000)))).await;
    assert_eq!(till.stands(number).await, (PaymentState::Received, 20_000, 10_000, -10_000));
    till.is_sound().await;
}

on_both!(b7_a_refund_of_a_card_is_taken_from_the_card_also_when_a_part_came_by_transfer_before, part_by_transfer);
async fn part_by_transfer(world: World) {
    let till = till(world).await;
    let number = till.begin(till.world.key(), "card").await;
    let reference = till.reference(number).await;
    till.transfer(number, "40").await;
    till.hears(paid(reference, 1, euros(10_000))).await;
    assert_eq!(till.stands(number).await, (PaymentState::Received, 14_000, 0, -14_000));
    till.hears(event(reference, 2, Told::GivenBack(euros(10_000)))).await;
    assert_eq!(till.stands(number).await.3, -4_000);
    till.is_sound().await;
}

on_both!(b7_no_page_is_opened_for_a_bank_transfer, no_page);
async fn no_page(world: World) {
    let till = till(world).await;
    let number = till.begin(till.world.key(), "bank-transfer").await;
    // Who is asked for a page now says that the money came.
    *till.cards.refuses.lock().expect("the cards") = Some(till.world.service.clone());
    payments::open_page(&till.acme, number).await.expect("no page is needed");
    assert_eq!(till.stands(number).await.0, PaymentState::Begun);
    *till.cards.refuses.lock().expect("the cards") = None;
}

on_both!(a1_b7_the_currency_stays_as_soon_as_somebody_has_begun_to_pay_in_it, currency);
async fn currency(world: World) {
    let till = till(world).await;
    let account = till.acme.actor.account;
    let page = accounts::find(&till.owner, account).await.expect("its page");
    let dollars = AccountForm { currency: "USD".to_owned(), ..page.form };
    let number = till.begin(till.world.key(), "card").await;
    let refused = errors(accounts::edit(&till.owner, till.world.key(), account, page.edition, &dollars).await);
    assert_eq!(refused.get("currency"), Some("This account has begun to pay in EUR, so its currency stays."));
    till.hears(paid(till.reference(number).await, 1, euros(10_000))).await;
    assert_eq!(till.stands(number).await.0, PaymentState::Received);
    let again = payments::cancel(&till.acme, till.world.key(), number).await;
    let over = Refusal::PaymentIs { state: "received".to_owned() };
    assert_eq!(service::testing::refusal(again), over);
    till.is_sound().await;
}
