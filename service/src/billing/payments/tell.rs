//! Whom the end of a payment is told to: who began it.

use domain::{Money, billing::Purpose};
use store::{Tx, payments::Payment};

use crate::{Error, Service, mail};

/// The money is there.
pub(super) async fn received(service: &Service, tx: &mut Tx, payment: &Payment, amount: Money) -> Result<(), Error> {
    let Some(person) = store::contacts::by_id(tx, payment.begun_by).await? else { return Ok(()) };
    let (number, link) = (payment.number.to_string(), page(service, payment));
    let letter = mail::PaymentReceived {
        name: &person.first_name,
        number: number.clone(),
        amount: amount.to_string(),
        top_up: payment.purpose == Purpose::TopUp,
        link: &link,
    };
    mail::post_person(service, tx, &person, &format!("Payment {number} has arrived"), &letter).await
}

/// It did not work; `received` is what has come in of it and still counts.
pub(super) async fn failed(
    service: &Service,
    tx: &mut Tx,
    payment: &Payment,
    received: Money,
    why: &str,
) -> Result<(), Error> {
    let Some(person) = store::contacts::by_id(tx, payment.begun_by).await? else { return Ok(()) };
    let (number, link) = (payment.number.to_string(), page(service, payment));
    let received = received.is_positive().then(|| received.to_string());
    let letter = mail::PaymentFailed { name: &person.first_name, number: number.clone(), why, received, link: &link };
    mail::post_person(service, tx, &person, &format!("Payment {number} did not work"), &letter).await
}

/// The operator has canceled it.
pub(super) async fn canceled(service: &Service, tx: &mut Tx, payment: &Payment, reason: &str) -> Result<(), Error> {
    let Some(person) = store::contacts::by_id(tx, payment.begun_by).await? else { return Ok(()) };
    let (number, link) = (payment.number.to_string(), page(service, payment));
    let received = (!payment.received.is_zero()).then(|| payment.received.to_string());
    let letter =
        mail::PaymentCanceled { name: &person.first_name, number: number.clone(), reason, received, link: &link };
    mail::post_person(service, tx, &person, &format!("Payment {number} was canceled"), &letter).await
}

/// Money of it went back to the payer.
pub(super) async fn given_back(service: &Service, tx: &mut Tx, payment: &Payment, back: Money) -> Result<(), Error> {
    let Some(person) = store::contacts::by_id(tx, payment.begun_by).await? else { return Ok(()) };
    let (number, link) = (payment.number.to_string(), page(service, payment));
    let amount = back.to_string();
    let letter = mail::PaymentGivenBack { name: &person.first_name, number: number.clone(), amount, link: &link };
    mail::post_person(service, tx, &person, &format!("Money of payment {number} went back to you"), &letter).await
}

fn page(service: &Service, payment: &Payment) -> String {
    format!("{}/billing/payments/{}", service.settings.base_url, payment.number)
}
