//! What Stripe tells us: late, twice, out of order, of somebody else's payments, and while our database is down.

use domain::{Currency, Money, billing::PaymentState};
use serde_json::{Value, json};
use service::card::CardCheckout;

use super::{
    Till,
    stand_in::{StandIn, Way, events::tell},
    till::asked,
};

/// State, how often it was counted, and how often somebody has to look at it.
fn stands(till: &Till, number: u128) -> (PaymentState, usize, usize) {
    let payment = till.payment(number);
    (payment.state, payment.counted, payment.odd)
}

#[tokio::test]
async fn b7_a_payment_that_is_told_of_three_times_counts_once() {
    let (stripe, till) = (StandIn::start().await, Till::default());
    let session = till.begin(&stripe, 311).await;
    let webhook = till.webhook(&stripe);
    stripe.pay(&session.id, Way::Card).expect("paid");
    let [event] = &stripe.events()[..] else { panic!("one event") };
    for _ in 0..3 {
        assert_eq!(tell(&webhook, event).await, 200);
    }
    assert_eq!(stands(&till, 311), (PaymentState::Received, 1, 0));
}

#[tokio::test]
async fn b7_a_debit_is_waited_for_in_whatever_order_it_is_told() {
    for order in [[0, 1], [1, 0]] {
        let (stripe, till) = (StandIn::start().await, Till::default());
        let (good, bad) = (till.begin(&stripe, 1).await, till.begin(&stripe, 2).await);
        let webhook = till.webhook(&stripe);
        for (session, outcome) in [(&good, true), (&bad, false)] {
            stripe.pay(&session.id, Way::Debit).expect("an address");
            stripe.decide(&session.id, outcome);
        }
        let events = stripe.events();
        for pair in events.chunks(2) {
            for at in order {
                assert_eq!(tell(&webhook, &pair[at]).await, 200);
            }
        }
        assert_eq!(stands(&till, 1), (PaymentState::Received, 1, 0), "{order:?}");
        assert_eq!(stands(&till, 2), (PaymentState::Failed, 0, 0), "{order:?}");
    }
}

#[tokio::test]
async fn b7_a_debit_that_is_on_its_way_leaves_the_payment_begun() {
    let (stripe, till) = (StandIn::start().await, Till::default());
    let session = till.begin(&stripe, 311).await;
    stripe.pay(&session.id, Way::Debit).expect("an address");
    assert_eq!(tell(&till.webhook(&stripe), &stripe.events()[0]).await, 200);
    assert_eq!(stands(&till, 311), (PaymentState::Begun, 0, 0));
}

#[tokio::test]
async fn b7_a_page_that_was_closed_ends_the_payment() {
    let (stripe, till) = (StandIn::start().await, Till::default());
    let session = till.begin(&stripe, 311).await;
    stripe.client().close(&session.id, uuid::Uuid::from_u128(1)).await.expect("closed");
    assert_eq!(tell(&till.webhook(&stripe), &stripe.events()[0]).await, 200);
    assert_eq!(stands(&till, 311), (PaymentState::Expired, 0, 0));
}

#[tokio::test]
async fn b7_another_amount_or_currency_settles_nothing_and_somebody_has_to_look_at_it() {
    let (stripe, till) = (StandIn::start().await, Till::default());
    let session = till.begin(&stripe, 311).await;
    let webhook = till.webhook(&stripe);
    stripe.pay(&session.id, Way::Card).expect("paid");
    let right: Value = serde_json::from_str(&stripe.events()[0]).expect("an event");
    for (amount, currency) in [(16_576, "eur"), (16_577, "usd"), (0, "eur"), (-16_577, "eur")] {
        let mut wrong = right.clone();
        wrong["data"]["object"]["amount_total"] = amount.into();
        wrong["data"]["object"]["currency"] = currency.into();
        assert_eq!(tell(&webhook, wrong.to_string()).await, 200);
    }
    assert_eq!(stands(&till, 311), (PaymentState::Begun, 0, 4));
    assert_eq!(tell(&webhook, right.to_string()).await, 200);
    assert_eq!(stands(&till, 311), (PaymentState::Received, 1, 4));
}

