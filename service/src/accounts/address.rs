//! Where an account's invoices go: its own admins and billing agents change it (A8).

use domain::{
    AccountId, Deed, FieldErrors, FormKey, Refusal,
    accounts::{BillingAddress, BillingAddressForm, OwnBilling},
    audit::What,
    editions::Meanwhile,
};
use store::{
    Tx,
    editions::{Of, raise},
};

use super::places;
use crate::{
    Cx, Error,
    editions::{Changes, changed_meanwhile},
    live::Change,
};

/// The own billing details as they stand in the form.
///
/// # Errors
/// When the actor may not change them.
pub async fn own_billing(cx: &Cx) -> Result<OwnBilling, Error> {
    cx.may(Deed::Pay)?;
    let mut tx = cx.service.store.read().await?;
    let (address, edition) = store::accounts::own_address(&mut tx, &cx.scope()).await?.ok_or(Error::NotFound)?;
    Ok(OwnBilling { form: BillingAddressForm::of(&address), countries: places::all_countries(), edition })
}

/// Changes the own billing details. What was issued already stays as it was.
///
/// # Errors
/// Messages at the fields; [`Refusal::ChangedMeanwhile`] when somebody was faster.
pub async fn save_own_billing(cx: &Cx, key: FormKey, edition: i64, form: &BillingAddressForm) -> Result<(), Error> {
    cx.may(Deed::Pay)?;
    let (id, mut tx) = (cx.actor.account, cx.service.store.write().await?);
    store::accounts::hold(&mut tx, id).await?;
    if cx.once(&mut tx, key, "own_billing", (edition, form)).await?.is_some() {
        return Ok(());
    }
    let becomes = form.check()?;
    if becomes.country.as_deref().is_some_and(|code| places::country(code).is_none()) {
        return Err(FieldErrors::at("country", "Choose one of the countries.").into());
    }
    let (before, _) = store::accounts::own_address(&mut tx, &cx.scope()).await?.ok_or(Error::NotFound)?;
    let changes = Changes::from(before.changes(&becomes));
    if changes.is_empty() {
        return Ok(tx.commit().await?);
    }
    let edition = claim(&mut tx, id, edition).await?;
    cx.write_down(&mut tx, What::AccountEdited, id, id, changes.detail(edition)).await?;
    store::accounts::save_address(&mut tx, id, &becomes).await?;
    let version = store::accounts::raise_version(&mut tx, id).await?;
    tx.commit().await?;
    cx.service.live.announce(Change { account: id, version, words: "The billing details were changed".to_owned() });
    Ok(())
}

/// Claims the edition after the one that was `shown`, or after the last one where only that was changed meanwhile which does not stand in
/// this form. Of the operator's people the account is not told by name. Gives the edition that was changed.
async fn claim(tx: &mut Tx, id: AccountId, shown: i64) -> Result<i64, Error> {
    let of = Of::Account(id);
    if raise(tx, of, shown).await? {
        return Ok(shown);
    }
    let Error::Refused(Refusal::ChangedMeanwhile { mut changed, edition }) = changed_meanwhile(tx, of, shown).await
    else {
        return Err(Error::NotFound);
    };
    changed.retain(|meanwhile| BillingAddress::NAMES.contains(&meanwhile.changed.name.as_str()));
    if changed.is_empty() && raise(tx, of, edition).await? {
        return Ok(edition);
    }
    let people = store::contacts::active_of(tx, id).await?;
    let own = |who: &str| people.iter().any(|person| person.name() == who);
    let told = |meanwhile: Meanwhile| match own(&meanwhile.who) {
        true => meanwhile,
        false => Meanwhile { who: "The operator".to_owned(), ..meanwhile },
    };
    Err(Refusal::ChangedMeanwhile { changed: changed.into_iter().map(told).collect(), edition }.into())
}
