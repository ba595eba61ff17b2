//! The page of one order, as its reseller sees it.

use domain::{
    Deed,
    billing::Charge,
    orders::{OrderLine, OrderNumber, OrderPage},
};
use store::{Tx, orders::Line};

use super::{held::Held, result, terms::accepted};
use crate::{Cx, Error, accounts, audit};

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
    let lines = match order.executed_at.or(order.canceled_at) {
        Some(_) => {
            let stored = store::orders::lines(&mut tx, &order).await?;
            kept(&mut tx, &stored).await?
        }
        None => reckoned(&Held::of(cx, &mut tx, &order).await?),
    };
    Ok(OrderPage {
        placed_by: person.map(|person| person.name()).unwrap_or_default(),
        placed: zone.moment(order.submitted_at),
        canceled: order.canceled_at.map(|at| (zone.moment(at), order.reason.clone().unwrap_or_default())),
        lines,
        reseller_notes: order.written.reseller_notes.clone(),
        accepted: accepted(cx, &mut tx, &order, zone).await?,
        history: audit::history(&mut tx, order.id, zone).await?,
        order: result::of_order(cx, &mut tx, &account, zone, &order).await?,
    })
}

/// Lines as they were charged, or as they stood when they were canceled.
pub(super) async fn kept(tx: &mut Tx, lines: &[Line]) -> Result<Vec<OrderLine>, Error> {
    let mut all = Vec::new();
    for line in lines {
        let sold = store::products::sold(tx, line.option).await?.ok_or(Error::NotFound)?;
        let charge = Charge::made_before(line.quantity, line.unit, None, line.rate, line.amount);
        let name = sold.offered_at(line.unit).full_name();
        all.push(shown(name, line.license_type, &charge));
    }
    Ok(all)
}

/// Lines of a held order, as they would be charged today (O2).
pub(super) fn reckoned(held: &Held) -> Vec<OrderLine> {
    let shown = |item: &super::Item| shown(item.offer.full_name(), item.quoted.line.license_type, &item.quoted.charge);
    held.items.iter().map(shown).collect()
}

fn shown(name: String, license_type: domain::licenses::Type, charge: &Charge) -> OrderLine {
    let amount = charge.amount();
    OrderLine { name, license_type, explained: charge.to_string(), net: amount.net(), tax: amount.tax() }
}
