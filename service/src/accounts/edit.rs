//! Changing the details of an account (A1).

use domain::{
    AccountId, Deed, FieldErrors, FormKey,
    accounts::{AccountDetails, AccountForm, CreditLimit},
    audit::What,
};
use store::{Tx, accounts::Kept};

use super::{change, own, places};
use crate::{Cx, Error};

/// Changes an account.
///
/// # Errors
/// Messages at the fields; [`domain::Refusal::ChangedMeanwhile`] when somebody was faster.
pub async fn edit(cx: &Cx, key: FormKey, id: AccountId, edition: i64, form: &AccountForm) -> Result<(), Error> {
    cx.may(Deed::EditAccounts)?;
    let mut tx = cx.service.store.write().await?;
    let Some(kept) = change::begin(cx, &mut tx, key, id, What::AccountEdited, (edition, form)).await? else {
        return Ok(());
    };
    let details = form.check()?;
    places::check(&details)?;
    let changes = kept.details.changes(&details);
    if changes.is_empty() {
        return Ok(tx.commit().await?);
    }
    let change = change::write(cx, &mut tx, id, edition, What::AccountEdited, changes).await?;
    currency_stays(&mut tx, &kept, &details).await?;
    let (operator, _) = own(cx, &mut tx).await?;
    store::accounts::save(&mut tx, id, &details, cx.now()).await?;
    store::accounts::index(&mut tx, operator.id, kept.seq, &details.person).await?;
    tx.commit().await?;
    cx.service.live.announce(change);
    Ok(())
}

/// What is owed or may be owed in one currency is nothing in another.
async fn currency_stays(tx: &mut Tx, kept: &Kept, details: &AccountDetails) -> Result<(), Error> {
    let now = kept.account.currency;
    if details.billing.currency == now {
        return Ok(());
    }
    let code = now.code();
    if store::orders::any_of(tx, kept.account.id).await? {
        let message = format!("This account has ordered in {code}, so its currency stays.");
        return Err(FieldErrors::at("currency", message).into());
    }
    if store::ledger::any_of(tx, kept.account.id).await? {
        let message = format!("This account has paid in {code}, so its currency stays.");
        return Err(FieldErrors::at("currency", message).into());
    }
    if store::payments::any_of(tx, kept.account.id).await? {
        let message = format!("This account has begun to pay in {code}, so its currency stays.");
        return Err(FieldErrors::at("currency", message).into());
    }
    if matches!(kept.limit, CreditLimit::Amount(minor) if minor > 0) {
        let message = format!("The credit limit is an amount in {code}. Set it to 0 first.");
        return Err(FieldErrors::at("currency", message).into());
    }
    Ok(())
}
