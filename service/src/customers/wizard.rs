//! The create-customer wizard between its steps.

use domain::{
    Deed, DraftId, FieldErrors, Refusal,
    customers::{
        NewCustomerForm, Waiting, Wizard,
        import::{EMAIL_TAKEN, USERNAME_TAKEN},
    },
};
use store::{contacts::Clash, drafts::Kind};

use crate::{Cx, Error, contacts::names::ask, drafts, idempotency::key_of};

/// Begins the wizard; `waiting` is the license wizard, or the basket, that waits for this customer.
///
/// # Errors
/// When the actor may not create customers.
pub async fn begin(cx: &Cx, waiting: Option<DraftId>) -> Result<DraftId, Error> {
    cx.may(Deed::CreateCustomers)?;
    let mut tx = cx.service.store.write().await?;
    let id = drafts::begin(cx, &mut tx, Kind::Customer, NewCustomerForm::default(), waiting).await?;
    tx.commit().await?;
    Ok(id)
}

/// The wizard as it stands.
///
/// # Errors
/// [`domain::Refusal::FormUnknown`] when there is no such draft of the actor.
pub async fn wizard(cx: &Cx, draft: DraftId) -> Result<Wizard, Error> {
    cx.may(Deed::CreateCustomers)?;
    let mut tx = cx.service.store.read().await?;
    let (stored, form): (_, NewCustomerForm) = drafts::load(cx, &mut tx, Kind::Customer, draft).await?;
    let created = store::idempotency::outcome(&mut tx, cx.actor.contact, key_of(draft)).await?;
    let created = created.and_then(|id| id.parse().ok());
    let clash = match created {
        Some(_) => Clash::default(),
        // Nobody is told by this page what they would not be told by the form.
        None => taken(cx, &mut tx, &form).await.or_else(|error| match error {
            Error::TooMany { .. } => Ok(Clash::default()),
            error => Err(error),
        })?,
    };
    let waiting = match stored.parent {
        Some(id) if store::drafts::find(&mut tx, stored.contact, Kind::Basket, id).await?.is_some() => {
            Some(Waiting::Checkout)
        }
        parent => parent.map(Waiting::License),
    };
    Ok(Wizard { draft, form, waiting, username_taken: clash.username, email_taken: clash.email, created })
}

/// Saves what was typed about the person, also when it is wrong.
///
/// # Errors
/// Messages at the fields, a taken username among them; what was typed is saved all the same. [`Refusal::FormSentBefore`], and
/// nothing is saved, when the customer was created with other entries (O2).
pub async fn save_draft(cx: &Cx, draft: DraftId, form: &NewCustomerForm) -> Result<(), Error> {
    cx.may(Deed::CreateCustomers)?;
    let mut tx = cx.service.store.write().await?;
    let (stored, saved): (_, NewCustomerForm) = drafts::load(cx, &mut tx, Kind::Customer, draft).await?;
    if *form != saved && cx.is_spent(&mut tx, draft).await? {
        return Err(Refusal::FormSentBefore.into());
    }
    drafts::save(cx, &mut tx, stored, form).await?;
    let clash = match form.check_person() {
        Ok(()) => taken(cx, &mut tx, form).await,
        Err(errors) => Err(errors.into()),
    };
    tx.commit().await?;
    said(clash?)
}

/// The messages at the names by which somebody else signs in (A10).
pub(super) fn said(clash: Clash) -> Result<(), Error> {
    let mut errors = FieldErrors::default();
    if clash.username {
        errors.add("username", USERNAME_TAKEN);
    }
    if clash.email {
        errors.add("email", EMAIL_TAKEN);
    }
    if errors.is_empty() { Ok(()) } else { Err(errors.into()) }
}

/// Which names of the form somebody signs in by. [`Error::TooMany`] when the actor has asked for too many that are taken.
async fn taken(cx: &Cx, tx: &mut store::Tx, form: &NewCustomerForm) -> Result<Clash, Error> {
    let email = form.email.trim();
    let username = if form.username.trim().is_empty() { email } else { form.username.trim() };
    if username.is_empty() {
        return Ok(Clash::default());
    }
    let question = ask(cx, &[username, email])?;
    let clash = store::contacts::clash(tx, None, username, email).await?;
    if clash != Clash::default() {
        question.taken();
    }
    Ok(clash)
}
