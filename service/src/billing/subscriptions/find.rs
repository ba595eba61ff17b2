//! A subscription as the page of one of its licenses shows it.

use chrono::NaiveDate;
use domain::{
    BasisPoints, Refusal,
    billing::{NextCharge, Part, Subscribed, Subscription},
};
use store::{Tx, subscriptions::Stored};

use super::most;
use crate::Error;

/// The subscription of a license that has been found in scope.
pub(crate) async fn shown(tx: &mut Tx, stored: &Stored, today: NaiveDate) -> Result<Subscribed, Error> {
    let billed = store::accounts::billed(tx, stored.account).await?.ok_or(Error::NotFound)?;
    let most = most(tx, stored.line, stored.subscription.terms_on(today).quantity).await?;
    subscribed(stored, today, billed.tax, most)
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
