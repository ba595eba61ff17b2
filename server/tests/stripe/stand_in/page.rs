//! The page on which somebody pays, and what happens there in each way.

use axum::{
    Form,
    extract::{Path, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Account, StandIn};

/// How somebody pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// By a card that is good.
    Card,
    /// By a debit, which takes days.
    Debit,
}

#[derive(Deserialize)]
pub struct Paid {
    way: Way,
}

/// What is to be paid.
pub async fn show(State(stand_in): State<StandIn>, Path(id): Path<String>) -> Response {
    let account = stand_in.account();
    match account.sessions.get(&id).filter(|session| session["status"] == "open") {
        Some(session) => {
            let (amount, currency) = (&session["amount_total"], &session["currency"]);
            let cancel = session["cancel_url"].as_str().unwrap_or_default();
            Html(format!(
                "<!doctype html><title>Pay</title><p>{amount} {currency}</p><form method=post>\
                 <button name=way value=card>Pay by card</button> <button name=way value=debit>Pay by debit</button></form>\
                 <p><a href=\"{cancel}\">Back</a></p>"
            ))
            .into_response()
        }
        None => (StatusCode::NOT_FOUND, "This page is closed.").into_response(),
    }
}

/// Pays, and leads back.
pub async fn pay(State(stand_in): State<StandIn>, Path(id): Path<String>, Form(paid): Form<Paid>) -> Response {
    match stand_in.pay(&id, paid.way) {
        Some(back) => Redirect::to(&back).into_response(),
        None => (StatusCode::NOT_FOUND, "This page is closed.").into_response(),
    }
}

impl StandIn {
    /// Somebody pays on the page of that session, and comes back to this address; nobody pays on a page that is closed.
    pub fn pay(&self, session: &str, way: Way) -> Option<String> {
        let mut account = self.account();
        let (intent, charge) = (account.id("pi"), account.id("ch"));
        let paid = account.sessions.get_mut(session).filter(|session| session["status"] == "open")?;
        paid["status"] = "complete".into();
        paid["payment_intent"] = intent.clone().into();
        let whole = json!({
            "id": intent, "object": "payment_intent", "status": if way == Way::Card { "succeeded" } else { "processing" },
            "charge": {
                "id": charge, "object": "charge", "amount": paid["amount_total"], "amount_refunded": 0,
                "currency": paid["currency"], "payment_intent": intent, "refunded": false,
                "metadata": { "keyhouse_payment": paid["stand_in"]["metadata"] },
            },
        });
        if way == Way::Card {
            paid["payment_status"] = "paid".into();
        }
        let (told, back) = (paid.clone(), paid["success_url"].as_str().map(str::to_owned));
        account.intents.insert(intent, whole);
        account.tell("checkout.session.completed", told);
        back
    }

    /// The bank says, days later, what became of a debit.
    pub fn decide(&self, session: &str, good: bool) {
        let mut account = self.account();
        let account: &mut Account = &mut account;
        let decided = account.sessions.get_mut(session).expect("a session");
        let intent = decided["payment_intent"].as_str().expect("an intent").to_owned();
        let (status, kind) = match good {
            true => ("succeeded", "checkout.session.async_payment_succeeded"),
            false => ("requires_payment_method", "checkout.session.async_payment_failed"),
        };
        if good {
            decided["payment_status"] = "paid".into();
        }
        let told: Value = decided.clone();
        account.intents.get_mut(&intent).expect("an intent")["status"] = status.into();
        account.tell(kind, told);
    }
}
