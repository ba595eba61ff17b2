//! The list of accounts, and which of them cannot order yet.

use std::collections::HashMap;

use domain::{
    Deed, PriceListId, Timestamp,
    accounts::{AccountRow, Accounts, AccountsQuery, Missing, Part, Unready},
    licenses::SearchText,
    price_lists::PriceList,
};
use store::{Tx, accounts::Listed};

use super::{holds, lacks, many::assignable, own};
use crate::{Cx, Error, moment::Zone};

const PAGE: usize = 50;

/// How many accounts that cannot order yet the home of the staff names.
const UNREADY: usize = 10;

/// A page of accounts, newest first.
///
/// # Errors
/// When the actor may not see them.
pub async fn list(cx: &Cx, query: &AccountsQuery) -> Result<Accounts, Error> {
    cx.may(Deed::SeeAccounts)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = own(cx, &mut tx).await?;
    let (rows, next) = matching(cx, &mut tx, query, PAGE).await?;
    let rows = rows.into_iter().map(|standing| row(standing, zone)).collect();
    let may_edit = cx.actor.may(Deed::EditAccounts);
    let price_lists = if may_edit { assignable(&mut tx, zone.day(cx.now())).await? } else { Vec::new() };
    Ok(Accounts { rows, next, may_edit, price_lists })
}

/// The newest accounts that cannot order yet. Who is suspended is not waited for.
pub(crate) async fn unready(cx: &Cx, tx: &mut Tx) -> Result<Vec<Unready>, Error> {
    let query = AccountsQuery { show: Some(Part::NotReady), ..AccountsQuery::default() };
    let (rows, _) = matching(cx, tx, &query, UNREADY).await?;
    let unready = rows.into_iter().map(|Standing { listed: Listed { account, .. }, missing, .. }| Unready {
        id: account.id,
        name: account.name,
        missing,
    });
    Ok(unready.collect())
}

/// An account of the list, what it lacks (A2), and the name of its price list.
pub(super) struct Standing {
    pub listed: Listed,
    pub missing: Vec<Missing>,
    pub price_list: Option<String>,
}

/// The accounts that fit a view, and where the next page begins. The store narrows, the rule decides: only on the first and the
/// last day of a price list it takes some away, and the page is filled from the next ones.
pub(super) async fn matching(
    cx: &Cx,
    tx: &mut Tx,
    query: &AccountsQuery,
    most: usize,
) -> Result<(Vec<Standing>, Option<i64>), Error> {
    let search = SearchText::of(&query.q);
    if search.is_none() && !query.q.trim().is_empty() {
        return Ok((Vec::new(), None));
    }
    let (show, wanted) = (query.show, most + 1);
    let (mut found, mut after, mut more) = (Vec::new(), query.after, true);
    while more && found.len() < wanted {
        let scope = cx.scope();
        let rows = store::accounts::page(tx, &scope, search.as_ref(), show, cx.now(), after, wanted as i64).await?;
        more = rows.len() == wanted;
        after = rows.last().map(|row| row.seq);
        let standing = standing(tx, rows, cx.now()).await?.into_iter();
        found.extend(standing.filter(|standing| show.is_none_or(|show| show.fits(&standing.missing))));
    }
    let more = found.len() > most;
    found.truncate(most);
    let next = found.last().filter(|_| more).map(|standing| standing.listed.seq);
    Ok((found, next))
}

/// What each of them lacks (A2); each price list is looked at once.
async fn standing(tx: &mut Tx, rows: Vec<Listed>, now: Timestamp) -> Result<Vec<Standing>, Error> {
    let mut lists = HashMap::<PriceListId, Option<PriceList>>::new();
    let mut standing = Vec::new();
    for listed in rows {
        let account = &listed.account;
        if let Some(id) = account.price_list.filter(|id| !lists.contains_key(id)) {
            lists.insert(id, store::price_lists::find(tx, id).await?);
        }
        let list = account.price_list.and_then(|id| lists.get(&id)?.as_ref());
        let today = Zone::of(account).day(now);
        let holds = list.is_some_and(|list| holds(list, account, today));
        let missing = lacks(account, listed.user, holds);
        let price_list = list.map(|list| list.name.clone());
        standing.push(Standing { listed, missing, price_list });
    }
    Ok(standing)
}

fn row(Standing { listed, missing, .. }: Standing, zone: Zone) -> AccountRow {
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
