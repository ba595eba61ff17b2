//! Suspending an account and letting it in again. Its data stays, its customers sign in as before, and their licenses
//! keep working.

use domain::{AccountId, Deed, FormKey, Refusal, accounts::SuspensionForm, audit::What};
use serde_json::json;

use super::change;
use crate::{Cx, Error, live::Whose};

/// Suspends an account: from now on nobody of it signs in or orders; open sessions end, and their pages are told nothing more.
///
/// # Errors
/// A message at `reason`; [`Refusal::AccountIs`] when it is suspended already.
pub async fn suspend(cx: &Cx, key: FormKey, id: AccountId, form: &SuspensionForm) -> Result<(), Error> {
    cx.may(Deed::EditAccounts)?;
    let mut tx = cx.service.store.write().await?;
    if change::begin(cx, &mut tx, key, id, What::AccountSuspended, form).await?.is_none() {
        return Ok(());
    }
    let reason = form.check()?;
    if !store::accounts::suspend(&mut tx, id, &reason, cx.now()).await? {
        return Err(Refusal::AccountIs { state: "suspended".to_owned() }.into());
    }
    store::sessions::end_all_of(&mut tx, id, cx.now()).await?;
    cx.write_down(&mut tx, What::AccountSuspended, id, id, json!({ "reason": reason })).await?;
    tx.commit().await?;
    cx.service.live.sessions_ended(Whose::Account(id));
    Ok(())
}

/// Lets the people of an account in again, who sign in anew.
///
/// # Errors
/// A message at `reason`; [`Refusal::AccountIs`] when it is not suspended.
pub async fn reactivate(cx: &Cx, key: FormKey, id: AccountId, form: &SuspensionForm) -> Result<(), Error> {
    cx.may(Deed::EditAccounts)?;
    let mut tx = cx.service.store.write().await?;
    if change::begin(cx, &mut tx, key, id, What::AccountReactivated, form).await?.is_none() {
        return Ok(());
    }
    let reason = form.check()?;
    if !store::accounts::reactivate(&mut tx, id).await? {
        return Err(Refusal::AccountIs { state: "active".to_owned() }.into());
    }
    // Who was just signing in while the account was suspended may have a session that nobody has ended.
    store::sessions::end_all_of(&mut tx, id, cx.now()).await?;
    cx.write_down(&mut tx, What::AccountReactivated, id, id, json!({ "reason": reason })).await?;
    Ok(tx.commit().await?)
}
