//! Whom the end of a payment is told to: who began it.

use domain::Money;
use store::{Tx, payments::Payment};

use crate::{Error, Service, mail};

/// The money is there.
pub(super) async fn received(service: &Service, tx: &mut Tx, payment: &Payment, amount: Money) -> Result<(), Error> {
    let Some(person) = store::contacts::by_id(tx, payment.begun_by).await? else { return Ok(()) };
    let (number, link) = (payment.number.to_string(), page(service, payment));
    let amount = amount.to_string();
    let letter = mail::PaymentReceived { name: &person.first_name, number: number.clone(), amount, link: &link };
    mail::post(service, tx, &person.email, &format!("Payment {number} has arrived"), &letter).await
}

/// It did not work.
pub(super) async fn failed(service: &Service, tx: &mut Tx, payment: &Payment, why: &str) -> Result<(), Error> {
    let Some(person) = store::contacts::by_id(tx, payment.begun_by).await? else { return Ok(()) };
    let (number, link) = (payment.number.to_string(), page(service, payment));
    let letter = mail::PaymentFailed { name: &person.first_name, number: number.clone(), why, link: &link };
    mail::post(service, tx, &person.email, &format!("Payment {number} did not work"), &letter).await
}

fn page(service: &Service, payment: &Payment) -> String {
    format!("{}/billing/payments/{}", service.settings.base_url, payment.number)
}
