//! The prices of a price list: setting one, removing one (P1).

use domain::{
    Deed, FieldErrors, FormKey, OptionId, PriceListId,
    audit::What,
    editions::Changed,
    price_lists::{Entry, EntryForm, EntryPage, EntryRow},
};
use store::{
    Tx,
    editions::{Of, raise},
    price_lists::Edited,
};

use super::list::entry_rows;
use crate::{
    Cx, Error,
    editions::{Changes, changed_meanwhile, still},
};

/// The page of one price: that of an option from a quantity on, or a new one. Where somebody has removed the price
/// meanwhile it is a new one, so that what was typed for it finds its form again.
///
/// # Errors
/// [`Error::NotFound`] when there is no such price list, or no such option.
pub async fn price(cx: &Cx, id: PriceListId, of: Option<(OptionId, u32)>) -> Result<EntryPage, Error> {
    cx.may(Deed::EditPrices)?;
    cx.confirmed()?;
    let mut tx = cx.service.store.read().await?;
    let Edited { list, edition, .. } = store::price_lists::edited(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let all = store::products::every_option(&mut tx, list.currency).await?;
    let entry = match of {
        Some((option, _)) if all.iter().all(|known| known.id != option) => return Err(Error::NotFound),
        Some((option, from)) => find(&entry_rows(&mut tx, &list).await?, option, from),
        None => None,
    };
    let options = all.into_iter().filter(|option| option.sale.product && option.sale.option);
    let named = options.filter_map(|option| {
        let price = option.sale.list_price?;
        Some((option.id, format!("{}, {} ({price})", option.product_name, option.name)))
    });
    Ok(EntryPage { list: id, list_name: list.name, currency: list.currency, edition, entry, options: named.collect() })
}

fn find(rows: &[EntryRow], option: OptionId, from: u32) -> Option<EntryRow> {
    rows.iter().find(|row| row.option == option && row.entry.from == from).cloned()
}

/// Sets a price of a price list that was shown in that edition: a new one, or in the place of the one
/// that held from `was` on, if it is still there. What was sold keeps its price (P3).
///
/// # Errors
/// Messages at the fields; [`domain::Refusal::ChangedMeanwhile`] when somebody else was faster.
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
    let before = chosen.zip(was).and_then(|(option, from)| find(&rows, option, from));
    let others: Vec<_> = rows.iter().filter(|row| Some(row.option) == chosen && Some(row.entry.from) != was).collect();
    let others: Vec<_> = others.iter().map(|row| row.entry.from).collect();
    let entry = form.check(list.currency, &others);
    let all = store::products::every_option(&mut tx, list.currency).await?;
    let known = all.into_iter().find(|known| Some(known.id) == chosen).ok_or("Choose what the price is of.".to_owned());
    let known = known.and_then(|known| match (&before, known.sale.list_price) {
        (None, None) => Err(format!("It has no list price in {}. Give it one first.", list.currency.code())),
        _ => Ok(known),
    });
    let (known, entry) = match (known, entry) {
        (Ok(known), Ok(entry)) => (known, entry),
        (Ok(_), Err(errors)) => return Err(errors.into()),
        (Err(message), other) => return Err(with(FieldErrors::at("option", message), other.err()).into()),
    };
    if before.as_ref().is_some_and(|row| row.entry == entry) {
        return Ok(tx.commit().await?);
    }
    next(&mut tx, id, edition).await?;
    let before = before.map(|row| row.entry);
    match before {
        Some(was) => store::price_lists::replace_entry(&mut tx, id, known.id, was.from, &entry).await?,
        None => store::price_lists::insert_entry(&mut tx, id, known.id, &entry).await?,
    }
    let name = format!("{}, {}", known.product_name, known.name);
    let detail = changes(&name, before, Some(entry)).detail(edition);
    cx.write_down(&mut tx, What::PriceSet, id, cx.actor.account, detail).await?;
    Ok(tx.commit().await?)
}

/// Takes a price out of a price list that was shown in that edition, if it is still in it.
///
/// # Errors
/// [`domain::Refusal::ChangedMeanwhile`] when somebody else was faster.
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
    let Some(row) = find(&entry_rows(&mut tx, &list).await?, option, from) else { return Ok(tx.commit().await?) };
    next(&mut tx, id, edition).await?;
    store::price_lists::remove_entry(&mut tx, id, option, from).await?;
    let detail = changes(&row.name, Some(row.entry), None).detail(edition);
    cx.write_down(&mut tx, What::PriceRemoved, id, cx.actor.account, detail).await?;
    Ok(tx.commit().await?)
}

/// The price list, if that edition of it is the last.
async fn in_edition(tx: &mut Tx, id: PriceListId, edition: i64) -> Result<Edited, Error> {
    still(tx, Of::PriceList(id), edition).await?;
    store::price_lists::edited(tx, id).await?.ok_or(Error::NotFound)
}

/// Claims the edition after that one.
async fn next(tx: &mut Tx, id: PriceListId, edition: i64) -> Result<(), Error> {
    match raise(tx, Of::PriceList(id), edition).await? {
        true => Ok(()),
        false => Err(changed_meanwhile(tx, Of::PriceList(id), edition).await),
    }
}

/// What becomes of the prices of an option; one that holds from another quantity on is another one.
fn changes(name: &str, before: Option<Entry>, after: Option<Entry>) -> Changes {
    let price = |from: u32| format!("the price of {name} from {from} on");
    let words = |entry: Option<Entry>| entry.map(|entry| entry.rule.words()).unwrap_or_default();
    let all = match (before, after) {
        (Some(was), Some(is)) if was.from != is.from => {
            vec![Changed::new(price(was.from), words(before), ""), Changed::new(price(is.from), "", words(after))]
        }
        (before, after) => {
            let from = after.or(before).map_or(1, |entry| entry.from);
            vec![Changed::new(price(from), words(before), words(after))]
        }
    };
    all.into()
}

fn with(mut errors: FieldErrors, more: Option<FieldErrors>) -> FieldErrors {
    for error in more.iter().flat_map(FieldErrors::iter) {
        errors.add(&error.field, error.message.clone());
    }
    errors
}
