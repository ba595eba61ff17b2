//! Orders: what was executed, and sending it to the customer.

use domain::{Deed, FormKey, Money, OrderId, audit::What, orders::Executed};
use store::{Tx, licenses::Named, orders::Order};

use crate::{
    Cx, Error, accounts,
    licenses::{Sending, license, picked, send_details},
};

/// What the result page of the license wizard shows.
///
/// # Errors
/// [`Error::NotFound`] when it is not an order of the actor's account.
pub async fn executed(cx: &Cx, id: OrderId) -> Result<Executed, Error> {
    cx.may(Deed::SeeLicenses)?;
    let mut tx = cx.service.store.read().await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let order = store::orders::find(&mut tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
    let user = picked(cx, &mut tx, &account, order.customer).await?.ok_or(Error::NotFound)?;
    let lines = store::orders::lines(&mut tx, &order).await?;
    let currency = lines.first().map_or(account.currency, |line| line.unit.currency);
    let option = lines.first().map(|line| line.option).ok_or(Error::NotFound)?;
    let total = lines.iter().filter_map(|line| line.unit.times(line.quantity)).map(|line| line.minor).sum();
    let licenses = licenses(cx, &mut tx, &order).await?;
    Ok(Executed {
        id,
        option,
        number: order.number,
        at: zone.moment(order.executed_at.unwrap_or(order.submitted_at)),
        user,
        total: Money::new(total, currency),
        licenses: licenses.iter().map(|named| license(named, zone, cx.now())).collect(),
        sent: order.sent_at.map(|at| zone.moment(at)),
    })
}

/// `Send to customer`: all keys of an order in one mail (L15).
///
/// # Errors
/// [`Error::NotFound`] when it is not an order of the actor's account.
pub async fn send(cx: &Cx, key: FormKey, id: OrderId) -> Result<(), Error> {
    cx.may(Deed::EditLicenses)?;
    let mut tx = cx.service.store.write().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let order = store::orders::find(&mut tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
    if cx.once(&mut tx, key, What::LicenseSent.word(), id).await?.is_some() {
        return Ok(());
    }
    let licenses = licenses(cx, &mut tx, &order).await?;
    send_details(cx, &mut tx, &Sending { licenses: &licenses, zone }).await?;
    store::orders::sent(&mut tx, &order, cx.now()).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    Ok(())
}

async fn licenses(cx: &Cx, tx: &mut Tx, order: &Order) -> Result<Vec<Named>, Error> {
    let mut all = Vec::new();
    for line in store::orders::lines(tx, order).await? {
        all.extend(store::licenses::of_line(tx, &cx.scope(), line.id).await?);
    }
    Ok(all)
}
