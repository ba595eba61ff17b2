//! Ending a payment by hand: its account or finance cancels it, and finance has looked at what was odd.

use domain::{
    Deed, FieldErrors, FormKey, Refusal,
    audit::What,
    billing::{CancelForm, Method, News, PaymentNumber, PaymentState},
    text,
};
use serde_json::json;
use store::payments::Payment;

use super::{card, tell};
use crate::{Cx, Error, card::CardError};

/// Cancels a payment of one's own account on which nobody has paid yet: what it was for can be paid otherwise. The page for a card is
/// closed first, so that nobody can pay there any more.
///
/// # Errors
/// [`Refusal::PaymentIs`]; [`Refusal::CardSays`] when the page cannot be closed.
pub async fn cancel(cx: &Cx, key: FormKey, number: PaymentNumber) -> Result<(), Error> {
    cx.may(Deed::Pay)?;
    end(cx, key, number, None).await
}

/// Cancels a payment of any account, such as a transfer that never came. Who began it is told why.
///
/// # Errors
/// A message at `reason`; as [`cancel`].
pub async fn cancel_any(cx: &Cx, key: FormKey, number: PaymentNumber, form: &CancelForm) -> Result<(), Error> {
    cx.may(Deed::RecordPayments)?;
    let reason = form.check()?;
    end(cx, key, number, Some(&reason)).await
}

/// Ends it; with a reason where that is the operator's.
async fn end(cx: &Cx, key: FormKey, number: PaymentNumber, reason: Option<&str>) -> Result<(), Error> {
    let mut tx = cx.service.store.read().await?;
    let payment = store::payments::find(&mut tx, &cx.scope(), number).await?.ok_or(Error::NotFound)?;
    drop(tx);
    let closed = payment.state.is_under_way() && close(cx, &payment, reason.is_some()).await?;
    let mut tx = cx.service.store.write().await?;
    store::accounts::hold(&mut tx, payment.account).await?;
    if cx.once(&mut tx, key, What::PaymentCanceled.word(), (number, reason)).await?.is_some() {
        return Ok(());
    }
    let payment = store::payments::find(&mut tx, &cx.scope(), number).await?.ok_or(Error::NotFound)?;
    // Whoever takes cards may have told of the closing before this comes to it.
    let told = closed && payment.state == PaymentState::Expired;
    if !payment.state.is_under_way() && !told {
        return Err(is(payment.state).into());
    }
    let why = match reason {
        None => "It was canceled.".to_owned(),
        Some(reason) => format!("The operator has canceled it: {reason}"),
    };
    if !store::payments::end(&mut tx, &payment, PaymentState::Expired, Some(&why), cx.now()).await? {
        return Err(Error::Internal("a payment of a held account changed".to_owned()));
    }
    store::payments::free(&mut tx, payment.id).await?;
    let mut detail = json!({ "number": number.to_string() });
    if let Some(reason) = reason {
        detail["reason"] = reason.into();
        tell::canceled(&cx.service, &mut tx, &payment, reason).await?;
    }
    cx.write_down(&mut tx, What::PaymentCanceled, payment.id, payment.account, detail).await?;
    card::finish(&cx.service, tx, &payment).await
}

/// Closes the page for a card, where there is one: whether it was closed by this. Somebody may have paid there this very moment; then the
/// money counts. Staff need not close a page that has run out, since it may be that nobody answers any more.
async fn close(cx: &Cx, payment: &Payment, staff: bool) -> Result<bool, Error> {
    let (Method::Card, Some(session), Some(card)) = (payment.method, &payment.session, &cx.service.settings.card)
    else {
        return Ok(false);
    };
    let says = |sentence: &str| Error::from(Refusal::CardSays { sentence: sentence.to_owned() });
    let (looked, closed) = match card.close(session, cx.service.random.uuid()).await {
        // What is paid or over is not closed: how it stands says which.
        Err(CardError::Refused(_)) => (card.look(session).await, false),
        looked => (looked, true),
    };
    let over = payment.expires_at.is_some_and(|at| at <= cx.now());
    let looked = match looked {
        Ok(looked) => looked,
        Err(error) => {
            tracing::warn!(%error, payment = %payment.number, "a page for paying by card cannot be closed");
            return match staff && over {
                true => Ok(false),
                false => Err(says(
                    "It cannot be told at the moment whether somebody has paid by card. Try again in a minute.",
                )),
            };
        }
    };
    match looked.standing.news() {
        None => Err(says("Somebody is paying this very moment. Wait until it is decided.")),
        Some(News::Failed | News::Expired) => Ok(closed),
        Some(news @ News::Received(_)) => {
            let mut tx = cx.service.store.write().await?;
            store::accounts::hold(&mut tx, payment.account).await?;
            let payment = store::payments::by_id(&mut tx, payment.id).await?.ok_or(Error::NotFound)?;
            card::apply(&cx.service, &mut tx, &payment, looked.intent.as_deref(), news).await?;
            card::finish(&cx.service, tx, &payment).await?;
            Ok(false)
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
