//! Money of a payment by card that goes back: all of it or a part, twice, too early, too much, and beside a license that is given back (B7, B9).

use chrono::Duration;
use domain::{
    Currency, Money,
    billing::{PaymentNumber, PaymentState, ReceiptForm, Reference, RefundForm},
    licenses::{LicensesQuery, PaymentStatus},
};
use serde_json::{Value, json};
use service::{
    billing::{payments, refunds},
    card::{CardCheckout, RefundAsked},
    licenses,
    testing::refusal,
};
use uuid::Uuid;

use super::{
    shop::{Shop, shop},
    stand_in::{
        Way,
        events::{send, signed, tell},
    },
};

/// A shop whose payment is paid by card, and heard of.
async fn paid() -> (Shop, PaymentNumber) {
    let shop = shop().await;
    let number = shop.begin().await;
    shop.stripe.pay(&shop.session(), Way::Card).expect("paid");
    assert_eq!(tell(&shop.webhook, &shop.stripe.events()[0]).await, 200);
    assert_eq!(shop.standing(number).await, (PaymentState::Received, 3, 0));
    (shop, number)
}

impl Shop {
    fn intent(&self) -> String {
        self.stripe.account().intents.keys().next().expect("an intent").clone()
    }

    /// Somebody gives so much back at Stripe: what Stripe tells of it.
    async fn back(&self, minor: i64, key: u128) -> String {
        let session = self.session();
        let reference = self.stripe.account().sessions[&session]["metadata"]["keyhouse_payment"].clone();
        let asked = RefundAsked {
            intent: self.intent(),
            reference: reference.as_str().and_then(|text| text.parse().ok()).expect("a reference"),
            amount: Money::new(minor, Currency::EUR),
            key: Uuid::from_u128(key),
        };
        self.stripe.client().refund(&asked).await.expect("a refund");
        self.stripe.events().pop().expect("an event")
    }

    /// Finance has taken a license back.
    async fn take_back(&self, at: usize) {
        let form = RefundForm { reason: "Bought by mistake".to_owned() };
        refunds::refund_any(&self.owner, self.world.key(), self.licenses[at], &form).await.expect("taken back");
    }

    /// How many licenses are in each payment status: paid, pending, refunded.
    async fn counts(&self) -> [usize; 3] {
        let list = licenses::list(&self.acme, &LicensesQuery::default()).await.expect("a list");
        [PaymentStatus::Paid, PaymentStatus::Pending, PaymentStatus::Refunded]
            .map(|status| list.rows.iter().filter(|row| row.payment == Some(status)).count())
    }
}

#[tokio::test]
async fn b7_money_that_goes_back_opens_the_licenses_again_each_part_once_and_the_payer_is_told() {
    let (shop, number) = paid().await;
    let (part, whole) = (shop.back(7_000, 1).await, shop.back(14_000, 2).await);
    for (event, paid, owed) in [(&part, 2, 7_000), (&part, 2, 7_000), (&whole, 0, 21_000), (&part, 0, 21_000)] {
        let status = tell(&shop.webhook, event).await;
        assert_eq!((status, shop.standing(number).await), (200, (PaymentState::Received, paid, owed)));
    }
    let about = format!("Money of payment {number} went back to you");
    let letters = shop.world.letters().await;
    let told: Vec<_> = letters.into_iter().filter(|letter| letter.subject == about).collect();
    let texts: Vec<_> = told.iter().filter_map(|letter| letter.body.as_deref()).collect();
    assert!(texts.len() == 2 && texts[0].contains("€ 70.00 of") && texts[1].contains("€ 140.00 of"), "{texts:?}");
    assert_eq!(shop.page(number).await.given_back, Money::new(21_000, Currency::EUR));
    shop.is_sound().await;
}

#[tokio::test]
async fn b7_the_sums_of_two_parts_that_are_told_the_wrong_way_round_count_once() {
    let (shop, number) = paid().await;
    let (first, second) = (shop.back(1, 1).await, shop.back(6_999, 2).await);
    for event in [&second, &first, &second] {
        assert_eq!(tell(&shop.webhook, event).await, 200);
        assert_eq!(shop.standing(number).await, (PaymentState::Received, 2, 7_000));
    }
    shop.is_sound().await;
}

