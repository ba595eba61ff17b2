//! Deciding an application: once, whoever is faster.

use domain::{
    AccountId, ApplicationId, Deed, FieldErrors, FormKey, Refusal,
    accounts::{CreditForm, CreditLimit, Kind},
    applications::{ApproveForm, NewApplication, RejectForm, State},
    audit::What,
};
use serde_json::json;
use store::{Tx, accounts::Account, applications::Application, contacts::Contact};

use super::decided::Decided;
use crate::{Cx, Error, accounts, contacts::invite, mail};

const TAKEN: &str =
    "Somebody signs in with this username already. Choose another one; mail still goes to the e-mail address.";
const EMAIL_TAKEN: &str =
    "This e-mail address is somebody else's username. Ask the applicant for another address, and enter that.";

/// Makes a reseller of an applicant: the account with what they wrote and what was decided, its first person as admin, and
/// the activation mail, all or nothing.
///
/// # Errors
/// Messages at the fields, at `credit_limit` also for those who may not set it; [`Refusal::ApplicationDecided`] when
/// somebody was faster; [`Error::Unconfirmed`] where there is to be a credit limit or a price list, or mail goes to another address
/// than the applicant's.
pub async fn approve(
    cx: &Cx,
    key: FormKey,
    id: ApplicationId,
    form: &ApproveForm,
    credit: &CreditForm,
) -> Result<AccountId, Error> {
    cx.may(Deed::DecideApplications)?;
    let mut tx = cx.service.store.write().await?;
    // Before the key, which refers to who sends it.
    store::contacts::hold_names(&mut tx).await?;
    if let Some(account) = cx.once(&mut tx, key, What::ApplicationApproved.word(), (id, form, credit)).await? {
        return account.parse().map_err(|_| Error::NotFound);
    }
    let wrote = waiting(cx, &mut tx, id).await?;
    let (operator, zone) = accounts::own(cx, &mut tx).await?;
    let lists = store::price_lists::assignable(&mut tx, None, zone.day(cx.now())).await?;
    let Decided { approval, list, details, limit } = Decided::check(cx, &operator, &lists, &wrote, form, credit)?;
    // A credit limit and prices are given away here; and whoever reads the mail chooses the password.
    if limit != CreditLimit::Amount(0) || list.is_some() || approval.email != wrote.email {
        cx.confirmed()?;
    }
    let account = Account {
        price_list: list.map(|list| list.id),
        ..Account::new(cx.service.random.id(cx.now()), Kind::Reseller, &details.person.name, cx.now())
    };
    let names = [wrote.first_name.as_str(), wrote.last_name.as_str()];
    let person = Contact {
        username: approval.username,
        phone: Some(wrote.phone.clone()),
        ..Contact::new(cx.service.random.id(cx.now()), &account, &approval.email, names, cx.now())
    };
    accounts::keep_new(cx, &mut tx, &operator, &account, &details, limit).await?;
    if !store::contacts::insert(&mut tx, &person).await? {
        let clash = store::contacts::clash(&mut tx, None, &person.username, &person.email).await?;
        let mut errors = FieldErrors::default();
        if clash.username || !clash.email {
            errors.add("username", TAKEN);
        }
        if clash.email {
            errors.add("email", EMAIL_TAKEN);
        }
        return Err(errors.into());
    }
    if !store::applications::approve(&mut tx, id, account.id, cx.actor.contact, cx.now()).await? {
        return Err(decided(cx, &mut tx, id).await);
    }
    let ordering = details.ordering;
    let after = json!({
        "e-mail address": (person.email != wrote.email).then_some(&person.email),
        "price list": list.map(|list| &list.name),
        "country": details.billing.country,
        "credit limit": limit.label(details.billing.currency),
        "prorate billing": ordering.prorate,
        "billing day": ordering.billing_day.label(),
        "partial charges invoicing": ordering.partial_invoicing.label(),
        "unpaid cap": ordering.unpaid_cap,
    });
    let detail = json!({ "name": account.name, "username": person.username, "after": after });
    cx.write_down(&mut tx, What::ApplicationApproved, id, account.id, detail).await?;
    invite(&cx.service, &mut tx, &person, &operator.name).await?;
    cx.write_down(&mut tx, What::Invited, person.id, account.id, ()).await?;
    cx.settle(&mut tx, key, account.id).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    Ok(account.id)
}

/// Tells the applicant no, with the reason, and forgets them: what they wrote, and to whom our mails went. That an
/// application was rejected stays.
///
/// # Errors
/// A message at `reason`; [`Refusal::ApplicationDecided`] when somebody was faster.
pub async fn reject(cx: &Cx, key: FormKey, id: ApplicationId, form: &RejectForm) -> Result<(), Error> {
    cx.may(Deed::DecideApplications)?;
    let mut tx = cx.service.store.write().await?;
    if cx.once(&mut tx, key, What::ApplicationRejected.word(), (id, form)).await?.is_some() {
        return Ok(());
    }
    let wrote = waiting(cx, &mut tx, id).await?;
    let reason = form.check()?;
    let (operator, _) = accounts::own(cx, &mut tx).await?;
    if !store::applications::reject(&mut tx, id, cx.actor.contact, cx.now()).await? {
        return Err(decided(cx, &mut tx, id).await);
    }
    cx.write_down(&mut tx, What::ApplicationRejected, id, operator.id, ()).await?;
    let letter = mail::ApplicationRejected { organisation: &operator.name, reason: &reason };
    mail::post_about(&cx.service, &mut tx, id, &wrote.email, "Your application", &letter).await?;
    store::mail::forget(&mut tx, id).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    Ok(())
}

/// Holds an application that waits, so that nobody decides it meanwhile.
async fn waiting(cx: &Cx, tx: &mut Tx, id: ApplicationId) -> Result<NewApplication, Error> {
    store::applications::hold(tx, id).await?;
    let found = store::applications::find(tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
    match found {
        Application { state: State::Applied, wrote: Some(wrote), .. } => Ok(wrote),
        found => Err(by(found)),
    }
}

async fn decided(cx: &Cx, tx: &mut Tx, id: ApplicationId) -> Error {
    match store::applications::find(tx, &cx.scope(), id).await {
        Ok(Some(found)) => by(found),
        Ok(None) => Error::NotFound,
        Err(error) => error.into(),
    }
}

fn by(found: Application) -> Error {
    let state = found.state.label().to_lowercase();
    Refusal::ApplicationDecided { state, by: found.decided_by.unwrap_or_default() }.into()
}
