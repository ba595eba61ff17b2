//! Money that goes back, by us or by somebody at Stripe (B9).

use domain::{Currency, Money, billing::PaymentState};
use serde_json::{Value, json};
use service::card::{CardCheckout, CardError, RefundAsked};
use uuid::Uuid;

use super::{
    Till,
    stand_in::{StandIn, Way, events::tell},
};

/// Payment 311, paid and heard of; and by what its money is given back.
async fn paid(stripe: &StandIn, till: &Till) -> String {
    let session = till.begin(stripe, 311).await;
    stripe.pay(&session.id, Way::Card).expect("paid");
    assert_eq!(tell(&till.webhook(stripe), &stripe.events()[0]).await, 200);
    till.payment(311).intent.expect("an intent")
}

fn back(intent: &str, minor: i64, key: u128) -> RefundAsked {
    RefundAsked {
        intent: intent.to_owned(),
        reference: Uuid::from_u128(311),
        amount: Money::new(minor, Currency::EUR),
        key: Uuid::from_u128(key),
    }
}

#[tokio::test]
async fn b9_money_goes_back_once_for_each_key_and_never_more_than_came() {
    let (stripe, till) = (StandIn::start().await, Till::default());
    let intent = paid(&stripe, &till).await;
    let client = stripe.client();
    let first = client.refund(&back(&intent, 5_000, 1)).await.expect("a refund");
    assert!(first.accepted);
    assert_eq!(client.refund(&back(&intent, 5_000, 1)).await, Ok(first));
    client.refund(&back(&intent, 11_577, 2)).await.expect("the rest");
    let refused = client.refund(&back(&intent, 1, 3)).await.expect_err("nothing is left");
    assert!(matches!(&refused, CardError::Refused(why) if why.contains("charge_already_refunded")), "{refused}");
    assert!(client.refund(&back("pi_404", 1, 4)).await.is_err());

    let webhook = till.webhook(&stripe);
    let [_, part, whole] = &stripe.events()[..] else { panic!("three events") };
    for event in [whole, part, whole, part] {
        assert_eq!(tell(&webhook, event).await, 200);
    }
    let payment = till.payment(311);
    assert_eq!((payment.back, payment.state, payment.odd), (payment.asked, PaymentState::Received, 0));
}

#[tokio::test]
async fn b9_a_refund_that_says_more_than_came_or_comes_back_is_for_somebody_to_look_at() {
    let (stripe, till) = (StandIn::start().await, Till::default());
    let intent = paid(&stripe, &till).await;
    stripe.client().refund(&back(&intent, 5_000, 1)).await.expect("a refund");
    let webhook = till.webhook(&stripe);
    let mut event: Value = serde_json::from_str(&stripe.events()[1]).expect("an event");
    event["data"]["object"]["amount_refunded"] = 16_578.into();
    assert_eq!(tell(&webhook, event.to_string()).await, 200);
    // Made at Stripe by hand, so our words are not in it.
    let refund =
        json!({ "id": "re_9", "amount": 5_000, "currency": "eur", "payment_intent": intent, "status": "failed" });
    stripe.account().tell("refund.failed", refund);
    assert_eq!(tell(&webhook, &stripe.events()[2]).await, 200);
    let payment = till.payment(311);
    assert_eq!((payment.back.minor, payment.odd), (0, 2));
}
