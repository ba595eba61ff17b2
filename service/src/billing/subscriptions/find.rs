//! A subscription as the page of one of its licenses shows it.

use chrono::NaiveDate;
use domain::{
    BasisPoints, Deed, LicenseId, Refusal,
    billing::{NextCharge, Part, Subscribed, Subscription},
};
use store::subscriptions::Stored;

use super::{license, most};
use crate::{Cx, Error, accounts};

/// The subscription of a license; `None` for what is charged once.
///
/// # Errors
/// [`Error::NotFound`] when the license is not of the actor's account (A11).
pub async fn find(cx: &Cx, id: LicenseId) -> Result<Option<Subscribed>, Error> {
    cx.may(Deed::SeeLicenses)?;
    let mut tx = cx.service.store.read().await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let named = license(cx, &mut tx, id).await?;
    let line = named.license.order_line;
    let Some(stored) = store::subscriptions::find(&mut tx, line).await? else { return Ok(None) };
    let billed = store::accounts::billed(&mut tx, account.id).await?.ok_or(Error::NotFound)?;
    let most = most(&mut tx, line, stored.subscription.terms_on(zone.day(cx.now())).quantity).await?;
    Ok(Some(subscribed(&stored, zone.day(cx.now()), billed.tax, most)?))
}

/// A subscription as screens show it.
pub(super) fn subscribed(stored: &Stored, today: NaiveDate, tax: BasisPoints, most: u32) -> Result<Subscribed, Error> {
    let subscription = &stored.subscription;
    let running = subscription.schedule.running_on(today);
    let terms = subscription.terms_on(today);
    let after = running.map_or(today, |part| part.of().end);
    Ok(Subscribed {
        order: stored.number,
        unit: terms.unit,
        since: subscription.price_since(today),
        coming: subscription.price_to_come(today).map(|terms| (terms.from, terms.unit)),
        every: subscription.schedule.cycle.every,
        timing: subscription.schedule.timing,
        quantity: terms.quantity,
        renewed: subscription.terms_on(after).quantity,
        most,
        running: running.map(Part::of),
        next: next(subscription, tax)?,
        last: subscription.schedule.ends.and_then(|end| end.pred_opt()),
    })
}

/// What is charged next.
pub(super) fn next(subscription: &Subscription, tax: BasisPoints) -> Result<Option<NextCharge>, Error> {
    let charge = subscription.next(tax).map_err(Refusal::from)?;
    Ok(subscription.next_charge_on().zip(charge).map(|(on, charge)| NextCharge { on, charge }))
}