#[tokio::test]
async fn b7_money_that_went_back_before_it_was_said_to_have_come_is_told_again() {
    let shop = shop().await;
    let number = shop.begin().await;
    shop.stripe.pay(&shop.session(), Way::Card).expect("paid");
    let (came, back) = (shop.stripe.events().remove(0), shop.back(7_000, 1).await);
    assert_eq!(tell(&shop.webhook, &back).await, 500);
    assert_eq!(shop.standing(number).await, (PaymentState::Begun, 0, 21_000));
    assert_eq!(tell(&shop.webhook, &came).await, 200);
    assert_eq!(tell(&shop.webhook, &back).await, 200);
    assert_eq!(shop.standing(number).await, (PaymentState::Received, 2, 7_000));
    shop.is_sound().await;
}

#[tokio::test]
async fn b7_money_that_had_settled_nothing_and_went_back_is_for_somebody_to_look_at_and_not_told_for_days() {
    let shop = shop().await;
    let number = shop.begin().await;
    shop.stripe.pay(&shop.session(), Way::Card).expect("paid");
    let mut wrong: Value = serde_json::from_str(&shop.stripe.events()[0]).expect("an event");
    wrong["data"]["object"]["amount_total"] = 20_999.into();
    assert_eq!(tell(&shop.webhook, wrong.to_string()).await, 200);
    payments::solve(&shop.owner, shop.world.key(), number, "Given back at Stripe").await.expect("solved");
    let back = shop.back(20_999, 1).await;
    assert_eq!(tell(&shop.webhook, &back).await, 500, "that it came may be on its way");
    shop.world.pass(Duration::hours(1));
    let header = signed(back.as_bytes(), shop.service.clock.now());
    assert_eq!(send(&shop.webhook, &[&header], back.as_bytes()).await, 200);
    let problem = shop.page(number).await.row.problem.expect("somebody has to look");
    assert_eq!(problem, "€ 209.99 went back to the payer. It had settled nothing, so nothing is open again.");
    assert_eq!(shop.standing(number).await, (PaymentState::Failed, 0, 21_000));
    shop.is_sound().await;
}

#[tokio::test]
async fn b7_more_than_came_and_another_currency_are_not_counted() {
    let (shop, number) = paid().await;
    let right: Value = serde_json::from_str(&shop.back(7_000, 1).await).expect("an event");
    let wrong = [("amount_refunded", json!(21_001)), ("amount_refunded", json!(-1)), ("currency", json!("usd"))];
    for (at, (field, value)) in wrong.into_iter().enumerate() {
        let mut event = right.clone();
        event["data"]["object"][field] = value;
        event["id"] = format!("evt_wrong_{at}").into();
        assert_eq!(tell(&shop.webhook, event.to_string()).await, 200);
        assert_eq!(shop.standing(number).await, (PaymentState::Received, 3, 0), "{field}");
        let problem = shop.page(number).await.row.problem.expect("somebody has to look");
        assert!(problem.ends_with("is said to have gone back, of € 210.00. It was not counted."), "{problem}");
    }
    assert_eq!(tell(&shop.webhook, right.to_string()).await, 200);
    assert_eq!(shop.standing(number).await, (PaymentState::Received, 2, 7_000));
    shop.is_sound().await;
}

#[tokio::test]
async fn b7_a_refund_that_comes_back_from_the_bank_is_money_again_when_finance_records_it() {
    let (shop, number) = paid().await;
    assert_eq!(tell(&shop.webhook, shop.back(7_000, 1).await).await, 200);
    let failed = json!({ "id": "re_9", "amount": 7_000, "currency": "eur", "payment_intent": shop.intent(), "status": "failed" });
    shop.stripe.account().tell("refund.failed", failed);
    let event = shop.stripe.events().pop().expect("an event");
    for _ in 0..2 {
        assert_eq!(tell(&shop.webhook, &event).await, 200);
    }
    assert_eq!(shop.standing(number).await, (PaymentState::Received, 2, 7_000));
    let problem = shop.page(number).await.row.problem.expect("somebody has to look");
    assert!(problem.starts_with("A refund of € 70.00 came back from the bank"), "{problem}");
    let came = ReceiptForm {
        received_on: "2026-11-21".to_owned(),
        amount: "70".to_owned(),
        currency: "EUR".to_owned(),
        text: Reference::Payment(number).to_string(),
        bank_id: String::new(),
    };
    payments::record(&shop.owner, shop.world.key(), &came).await.expect("recorded");
    payments::solve(&shop.owner, shop.world.key(), number, "Recorded as a receipt").await.expect("solved");
    assert_eq!(shop.standing(number).await, (PaymentState::Received, 3, 0));
    // The rest of the card's money can still go back.
    assert_eq!(tell(&shop.webhook, shop.back(14_000, 2).await).await, 200);
    assert_eq!(shop.standing(number).await, (PaymentState::Received, 1, 14_000));
    shop.is_sound().await;
}

