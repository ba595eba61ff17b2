//! The prices of a price list: setting one, removing one (P1).

use domain::{
    Deed, FieldErrors, FormKey, OptionId, PriceListId,
    audit::What,
    price_lists::{Entry, EntryForm, EntryPage, EntryRow},
};
use serde_json::json;
use store::{Tx, price_lists::Edited};

use super::list::entry_rows;
use crate::{Cx, Error, editions::changed_since};

/// The page of one price: that of an option from a quantity on, or a new one.
///
/// # Errors
/// [`Error::NotFound`] when there is no such price list, or no such price in it.
pub async fn price(cx: &Cx, id: PriceListId, of: Option<(OptionId, u32)>) -> Result<EntryPage, Error> {
    cx.may(Deed::EditPrices)?;
    cx.confirmed()?;
    let mut tx = cx.service.store.read().await?;
    let Edited { list, edition, .. } = store::price_lists::edited(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let entry = match of {
        Some((option, from)) => Some(find(&entry_rows(&mut tx, &list).await?, option, from)?),
        None => None,
    };
    let all = store::products::every_option(&mut tx, list.currency).await?;
    let options = all.into_iter().filter(|option| option.sale.product && option.sale.option);
    let named = options.filter_map(|option| {
        let price = option.sale.list_price?;
        Some((option.id, format!("{}, {} ({price})", option.product_name, option.name)))
    });
    Ok(EntryPage { list: id, list_name: list.name, currency: list.currency, edition, entry, options: named.collect() })
}

fn find(rows: &[EntryRow], option: OptionId, from: u32) -> Result<EntryRow, Error> {
    let found = rows.iter().find(|row| row.option == option && row.entry.from == from);
    found.cloned().ok_or(Error::NotFound)
}

/// Sets a price of a price list that was shown in that edition: a new one, or in the place of the one
/// that held from `was` on. What was sold keeps its price (P3).
///
/// # Errors
/// Messages at the fields; [`domain::Refusal::ChangedSince`] when somebody else was faster.
pub async fn set_price(
    cx: &Cx,
    key: FormKey,
    id: PriceListId,
    edition: i64,
    option: &str,
    was: Option<u32>,
    form: &EntryForm,
) -> Result<(), Error> {
    cx.may(Deed::EditPrices)?;
    cx.confirmed()?;
    let mut tx = cx.service.store.write().await?;
    if cx.once(&mut tx, key, What::PriceSet.word(), (id, edition, option, was, form)).await?.is_some() {
        return Ok(());
    }
    let Edited { list, .. } = in_edition(&mut tx, id, edition).await?;
    let rows = entry_rows(&mut tx, &list).await?;
    let chosen = option.parse().ok();
    let others: Vec<_> = rows.iter().filter(|row| Some(row.option) == chosen && Some(row.entry.from) != was).collect();
    let others: Vec<_> = others.iter().map(|row| row.entry.from).collect();
    let entry = form.check(list.currency, &others);
    let all = store::products::every_option(&mut tx, list.currency).await?;
    let known = all.into_iter().find(|known| Some(known.id) == chosen).ok_or("Choose what the price is of.".to_owned());
    let known = known.and_then(|known| match (was, known.sale.list_price) {
        (None, None) => Err(format!("It has no list price in {}. Give it one first.", list.currency.code())),
        _ => Ok(known),
    });
    let (known, entry) = match (known, entry) {
        (Ok(known), Ok(entry)) => (known, entry),
        (Ok(_), Err(errors)) => return Err(errors.into()),
        (Err(message), other) => return Err(with(FieldErrors::at("option", message), other.err()).into()),
    };
    let before = was.map(|from| find(&rows, known.id, from)).transpose()?;
    if before.as_ref().is_some_and(|row| row.entry == entry) {
        return Ok(tx.commit().await?);
    }
    if !store::price_lists::raise_edition(&mut tx, id, edition).await? {
        return Err(changed_since(&mut tx, id, edition).await);
    }
    match was {
        Some(from) => store::price_lists::replace_entry(&mut tx, id, known.id, from, &entry).await?,
        None => store::price_lists::insert_entry(&mut tx, id, known.id, &entry).await?,
    }
    let name = format!("{}, {}", known.product_name, known.name);
    let detail = detail(&name, before.map(|row| row.entry), Some(entry), edition);
    cx.write_down(&mut tx, What::PriceSet, id, cx.actor.account, detail).await?;
    Ok(tx.commit().await?)
}

/// Takes a price out of a price list that was shown in that edition.
///
/// # Errors
/// [`Error::NotFound`] when it is not in it; [`domain::Refusal::ChangedSince`] when somebody else was faster.
pub async fn remove_price(
    cx: &Cx,
    key: FormKey,
    id: PriceListId,
    edition: i64,
    option: OptionId,
    from: u32,
) -> Result<(), Error> {
    cx.may(Deed::EditPrices)?;
    cx.confirmed()?;
    let mut tx = cx.service.store.write().await?;
    if cx.once(&mut tx, key, What::PriceRemoved.word(), (id, edition, option, from)).await?.is_some() {
        return Ok(());
    }
    let Edited { list, .. } = in_edition(&mut tx, id, edition).await?;
    let row = find(&entry_rows(&mut tx, &list).await?, option, from)?;
    if !store::price_lists::raise_edition(&mut tx, id, edition).await? {
        return Err(changed_since(&mut tx, id, edition).await);
    }
    store::price_lists::remove_entry(&mut tx, id, option, from).await?;
    let detail = detail(&row.name, Some(row.entry), None, edition);
    cx.write_down(&mut tx, What::PriceRemoved, id, cx.actor.account, detail).await?;
    Ok(tx.commit().await?)
}

/// The price list, if that edition of it is the last.
async fn in_edition(tx: &mut Tx, id: PriceListId, edition: i64) -> Result<Edited, Error> {
    let edited = store::price_lists::edited(tx, id).await?.ok_or(Error::NotFound)?;
    if edited.edition == edition { Ok(edited) } else { Err(changed_since(tx, id, edition).await) }
}

fn detail(name: &str, before: Option<Entry>, after: Option<Entry>, edition: i64) -> serde_json::Value {
    let from = after.or(before).map_or(1, |entry| entry.from);
    let changed = format!("the price of {name} from {from} on");
    json!({ "changed": [changed], "before": before, "after": after, "edition": edition + 1 })
}

fn with(mut errors: FieldErrors, more: Option<FieldErrors>) -> FieldErrors {
    for error in more.iter().flat_map(FieldErrors::iter) {
        errors.add(&error.field, error.message.clone());
    }
    errors
}
