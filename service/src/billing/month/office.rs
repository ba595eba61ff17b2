//! The months of resellers in the back office: of all of them, and of one.

use domain::{
    AccountId, Deed,
    accounts::Kind,
    billing::{Month, MonthPage, MonthQuery, OfficeMonth, OfficeMonths},
};
use store::{Tx, accounts::Account};

use super::{
    reckon::{Calendar, bounds},
    totals::totals,
};
use crate::{Cx, Error, accounts, export::next};

/// How many resellers a page has: each of them is added up anew.
const PAGE: usize = 20;

/// A page of the resellers, the newest first, each with its sums of a month; above the first page all of them together.
///
/// # Errors
/// When the actor may not see what resellers owe.
pub async fn list(cx: &Cx, query: &MonthQuery) -> Result<OfficeMonths, Error> {
    cx.may(Deed::SeeInvoices)?;
    let mut tx = cx.service.store.read().await?;
    let (operator, zone) = accounts::own(cx, &mut tx).await?;
    let (first, running) = bounds(&operator, zone, cx.now());
    let month = Month::asked(query.month, first, running);
    let (before, later) = month.neighbors(first, running);
    let (rows, next) = part(cx, &mut tx, month, query.after, PAGE).await?;
    // On the pages that follow, nobody looks for them.
    let totals = if query.after.is_none() { totals(cx, &mut tx, month).await? } else { Vec::new() };
    Ok(OfficeMonths { month, before, later, totals, rows, next })
}

/// So many resellers with their sums of a month, each on its own calendar, and where the next ones begin.
pub(super) async fn part(
    cx: &Cx,
    tx: &mut Tx,
    month: Month,
    after: Option<i64>,
    most: usize,
) -> Result<(Vec<OfficeMonth>, Option<i64>), Error> {
    let wanted = most as i64 + 1;
    let mut listed = store::accounts::page(tx, &cx.scope(), None, None, cx.now(), after, wanted).await?;
    let next = next(&mut listed, most, |listed| listed.seq.to_string()).and_then(|next| next.parse().ok());
    let mut rows = Vec::new();
    for listed in listed {
        let month_end = Calendar::of(cx, &listed.account)?.month_end(tx, month).await?;
        rows.push(OfficeMonth { account: listed.account.id, name: listed.account.name, month_end });
    }
    Ok((rows, next))
}

/// A month of one reseller, as it sees it itself.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the actor may not see it.
pub async fn find(cx: &Cx, id: AccountId, query: &MonthQuery) -> Result<MonthPage, Error> {
    cx.may(Deed::SeeInvoices)?;
    let mut tx = cx.service.store.read().await?;
    let account = reseller(&mut tx, id).await?;
    Calendar::of(cx, &account)?.page(&mut tx, query.month).await
}

/// A reseller, for staff who may see what it owes.
pub(super) async fn reseller(tx: &mut Tx, id: AccountId) -> Result<Account, Error> {
    let account = store::accounts::by_id(tx, id).await?;
    account.filter(|account| account.kind == Kind::Reseller).ok_or(Error::NotFound)
}
