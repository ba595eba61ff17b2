//! Creating licenses: an order of one line (L2, O2). It goes through the same door as every order.

use domain::{
    Deed, FieldErrors, FormKey, OrderId, Refusal,
    audit::What,
    licenses::NewLicensesForm,
    orders::{Seen, Written},
};
use store::drafts::Kind;

use super::{picked, wizard};
use crate::{
    Cx, Error, accounts, drafts,
    idempotency::draft_of,
    orders::{Bill, Item, Placing, consent, place, terms},
};

/// Places the order of a draft: executed at once with all its licenses, or held where it is over the credit (C3). The draft
/// sent again, by whatever accident, gives the same order, and is refused with other entries. `seen` is what was on the screen: what was to be paid, in minor units, and the
/// terms of use.
///
/// # Errors
/// Messages at the fields; the rule that refuses (A2, L4, L6, L7); [`Refusal::PriceChanged`], [`Refusal::TermsChanged`];
/// [`Refusal::FormUnknown`] without a draft of the actor; [`Refusal::FormSentBefore`].
pub async fn create(cx: &Cx, key: FormKey, seen: impl Into<Seen> + Send) -> Result<OrderId, Error> {
    cx.may(Deed::CreateLicenses)?;
    let seen = seen.into();
    let draft = draft_of(key);
    let mut tx = cx.service.store.write().await?;
    let (_, form): (_, NewLicensesForm) = drafts::load(cx, &mut tx, Kind::License, draft).await?;
    if let Some(id) = cx.once(&mut tx, key, What::OrderExecuted.word(), &form).await? {
        return id.parse().map_err(|_| Error::NotFound);
    }
    store::accounts::hold(&mut tx, cx.actor.account).await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let offer = wizard::offer_of(&mut tx, &account, &form, zone, cx.now()).await?;
    let order = form.check(&offer, zone.day(cx.now()))?;
    let Some(user) = picked(cx, &mut tx, &account, order.user).await? else {
        return Err(FieldErrors::at("user", "Choose one of your customers, or your own organisation.").into());
    };
    store::accounts::hold(&mut tx, user.id).await?;
    let bill = Bill::of(&mut tx, &account, zone, cx.now()).await?;
    let billing = terms(&mut tx, offer.option).await?;
    let item = Item::of(offer, billing, order.license_type, order.quantity, &bill)?;
    let written = Written {
        reseller_notes: order.reseller_notes,
        customer_details: order.customer_details,
        customer_paid: order.customer_paid,
    };
    let items = vec![item];
    let consent = consent(cx, &mut tx, &items, &seen.terms).await?;
    let placing = Placing { draft, account: &account, bill: &bill, user: &user, items, written, consent };
    placing.allowed(cx, &mut tx).await?;
    let takes = placing.quote()?.takes;
    if takes.minor != seen.total {
        return Err(Refusal::PriceChanged { now: takes.to_string() }.into());
    }
    let (id, change) = place(cx, &mut tx, &placing).await?;
    cx.settle(&mut tx, key, id).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    cx.service.live.announce(change);
    Ok(id)
}
