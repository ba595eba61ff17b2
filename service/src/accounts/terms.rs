//! How the operator bills an account: tax, invoices, credit reminders, suspension by debt (B5, C7, C8).

use domain::{AccountId, Deed, FormKey, audit::What, billing::AccountTermsForm};

use super::change;
use crate::{Cx, Error, billing::credit_changed};

/// Sets how an account is billed. A reminder whose percentage is reached already goes out at once.
///
/// # Errors
/// Messages at the fields; [`domain::Refusal::ChangedMeanwhile`] when somebody was faster.
pub async fn set_terms(
    cx: &Cx,
    key: FormKey,
    id: AccountId,
    edition: i64,
    form: &AccountTermsForm,
) -> Result<(), Error> {
    cx.may(Deed::SetBilling)?;
    cx.confirmed()?;
    let mut tx = cx.service.store.write().await?;
    if change::begin(cx, &mut tx, key, id, What::AccountTermsSet, (edition, form)).await?.is_none() {
        return Ok(());
    }
    let terms = form.check()?;
    let before = store::accounts::terms(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let changes = before.changes(&terms);
    if changes.is_empty() {
        return Ok(tx.commit().await?);
    }
    let change = change::write(cx, &mut tx, id, edition, What::AccountTermsSet, changes).await?;
    store::accounts::save_terms(&mut tx, id, &terms).await?;
    credit_changed(&cx.service, &mut tx, id).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    cx.service.live.announce(change);
    Ok(())
}
