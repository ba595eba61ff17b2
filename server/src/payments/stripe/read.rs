//! What stands in Stripe's answers and events: of their many fields the few that we go by
//! (<https://docs.stripe.com/api/checkout/sessions/object>, <https://docs.stripe.com/api/errors>).

use std::collections::HashMap;

use chrono::DateTime;
use domain::{Money, Timestamp};
use http::StatusCode;
use serde::{Deserialize, de::DeserializeOwned};
use service::card::{self, CardError, Looked, Refunded, Standing};
use url::Url;
use uuid::Uuid;

use super::{amount::from_stripe, ask::OURS};

/// An answer as one of the objects below.
pub fn read<T: DeserializeOwned>(answer: &[u8]) -> Result<T, CardError> {
    serde_json::from_slice(answer).map_err(|error| unreadable(&error))
}

fn unreadable(what: &dyn std::fmt::Display) -> CardError {
    CardError::Unreadable(format!("Stripe's answer cannot be read: {what}. See whether --stripe-url leads to Stripe."))
}

/// Words of ours that came along with a payment.
pub type Metadata = HashMap<String, String>;

/// The payment that is ours, by the words that came along.
pub fn reference(metadata: &Metadata) -> Option<Uuid> {
    metadata.get(OURS)?.parse().ok()
}

/// A checkout session.
#[derive(Deserialize)]
pub struct Session {
    pub id: String,
    #[serde(default)]
    pub mode: String,
    pub url: Option<String>,
    pub expires_at: i64,
    pub amount_total: Option<i64>,
    pub currency: Option<String>,
    pub status: Option<String>,
    pub payment_status: String,
    pub payment_intent: Option<Intent>,
    pub metadata: Option<Metadata>,
}

/// By what it is paid: its id, or all of it where that was asked for.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Intent {
    Id(String),
    Whole { id: String, status: String },
}

/// Money that goes back.
#[derive(Deserialize)]
pub struct Refund {
    pub id: String,
    pub status: Option<String>,
}

impl Session {
    /// As it was opened.
    pub fn opened(self) -> Result<card::Session, CardError> {
        let url = self.url.ok_or_else(|| unreadable(&"a session without an address"))?;
        let leads = Url::parse(&url).is_ok_and(|url| matches!(url.scheme(), "https" | "http"));
        let expires =
            time(self.expires_at).filter(|_| leads).ok_or_else(|| unreadable(&"a session that leads nowhere"))?;
        Ok(card::Session { id: self.id, url, expires })
    }

    /// As it stands.
    pub fn looked(self) -> Result<Looked, CardError> {
        let standing = match (self.status.as_deref(), self.payment_status.as_str()) {
            (_, "paid") => Standing::Paid(self.total().ok_or_else(|| unreadable(&"a payment without an amount"))?),
            (Some("open"), _) => Standing::Open,
            (Some("expired"), _) => Standing::Expired,
            (Some("complete"), "unpaid") if self.has_failed() => Standing::Failed,
            (Some("complete"), "unpaid") => Standing::UnderWay,
            (status, payment) => return Err(unreadable(&format!("a session {status:?} and {payment}"))),
        };
        let intent = self.intent();
        Ok(Looked { session: self.id, intent, standing })
    }

    /// What was paid.
    pub fn total(&self) -> Option<Money> {
        from_stripe(self.currency.as_deref()?, self.amount_total?)
    }

    /// By what its money is given back.
    pub fn intent(&self) -> Option<String> {
        match self.payment_intent.as_ref()? {
            Intent::Id(id) | Intent::Whole { id, .. } => Some(id.clone()),
        }
    }

    /// A debit that came back asks for another way to pay, which a completed session does not offer.
    fn has_failed(&self) -> bool {
        matches!(&self.payment_intent, Some(Intent::Whole { status, .. }) if status == "requires_payment_method" || status == "canceled")
    }
}

impl Refund {
    /// What became of it: `pending` may take days, `failed` and `canceled` leave the money here.
    pub fn refunded(self) -> Refunded {
        let accepted = !matches!(self.status.as_deref(), Some("failed" | "canceled"));
        Refunded { id: self.id, accepted }
    }
}

/// Seconds since 1970.
pub fn time(seconds: i64) -> Option<Timestamp> {
    DateTime::from_timestamp(seconds, 0)
}

/// What Stripe says of a request that it refused.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Wrong {
    error: Words,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Words {
    code: Option<String>,
    message: Option<String>,
    param: Option<String>,
}

/// Why something was refused, and what to do. What Stripe says of a key is not repeated, since it repeats parts of it.
pub fn error(status: StatusCode, request: &str, body: &[u8]) -> CardError {
    let said = serde_json::from_slice::<Wrong>(body).unwrap_or_default().error;
    let code = said.code.as_deref().unwrap_or("without a code");
    match status {
        StatusCode::UNAUTHORIZED => CardError::Keys(format!(
            "Stripe does not know --stripe-secret-key (401, {request}). Take the key from Stripe's dashboard, Developers, API keys, and start again."
        )),
        StatusCode::FORBIDDEN => CardError::Keys(format!(
            "--stripe-secret-key may not do this (403, {request}). A restricted key needs to write Checkout Sessions and Refunds, and to read Payment Intents."
        )),
        _ if status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::CONFLICT || status.is_server_error() => {
            CardError::Unreachable(format!("Stripe is busy ({}, {code}, {request})", status.as_u16()))
        }
        _ if matches!(code, "amount_too_small" | "amount_too_large") => CardError::Amount(format!(
            "This amount is too {} for a card. Nothing was charged. Pay by bank transfer.",
            code.trim_start_matches("amount_too_")
        )),
        _ if status.is_client_error() => {
            let message = said.message.as_deref().unwrap_or("no reason given");
            let at = said.param.map(|param| format!(" at {param}")).unwrap_or_default();
            CardError::Refused(format!("Stripe refused this ({}, {code}{at}, {request}): {message}", status.as_u16()))
        }
        _ => unreadable(&format!("the status {}", status.as_u16())),
    }
}
