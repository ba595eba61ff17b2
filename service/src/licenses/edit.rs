//! Changing what a reseller may change of a license: notes, details, customer paid.

use domain::{
    Deed, FormKey, LicenseId, Refusal,
    audit::What,
    licenses::{Edit, EditForm},
};
use serde_json::json;
use store::licenses::License;

use crate::{Cx, Error, accounts, live::Change, orders::customer_words};

/// Changes a license. Nothing happens to its key, its dates or what is owed for it (L8).
///
/// # Errors
/// Messages at the fields; [`Error::NotFound`] when it is not of the actor's account;
/// [`Refusal::LicenseFinal`] when nothing changes it any more.
pub async fn edit(cx: &Cx, key: FormKey, id: LicenseId, form: &EditForm) -> Result<(), Error> {
    cx.may(Deed::EditLicenses)?;
    let mut tx = cx.service.store.write().await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let named = store::licenses::find(&mut tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
    if cx.once(&mut tx, key, What::LicenseEdited.word(), (id, form)).await?.is_some() {
        return Ok(());
    }
    let state = named.license.life.state(cx.now());
    if state.is_final() {
        return Err(Refusal::LicenseFinal { state: state.label().to_lowercase() }.into());
    }
    let edit = form.check(zone.day(cx.now()))?;
    let words = customer_words(&mut tx, named.license.customer).await?;
    let mut license = named.license;
    let changed = changes(&license, &edit);
    if changed.is_empty() {
        return Ok(tx.commit().await?);
    }
    if license.customer_paid != edit.customer_paid {
        let detail =
            json!({ "changed": ["customer paid"], "before": license.customer_paid, "after": edit.customer_paid });
        cx.write_down(&mut tx, What::LicenseCustomerPaid, id, account.id, detail).await?;
    }
    let texts: Vec<_> = changed.iter().filter(|name| **name != "customer paid").collect();
    if !texts.is_empty() {
        // The names alone: staff read the log, which is kept for good, and notes are seen by the reseller only (L1).
        cx.write_down(&mut tx, What::LicenseEdited, id, account.id, json!({ "changed": texts })).await?;
    }
    license.reseller_notes = edit.reseller_notes;
    license.customer_details = edit.customer_details;
    license.customer_paid = edit.customer_paid;
    store::licenses::save(&mut tx, &license).await?;
    store::licenses::index(&mut tx, named.seq, &license, named.order_number, &words).await?;
    let version = store::accounts::raise_version(&mut tx, account.id).await?;
    tx.commit().await?;
    let words = format!("A license for {} was changed", named.customer);
    cx.service.live.announce(Change { account: account.id, version, words });
    Ok(())
}

/// The names of what an edit changes.
fn changes(license: &License, edit: &Edit) -> Vec<&'static str> {
    let all = [
        (license.reseller_notes != edit.reseller_notes, "reseller notes"),
        (license.customer_details != edit.customer_details, "customer details"),
        (license.customer_paid != edit.customer_paid, "customer paid"),
    ];
    all.into_iter().filter(|(changes, _)| *changes).map(|(_, name)| name).collect()
}
