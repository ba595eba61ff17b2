//! The orders of a reseller.

use domain::{
    Deed,
    licenses::lines_in_words,
    orders::{OrderNumber, OrderRow, Orders, OrdersQuery},
};
use store::orders::Listed;

use super::held::Held;
use crate::{Cx, Error, accounts, moment::Zone};

pub(super) const PAGE: usize = 50;

/// A page of the actor's orders, newest first.
///
/// # Errors
/// When the actor may not see them.
pub async fn list(cx: &Cx, query: &OrdersQuery) -> Result<Orders, Error> {
    cx.may(Deed::SeeLicenses)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let after = query.after.map(OrderNumber);
    let mut listed = store::orders::page(&mut tx, &cx.scope(), query.state, after, PAGE as i64 + 1).await?;
    let next = most(&mut listed);
    let mut rows = Vec::new();
    for listed in &listed {
        let held = Held::if_held(cx, &mut tx, &listed.order).await?;
        rows.push(row(listed, zone, held.as_ref()));
    }
    Ok(Orders { rows, next })
}

/// Keeps a page, and says where the next one starts.
pub(super) fn most(listed: &mut Vec<Listed>) -> Option<i64> {
    let more = listed.len() > PAGE;
    listed.truncate(PAGE);
    listed.last().filter(|_| more).map(|last| last.order.number.0)
}

/// An order in a list; of one that is held, what it comes to today, as on its page (O2).
pub(super) fn row(listed: &Listed, zone: Zone, held: Option<&Held>) -> OrderRow {
    OrderRow {
        number: listed.order.number,
        state: listed.order.state,
        customer: listed.customer.clone(),
        what: lines_in_words(&listed.first, listed.lines),
        licenses: listed.licenses,
        total: held.map_or(listed.total, |held| held.takes.2),
        placed: zone.moment(listed.order.submitted_at),
    }
}
