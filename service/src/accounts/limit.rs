//! What an account may owe (C1, C2).

use domain::{
    Deed,
    accounts::{Changed, CreditForm},
    audit::What,
};

use super::edition::{self, Changing};
use crate::{Cx, Error};

/// Sets what an account may owe.
///
/// # Errors
/// A message at `credit_limit`; [`domain::Refusal::ChangedMeanwhile`] when somebody was faster.
pub async fn set_credit_limit(cx: &Cx, of: Changing<'_>, form: &CreditForm) -> Result<(), Error> {
    cx.may(Deed::SetCreditLimits)?;
    cx.confirmed()?;
    let mut tx = cx.service.store.write().await?;
    let Some(kept) = edition::begin(cx, &mut tx, of.key, of.id, What::CreditLimitSet, (of.edition, form)).await? else {
        return Ok(());
    };
    let currency = kept.account.currency;
    let limit = form.check(currency)?;
    if limit == kept.limit {
        return Ok(tx.commit().await?);
    }
    let (before, after) = (kept.limit.label(currency), limit.label(currency));
    let changes = [Changed { name: "credit limit".to_owned(), before, after }];
    let change = edition::write(cx, &mut tx, &kept, of.edition, What::CreditLimitSet, &changes).await?;
    store::accounts::set_limit(&mut tx, of.id, limit, cx.now()).await?;
    tx.commit().await?;
    cx.service.live.announce(change);
    Ok(())
}
