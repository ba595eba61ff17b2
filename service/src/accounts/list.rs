//! The list of accounts, and which of them cannot order yet.

use std::collections::HashMap;

use domain::{
    Deed, PriceListId, Timestamp,
    accounts::{AccountRow, Accounts, AccountsQuery, Missing, Unready},
    licenses::SearchText,
    price_lists::PriceList,
};
use store::{Tx, accounts::Listed};

use super::{lacks, own};
use crate::{Cx, Error, moment::Zone};

const PAGE: usize = 50;

/// A page of accounts, newest first.
///
/// # Errors
/// When the actor may not see them.
pub async fn list(cx: &Cx, query: &AccountsQuery) -> Result<Accounts, Error> {
    cx.may(Deed::SeeAccounts)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = own(cx, &mut tx).await?;
    let may_edit = cx.actor.may(Deed::EditAccounts);
    let search = SearchText::of(&query.q);
    if search.is_none() && !query.q.trim().is_empty() {
        return Ok(Accounts { rows: Vec::new(), next: None, may_edit });
    }
    let most = PAGE as i64 + 1;
    let mut rows = store::accounts::page(&mut tx, &cx.scope(), search.as_ref(), query.show, query.after, most).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|row| row.seq);
    let rows = standing(&mut tx, rows, cx.now()).await?;
    let rows = rows.into_iter().map(|(listed, missing)| row(listed, &missing, zone)).collect();
    Ok(Accounts { rows, next, may_edit })
}

/// Of the newest accounts, up to ten that cannot order yet. Who is suspended is not waited for.
pub(crate) async fn unready(cx: &Cx, tx: &mut Tx) -> Result<Vec<Unready>, Error> {
    let newest = store::accounts::page(tx, &cx.scope(), None, None, None, PAGE as i64).await?;
    let standing = standing(tx, newest, cx.now()).await?.into_iter();
    let unready = standing.filter(|(listed, missing)| !missing.is_empty() && listed.account.suspended_at.is_none());
    let unready = unready.map(|(listed, missing)| {
        let Listed { account, .. } = listed;
        Unready { id: account.id, name: account.name, missing }
    });
    Ok(unready.take(10).collect())
}

/// What each of them lacks (A2); each price list is looked at once.
async fn standing(tx: &mut Tx, rows: Vec<Listed>, now: Timestamp) -> Result<Vec<(Listed, Vec<Missing>)>, Error> {
    let mut lists = HashMap::<PriceListId, Option<PriceList>>::new();
    let mut standing = Vec::new();
    for listed in rows {
        let account = &listed.account;
        if let Some(id) = account.price_list.filter(|id| !lists.contains_key(id)) {
            lists.insert(id, store::price_lists::find(tx, id).await?);
        }
        let list = account.price_list.and_then(|id| lists.get(&id)?.as_ref());
        let today = Zone::of(account).day(now);
        let holds = list.is_some_and(|list| list.currency == account.currency && list.holds_on(today));
        let missing = lacks(account, listed.user, holds);
        standing.push((listed, missing));
    }
    Ok(standing)
}

fn row(listed: Listed, missing: &[Missing], zone: Zone) -> AccountRow {
    let Listed { account, email, .. } = listed;
    AccountRow {
        id: account.id,
        name: account.name,
        email,
        suspended: account.suspended_at.is_some(),
        ready: missing.is_empty(),
        customers: account.customers,
        licenses: account.licenses,
        created: zone.moment(account.created_at),
    }
}
