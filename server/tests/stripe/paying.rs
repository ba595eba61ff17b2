//! Paying by card from the first form to the paid license, against the stand-in: what is told twice, late, or not at all.

use std::sync::Arc;

use axum::Router;
use chrono::Duration;
use domain::{
    Currency, LicenseId, Money,
    billing::{PayForm, PaymentNumber, PaymentPage, PaymentState, ToPayForm},
    licenses::{LicensesQuery, PaymentStatus},
    products::{Billing, Kind},
};
use serde_json::Value;
use server::payments::stripe::webhook;
use service::{
    Cx, Service, Settings,
    billing::payments,
    card::{CardCheckout, RefundAsked},
    licenses,
    random::Random,
    testing::World,
    verify::verify,
};
use uuid::Uuid;

use super::stand_in::{
    Mood, StandIn, Way,
    events::{send, signed, tell},
};

/// Acme with three licenses at 70.00, at an operator that takes cards.
struct Shop {
    stripe: StandIn,
    world: World,
    service: Arc<Service>,
    acme: Cx,
    owner: Cx,
    licenses: Vec<LicenseId>,
    webhook: Router,
}

async fn shop() -> Shop {
    let (stripe, world) = (StandIn::start().await, World::new().await);
    let owner = world.owner().await;
    let acme = world.reseller("acme").await;
    let option = world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    let anna = world.customer(&acme, "anna@northwind.example").await;
    world.create(&acme, option, anna, 3, "permanent").await.expect("three licenses");
    let card = Arc::new(stripe.client());
    let settings = Settings { card: Some(card.clone()), ..world.service.settings.clone() };
    let (store, clock) = (world.service.store.clone(), world.service.clock.clone());
    let service = Service::new(store, clock, Random::seeded(11), settings);
    let acme = Cx::new(service.clone(), acme.actor, acme.origin);
    let owner = Cx::new(service.clone(), owner.actor, owner.origin);
    let list = licenses::list(&acme, &LicensesQuery::default()).await.expect("a list");
    let licenses = list.rows.iter().map(|row| row.id).collect();
    let heard = service.clone();
    let heard = move |event| {
        let service = heard.clone();
        async move { payments::hear(&service, &event).await }
    };
    let webhook = webhook::routes(card, service.clock.clone(), heard);
    Shop { stripe, world, service, acme, owner, licenses, webhook }
}

impl Shop {
    async fn begin(&self) -> PaymentNumber {
        let form = PayForm {
            license: ToPayForm::of_licenses(&self.licenses).license,
            total: "21000".to_owned(),
            method: "card".to_owned(),
            accept: "on".to_owned(),
            ..PayForm::default()
        };
        payments::begin(&self.acme, self.world.key(), &form).await.expect("begun")
    }

    async fn page(&self, number: PaymentNumber) -> PaymentPage {
        payments::find_any(&self.owner, number).await.expect("the payment")
    }

    fn session(&self) -> String {
        self.stripe.account().sessions.keys().next().expect("a session").clone()
    }

    /// Where the payment stands, how many licenses are paid, and what is owed.
    async fn standing(&self, number: PaymentNumber) -> (PaymentState, usize, i64) {
        let list = licenses::list(&self.acme, &LicensesQuery::default()).await.expect("a list");
        let paid = list.rows.iter().filter(|row| row.payment == Some(PaymentStatus::Paid)).count();
        let billed = self.world.billed(&self.acme).await;
        (self.page(number).await.row.state, paid, billed.balance.minor)
    }

    async fn is_sound(&self) {
        assert_eq!(verify(&self.world.service).await.expect("recounted"), []);
    }
}

#[tokio::test]
async fn b7_a_card_pays_for_licenses_once_however_often_it_is_told() {
    let shop = shop().await;
    let number = shop.begin().await;
    let page = shop.page(number).await;
    assert!(page.page_url.is_some() && page.failure.is_none(), "{page:?}");
    assert_eq!(shop.standing(number).await, (PaymentState::Begun, 0, 21_000));
    shop.stripe.pay(&shop.session(), Way::Card).expect("paid");
    let [event] = &shop.stripe.events()[..] else { panic!("one event") };
    let mut renamed: Value = serde_json::from_str(event).expect("an event");
    renamed["id"] = "evt_again".into();
    for event in [event.clone(), event.clone(), renamed.to_string()] {
        assert_eq!(tell(&shop.webhook, event).await, 200);
        assert_eq!(shop.standing(number).await, (PaymentState::Received, 3, 0));
    }
    shop.is_sound().await;
}

#[tokio::test]
async fn b7_another_amount_settles_nothing_until_finance_has_looked() {
    let shop = shop().await;
    let number = shop.begin().await;
    shop.stripe.pay(&shop.session(), Way::Card).expect("paid");
    let mut wrong: Value = serde_json::from_str(&shop.stripe.events()[0]).expect("an event");
    wrong["data"]["object"]["amount_total"] = 20_999.into();
    assert_eq!(tell(&shop.webhook, wrong.to_string()).await, 200);
    assert_eq!(shop.standing(number).await, (PaymentState::Begun, 0, 21_000));
    let problem = shop.page(number).await.row.problem.expect("somebody has to look");
    assert_eq!(problem, "€ 209.99 came in, and not € 210.00. It has settled nothing.");
    assert_eq!(payments::find(&shop.acme, number).await.expect("the payment").row.problem, None);
    payments::solve(&shop.owner, shop.world.key(), number, "Given back at Stripe").await.expect("solved");
    assert_eq!(shop.standing(number).await, (PaymentState::Failed, 0, 21_000));
    shop.is_sound().await;
}

