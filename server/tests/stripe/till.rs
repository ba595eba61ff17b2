//! What listens to the webhooks in these stories: payments in memory, to which the rules of `domain` are applied, so that the
//! adapter and the rules are proved together.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::Router;
use domain::{
    Currency, Money,
    billing::{GivenBack, Heard, PaymentNumber, PaymentState},
};
use server::payments::stripe::webhook;
use service::{
    card::{Asked, CardCheckout, Event, Line, OPEN_FOR, Session, Told},
    clock::Clock,
};
use uuid::Uuid;

use super::stand_in::{StandIn, now};

/// A payment, and what it has come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    pub asked: Money,
    pub state: PaymentState,
    /// How often money went into the ledger.
    pub counted: usize,
    pub back: Money,
    pub intent: Option<String>,
    /// What somebody has to look at.
    pub odd: usize,
}

/// The payments of a story.
#[derive(Clone, Default)]
pub struct Till {
    payments: Arc<Mutex<BTreeMap<Uuid, Payment>>>,
    /// How often it cannot write down what it hears.
    pub broken: Arc<Mutex<usize>>,
}

/// A payment as it would be asked for.
pub fn asked(number: u128, minor: i64, currency: Currency) -> Asked {
    Asked {
        number: PaymentNumber(i64::try_from(number).expect("a number")),
        reference: Uuid::from_u128(number),
        amount: Money::new(minor, currency),
        lines: vec![Line { name: "Store Manager, primary license".to_owned(), amount: Money::new(minor, currency) }],
        expires: now() + OPEN_FOR,
        success_url: format!("https://keys.example/payments/{number}?paid=yes"),
        cancel_url: format!("https://keys.example/payments/{number}"),
        key: Uuid::from_u128(number << 64),
    }
}

impl Till {
    /// Begins a payment of 165.77 EUR, and opens its page.
    pub async fn begin(&self, stripe: &StandIn, number: u128) -> Session {
        self.note(number, Money::new(16_577, Currency::EUR));
        stripe.client().open(&asked(number, 16_577, Currency::EUR)).await.expect("a session")
    }

    /// Writes down that so much is asked for.
    pub fn note(&self, number: u128, asked: Money) {
        let back = Money::zero(asked.currency);
        let payment = Payment { asked, state: PaymentState::Begun, counted: 0, back, intent: None, odd: 0 };
        self.payments.lock().expect("the till").insert(Uuid::from_u128(number), payment);
    }

    /// How a payment stands.
    pub fn payment(&self, number: u128) -> Payment {
        self.payments.lock().expect("the till")[&Uuid::from_u128(number)].clone()
    }

    /// The address at which it listens, at the time of the tests.
    pub fn webhook(&self, stripe: &StandIn) -> Router {
        let till = self.clone();
        let heard = move |event| std::future::ready(till.hear(&event));
        webhook::routes(Arc::new(stripe.client()), Clock::from_fn(now), heard)
    }

    fn hear(&self, event: &Event) -> Result<(), service::Error> {
        let mut broken = self.broken.lock().expect("the till");
        if let Some(left) = broken.checked_sub(1) {
            *broken = left;
            return Err(service::Error::Internal("the database does not answer".to_owned()));
        }
        let mut payments = self.payments.lock().expect("the till");
        let by_intent = |payment: &Payment| event.intent.is_some() && payment.intent == event.intent;
        let found = payments.iter_mut().find(|(id, payment)| event.reference == Some(**id) || by_intent(payment));
        // A payment of somebody else on the same Stripe account: heard, and nothing to us.
        let Some((_, payment)) = found else { return Ok(()) };
        payment.intent = event.intent.clone().or(payment.intent.take());
        match event.told {
            Told::News(news) => match payment.state.hear(payment.asked, news) {
                Heard::Becomes(state) => {
                    payment.counted += usize::from(state == PaymentState::Received);
                    payment.state = state;
                }
                Heard::Nothing => {}
                Heard::WrongAmount { .. } => payment.odd += 1,
            },
            Told::UnderWay => {}
            Told::GivenBack(sum) => match GivenBack::of(payment.asked, payment.back, sum) {
                GivenBack::More(more) => payment.back = payment.back.plus(more).expect("a sum"),
                GivenBack::Nothing => {}
                GivenBack::WrongAmount { .. } => payment.odd += 1,
            },
            Told::RefundFailed(_) => payment.odd += 1,
        }
        Ok(())
    }
}
