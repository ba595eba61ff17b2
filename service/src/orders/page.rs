//! The page of one order, as its reseller sees it.

use domain::{
    Deed,
    billing::{Charge, Part, Schedule},
    licenses::Type,
    orders::{OrderLine, OrderNumber, OrderPage},
};
use store::{
    Tx,
    accounts::Account,
    orders::{Line, Order},
};

use super::{Bill, Item, held::Held, result, terms::accepted};
use crate::{Cx, Error, accounts, audit, moment::Zone};

/// All that a reseller sees of one order.
///
/// # Errors
/// [`Error::NotFound`] when it is not of the actor's account.
pub async fn find(cx: &Cx, number: OrderNumber) -> Result<OrderPage, Error> {
    cx.may(Deed::SeeLicenses)?;
    let mut tx = cx.service.store.read().await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let order = store::orders::of_number(&mut tx, &cx.scope(), number).await?.ok_or(Error::NotFound)?;
    let person = store::contacts::by_id(&mut tx, order.placed_by).await?;
    let held = Held::if_held(cx, &mut tx, &order).await?;
    let lines = match &held {
        Some(held) => reckoned(held),
        None => {
            let stored = store::orders::lines(&mut tx, &order).await?;
            kept(&mut tx, &account, &order, &stored).await?
        }
    };
    Ok(OrderPage {
        placed_by: person.map(|person| person.name()).unwrap_or_default(),
        placed: zone.moment(order.submitted_at),
        canceled: order.canceled_at.map(|at| (zone.moment(at), order.reason.clone().unwrap_or_default())),
        lines,
        reseller_notes: order.written.reseller_notes.clone(),
        accepted: accepted(cx, &mut tx, &order, zone).await?,
        history: audit::history(&mut tx, order.id, zone).await?,
        order: result::of_order(cx, &mut tx, &account, zone, &order, held.as_ref()).await?,
    })
}

/// Lines as they were charged, or as they stood when they were canceled. The account is the one that is charged.
pub(super) async fn kept(
    tx: &mut Tx,
    account: &Account,
    order: &Order,
    lines: &[Line],
) -> Result<Vec<OrderLine>, Error> {
    let placed = Bill::of(tx, account, Zone::of(account), order.submitted_at).await?;
    let mut all = Vec::new();
    for line in lines {
        let sold = store::products::sold(tx, line.option).await?.ok_or(Error::NotFound)?;
        let part = first_days(tx, line, &placed).await?;
        let charge = Charge::made_before(line.quantity, line.unit, part, line.rate, line.amount);
        let name = sold.offered_at(line.unit).full_name();
        all.push(shown(name, line.license_type, &charge));
    }
    Ok(all)
}

/// The days that a line pays for, and of which period (B1); `None` for what is charged once.
async fn first_days(tx: &mut Tx, line: &Line, placed: &Bill) -> Result<Option<Part>, Error> {
    if line.license_type != Type::Subscription {
        return Ok(None);
    }
    if let Some(running) = store::subscriptions::find(tx, line.id).await? {
        // It was agreed with the order; that it ends takes nothing from its first days.
        return Ok(Schedule { ends: None, ..running.subscription.schedule }.first());
    }
    // It was canceled. What account and option say of billing may be something else by now; then the days are not known.
    let charge = Item::of_line(tx, line, placed).await?.quoted.charge;
    Ok(charge.part().filter(|_| charge.amount().net() == line.amount.net()))
}

/// Lines of a held order, as they would be charged today (O2).
pub(super) fn reckoned(held: &Held) -> Vec<OrderLine> {
    let shown = |item: &Item| shown(item.offer.full_name(), item.quoted.line.license_type, &item.quoted.charge);
    held.items.iter().map(shown).collect()
}

fn shown(name: String, license_type: Type, charge: &Charge) -> OrderLine {
    let amount = charge.amount();
    OrderLine { name, license_type, explained: charge.to_string(), net: amount.net(), tax: amount.tax() }
}
