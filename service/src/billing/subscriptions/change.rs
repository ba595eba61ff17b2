//! Changing what comes after the running period: how many licenses are renewed, and whether it goes on at all.

use domain::{
    Deed, FormKey, LicenseId,
    audit::What,
    billing::{QuantityForm, Subscription},
};
use serde_json::json;
use store::Tx;

use super::{license, most};
use crate::{
    Cx, Error, accounts,
    billing::recur::{self, Changed},
    live::Change,
};

/// From the next period on so many licenses are renewed, those first that were created first (P3).
///
/// # Errors
/// A message at `quantity`; [`Error::NotFound`] when the license is not of the actor's account, or no subscription; what
/// [`domain::billing::Subscription::renewing`] refuses.
pub async fn renew(cx: &Cx, key: FormKey, id: LicenseId, form: &QuantityForm) -> Result<(), Error> {
    let Some(mut deed) = Doing::begin(cx, key, id, What::SubscriptionChanged, form).await? else { return Ok(()) };
    let stored = store::subscriptions::find(&mut deed.tx, deed.line).await?.ok_or(Error::NotFound)?;
    let (_, zone) = accounts::own(cx, &mut deed.tx).await?;
    let running = stored.subscription.terms_on(zone.day(cx.now())).quantity;
    let quantity = form.check(most(&mut deed.tx, deed.line, running).await?.max(1))?;
    let changed = recur::save(&cx.service, &mut deed.tx, deed.line, |stored, today| stored.renewing(today, quantity));
    let changed = changed.await?;
    let after = |part: &Subscription| part.changes.last().unwrap_or(&part.first).quantity;
    let detail = json!({
        "number": changed.stored.number,
        "changed": ["renewed licenses"],
        "before": { "renewed licenses": after(&changed.stored.subscription).to_string() },
        "after": { "renewed licenses": after(&changed.becomes).to_string() },
    });
    deed.finish(cx, &changed, detail).await
}

/// The subscription ends with its running period; nothing is given back for that.
///
/// # Errors
/// [`Error::NotFound`]; what [`domain::billing::Subscription::canceled`] refuses.
pub async fn cancel(cx: &Cx, key: FormKey, id: LicenseId) -> Result<(), Error> {
    let Some(mut deed) = Doing::begin(cx, key, id, What::SubscriptionCanceled, ()).await? else { return Ok(()) };
    let changed = recur::save(&cx.service, &mut deed.tx, deed.line, Subscription::canceled).await?;
    let last = changed.becomes.schedule.ends.and_then(|end| end.pred_opt());
    let detail = json!({ "number": changed.stored.number, "last day": last });
    deed.finish(cx, &changed, detail).await
}

/// The subscription goes on after all: the cancellation is taken back.
///
/// # Errors
/// [`Error::NotFound`]; what [`domain::billing::Subscription::going_on`] refuses.
pub async fn go_on(cx: &Cx, key: FormKey, id: LicenseId) -> Result<(), Error> {
    let Some(mut deed) = Doing::begin(cx, key, id, What::SubscriptionKept, ()).await? else { return Ok(()) };
    let changed = recur::save(&cx.service, &mut deed.tx, deed.line, Subscription::going_on).await?;
    let detail = json!({ "number": changed.stored.number });
    deed.finish(cx, &changed, detail).await
}

/// One such deed, between its beginning and its end.
struct Doing {
    tx: Tx,
    what: What,
    key: FormKey,
    line: domain::OrderLineId,
}

impl Doing {
    /// `None` when the same form was sent before.
    async fn begin(
        cx: &Cx,
        key: FormKey,
        id: LicenseId,
        what: What,
        form: impl serde::Serialize + Send,
    ) -> Result<Option<Self>, Error> {
        cx.may(Deed::ChangeLicenses)?;
        let mut tx = cx.service.store.write().await?;
        store::accounts::hold(&mut tx, cx.actor.account).await?;
        let line = license(cx, &mut tx, id).await?.license.order_line;
        match cx.once(&mut tx, key, what.word(), (id, form)).await? {
            Some(_) => Ok(None),
            None => Ok(Some(Self { tx, what, key, line })),
        }
    }

    async fn finish(mut self, cx: &Cx, changed: &Changed, detail: serde_json::Value) -> Result<(), Error> {
        let (order, account) = (changed.stored.order, changed.stored.account);
        cx.write_down(&mut self.tx, self.what, order, account, detail).await?;
        cx.settle(&mut self.tx, self.key, order).await?;
        let version = store::accounts::raise_version(&mut self.tx, account).await?;
        self.tx.commit().await?;
        cx.service.post.notify_one();
        let words = format!("The subscription of order {} was changed", changed.stored.number);
        cx.service.live.announce(Change { account, version, words });
        Ok(())
    }
}
