//! What is asked of Stripe, and asked again when the answer does not come.

use std::time::Duration;

use domain::{Currency, Money};
use server::payments::stripe::Patience;
use service::card::{Asked, CardCheckout, CardError, OPEN_FOR, Standing};

use super::{
    stand_in::{KEY, Mood, StandIn, Way, now},
    till::asked,
};

fn euros() -> Asked {
    asked(311, 16_577, Currency::EUR)
}

#[tokio::test]
async fn b7_a_payment_is_begun_paid_on_the_page_and_found_paid() {
    let stripe = StandIn::start().await;
    let client = stripe.client();
    let session = client.open(&euros()).await.expect("a session");
    assert_eq!(session.expires, now() + OPEN_FOR);
    assert!(session.url.ends_with(&format!("/c/pay/{}", session.id)), "{}", session.url);
    let open = client.look(&session.id).await.expect("the session");
    assert_eq!((open.standing, open.intent), (Standing::Open, None));

    let back = stripe.pay(&session.id, Way::Card);
    assert_eq!(back.as_deref(), Some("https://keys.example/payments/311?paid=yes"));
    let paid = client.look(&session.id).await.expect("the session");
    assert_eq!(paid.standing, Standing::Paid(Money::new(16_577, Currency::EUR)));
    assert!(paid.intent.is_some_and(|intent| intent.starts_with("pi_")));
    assert_eq!(stripe.pay(&session.id, Way::Card), None, "nobody pays twice");
}

#[tokio::test]
async fn b7_asking_again_opens_the_same_page_and_asking_for_something_else_none() {
    let stripe = StandIn::start().await;
    let client = stripe.client();
    let first = client.open(&euros()).await.expect("a session");
    assert_eq!(client.open(&euros()).await, Ok(first));
    let other = Asked { amount: Money::new(1_000, Currency::EUR), ..asked(311, 1_000, Currency::EUR) };
    let refused = client.open(&other).await.expect_err("another amount under the same key");
    assert!(matches!(&refused, CardError::Refused(why) if why.contains("same parameters")), "{refused}");
    assert_eq!(stripe.account().sessions.len(), 1);
}

#[tokio::test]
async fn b7_what_is_not_answered_is_asked_again_with_the_same_key_and_done_once() {
    for moods in [
        vec![Mood::LosesTheAnswer],
        vec![Mood::LosesTheAnswer, Mood::Answers(503)],
        vec![Mood::Answers(409), Mood::Answers(429)],
        vec![Mood::Answers(500)],
    ] {
        let stripe = StandIn::start().await;
        let tries = moods.len() + 1;
        stripe.will(moods.clone());
        stripe.client().open(&euros()).await.unwrap_or_else(|error| panic!("{moods:?}: {error}"));
        let asked = format!("POST /v1/checkout/sessions open-{}", euros().key);
        assert_eq!(stripe.requests(), vec![asked; tries], "{moods:?}");
        assert_eq!(stripe.account().sessions.len(), 1, "{moods:?}");
    }
}

#[tokio::test]
async fn b7_who_is_not_answered_at_all_is_told_so_and_finds_the_page_later() {
    let stripe = StandIn::start().await;
    stripe.will([Mood::FallsSilent; 2]);
    let hasty = Patience { one_try: Duration::from_millis(200), pauses: vec![Duration::ZERO] };
    let error = stripe.patient(KEY, hasty).open(&euros()).await.expect_err("silence");
    assert_eq!(
        error.to_string(),
        "Stripe did not answer within 200ms. Ask again with the same key: nothing happens twice."
    );
    assert!(error.for_payer().contains("Try again in a minute"));
    assert_eq!(stripe.requests().len(), 2);
    stripe.client().open(&euros()).await.expect("the session of before");
    assert_eq!(stripe.account().sessions.len(), 1);
}

#[tokio::test]
async fn b7_three_tries_are_enough_and_advice_against_is_taken() {
    let stripe = StandIn::start().await;
    stripe.will([Mood::Answers(500); 3]);
    let error = stripe.client().open(&euros()).await.expect_err("three times");
    assert!(matches!(error, CardError::Unreachable(_)), "{error}");
    assert_eq!(stripe.requests().len(), 3);
    stripe.will([Mood::AdvisesAgainst(500)]);
    assert!(stripe.client().open(&euros()).await.is_err());
    assert_eq!(stripe.requests().len(), 4);
}

