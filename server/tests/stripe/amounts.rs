//! Amounts on their way to Stripe and back, in currencies that it counts differently.

use domain::{Currency, Money};
use service::card::{CardCheckout, CardError, Standing};

use super::{
    stand_in::{StandIn, Way},
    till::asked,
};

#[tokio::test]
async fn p5_what_is_paid_is_what_was_asked_for_in_every_currency() {
    let stripe = StandIn::start().await;
    let client = stripe.client();
    for (number, (minor, currency)) in [
        (16_577, Currency::EUR),
        (5_000, Currency::JPY),
        (500, Currency::ISK),
        (50_000, Currency::MGA),
        (5_120, Currency::KWD),
    ]
    .into_iter()
    .enumerate()
    {
        let session = client.open(&asked(number as u128, minor, currency)).await.expect("a session");
        stripe.pay(&session.id, Way::Card).expect("an address");
        let standing = client.look(&session.id).await.expect("the session").standing;
        assert_eq!(standing, Standing::Paid(Money::new(minor, currency)));
    }
}

#[tokio::test]
async fn p5_what_a_card_cannot_be_charged_exactly_is_never_asked_for() {
    let stripe = StandIn::start().await;
    for (minor, currency) in [(5_124, Currency::KWD), (0, Currency::EUR), (-1, Currency::EUR), (1_000, Currency::IQD)] {
        let refused = stripe.client().open(&asked(1, minor, currency)).await.expect_err("refused");
        assert!(matches!(&refused, CardError::Amount(why) if why.contains("bank transfer")), "{refused:?}");
    }
    assert_eq!(stripe.requests(), Vec::<String>::new());
}

#[tokio::test]
async fn b7_what_is_too_little_or_too_much_for_a_card_is_said_to_the_payer() {
    let stripe = StandIn::start().await;
    for (minor, word) in [(49, "small"), (100_000_000, "large"), (i64::MAX, "large")] {
        let refused = stripe.client().open(&asked(minor as u128, minor, Currency::EUR)).await.expect_err("refused");
        let sentence = format!("This amount is too {word} for a card. Nothing was charged. Pay by bank transfer.");
        assert_eq!(refused.for_payer(), sentence);
    }
}