#[tokio::test]
async fn b7_a_payment_is_found_by_its_reference_when_the_answer_with_its_session_was_lost() {
    let (stripe, till) = (StandIn::start().await, Till::default());
    till.note(311, Money::new(16_577, Currency::EUR));
    // Opened and paid, and nobody has kept which session it was.
    let session = stripe.client().open(&asked(311, 16_577, Currency::EUR)).await.expect("a session");
    stripe.pay(&session.id, Way::Card).expect("paid");
    assert_eq!(tell(&till.webhook(&stripe), &stripe.events()[0]).await, 200);
    assert_eq!(stands(&till, 311), (PaymentState::Received, 1, 0));
}

#[tokio::test]
async fn b7_payments_of_others_on_the_same_account_are_heard_and_nothing_to_us() {
    let (stripe, till) = (StandIn::start().await, Till::default());
    till.begin(&stripe, 311).await;
    let webhook = till.webhook(&stripe);
    let theirs = stripe.client().open(&asked(999, 16_577, Currency::EUR)).await.expect("a session");
    stripe.pay(&theirs.id, Way::Card).expect("paid");
    // Another installation of Keyhouse, another shop, a subscription without an amount, and kinds that we never asked for.
    let mut shop: Value = serde_json::from_str(&stripe.events()[0]).expect("an event");
    assert_eq!(tell(&webhook, shop.to_string()).await, 200);
    shop["data"]["object"]["metadata"] = json!({});
    assert_eq!(tell(&webhook, shop.to_string()).await, 200);
    shop["data"]["object"] = json!({ "id": "cs_1", "mode": "subscription", "payment_status": "no_payment_required" });
    assert_eq!(tell(&webhook, shop.to_string()).await, 200);
    shop["type"] = "charge.refunded".into();
    shop["data"]["object"] = json!({ "id": "ch_1", "metadata": null });
    assert_eq!(tell(&webhook, shop.to_string()).await, 200);
    for kind in ["payment_intent.succeeded", "invoice.paid", "customer.created", "v9.something.new", ""] {
        assert_eq!(tell(&webhook, json!({ "id": "evt_1", "type": kind, "data": [] }).to_string()).await, 200);
    }
    assert_eq!(stands(&till, 311), (PaymentState::Begun, 0, 0));
}

#[tokio::test]
async fn b7_what_could_not_be_written_down_is_asked_for_again() {
    let (stripe, till) = (StandIn::start().await, Till::default());
    let session = till.begin(&stripe, 311).await;
    let webhook = till.webhook(&stripe);
    stripe.pay(&session.id, Way::Card).expect("paid");
    *till.broken.lock().expect("the till") = 2;
    let mut answers = Vec::new();
    for _ in 0..4 {
        answers.push(tell(&webhook, &stripe.events()[0]).await);
    }
    assert_eq!(answers, [500, 500, 200, 200]);
    assert_eq!(stands(&till, 311), (PaymentState::Received, 1, 0));
}

#[tokio::test]
async fn b7_an_event_of_ours_that_cannot_be_read_is_not_passed_over() {
    let (stripe, till) = (StandIn::start().await, Till::default());
    let session = till.begin(&stripe, 311).await;
    let webhook = till.webhook(&stripe);
    stripe.pay(&session.id, Way::Card).expect("paid");
    let right: Value = serde_json::from_str(&stripe.events()[0]).expect("an event");
    for (field, value) in [
        ("amount_total", json!(null)),
        ("amount_total", json!("16577")),
        ("amount_total", json!(165.77)),
        ("currency", json!("xyz")),
        ("payment_status", json!("no_payment_required")),
        ("mode", json!("subscription")),
        ("id", json!(7)),
    ] {
        let mut odd = right.clone();
        odd["data"]["object"][field] = value;
        assert_eq!(tell(&webhook, odd.to_string()).await, 400, "{field}");
    }
    assert_eq!(stands(&till, 311), (PaymentState::Begun, 0, 0));
}
