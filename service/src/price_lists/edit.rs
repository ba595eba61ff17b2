//! Adding a price list and changing its terms (P1).

use domain::{
    Deed, FieldErrors, FormKey, PriceListId,
    audit::What,
    price_lists::{PriceList, PriceListForm, Terms},
};
use serde_json::json;
use store::editions::Of;

use crate::{
    Cx, Error,
    editions::{Changes, changed_meanwhile, still},
};

/// Adds a price list. The same form sent again gives the same one.
///
/// # Errors
/// Messages at the fields.
pub async fn add(cx: &Cx, key: FormKey, form: &PriceListForm) -> Result<PriceListId, Error> {
    cx.may(Deed::EditPrices)?;
    cx.confirmed()?;
    let mut tx = cx.service.store.write().await?;
    if let Some(id) = cx.once(&mut tx, key, What::PriceListCreated.word(), form).await? {
        return id.parse().map_err(|_| Error::NotFound);
    }
    let terms = form.check()?;
    let id = cx.service.random.id(cx.now());
    let list = of_terms(id, &terms);
    store::price_lists::insert(&mut tx, &list, terms.description.as_deref().unwrap_or_default()).await?;
    if !terms.active {
        let description = terms.description.as_deref().unwrap_or_default();
        store::price_lists::save(&mut tx, &list, description, Some(cx.now()), 1).await?;
    }
    let detail = json!({ "name": terms.name, "currency": terms.currency });
    cx.write_down(&mut tx, What::PriceListCreated, id, cx.actor.account, detail).await?;
    cx.settle(&mut tx, key, id).await?;
    tx.commit().await?;
    Ok(id)
}

/// Changes the terms of a price list that was shown in that edition. What was sold keeps its price (P3).
///
/// # Errors
/// Messages at the fields; [`domain::Refusal::ChangedMeanwhile`] when somebody else was faster.
pub async fn save(cx: &Cx, key: FormKey, id: PriceListId, edition: i64, form: &PriceListForm) -> Result<(), Error> {
    cx.may(Deed::EditPrices)?;
    cx.confirmed()?;
    let mut tx = cx.service.store.write().await?;
    if cx.once(&mut tx, key, What::PriceListEdited.word(), (id, edition, form)).await?.is_some() {
        return Ok(());
    }
    still(&mut tx, Of::PriceList(id), edition).await?;
    let before = store::price_lists::edited(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let terms = form.check()?;
    let used = before.accounts > 0 || !store::price_lists::entries(&mut tx, &before.list).await?.is_empty();
    if used && terms.currency != before.list.currency {
        return Err(FieldErrors::at("currency", FIXED).into());
    }
    let was = terms_of(&before.list, &before.description);
    let changes = changes(&PriceListForm::from(&was), &PriceListForm::from(&terms));
    if changes.is_empty() {
        return Ok(tx.commit().await?);
    }
    let switched_off = store::price_lists::deactivated_at(&mut tx, id).await?;
    let switched_off = (!terms.active).then(|| switched_off.unwrap_or_else(|| cx.now()));
    let description = terms.description.as_deref().unwrap_or_default();
    if !store::price_lists::save(&mut tx, &of_terms(id, &terms), description, switched_off, edition).await? {
        return Err(changed_meanwhile(&mut tx, Of::PriceList(id), edition).await);
    }
    cx.write_down(&mut tx, What::PriceListEdited, id, cx.actor.account, changes.detail(edition)).await?;
    Ok(tx.commit().await?)
}

const FIXED: &str = "The currency is fixed: the price list has prices, or is assigned to an account.";

fn of_terms(id: PriceListId, terms: &Terms) -> PriceList {
    PriceList {
        id,
        name: terms.name.clone(),
        currency: terms.currency,
        starts: terms.starts,
        ends: terms.ends,
        active: terms.active,
        percent_off: terms.percent_off,
    }
}

/// A price list as staff would type it.
pub(super) fn terms_of(list: &PriceList, description: &str) -> Terms {
    Terms {
        name: list.name.clone(),
        currency: list.currency,
        description: Some(description.to_owned()).filter(|text| !text.is_empty()),
        starts: list.starts,
        ends: list.ends,
        active: list.active,
        percent_off: list.percent_off,
    }
}

fn changes(before: &PriceListForm, after: &PriceListForm) -> Changes {
    Changes::between([
        ("name", &before.name, &after.name),
        ("currency", &before.currency, &after.currency),
        ("description", &before.description, &after.description),
        ("start", &before.starts, &after.starts),
        ("end", &before.ends, &after.ends),
        ("active", switch(&before.active), switch(&after.active)),
        ("percentage off everything", &before.percent_off, &after.percent_off),
    ])
}

/// A box in words.
const fn switch(typed: &str) -> &str {
    if typed.is_empty() { "off" } else { "on" }
}
