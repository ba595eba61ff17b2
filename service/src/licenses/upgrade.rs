//! Upgrading a trial: an order of one line whose license exists already (L5).

use domain::{
    Deed, FieldErrors, FormKey, LicenseId, OptionId, Refusal,
    audit::What,
    licenses::{self, UpgradeForm, UpgradeOffer, UpgradePage, Upgraded},
    orders::Written,
};
use store::{Tx, accounts::Account, licenses::Named};

use super::{picked, row};
use crate::{
    Cx, Error, accounts,
    idempotency::draft_of,
    moment::Zone,
    orders::{Bill, Item, Placing, place, terms},
    products,
};

/// A trial, and what it can be upgraded to at the prices of now.
///
/// # Errors
/// [`Error::NotFound`] when it is not of the actor's account, or the actor may not.
pub async fn upgrades(cx: &Cx, id: LicenseId) -> Result<UpgradePage, Error> {
    cx.may(Deed::ChangeLicenses)?;
    let mut tx = cx.service.store.read().await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let named = store::licenses::find(&mut tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
    let bill = Bill::of(&mut tx, &account, zone, cx.now()).await?;
    let held = store::orders::held_upgrade(&mut tx, &cx.scope(), id).await?;
    let mut offers = Vec::new();
    let mut refusal = None;
    for option in store::products::options_of(&mut tx, named.license.product).await? {
        match offer(cx, &mut tx, &account, &bill, &named, option.id, zone).await {
            Ok(item) => offers.push(shown(&item, &bill)?),
            // Of an option that is not for this trial, or not sold, nothing is said.
            Err(Error::NotFound | Error::Refused(Refusal::NotOffered)) => {}
            Err(Error::Refused(refused)) => refusal = Some(refused),
            Err(other) => return Err(other),
        }
    }
    Ok(UpgradePage { license: row(named.listed(), zone, cx.now()), credit: bill.credit, offers, held, refusal })
}

/// Orders the upgrade of a trial, at the total that was shown. Over the credit it is held, and the trial stays one.
///
/// # Errors
/// A message at `option`; the rule that refuses (L5, L7); [`Refusal::PriceChanged`]; [`Error::NotFound`] when it is another's.
pub async fn upgrade(cx: &Cx, key: FormKey, id: LicenseId, form: &UpgradeForm) -> Result<Upgraded, Error> {
    cx.may(Deed::ChangeLicenses)?;
    let option = form.option.parse().map_err(|_| FieldErrors::at("option", "Choose what it becomes."))?;
    let mut tx = cx.service.store.write().await?;
    let found = store::licenses::find(&mut tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
    if let Some(done) = cx.once(&mut tx, key, What::LicenseUpgraded.word(), (id, form)).await? {
        return outcome(cx, &mut tx, &done).await;
    }
    store::accounts::hold(&mut tx, cx.actor.account).await?;
    store::accounts::hold(&mut tx, found.license.customer).await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let named = store::licenses::find(&mut tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
    let user = picked(cx, &mut tx, &account, named.license.customer).await?.ok_or(Error::NotFound)?;
    let bill = Bill::of(&mut tx, &account, zone, cx.now()).await?;
    let item = offer(cx, &mut tx, &account, &bill, &named, option, zone).await?;
    let item = Item { upgrades: Some(id), ..item };
    let (draft, written) = (draft_of(key), Written::default());
    // What was accepted for the trial holds for what it becomes (O1).
    let consent = None;
    let placing = Placing { draft, account: &account, bill: &bill, user: &user, items: vec![item], written, consent };
    placing.allowed(cx, &mut tx).await?;
    let takes = placing.quote()?.takes;
    if takes.minor.to_string() != form.total {
        return Err(Refusal::PriceChanged { now: takes.to_string() }.into());
    }
    let (order, change) = place(cx, &mut tx, &placing).await?;
    cx.settle(&mut tx, key, order).await?;
    let done = outcome(cx, &mut tx, &order.to_string()).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    cx.service.live.announce(change);
    Ok(done)
}

/// What has become of the order.
async fn outcome(cx: &Cx, tx: &mut Tx, order: &str) -> Result<Upgraded, Error> {
    let id = order.parse().map_err(|_| Error::NotFound)?;
    let order = store::orders::find(tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
    Ok(Upgraded { order: order.number, state: order.state })
}

/// One of an option in place of that trial.
async fn offer(
    cx: &Cx,
    tx: &mut Tx,
    account: &Account,
    bill: &Bill,
    named: &Named,
    option: OptionId,
    zone: Zone,
) -> Result<Item, Error> {
    let license = &named.license;
    let offer = products::offered(tx, account, option, zone.day(cx.now())).await.map_err(|error| match error {
        Error::NotFound => Refusal::NotOffered.into(),
        other => other,
    })?;
    let state = license.life.state(cx.now());
    let becomes = licenses::upgrade(license.license_type, state, license.product, &offer, account.unpaid)?;
    let billing = terms(tx, option).await?;
    Item::of(offer, billing, becomes, 1, bill)
}

fn shown(item: &Item, bill: &Bill) -> Result<UpgradeOffer, Error> {
    let quote = crate::orders::quote(std::slice::from_ref(item), bill.credit.balance())?;
    let charge = item.quoted.charge;
    Ok(UpgradeOffer {
        option: item.offer.option,
        name: item.offer.name.clone(),
        license_type: item.quoted.line.license_type,
        billing: item.offer.billing,
        explained: charge.to_string(),
        amount: charge.amount(),
        at_once: item.quoted.is_charged_at_once(),
        takes: quote.takes,
        decision: bill.credit.decide(quote.takes).map_err(Refusal::from)?,
    })
}
