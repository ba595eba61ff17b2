//! Paying by card from the first form to the paid license, against the stand-in: what is told twice, late, or not at all.

use chrono::Duration;
use domain::billing::{CancelForm, PaymentNumber, PaymentState};
use serde_json::Value;
use service::{billing::payments, card::CardCheckout, testing::refusal};
use uuid::Uuid;

use super::{
    shop::shop,
    stand_in::{
        Mood, Way,
        events::{send, signed, tell},
    },
};

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
    let told = refusal(payments::cancel(&shop.acme, shop.world.key(), number).await);
    assert_eq!(told.to_string(), "This payment is received already.");
    assert_eq!(shop.standing(number).await, (PaymentState::Received, 3, 0));
    // The webhook comes late, and changes nothing.
    assert_eq!(tell(&shop.webhook, &shop.stripe.events()[0]).await, 200);
    assert_eq!(shop.standing(number).await, (PaymentState::Received, 3, 0));
    shop.is_sound().await;
}

#[tokio::test]
async fn b6_a_payment_is_canceled_when_its_page_was_closed_before_and_when_the_closing_is_told_first() {
    let shop = shop().await;
    let number = shop.begin().await;
    // Closed in the dashboard of Stripe, and its webhook was lost.
    shop.stripe.client().close(&shop.session(), Uuid::from_u128(1)).await.expect("closed");
    payments::cancel(&shop.acme, shop.world.key(), number).await.expect("canceled");
    assert_eq!(shop.standing(number).await, (PaymentState::Expired, 0, 21_000));
    assert_eq!(tell(&shop.webhook, &shop.stripe.events()[0]).await, 200);
    assert_eq!(shop.page(number).await.failure.as_deref(), Some("It was canceled."));
    shop.is_sound().await;
}

#[tokio::test]
async fn b7_who_cancels_while_nobody_answers_is_told_so_and_finance_ends_what_has_run_out() {
    let shop = shop().await;
    let number = shop.begin().await;
    let silence = || shop.stripe.will([Mood::Answers(500), Mood::Answers(500), Mood::Answers(500)]);
    let why = CancelForm { reason: "Stripe was given up".to_owned() };
    silence();
    let told = refusal(payments::cancel(&shop.acme, shop.world.key(), number).await).to_string();
    assert_eq!(told, "It cannot be told at the moment whether somebody has paid by card. Try again in a minute.");
    silence();
    assert!(payments::cancel_any(&shop.owner, shop.world.key(), number, &why).await.is_err(), "somebody may pay there");
    shop.world.pass(Duration::minutes(61));
    silence();
    assert!(payments::cancel(&shop.acme, shop.world.key(), number).await.is_err());
    silence();
    payments::cancel_any(&shop.owner, shop.world.key(), number, &why).await.expect("canceled");
    assert_eq!(shop.standing(number).await, (PaymentState::Expired, 0, 21_000));
    shop.is_sound().await;
}

#[tokio::test]
async fn b7_finance_cancels_a_payment_by_card_and_nobody_pays_on_its_page() {
    let shop = shop().await;
    let number = shop.begin().await;
    let why = CancelForm { reason: "Begun by mistake".to_owned() };
    payments::cancel_any(&shop.owner, shop.world.key(), number, &why).await.expect("canceled");
    assert!(shop.stripe.pay(&shop.session(), Way::Card).is_none());
    let page = shop.page(number).await;
    assert_eq!(page.failure.as_deref(), Some("The operator has canceled it: Begun by mistake"));
    assert_eq!(shop.world.mails().await.last().expect("a mail").1, format!("Payment {number} was canceled"));
    shop.is_sound().await;
}

#[tokio::test]
async fn b7_what_is_told_many_times_at_once_counts_once() {
    let shop = shop().await;
    let number = shop.begin().await;
    shop.stripe.pay(&shop.session(), Way::Card).expect("paid");
    let event = shop.stripe.events().remove(0);
    let mut told = tokio::task::JoinSet::new();
    for at in 0..16 {
        let mut event: Value = serde_json::from_str(&event).expect("an event");
        event["id"] = format!("evt_{}", at % 4).into();
        let webhook = shop.webhook.clone();
        told.spawn(async move { tell(&webhook, event.to_string()).await });
    }
    while let Some(status) = told.join_next().await {
        assert_eq!(status.expect("an answer"), 200);
    }
    assert_eq!(shop.standing(number).await, (PaymentState::Received, 3, 0));
    let arrived = format!("Payment {number} has arrived");
    let mails = shop.world.mails().await;
    assert_eq!(mails.iter().filter(|(_, about)| *about == arrived).count(), 1);
    shop.is_sound().await;
}

#[tokio::test]
async fn b7_an_event_of_thirty_days_ago_is_not_heard_and_what_was_heard_is_forgotten_after_them() {
    let shop = shop().await;
    let number = shop.begin().await;
    shop.stripe.pay(&shop.session(), Way::Card).expect("paid");
    let event = shop.stripe.events().remove(0);
    let again = async || {
        let header = signed(event.as_bytes(), shop.service.clock.now());
        send(&shop.webhook, &[&header], event.as_bytes()).await
    };
    shop.world.pass(Duration::days(30) + Duration::seconds(1));
    assert_eq!((again().await, shop.standing(number).await), (200, (PaymentState::Begun, 0, 21_000)));
    // What nobody told is found by looking, also after so long.
    assert_eq!(payments::look(&shop.service).await.expect("looked"), 1);
    assert_eq!(shop.standing(number).await, (PaymentState::Received, 3, 0));
    let mut young: Value = serde_json::from_str(&event).expect("an event");
    (young["id"], young["created"]) = ("evt_young".into(), shop.service.clock.now().timestamp().into());
    let header = signed(young.to_string().as_bytes(), shop.service.clock.now());
    assert_eq!(send(&shop.webhook, &[&header], young.to_string().as_bytes()).await, 200);
    shop.world.pass(Duration::days(31));
    assert_eq!(payments::sweep(&shop.service).await.expect("swept"), 0);
    shop.world.pass(Duration::seconds(1));
    assert_eq!(payments::sweep(&shop.service).await.expect("swept"), 1);
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