#[tokio::test]
async fn b9_a_license_that_was_paid_by_card_is_credited_and_its_money_goes_back_when_finance_sends_it() {
    let (shop, number) = paid().await;
    let page = refunds::page(&shop.owner, shop.licenses[0]).await.expect("the page of taking it back");
    assert_eq!(page.card, Some(number), "the page leads to the payment");
    assert_eq!(payments::find(&shop.acme, number).await.expect("the payment").intent, None);
    assert_eq!(shop.page(number).await.intent, Some(shop.intent()));
    shop.take_back(0).await;
    assert_eq!((shop.standing(number).await.2, shop.counts().await), (-7_000, [2, 0, 1]));
    assert_eq!(tell(&shop.webhook, shop.back(7_000, 1).await).await, 200);
    assert_eq!((shop.standing(number).await.2, shop.counts().await), (0, [2, 0, 1]), "the others stay paid");
    let again = RefundForm { reason: "Again".to_owned() };
    refusal(refunds::refund_any(&shop.owner, shop.world.key(), shop.licenses[0], &again).await);
    shop.is_sound().await;
}

#[tokio::test]
async fn b9_money_that_went_back_before_its_license_is_given_back_as_well() {
    let (shop, number) = paid().await;
    assert_eq!(tell(&shop.webhook, shop.back(7_000, 1).await).await, 200);
    assert_eq!((shop.standing(number).await.2, shop.counts().await), (7_000, [2, 1, 0]));
    let list = licenses::list(&shop.acme, &LicensesQuery::default()).await.expect("a list");
    let pending = list.rows.iter().find(|row| row.payment == Some(PaymentStatus::Pending)).expect("one").id;
    shop.take_back(shop.licenses.iter().position(|id| *id == pending).expect("one of them")).await;
    assert_eq!((shop.standing(number).await.2, shop.counts().await), (0, [2, 0, 1]));
    shop.is_sound().await;
}

#[tokio::test]
async fn b6_what_is_given_back_while_its_payment_is_begun_stays_as_credit_when_it_is_paid_all_the_same() {
    let shop = shop().await;
    let number = shop.begin().await;
    shop.take_back(1).await;
    let page = shop.page(number).await;
    assert_eq!((page.missing.minor, page.open.minor), (21_000, 14_000), "the page says so");
    shop.stripe.pay(&shop.session(), Way::Card).expect("paid");
    assert_eq!(tell(&shop.webhook, &shop.stripe.events()[0]).await, 200);
    assert_eq!((shop.standing(number).await.2, shop.counts().await), (-7_000, [2, 0, 1]));
    assert_eq!(tell(&shop.webhook, shop.back(7_000, 1).await).await, 200);
    assert_eq!((shop.standing(number).await.2, shop.counts().await), (0, [2, 0, 1]));
    shop.is_sound().await;
}

#[tokio::test]
async fn b7_what_is_told_of_a_payment_that_is_not_ours_is_heard_and_nothing() {
    let (shop, number) = paid().await;
    let refunded: Value = serde_json::from_str(&shop.back(7_000, 1).await).expect("an event");
    let mut unknown = refunded.clone();
    unknown["id"] = "evt_unknown".into();
    unknown["data"]["object"]["metadata"]["keyhouse_payment"] = Uuid::from_u128(9).to_string().into();
    unknown["data"]["object"]["payment_intent"] = "pi_404".into();
    assert_eq!(tell(&shop.webhook, unknown.to_string()).await, 200);
    let failed =
        json!({ "id": "re_9", "amount": 5, "currency": "eur", "payment_intent": "pi_404", "status": "failed" });
    shop.stripe.account().tell("refund.failed", failed);
    assert_eq!(tell(&shop.webhook, shop.stripe.events().pop().expect("an event")).await, 200);
    assert_eq!(shop.standing(number).await, (PaymentState::Received, 3, 0));
    assert_eq!(shop.page(number).await.row.problem, None);
    shop.is_sound().await;
}
