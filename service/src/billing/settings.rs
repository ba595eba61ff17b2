//! What the operator says once about billing: bank, terms, reminders, floor (B5 to B8, P4).

use domain::{
    Deed, FormKey,
    audit::What,
    billing::{BillingSettingsForm, BillingSettingsPage},
};
use store::editions::{Of, last, raise};

use crate::{
    Cx, Error, accounts,
    editions::{Changes, changed_meanwhile},
};

/// The settings as they stand in the form.
///
/// # Errors
/// When the actor may not set them.
pub async fn settings(cx: &Cx) -> Result<BillingSettingsPage, Error> {
    cx.may(Deed::SetBilling)?;
    let mut tx = cx.service.store.read().await?;
    let (operator, _) = accounts::own(cx, &mut tx).await?;
    let settings = store::billing_settings::find(&mut tx).await?;
    // Where nobody has said anything, the first change is made from the first edition.
    let edition = last(&mut tx, Of::BillingSettings(operator.id)).await?.unwrap_or(1);
    Ok(BillingSettingsPage { form: BillingSettingsForm::of(&settings), edition })
}

/// Changes the settings. Where resellers pay to is worth a password that was entered a short while ago.
///
/// # Errors
/// Messages at the fields; [`domain::Refusal::ChangedMeanwhile`] when somebody was faster.
pub async fn save_settings(cx: &Cx, key: FormKey, edition: i64, form: &BillingSettingsForm) -> Result<(), Error> {
    cx.may(Deed::SetBilling)?;
    cx.confirmed()?;
    let mut tx = cx.service.store.write().await?;
    if cx.once(&mut tx, key, What::BillingSettingsSet.word(), (edition, form)).await?.is_some() {
        return Ok(());
    }
    let (operator, _) = accounts::own(cx, &mut tx).await?;
    let becomes = form.check()?;
    store::billing_settings::begin(&mut tx, operator.id).await?;
    let changes = Changes::from(store::billing_settings::find(&mut tx).await?.changes(&becomes));
    if changes.is_empty() {
        return Ok(tx.commit().await?);
    }
    let of = Of::BillingSettings(operator.id);
    if !raise(&mut tx, of, edition).await? {
        return Err(changed_meanwhile(&mut tx, of, edition).await);
    }
    let detail = changes.detail(edition);
    cx.write_down(&mut tx, What::BillingSettingsSet, operator.id, operator.id, detail).await?;
    store::billing_settings::save(&mut tx, operator.id, &becomes).await?;
    Ok(tx.commit().await?)
}
