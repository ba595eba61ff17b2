//! What has become of an order that was placed, and sending its keys to the customer.

use domain::{Deed, FormKey, Money, OrderId, Refusal, audit::What, licenses::SentSoFar, mail::Lane, orders::Executed};
use store::{
    Tx,
    accounts::Account,
    licenses::Named,
    mail::people::Of,
    orders::{Line, Order},
};

use super::held::Held;
use crate::{
    Cx, Error, accounts,
    licenses::{Sending, license, picked, send_details},
    mail,
    moment::Zone,
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
    let held = Held::if_held(cx, &mut tx, &order).await?;
    of_order(cx, &mut tx, &account, zone, &order, held.as_ref()).await
}

/// The same of an order that has been found in scope, and of what it is today as long as it is held.
pub(super) async fn of_order(
    cx: &Cx,
    tx: &mut Tx,
    account: &Account,
    zone: Zone,
    order: &Order,
    held: Option<&Held>,
) -> Result<Executed, Error> {
    let user = picked(cx, tx, account, order.customer).await?.ok_or(Error::NotFound)?;
    let lines = store::orders::lines(tx, order).await?;
    let one = |lines: &[Line]| match lines {
        [line] => Some(line.option),
        _ => None,
    };
    // Held or executed, an order is in one currency: that of the account when it was placed, which stays from then on (A1).
    let currency = lines.first().map_or(account.currency, |line| line.unit.currency);
    let total = match held {
        Some(held) => held.takes.2,
        None => Money::sum(currency, lines.iter().map(|line| line.amount.gross())).map_err(Refusal::from)?,
    };
    let licenses = licenses(cx, tx, order).await?;
    let open = Money::new(store::charges::open_of_order(tx, order.id).await?, currency);
    let sent = sent_so_far(cx, tx, order, &licenses).await?;
    let delivery = mail::delivery_of(cx, tx, zone, order.id, licenses.len() == 1).await?;
    Ok(Executed {
        id: order.id,
        option: one(&lines),
        number: order.number,
        at: zone.moment(order.executed_at.unwrap_or(order.submitted_at)),
        state: order.state,
        held: order.held,
        now: held.map(|held| held.decision),
        upgrade: lines.iter().any(|line| line.upgrades.is_some()),
        user,
        total,
        open: Some(open).filter(|open| open.is_positive()),
        licenses: licenses.iter().map(|named| license(named, zone, cx.now())).collect(),
        sent: sent.all_at.map(|at| zone.moment(at)),
        sent_licenses: sent.licenses,
        delivery,
    })
}

/// L15: of how many licenses of an order the details were sent: together by [`send`], or one by one from their pages and from the list.
async fn sent_so_far(cx: &Cx, tx: &mut Tx, order: &Order, licenses: &[Named]) -> Result<SentSoFar, Error> {
    if order.sent_at.is_some() {
        return Ok(SentSoFar { all_at: order.sent_at, licenses: licenses.len() });
    }
    let ids: Vec<_> = licenses.iter().map(|named| named.license.id.to_string()).collect();
    let last = store::audit::last_with(tx, What::LicenseSent, &ids).await?;
    // What was sent of a trial says nothing of what it was upgraded to (L5).
    let since = order.executed_at.unwrap_or(order.submitted_at);
    let sent = licenses.iter().zip(&ids).map(|(named, id)| {
        let at = last.get(id).copied().filter(|at| *at >= since);
        (named.license.life.state(cx.now()), at)
    });
    Ok(SentSoFar::of(&sent.collect::<Vec<_>>()))
}

/// `Send to customer`: all keys of an order that work in one mail, each with what it is for (L15).
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
    let all = licenses(cx, &mut tx, &order).await?;
    // What has ended for good is left out; an order of which all has ended says so.
    let usable = |named: &&Named| named.license.life.state(cx.now()).is_usable();
    let usable: Vec<_> = all.iter().filter(usable).cloned().collect();
    let licenses = if usable.is_empty() { all } else { usable };
    send_details(cx, &mut tx, &Sending { licenses: &licenses, of: Of::Order(id), zone, lane: Lane::First }).await?;
    store::orders::sent(&mut tx, &order, cx.now()).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    Ok(())
}

/// The licenses of an order that has been found in scope, line by line.
pub(super) async fn licenses(cx: &Cx, tx: &mut Tx, order: &Order) -> Result<Vec<Named>, Error> {
    let mut all = Vec::new();
    for line in store::orders::lines(tx, order).await? {
        all.extend(store::licenses::of_line(tx, &cx.scope(), line.id).await?);
    }
    Ok(all)
}
