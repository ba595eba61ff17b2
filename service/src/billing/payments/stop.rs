//! Ending a payment by hand: who began it cancels it, and finance has looked at what was odd.

use domain::{
    Deed, FieldErrors, FormKey, Refusal,
    audit::What,
    billing::{Method, News, PaymentNumber, PaymentState},
    text,
};
use serde_json::json;
use store::payments::Payment;

use super::card;
use crate::{Cx, Error};

/// Cancels a payment of one's own account on which nobody has paid yet: what it was for can be paid otherwise. The page for a card is
/// closed first, so that nobody can pay there any more.
///
/// # Errors
/// [`Refusal::PaymentIs`]; [`Refusal::CardSays`] when the page cannot be closed.
pub async fn cancel(cx: &Cx, key: FormKey, number: PaymentNumber) -> Result<(), Error> {
    cx.may(Deed::Pay)?;
    let mut tx = cx.service.store.read().await?;
    let payment = store::payments::find(&mut tx, &cx.scope(), number).await?.ok_or(Error::NotFound)?;
    drop(tx);
    if payment.state.is_under_way() {
        close(cx, &payment).await?;
    }
    let mut tx = cx.service.store.write().await?;
    store::accounts::hold(&mut tx, payment.account).await?;
    if cx.once(&mut tx, key, What::PaymentCanceled.word(), number).await?.is_some() {
        return Ok(());
    }
    let payment = store::payments::find(&mut tx, &cx.scope(), number).await?.ok_or(Error::NotFound)?;
    if !payment.state.is_under_way() {
        return Err(is(payment.state).into());
    }
    if !store::payments::end(&mut tx, &payment, PaymentState::Expired, Some("It was canceled."), cx.now()).await? {
        return Err(Error::Internal("a payment of a held account changed".to_owned()));
    }
    store::payments::free(&mut tx, payment.id).await?;
    let detail = json!({ "number": number.to_string() });
    cx.write_down(&mut tx, What::PaymentCanceled, payment.id, payment.account, detail).await?;
    card::finish(&cx.service, tx, &payment).await
}

/// Closes the page for a card, where there is one. Somebody may have paid there this very moment.
async fn close(cx: &Cx, payment: &Payment) -> Result<(), Error> {
    let (Method::Card, Some(session), Some(card)) = (payment.method, &payment.session, &cx.service.settings.card)
    else {
        return Ok(());
    };
    let says = |sentence: &str| Error::from(Refusal::CardSays { sentence: sentence.to_owned() });
    let looked = card.close(session, cx.service.random.uuid()).await.map_err(|error| says(error.for_payer()))?;
    match looked.standing.news() {
        None => Err(says("Somebody is paying this very moment. Wait until it is decided.")),
        Some(News::Failed | News::Expired) => Ok(()),
        Some(news @ News::Received(_)) => {
            let mut tx = cx.service.store.write().await?;
            store::accounts::hold(&mut tx, payment.account).await?;
            let payment = store::payments::by_id(&mut tx, payment.id).await?.ok_or(Error::NotFound)?;
            card::apply(&cx.service, &mut tx, &payment, looked.intent.as_deref(), news).await?;
            card::finish(&cx.service, tx, &payment).await
        }
    }
}

/// Why nothing more is done with it.
pub(super) fn is(state: PaymentState) -> Refusal {
    let state = match state {
        PaymentState::Begun => "begun",
        PaymentState::Received => "received",
        PaymentState::Failed => "over, without money,",
        PaymentState::Expired => "canceled or expired",
    };
    Refusal::PaymentIs { state: state.to_owned() }
}

/// Finance has looked at what was odd about a payment, and says what was done. One that was still waited for has ended.
///
/// # Errors
/// A message at `note`; [`Refusal::PaymentIs`] when somebody else has looked at it before.
pub async fn solve(cx: &Cx, key: FormKey, number: PaymentNumber, note: &str) -> Result<(), Error> {
    cx.may(Deed::RecordPayments)?;
    let note = text::line(note, 500).ok().flatten();
    let note = note.ok_or_else(|| FieldErrors::at("note", "Enter what was done, in one line."))?;
    let mut tx = cx.service.store.write().await?;
    let payment = store::payments::find(&mut tx, &cx.scope(), number).await?.ok_or(Error::NotFound)?;
    if cx.once(&mut tx, key, What::PaymentSolved.word(), (number, &note)).await?.is_some() {
        return Ok(());
    }
    store::accounts::hold(&mut tx, payment.account).await?;
    if !store::payments::solve(&mut tx, payment.id).await? {
        return Err(Refusal::PaymentIs { state: "looked at".to_owned() }.into());
    }
    if payment.state.is_under_way() {
        card::stop(&cx.service, &mut tx, payment.id, PaymentState::Failed, "The operator has ended it.").await?;
    }
    let detail = json!({ "number": number.to_string(), "note": note });
    cx.write_down(&mut tx, What::PaymentSolved, payment.id, payment.account, detail).await?;
    card::finish(&cx.service, tx, &payment).await
}