#[tokio::test]
async fn b7_nobody_listens_where_stripe_should_be() {
    let nowhere = super::stand_in::flags(KEY, "http://127.0.0.1:1");
    let patience = Patience { one_try: Duration::from_secs(60), pauses: vec![Duration::ZERO] };
    let client = server::payments::stripe::Stripe::patient(&nowhere, patience).expect("settings").expect("keys");
    let error = client.open(&euros()).await.expect_err("nobody");
    assert!(error.to_string().starts_with("Stripe cannot be reached ("), "{error}");
}

#[tokio::test]
async fn b7_a_wrong_key_is_said_to_the_operator_and_shown_to_nobody() {
    let stripe = StandIn::start().await;
    let patience = Patience { one_try: Duration::from_secs(60), pauses: Vec::new() };
    let client = stripe.patient("sk_test_hush_wrong", patience);
    let error = client.open(&euros()).await.expect_err("a wrong key");
    assert!(matches!(&error, CardError::Keys(why) if why.contains("--stripe-secret-key")), "{error}");
    for shown in [error.to_string(), format!("{error:?}"), format!("{client:?}"), error.for_payer().to_owned()] {
        assert!(!shown.contains("hush"), "{shown}");
    }
    stripe.will([Mood::Answers(403)]);
    let error = client.open(&euros()).await.expect_err("a key that may not");
    assert!(error.to_string().contains("Checkout Sessions and Refunds"), "{error}");
}

#[tokio::test]
async fn b7_an_answer_that_is_none_leads_nowhere() {
    let stripe = StandIn::start().await;
    for mood in [Mood::LeadsAway, Mood::Babbles(10), Mood::Babbles(0)] {
        stripe.will([mood]);
        let error = stripe.client().open(&euros()).await.expect_err("no session");
        assert!(matches!(error, CardError::Unreadable(_)), "{mood:?}: {error}");
    }
    stripe.will([Mood::Babbles(2 * 1024 * 1024); 3]);
    let error = stripe.client().open(&euros()).await.expect_err("too long");
    assert!(error.to_string().contains("length limit exceeded"), "{error}");
    assert_eq!(stripe.account().sessions.len(), 0);
}

#[tokio::test]
async fn b7_a_page_that_was_closed_takes_no_money_and_a_paid_one_stays_paid() {
    let stripe = StandIn::start().await;
    let client = stripe.client();
    let session = client.open(&euros()).await.expect("a session");
    let closed = client.close(&session.id, euros().key).await.expect("closed");
    assert_eq!(closed.standing, Standing::Expired);
    assert_eq!(client.close(&session.id, euros().key).await, Ok(closed), "the same key, the same answer");
    assert_eq!(stripe.pay(&session.id, Way::Card), None);

    let other = asked(312, 16_577, Currency::EUR);
    let session = client.open(&other).await.expect("a session");
    stripe.pay(&session.id, Way::Card).expect("paid");
    let refused = client.close(&session.id, other.key).await.expect_err("it is paid");
    assert!(matches!(refused, CardError::Refused(_)), "{refused}");
    assert!(matches!(client.look(&session.id).await.map(|looked| looked.standing), Ok(Standing::Paid(_))));
}

#[tokio::test]
async fn b7_a_debit_takes_days_and_may_fail() {
    let stripe = StandIn::start().await;
    let client = stripe.client();
    for (number, good, end) in
        [(1, true, Standing::Paid(Money::new(16_577, Currency::EUR))), (2, false, Standing::Failed)]
    {
        let session = client.open(&asked(number, 16_577, Currency::EUR)).await.expect("a session");
        stripe.pay(&session.id, Way::Debit).expect("an address");
        assert_eq!(client.look(&session.id).await.expect("the session").standing, Standing::UnderWay);
        stripe.decide(&session.id, good);
        assert_eq!(client.look(&session.id).await.expect("the session").standing, end);
    }
}

#[tokio::test]
async fn b7_a_session_that_is_not_there_is_refused_and_an_odd_id_leads_nowhere_else() {
    let stripe = StandIn::start().await;
    for id in ["cs_test_404", "../refunds", "a/b?c=d#e", "cs_test_1/expire", "\u{1f511}"] {
        let error = stripe.client().look(id).await.expect_err("no such session");
        assert!(matches!(error, CardError::Refused(_)), "{id}: {error}");
    }
    assert!(stripe.client().look("").await.is_err());
    let elsewhere = |request: &String| !request.starts_with("GET /v1/checkout/sessions/");
    assert!(!stripe.requests().iter().any(elsewhere), "{:?}", stripe.requests());
}
