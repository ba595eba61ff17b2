//! Deciding an application: once, whoever is faster.

use domain::{
    AccountId, ApplicationId, Deed, FieldErrors, FormKey, Refusal,
    accounts::{Kind, Unpaid},
    applications::{ApproveForm, NewApplication, RejectForm, State},
    audit::What,
    price_lists::PriceList,
};
use serde_json::json;
use store::{Tx, accounts::Account, applications::Application, contacts::Contact};

use crate::{Cx, Error, accounts, contacts::invite, mail};

const TAKEN: &str =
    "Somebody signs in with this username already. Choose another one; mail still goes to the e-mail address.";

/// Makes a reseller of an applicant: the account, its first person as admin, and the activation mail, all or nothing.
///
/// # Errors
/// Messages at the fields; [`Refusal::ApplicationDecided`] when somebody was faster.
pub async fn approve(cx: &Cx, key: FormKey, id: ApplicationId, form: &ApproveForm) -> Result<AccountId, Error> {
    cx.may(Deed::DecideApplications)?;
    let mut tx = cx.service.store.write().await?;
    if let Some(account) = cx.once(&mut tx, key, What::ApplicationApproved.word(), (id, form)).await? {
        return account.parse().map_err(|_| Error::NotFound);
    }
    let wrote = waiting(cx, &mut tx, id).await?;
    let approval = form.check()?;
    let (operator, zone) = accounts::own(cx, &mut tx).await?;
    let list = match approval.price_list {
        Some(list) => {
            let assignable = store::price_lists::assignable(&mut tx, zone.day(cx.now())).await?;
            let gone = || FieldErrors::at("price_list", "This price list is not in use any more. Choose another one.");
            Some(assignable.into_iter().find(|found| found.id == list).ok_or_else(gone)?)
        }
        None => None,
    };
    let account = account(cx, &operator, &wrote, list.as_ref(), approval.unpaid_cap);
    let person = Contact {
        username: approval.username,
        phone: Some(wrote.phone),
        ..Contact::new(
            cx.service.random.id(cx.now()),
            &account,
            &wrote.email,
            [&wrote.first_name, &wrote.last_name],
            cx.now(),
        )
    };
    store::accounts::insert(&mut tx, &account).await?;
    if !store::contacts::insert(&mut tx, &person).await? {
        return Err(FieldErrors::at("username", TAKEN).into());
    }
    if !store::applications::approve(&mut tx, id, account.id, cx.actor.contact, cx.now()).await? {
        return Err(decided(cx, &mut tx, id).await);
    }
    let after = json!({ "price list": list.map(|list| list.name), "unpaid cap": account.unpaid.cap });
    let detail = json!({ "name": account.name, "username": person.username, "after": after });
    cx.write_down(&mut tx, What::ApplicationApproved, id, account.id, detail).await?;
    invite(&cx.service, &mut tx, &person, &operator.name).await?;
    cx.write_down(&mut tx, What::Invited, person.id, account.id, ()).await?;
    cx.settle(&mut tx, key, account.id).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    Ok(account.id)
}

/// A reseller that may order and resell, in the currency of its price list.
fn account(cx: &Cx, operator: &Account, wrote: &NewApplication, list: Option<&PriceList>, cap: i64) -> Account {
    let now = cx.now();
    Account {
        time_zone: operator.time_zone.clone(),
        currency: list.map_or(operator.currency, |list| list.currency),
        ordering_since: Some(now),
        reselling_since: Some(now),
        price_list: list.map(|list| list.id),
        unpaid: Unpaid { count: 0, cap },
        ..Account::new(cx.service.random.id(now), Kind::Reseller, wrote.organisation.clone(), now)
    }
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
