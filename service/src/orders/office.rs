//! Orders in the back office: the queue of held ones, and the page of each (C4).

use domain::{
    Deed, Refusal, Scope,
    licenses::lines_in_words,
    orders::{OfficeOrder, OfficeOrders, OfficeRow, OrderNumber, OrderRow, OrdersQuery, State},
};
use store::{Tx, orders::Listed};

use super::{
    Bill,
    held::Held,
    list::{PAGE, most, row},
    page::{kept, reckoned},
    terms::accepted,
};
use crate::{Cx, Error, accounts, audit, moment::Zone};

/// A page of the orders of all resellers, newest first; each held one with what the credit says of it now. Without a state, what
/// is held stands above the first page, and the pages are of the others.
///
/// # Errors
/// When the actor may not see them.
pub async fn list(cx: &Cx, query: &OrdersQuery) -> Result<OfficeOrders, Error> {
    cx.may(Deed::SeeOrders)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let after = query.after.map(OrderNumber);
    let (scope, limit) = (cx.scope(), PAGE as i64);
    let waiting = match (query.state, after) {
        (None, None) => store::orders::page(&mut tx, &scope, Some(State::Submitted), None, limit).await?,
        _ => Vec::new(),
    };
    let mut listed = match query.state {
        Some(state) => store::orders::page(&mut tx, &scope, Some(state), after, limit + 1).await?,
        None => store::orders::decided(&mut tx, &scope, after, limit + 1).await?,
    };
    let next = most(&mut listed);
    Ok(OfficeOrders {
        waiting: rows(cx, &mut tx, &waiting, zone).await?,
        rows: rows(cx, &mut tx, &listed, zone).await?,
        next,
        held: store::orders::held_of(&mut tx, None).await?,
    })
}

/// A page of the orders of one reseller, newest first; each held one with what the credit says of it now. Who sees its account.
pub(crate) async fn of_account(
    cx: &Cx,
    tx: &mut Tx,
    reseller: &Scope,
    query: &OrdersQuery,
    zone: Zone,
) -> Result<(Vec<OfficeRow>, Option<i64>), Error> {
    cx.may(Deed::SeeOrders)?;
    let after = query.after.map(OrderNumber);
    let mut listed = store::orders::page(tx, reseller, query.state, after, PAGE as i64 + 1).await?;
    let next = most(&mut listed);
    Ok((rows(cx, tx, &listed, zone).await?, next))
}

async fn rows(cx: &Cx, tx: &mut Tx, listed: &[Listed], zone: Zone) -> Result<Vec<OfficeRow>, Error> {
    let mut rows = Vec::new();
    for listed in listed {
        let held = Held::if_held(cx, tx, &listed.order).await?;
        let (reseller_id, reseller) = (listed.order.reseller, listed.reseller.clone());
        let now = held.as_ref().map(|held| held.decision);
        rows.push(OfficeRow { row: row(listed, zone, held.as_ref()), reseller_id, reseller, now });
    }
    Ok(rows)
}

/// The page of one order.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the actor may not see it.
pub async fn find(cx: &Cx, number: OrderNumber) -> Result<OfficeOrder, Error> {
    cx.may(Deed::SeeOrders)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let order = store::orders::of_anybody(&mut tx, &cx.scope(), number).await?.ok_or(Error::NotFound)?;
    let account = store::accounts::by_id(&mut tx, order.reseller).await?.ok_or(Error::NotFound)?;
    let customer = store::accounts::by_id(&mut tx, order.customer).await?.ok_or(Error::NotFound)?;
    let stored = store::orders::lines(&mut tx, &order).await?;
    let held = Held::if_held(cx, &mut tx, &order).await?;
    let total = stored.iter().map(|line| line.amount.gross());
    let total = domain::Money::sum(account.currency, total).map_err(Refusal::from)?;
    let lines = match &held {
        Some(held) => reckoned(held),
        None => kept(&mut tx, &account, &order, &stored).await?,
    };
    let first: Vec<_> =
        stored.iter().zip(&lines).map(|(line, shown)| (i64::from(line.quantity), shown.name.clone())).collect();
    let row = OrderRow {
        number,
        state: order.state,
        customer: customer.name,
        what: lines_in_words(&first, first.len()),
        licenses: stored.iter().map(|line| i64::from(line.quantity)).sum(),
        total: held.as_ref().map_or(total, |held| held.takes.2),
        placed: zone.moment(order.submitted_at),
    };
    Ok(OfficeOrder {
        id: order.id,
        row: OfficeRow {
            row,
            reseller_id: account.id,
            reseller: account.name.clone(),
            now: held.as_ref().map(|held| held.decision),
        },
        lines,
        held: order.held,
        executed: order.executed_at.map(|at| zone.moment(at)),
        canceled: order.canceled_at.map(|at| zone.moment(at)),
        reason: order.reason.clone(),
        credit: Bill::of(&mut tx, &account, Zone::of(&account), cx.now()).await?.credit,
        unpaid: account.unpaid,
        accepted: accepted(cx, &mut tx, &order, zone).await?,
        may_decide: cx.actor.may(Deed::DecideOrders),
        history: audit::history(&mut tx, order.id, zone).await?,
    })
}
