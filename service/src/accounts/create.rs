//! Adding an account (A1).

use domain::{
    AccountId, Deed, FormKey,
    accounts::{AccountDetails, AccountForm, CreditForm, CreditLimit, Kind, NewAccount},
    audit::What,
};
use serde_json::json;
use store::{Tx, accounts::Account};

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
/// Messages at the fields; at `credit_limit` also for those who may not set it. [`Error::Unconfirmed`] where there is to be a
/// credit limit.
pub async fn create(cx: &Cx, key: FormKey, form: &AccountForm, credit: &CreditForm) -> Result<AccountId, Error> {
    cx.may(Deed::EditAccounts)?;
    let mut tx = cx.service.store.write().await?;
    if let Some(id) = cx.once(&mut tx, key, What::AccountCreated.word(), (form, credit)).await? {
        return id.parse().map_err(|_| Error::NotFound);
    }
    let (details, limit) = form.check_new(credit, cx.actor.may(Deed::SetCreditLimits))?;
    places::check(&details)?;
    if limit != CreditLimit::Amount(0) {
        cx.confirmed()?;
    }
    let (operator, _) = own(cx, &mut tx).await?;
    let now = cx.now();
    let account = Account::new(cx.service.random.id(now), Kind::Reseller, &details.person.name, now);
    keep_new(cx, &mut tx, &operator, &account, &details, limit).await?;
    let detail = json!({ "name": details.person.name, "credit limit": limit.label(details.billing.currency) });
    cx.write_down(&mut tx, What::AccountCreated, account.id, account.id, detail).await?;
    cx.settle(&mut tx, key, account.id).await?;
    tx.commit().await?;
    Ok(account.id)
}

/// Stores a new account of a reseller with all that the operator keeps of it, and puts it into the operator's search.
pub(crate) async fn keep_new(
    cx: &Cx,
    tx: &mut Tx,
    operator: &Account,
    account: &Account,
    details: &AccountDetails,
    limit: CreditLimit,
) -> Result<(), Error> {
    let seq = store::accounts::insert(tx, account).await?;
    store::accounts::save(tx, account.id, details, cx.now()).await?;
    store::accounts::set_limit(tx, account.id, limit, cx.now()).await?;
    Ok(store::accounts::index(tx, operator.id, seq, &details.person).await?)
}
