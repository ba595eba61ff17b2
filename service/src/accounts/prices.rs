//! The price list of an account (P2).

use chrono::NaiveDate;
use domain::{
    AccountId, Currency, Deed, FieldErrors, FormKey, PriceListId,
    accounts::{AccountPrices, AssignedList, ListState},
    audit::What,
    editions::Changed,
    price_lists::PriceList,
    time,
};
use store::{Tx, accounts::Account};

use super::{change, page::opened};
use crate::{Cx, Error, moment::Zone};

/// The price list of an account, and those it could have.
///
/// # Errors
/// [`Error::NotFound`] when there is no such account, or the actor may not see it.
pub async fn price_list(cx: &Cx, id: AccountId) -> Result<AccountPrices, Error> {
    let mut tx = cx.service.store.read().await?;
    let (kept, head, _) = opened(cx, &mut tx, id).await?;
    let account = kept.account;
    let assigned = match account.price_list {
        Some(list) => store::price_lists::find(&mut tx, list).await?,
        None => None,
    };
    let today = Zone::of(&account).day(cx.now());
    let lists = match head.may_edit {
        true => offered(&mut tx, &account, today).await?,
        false => Vec::new(),
    };
    Ok(AccountPrices {
        head,
        assigned: assigned.map(|list| shown(&list, account.currency, today)),
        lists,
        currency: account.currency,
        edition: kept.edition,
    })
}

/// What can be assigned to an account: id and name.
async fn offered(tx: &mut Tx, account: &Account, today: NaiveDate) -> Result<Vec<(PriceListId, String)>, Error> {
    let lists = store::price_lists::assignable(tx, Some(account.currency), today).await?;
    Ok(lists.into_iter().map(|list| (list.id, list.name)).collect())
}

fn shown(list: &PriceList, currency: Currency, today: NaiveDate) -> AssignedList {
    let state = match list {
        list if list.currency != currency => ListState::OtherCurrency,
        list if !list.active => ListState::Off,
        list if list.starts > today => ListState::Early,
        list if !list.holds_on(today) => ListState::Over,
        _ => ListState::Holds,
    };
    let starts = time::day(list.starts);
    let days = match list.ends {
        Some(end) => format!("{starts} to {}", time::day(end)),
        None => format!("from {starts}"),
    };
    AssignedList { id: list.id, name: list.name.clone(), days, state }
}

/// Assigns a price list to an account; the word `none` takes it away.
///
/// # Errors
/// A message at `price_list`; [`Error::Unconfirmed`]; [`domain::Refusal::ChangedMeanwhile`] when somebody was faster.
pub async fn assign_price_list(cx: &Cx, key: FormKey, id: AccountId, edition: i64, typed: &str) -> Result<(), Error> {
    cx.may(Deed::EditAccounts)?;
    let mut tx = cx.service.store.write().await?;
    let form = (edition, typed);
    let Some(kept) = change::begin(cx, &mut tx, key, id, What::PriceListAssigned, form).await? else {
        return Ok(());
    };
    let chosen = match typed.trim() {
        "none" => None,
        id => {
            let today = Zone::of(&kept.account).day(cx.now());
            let offered = offered(&mut tx, &kept.account, today).await?;
            let id = id.parse::<PriceListId>().ok();
            let chosen = offered.into_iter().find(|(list, _)| Some(*list) == id);
            Some(chosen.ok_or_else(|| FieldErrors::at("price_list", "Choose one of the price lists."))?)
        }
    };
    let list = chosen.as_ref().map(|(id, _)| *id);
    if list == kept.account.price_list {
        return Ok(tx.commit().await?);
    }
    cx.confirmed()?;
    let before = match kept.account.price_list {
        Some(list) => store::price_lists::find(&mut tx, list).await?.map(|list| list.name),
        None => None,
    };
    let after = chosen.map(|(_, name)| name).unwrap_or_default();
    let changes = vec![Changed::new("price list", before.unwrap_or_default(), after)];
    let change = change::write(cx, &mut tx, id, edition, What::PriceListAssigned, changes).await?;
    store::price_lists::assign(&mut tx, id, list).await?;
    tx.commit().await?;
    cx.service.live.announce(change);
    Ok(())
}
