//! What an account may owe (C1, C2).

use domain::{AccountId, Deed, FormKey, accounts::CreditForm, audit::What, editions::Changed};

use super::change;
use crate::{Cx, Error, billing::credit_changed};

/// Sets what an account may owe.
///
/// # Errors
/// A message at `credit_limit`; [`domain::Refusal::ChangedMeanwhile`] when somebody was faster.
pub async fn set_credit_limit(
    cx: &Cx,
    key: FormKey,
    id: AccountId,
    edition: i64,
    form: &CreditForm,
) -> Result<(), Error> {
    cx.may(Deed::SetCreditLimits)?;
    cx.confirmed()?;
    let mut tx = cx.service.store.write().await?;
    let Some(kept) = change::begin(cx, &mut tx, key, id, What::CreditLimitSet, (edition, form)).await? else {
        return Ok(());
    };
    let currency = kept.account.currency;
    let limit = form.check(currency)?;
    if limit == kept.limit {
        return Ok(tx.commit().await?);
    }
    let changes = vec![Changed::new("credit limit", kept.limit.label(currency), limit.label(currency))];
    let change = change::write(cx, &mut tx, id, edition, What::CreditLimitSet, changes).await?;
    store::accounts::set_limit(&mut tx, id, limit, cx.now()).await?;
    credit_changed(&cx.service, &mut tx, id).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    cx.service.live.announce(change);
    Ok(())
}