#[tokio::test]
async fn b7_what_nobody_told_is_found_by_looking() {
    let shop = shop().await;
    let number = shop.begin().await;
    assert_eq!(payments::look(&shop.service).await.expect("looked"), 0);
    shop.stripe.pay(&shop.session(), Way::Card).expect("paid");
    shop.world.pass(Duration::minutes(6));
    assert_eq!(payments::look(&shop.service).await.expect("looked"), 1);
    assert_eq!(shop.standing(number).await, (PaymentState::Received, 3, 0));
    assert_eq!(payments::look(&shop.service).await.expect("looked"), 0);
    // The webhook comes late, and changes nothing.
    let late = &shop.stripe.events()[0];
    let header = signed(late.as_bytes(), shop.service.clock.now());
    assert_eq!(send(&shop.webhook, &[&header], late.as_bytes()).await, 200);
    assert_eq!(shop.standing(number).await, (PaymentState::Received, 3, 0));
    shop.is_sound().await;
}

#[tokio::test]
async fn b6_canceling_closes_the_page_so_that_nobody_pays_there() {
    let shop = shop().await;
    let number = shop.begin().await;
    payments::cancel(&shop.acme, shop.world.key(), number).await.expect("canceled");
    assert_eq!(shop.standing(number).await, (PaymentState::Expired, 0, 21_000));
    assert!(shop.stripe.pay(&shop.session(), Way::Card).is_none());
    let again = shop.begin().await;
    assert_eq!(again, PaymentNumber(2));
    shop.is_sound().await;
}

#[tokio::test]
async fn b6_who_cancels_after_somebody_has_paid_is_told_so_and_the_money_counts() {
    let shop = shop().await;
    let number = shop.begin().await;
    shop.stripe.pay(&shop.session(), Way::Card).expect("paid");
    payments::cancel(&shop.acme, shop.world.key(), number).await.expect_err("it was paid");
    // By the answer to closing it, by looking, or by the webhook: it counts once.
    assert_eq!(tell(&shop.webhook, &shop.stripe.events()[0]).await, 200);
    assert_eq!(shop.standing(number).await, (PaymentState::Received, 3, 0));
    shop.is_sound().await;
}

#[tokio::test]
async fn b7_a_page_that_cannot_be_reached_is_asked_for_again_and_is_one_page() {
    let shop = shop().await;
    shop.stripe.will([Mood::Answers(500), Mood::Answers(500), Mood::Answers(500)]);
    let number = shop.begin().await;
    let page = shop.page(number).await;
    assert_eq!((page.row.state, page.page_url), (PaymentState::Begun, None));
    for _ in 0..2 {
        payments::open_page(&shop.acme, number).await.expect("opened");
    }
    assert!(shop.page(number).await.page_url.is_some());
    assert_eq!(shop.stripe.account().sessions.len(), 1);
    shop.is_sound().await;
}

#[tokio::test]
async fn b7_what_cannot_be_opened_fails_and_leaves_everything_unpaid_and_a_record() {
    let shop = shop().await;
    shop.stripe.will([Mood::Answers(401)]);
    let number = shop.begin().await;
    let page = shop.page(number).await;
    assert_eq!(page.row.state, PaymentState::Failed);
    assert!(page.failure.expect("a sentence").contains("bank transfer"));
    assert_eq!(shop.begin().await, PaymentNumber(2));
    shop.is_sound().await;
}

#[tokio::test]
async fn b7_money_that_goes_back_opens_the_licenses_again_each_part_once() {
    let shop = shop().await;
    let number = shop.begin().await;
    shop.stripe.pay(&shop.session(), Way::Card).expect("paid");
    assert_eq!(tell(&shop.webhook, &shop.stripe.events()[0]).await, 200);
    let session = shop.session();
    let reference = shop.stripe.account().sessions[&session]["metadata"]["keyhouse_payment"].clone();
    let intent = shop.stripe.account().intents.keys().next().expect("an intent").clone();
    let back = |minor, key| RefundAsked {
        intent: intent.clone(),
        reference: reference.as_str().and_then(|text| text.parse().ok()).expect("a reference"),
        amount: Money::new(minor, Currency::EUR),
        key: Uuid::from_u128(key),
    };
    for (minor, key) in [(7_000, 1), (14_000, 2)] {
        shop.stripe.client().refund(&back(minor, key)).await.expect("a refund");
    }
    let [_, part, whole] = &shop.stripe.events()[..] else { panic!("three events") };
    for (event, paid, owed) in [(part, 2, 7_000), (part, 2, 7_000), (whole, 0, 21_000), (part, 0, 21_000)] {
        let status = tell(&shop.webhook, event).await;
        assert_eq!((status, shop.standing(number).await), (200, (PaymentState::Received, paid, owed)));
    }
    shop.is_sound().await;
}
