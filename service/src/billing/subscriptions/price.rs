//! Staff change the price of a running subscription: from the next period on, or from today (P3). It is an explicit act; no price list
//! does it.

use domain::{
    Deed, FormKey, LicenseId, Refusal,
    audit::What,
    billing::{NewPrice, PriceForm, PricePage, Reprices},
    time,
};
use serde_json::json;
use store::Tx;

use super::{
    exchange::{Exchanged, exchange},
    find::subscribed,
    most,
    pricing::Pricing,
};
use crate::{
    Cx, Error, accounts,
    billing::{credit_notes::payers, recur},
    licenses,
    live::Change,
    mail,
};

/// A subscription of any account, with what another price would do, if one is asked for.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the actor may not change its price; [`Error::Unconfirmed`].
pub async fn page(cx: &Cx, id: LicenseId, asked: PriceForm) -> Result<PricePage, Error> {
    cx.may(Deed::PriceSubscriptions)?;
    cx.confirmed()?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let pricing = Pricing::of(cx, &mut tx, id).await?;
    let Pricing { named, stored, account, billed, today, .. } = &pricing;
    let running = stored.subscription.terms_on(*today).quantity;
    let most = most(&mut tx, stored.line, running).await?;
    let preview = asked.check(account.currency).ok().map(|new| pricing.preview(new)).transpose()?;
    Ok(PricePage {
        license: licenses::row(named.listed(), zone, cx.now()),
        reseller: account.id,
        name: account.name.clone(),
        subscribed: subscribed(stored, *today, billed.tax, most)?,
        asked,
        preview,
    })
}

/// Whether that price can be set: asked before what it does is shown.
///
/// # Errors
/// Messages at `price` and `from`; what [`domain::billing::Subscription::repriced`] refuses; as [`page`].
pub async fn ask(cx: &Cx, id: LicenseId, form: &PriceForm) -> Result<(), Error> {
    cx.may(Deed::PriceSubscriptions)?;
    cx.confirmed()?;
    let mut tx = cx.service.store.read().await?;
    let pricing = Pricing::of(cx, &mut tx, id).await?;
    pricing.reprices(form.check(pricing.account.currency)?)?;
    Ok(())
}

/// Changes the price. `seen` is what the preview gave: what is done is what was shown.
///
/// # Errors
/// A message at `reason`; [`Refusal::NotAsSeen`]; as [`ask`].
pub async fn reprice(cx: &Cx, key: FormKey, id: LicenseId, form: &PriceForm, seen: &str) -> Result<(), Error> {
    cx.may(Deed::PriceSubscriptions)?;
    cx.confirmed()?;
    let reason = form.check_reason()?;
    recur::catch_up(&cx.service, line(cx, id).await?).await?;
    let mut tx = cx.service.store.write().await?;
    let found = store::licenses::find(&mut tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
    if cx.once(&mut tx, key, What::SubscriptionRepriced.word(), (id, form, seen)).await?.is_some() {
        return Ok(());
    }
    store::accounts::hold(&mut tx, found.license.reseller).await?;
    let pricing = Pricing::of(cx, &mut tx, id).await?;
    let new = form.check(pricing.account.currency)?;
    let reprices = pricing.reprices(new)?;
    if pricing.seen(&reprices)? != seen {
        return Err(Refusal::NotAsSeen.into());
    }
    let becomes = reprices.becomes.clone();
    recur::save(&cx.service, &mut tx, pricing.stored.line, |_, _| Ok(becomes)).await?;
    let exchanged = match &reprices.at_once {
        Some(at_once) => Some(exchange(cx, &mut tx, &pricing, at_once, &reason).await?),
        None => None,
    };
    let done = Done { pricing: &pricing, new, reprices: &reprices, exchanged, reason: &reason };
    done.write_down(cx, &mut tx).await?;
    done.tell(cx, &mut tx).await?;
    let account = pricing.account.id;
    cx.settle(&mut tx, key, pricing.stored.order).await?;
    let version = store::accounts::raise_version(&mut tx, account).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    let words = format!("The price of the subscription of order {} was changed", pricing.stored.number);
    cx.service.live.announce(Change { account, version, words });
    Ok(())
}

/// The order line of a license of any account that the actor sees.
async fn line(cx: &Cx, id: LicenseId) -> Result<domain::OrderLineId, Error> {
    let mut tx = cx.service.store.read().await?;
    Ok(store::licenses::find(&mut tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?.license.order_line)
}

/// What was done, as it is written down and told.
struct Done<'a> {
    pricing: &'a Pricing,
    new: NewPrice,
    reprices: &'a Reprices,
    exchanged: Option<Exchanged>,
    reason: &'a str,
}

impl Done<'_> {
    /// What one cost on the day from which the new price holds.
    fn old(&self) -> String {
        self.pricing.stored.subscription.terms_on(self.reprices.from).unit.to_string()
    }

    async fn write_down(&self, cx: &Cx, tx: &mut Tx) -> Result<(), Error> {
        let stored = &self.pricing.stored;
        let mut detail = json!({
            "number": stored.number,
            "changed": ["price of one"],
            "before": { "price of one": self.old() },
            "after": { "price of one": self.new.unit.to_string() },
            "from": self.reprices.from,
            "reason": self.reason,
        });
        if let Some(exchanged) = &self.exchanged {
            detail["credited"] = json!(exchanged.credited.to_string());
            detail["charged"] = json!(exchanged.charged.to_string());
            detail["credit notes"] = json!(exchanged.notes);
        }
        cx.write_down(tx, What::SubscriptionRepriced, stored.order, self.pricing.account.id, detail).await
    }

    async fn tell(&self, cx: &Cx, tx: &mut Tx) -> Result<(), Error> {
        let named = &self.pricing.named;
        let link = format!("{}/licenses/{}", cx.service.settings.base_url, named.license.id);
        let every = self.pricing.stored.subscription.schedule.cycle.every.label();
        let (new, old) = (format!("{} {every}", self.new.unit), format!("{} {every}", self.old()));
        let at_once = self.exchanged.as_ref().map(Exchanged::words).unwrap_or_default();
        for person in payers(tx, self.pricing.account.id).await? {
            let letter = mail::SubscriptionRepriced {
                name: &person.first_name,
                product: &named.product,
                customer: &named.customer,
                old: &old,
                new: &new,
                from: &time::day(self.reprices.from),
                at_once: &at_once,
                reason: self.reason,
                link: &link,
            };
            let subject = format!("The price of a subscription to {} changes", named.product);
            mail::post_bulk(&cx.service, tx, &person, &subject, &letter).await?;
        }
        Ok(())
    }
}
