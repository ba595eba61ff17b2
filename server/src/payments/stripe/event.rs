//! What Stripe tells us, in our words. Which events there are: <https://docs.stripe.com/api/events/types>; what those of a
//! checkout mean: <https://docs.stripe.com/checkout/fulfillment>.
//!
//! They come at least once, in no order, and for days when we do not answer (<https://docs.stripe.com/webhooks>). So nothing
//! here depends on what came before: the payment itself decides what is new (`PaymentState::hear`, `GivenBack::of`).

use domain::billing::News;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use service::card::{Event, Told};

use super::{
    amount::from_stripe,
    read::{Metadata, Session, reference, time},
};

/// Why nothing was heard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unheard {
    /// There is no signature of the scheme `v1`, or not one header with one time.
    #[error("no Stripe-Signature with a time and a v1 signature")]
    NoSignature,
    /// The signature is not that of the secret.
    #[error("the signature does not fit. If it was Stripe, --stripe-webhook-secret is that of another webhook")]
    Forged,
    /// It was signed at another time: sent again by somebody, or a clock is wrong.
    #[error("it was not signed within five minutes from now. If it was Stripe, the clock of this machine is wrong")]
    Stale,
    /// It comes from Stripe, and is not what Stripe's documentation says.
    #[error("the event cannot be read: {0}")]
    Unreadable(String),
}

/// The envelope of every event.
#[derive(Deserialize)]
struct Envelope {
    id: String,
    created: i64,
    #[serde(rename = "type")]
    kind: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Value,
}

/// A charge of which something went back.
#[derive(Deserialize)]
struct Charge {
    amount_refunded: i64,
    currency: String,
    payment_intent: Option<String>,
    metadata: Option<Metadata>,
}

/// A refund that came back.
#[derive(Deserialize)]
struct Refund {
    amount: i64,
    currency: String,
    payment_intent: Option<String>,
    metadata: Option<Metadata>,
}

/// The event; none when it is nothing to us.
pub fn read(body: &[u8]) -> Result<Option<Event>, Unheard> {
    #[derive(Deserialize)]
    struct Kind {
        #[serde(rename = "type")]
        kind: String,
    }
    // What else Stripe sends may look as it likes.
    let kind: Kind = serde_json::from_slice(body).map_err(|error| unreadable(&error))?;
    let told = match kind.kind.as_str() {
        "checkout.session.completed"
        | "checkout.session.async_payment_succeeded"
        | "checkout.session.async_payment_failed"
        | "checkout.session.expired" => of_session,
        "charge.refunded" => of_charge,
        "refund.failed" => of_refund,
        _ => return Ok(None),
    };
    told(serde_json::from_slice(body).map_err(|error| unreadable(&error))?)
}

/// Sessions of others on the same account do not carry our word, and are nothing to us whatever stands in them.
fn of_session(envelope: Envelope) -> Result<Option<Event>, Unheard> {
    if !is_ours(&envelope.data.object) {
        return Ok(None);
    }
    let session: Session = object(&envelope)?;
    let told = match (envelope.kind.as_str(), session.payment_status.as_str()) {
        ("checkout.session.expired", _) => Told::News(News::Expired),
        ("checkout.session.async_payment_failed", _) => Told::News(News::Failed),
        (_, "paid") => {
            let total = session.total().filter(|_| session.mode == "payment");
            Told::News(News::Received(total.ok_or_else(|| unreadable(&"a payment without an amount"))?))
        }
        (_, "unpaid") => Told::UnderWay,
        (_, status) => return Err(unreadable(&format!("the payment status {status}"))),
    };
    let reference = session.metadata.as_ref().and_then(reference);
    event(&envelope, Some(session.id.clone()), session.intent(), reference, told)
}

fn of_charge(envelope: Envelope) -> Result<Option<Event>, Unheard> {
    if !is_ours(&envelope.data.object) {
        return Ok(None);
    }
    let charge: Charge = object(&envelope)?;
    let back =
        from_stripe(&charge.currency, charge.amount_refunded).ok_or_else(|| unreadable(&"an amount of a refund"))?;
    let reference = charge.metadata.as_ref().and_then(reference);
    event(&envelope, None, charge.payment_intent, reference, Told::GivenBack(back))
}

/// A refund that somebody made at Stripe does not carry our word; it is ours if its payment is.
fn of_refund(envelope: Envelope) -> Result<Option<Event>, Unheard> {
    let refund: Refund = object(&envelope)?;
    let Some(amount) = from_stripe(&refund.currency, refund.amount) else { return Ok(None) };
    let reference = refund.metadata.as_ref().and_then(reference);
    event(&envelope, None, refund.payment_intent, reference, Told::RefundFailed(amount))
}

fn is_ours(object: &Value) -> bool {
    object["metadata"][super::ask::OURS].is_string()
}

fn object<T: DeserializeOwned>(envelope: &Envelope) -> Result<T, Unheard> {
    T::deserialize(&envelope.data.object).map_err(|error| unreadable(&error))
}

fn event(
    envelope: &Envelope,
    session: Option<String>,
    intent: Option<String>,
    reference: Option<uuid::Uuid>,
    told: Told,
) -> Result<Option<Event>, Unheard> {
    let at = time(envelope.created).ok_or_else(|| unreadable(&"a time"))?;
    Ok(Some(Event { id: envelope.id.clone(), at, session, intent, reference, told }))
}

fn unreadable(what: &dyn std::fmt::Display) -> Unheard {
    Unheard::Unreadable(what.to_string())
}
