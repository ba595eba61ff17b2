//! A subscription as the page of one of its licenses shows it.

use domain::{
    Deed, LicenseId, Refusal,
    billing::{NextCharge, Part, Subscribed},
};

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
    let (subscription, today) = (&stored.subscription, zone.day(cx.now()));
    let running = subscription.schedule.running_on(today);
    let terms = subscription.terms_on(today);
    let charge = subscription.next(billed.tax).map_err(Refusal::from)?;
    let next = subscription.next_charge_on().zip(charge).map(|(on, charge)| NextCharge { on, charge });
    let after = running.map_or(today, |part| part.of().end);
    Ok(Some(Subscribed {
        order: stored.number,
        unit: terms.unit,
        every: subscription.schedule.cycle.every,
        timing: subscription.schedule.timing,
        quantity: terms.quantity,
        renewed: subscription.terms_on(after).quantity,
        most: most(&mut tx, line, terms.quantity).await?,
        running: running.map(Part::of),
        next,
        last: subscription.schedule.ends.and_then(|end| end.pred_opt()),
    }))
}
