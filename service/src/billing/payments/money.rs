//! Money of a payment comes in: it settles what the payment is for (B5, B6).

use std::sync::Arc;

use domain::{ChargeId, Money, Refusal, audit::What, billing::PaymentState};
use serde::Serialize;
use serde_json::json;
use store::{Tx, payments::Payment};

use super::tell;
use crate::{Error, Origin, Service, audit, ledger};

/// So much of a payment has come in, all of it or a part; its account is held. Gives the place of its entry in the ledger. When all is
/// there, the payment is received, and what it was for can be paid otherwise again, as far as anything is open.
pub(super) async fn money_in(
    service: &Arc<Service>,
    tx: &mut Tx,
    payment: &Payment,
    amount: Money,
    intent: Option<&str>,
) -> Result<i64, Error> {
    let now = service.clock.now();
    let charges = store::payments::of_payment(tx, payment.id).await?;
    let charges: Vec<ChargeId> = charges.iter().map(|due| due.charge).collect();
    let words = payment.number.to_string();
    let entry =
        ledger::receive(service, tx, payment.account, amount, &charges, Some(payment.id), Some(&words), now).await?;
    store::payments::receive(tx, payment.id, amount, intent).await?;
    let received = payment.received.plus(amount).map_err(Refusal::from)?;
    let paid = received.minor >= payment.asked.minor || nothing_is_open(tx, payment).await?;
    if !paid || payment.state == PaymentState::Received {
        return Ok(entry);
    }
    if !store::payments::end(tx, payment, PaymentState::Received, None, now).await? {
        return Err(Error::Internal("a payment of a held account changed".to_owned()));
    }
    store::payments::free(tx, payment.id).await?;
    let detail = json!({ "number": payment.number.to_string(), "amount": received.to_string() });
    note(service, tx, What::PaymentReceived, payment, detail).await?;
    tell::received(service, tx, payment, received).await?;
    Ok(entry)
}

/// What a begun payment is for may have become less since: then no more of it is asked for than is open, and that was paid now.
async fn nothing_is_open(tx: &mut Tx, payment: &Payment) -> Result<bool, Error> {
    if payment.state != PaymentState::Begun {
        return Ok(false);
    }
    let due = store::payments::of_payment(tx, payment.id).await?;
    Ok(!due.is_empty() && due.iter().all(|due| due.open.minor <= 0))
}

/// Writes down what nobody who is signed in has done.
pub(super) async fn note(
    service: &Service,
    tx: &mut Tx,
    what: What,
    payment: &Payment,
    detail: impl Serialize,
) -> Result<(), Error> {
    let origin = Origin {
        address: "payments".to_owned(),
        browser: "payments".to_owned(),
        device: None,
        request: service.random.uuid().into(),
    };
    let mut event = audit::event(service, &origin, what, payment.id, detail)?;
    event.account = Some(payment.account);
    payment.method.label().clone_into(&mut event.who);
    Ok(store::audit::append(tx, &event).await?)
}
