//! One price list for many accounts at once, in one transaction (P2, L14).

use chrono::NaiveDate;
use domain::{
    AccountId, Deed, FieldErrors, FormKey, PriceListId,
    accounts::Kind,
    audit::What,
    editions::Changed,
    price_lists::PriceList,
    ticks::{Tally, Ticks},
};
use store::Tx;

use super::{change, own};
use crate::{Cx, Error, live::Change};

/// The field that names the price list.
const PRICE_LIST: &str = "price_list";

/// The price lists that can be assigned: id, and name with currency.
pub(crate) async fn assignable(tx: &mut Tx, today: NaiveDate) -> Result<Vec<(PriceListId, String)>, Error> {
    let lists = store::price_lists::assignable(tx, None, today).await?;
    Ok(lists.into_iter().map(|list| (list.id, format!("{} ({})", list.name, list.currency.code()))).collect())
}

/// Assigns a price list to the ticked accounts. Those of another currency, and those that have it already, are left alone.
///
/// # Errors
/// Messages at the fields, and [`Error::Unconfirmed`].
pub async fn assign_to_many(cx: &Cx, key: FormKey, form: &Ticks) -> Result<Tally, Error> {
    cx.may(Deed::EditAccounts)?;
    let ids = form.check::<AccountId>("account")?;
    let mut tx = cx.service.store.write().await?;
    if let Some(done) = cx.once(&mut tx, key, "account.many", form).await? {
        return done.parse().map_err(|()| Error::NotFound);
    }
    let chosen = form.text(PRICE_LIST).parse::<PriceListId>().ok();
    let (_, zone) = own(cx, &mut tx).await?;
    let offered = store::price_lists::assignable(&mut tx, None, zone.day(cx.now())).await?;
    let list = offered.into_iter().find(|list| Some(list.id) == chosen);
    let list = list.ok_or_else(|| FieldErrors::at(PRICE_LIST, "Choose one of the price lists."))?;
    cx.confirmed()?;
    let mut changes = Vec::new();
    for id in &ids {
        changes.extend(assign(cx, &mut tx, *id, &list).await?);
    }
    let tally = Tally { done: changes.len(), of: ids.len() };
    cx.settle(&mut tx, key, tally).await?;
    tx.commit().await?;
    for change in changes {
        cx.service.live.announce(change);
    }
    Ok(tally)
}

/// To one of them; `None` where it makes no sense.
async fn assign(cx: &Cx, tx: &mut Tx, id: AccountId, list: &PriceList) -> Result<Option<Change>, Error> {
    store::accounts::hold(tx, id).await?;
    let Some(kept) = store::accounts::find(tx, &cx.scope(), id).await? else { return Ok(None) };
    let account = &kept.account;
    if account.kind != Kind::Reseller || account.currency != list.currency || account.price_list == Some(list.id) {
        return Ok(None);
    }
    let before = match account.price_list {
        Some(list) => store::price_lists::find(tx, list).await?.map(|list| list.name),
        None => None,
    };
    let changes = vec![Changed::new("price list", before.unwrap_or_default(), &list.name)];
    let change = change::write(cx, tx, id, kept.edition, What::PriceListAssigned, changes).await?;
    store::price_lists::assign(tx, id, Some(list.id)).await?;
    Ok(Some(change))
}
