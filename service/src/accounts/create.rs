//! Adding an account (A1).

use domain::{
    AccountId, Deed, FormKey,
    accounts::{AccountForm, CreditForm, Kind, NewAccount},
    audit::What,
};
use serde_json::json;
use store::accounts::Account;

use super::{own, places};
use crate::{Cx, Error};

/// The form of a new account: in the operator's zone and currency.
///
/// # Errors
/// When the actor may not add one.
pub async fn blank(cx: &Cx) -> Result<NewAccount, Error> {
    cx.may(Deed::EditAccounts)?;
    let mut tx = cx.service.store.read().await?;
    let (operator, _) = own(cx, &mut tx).await?;
    Ok(NewAccount {
        form: AccountForm::blank(&operator.time_zone, operator.currency),
        choices: places::choices(&operator.time_zone),
        may_set_limit: cx.actor.may(Deed::SetCreditLimits),
    })
}

/// Adds an account. The same form sent twice adds one.
///
/// # Errors
/// Messages at the fields; at `credit_limit` also for those who may not set it.
pub async fn create(cx: &Cx, key: FormKey, form: &AccountForm, credit: &CreditForm) -> Result<AccountId, Error> {
    cx.may(Deed::EditAccounts)?;
    let mut tx = cx.service.store.write().await?;
    if let Some(id) = cx.once(&mut tx, key, What::AccountCreated.word(), (form, credit)).await? {
        return id.parse().map_err(|_| Error::NotFound);
    }
    let (details, limit) = form.check_new(credit, cx.actor.may(Deed::SetCreditLimits))?;
    places::check(&details)?;
    let (operator, _) = own(cx, &mut tx).await?;
    let now = cx.now();
    let account = Account::new(cx.service.random.id(now), Kind::Reseller, &details.person.name, now);
    let seq = store::accounts::insert(&mut tx, &account).await?;
    store::accounts::save(&mut tx, account.id, &details, now).await?;
    store::accounts::set_limit(&mut tx, account.id, limit, now).await?;
    store::accounts::index(&mut tx, operator.id, seq, &details.person).await?;
    let detail = json!({ "name": details.person.name, "credit limit": limit.label(details.billing.currency) });
    cx.write_down(&mut tx, What::AccountCreated, account.id, account.id, detail).await?;
    cx.settle(&mut tx, key, account.id).await?;
    tx.commit().await?;
    Ok(account.id)
}
