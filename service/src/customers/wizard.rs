//! The create-customer wizard between its steps.

use domain::{
    Deed, DraftId, FieldErrors,
    customers::{NewCustomerForm, Waiting, Wizard, import::USERNAME_TAKEN},
};
use store::drafts::Kind;

use crate::{Cx, Error, drafts, idempotency::key_of};

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
    let username_taken = created.is_none() && taken(&mut tx, &form).await?;
    let waiting = match stored.parent {
        Some(id) if store::drafts::find(&mut tx, stored.contact, Kind::Basket, id).await?.is_some() => {
            Some(Waiting::Checkout)
        }
        parent => parent.map(Waiting::License),
    };
    Ok(Wizard { draft, form, waiting, username_taken, created })
}

/// Saves what was typed about the person, also when it is wrong.
///
/// # Errors
/// Messages at the fields, a taken username among them; what was typed is saved all the same.
pub async fn save_draft(cx: &Cx, draft: DraftId, form: &NewCustomerForm) -> Result<(), Error> {
    cx.may(Deed::CreateCustomers)?;
    let mut tx = cx.service.store.write().await?;
    let (stored, _): (_, NewCustomerForm) = drafts::load(cx, &mut tx, Kind::Customer, draft).await?;
    drafts::save(cx, &mut tx, stored, form).await?;
    let is_taken = taken(&mut tx, form).await?;
    tx.commit().await?;
    form.check_person()?;
    if is_taken { Err(FieldErrors::at("username", USERNAME_TAKEN).into()) } else { Ok(()) }
}

async fn taken(tx: &mut store::Tx, form: &NewCustomerForm) -> Result<bool, Error> {
    let name = if form.username.trim().is_empty() { &form.email } else { &form.username };
    Ok(!name.trim().is_empty() && store::contacts::username_taken(tx, name).await?)
}
