//! The price lists, and the page of one.

use domain::{
    Deed, PriceListId,
    price_lists::{EntryRow, PriceList, PriceListForm, PriceListPage, PriceListRow, PriceLists, Seen},
    time,
};
use store::Tx;

use super::edit::terms_of;
use crate::{Cx, Error, accounts};

const PAGE: usize = 50;
const ACCOUNTS: usize = 20;

/// A page of price lists, newest first.
///
/// # Errors
/// When the actor may not see them.
pub async fn list(cx: &Cx, after: Option<PriceListId>) -> Result<PriceLists, Error> {
    cx.may(Deed::SeePrices)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let today = zone.day(cx.now());
    let mut lists = store::price_lists::page(&mut tx, after, PAGE as i64 + 1).await?;
    let more = lists.len() > PAGE;
    lists.truncate(PAGE);
    let next = lists.last().filter(|_| more).map(|edited| edited.list.id);
    let rows = lists.into_iter().map(|edited| PriceListRow {
        id: edited.list.id,
        state: edited.list.state(today),
        name: edited.list.name,
        currency: edited.list.currency,
        starts: time::day(edited.list.starts),
        ends: edited.list.ends.map(time::day),
        accounts: edited.accounts,
    });
    Ok(PriceLists { rows: rows.collect(), next, may_edit: cx.actor.may(Deed::EditPrices) })
}

/// The page of one price list; its accounts from below `after`.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn find(cx: &Cx, id: PriceListId, after: Option<i64>) -> Result<PriceListPage, Error> {
    cx.may(Deed::SeePrices)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let edited = store::price_lists::edited(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let entries = entry_rows(&mut tx, &edited.list).await?;
    let mut assigned = store::price_lists::assigned(&mut tx, id, after, ACCOUNTS as i64 + 1).await?;
    let more = assigned.len() > ACCOUNTS;
    assigned.truncate(ACCOUNTS);
    Ok(PriceListPage {
        id,
        form: PriceListForm::from(&terms_of(&edited.list, &edited.description)),
        currency: edited.list.currency,
        currency_fixed: edited.accounts > 0 || !entries.is_empty(),
        edition: edited.edition,
        state: edited.list.state(zone.day(cx.now())),
        entries,
        more_assigned: assigned.last().filter(|_| more).map(|(seq, _)| *seq),
        assigned: assigned.into_iter().map(|(_, account)| account).collect(),
        accounts: edited.accounts,
        may_edit: cx.actor.may(Deed::EditPrices),
    })
}

/// The prices of a price list, by product, option and quantity.
pub(super) async fn entry_rows(tx: &mut Tx, list: &PriceList) -> Result<Vec<EntryRow>, Error> {
    let mut entries = store::price_lists::entries(tx, list).await?;
    let mut rows = Vec::new();
    for option in store::products::every_option(tx, list.currency).await? {
        let mut prices = entries.remove(&option.id).unwrap_or_default();
        prices.sort_by_key(|entry| entry.from);
        let tiers = match Seen::of(list, &prices, option.sale) {
            Seen::Offered(tiers) => tiers,
            Seen::Hidden(_) => Vec::new(),
        };
        rows.extend(prices.into_iter().map(|entry| EntryRow {
            option: option.id,
            name: format!("{}, {}", option.product_name, option.name),
            entry,
            list_price: option.sale.list_price,
            unit: tiers.iter().find(|tier| tier.from == entry.from).map(|tier| tier.unit),
        }));
    }
    Ok(rows)
}
