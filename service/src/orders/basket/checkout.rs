//! The checkout: what is typed into it, and placing the order of the basket.

use domain::{
    Deed, DraftId, FieldErrors, FormKey, OrderId, Refusal,
    audit::What,
    orders::{CheckoutForm, Seen, draft_expired},
};

use super::{
    super::{Bill, Item, Placing, consent, place, terms},
    draft::{Kept, load, offers},
};
use crate::{Cx, Error, accounts, drafts, idempotency::draft_of, licenses::picked, products};

/// Keeps what is typed into the checkout of a basket, also when it is wrong; checks nothing.
///
/// # Errors
/// [`Refusal::FormUnknown`] without a basket of the actor.
pub async fn keep(cx: &Cx, basket: DraftId, form: &CheckoutForm) -> Result<(), Error> {
    cx.may(Deed::CreateLicenses)?;
    let mut tx = cx.service.store.write().await?;
    store::accounts::hold(&mut tx, cx.actor.account).await?;
    let (draft, kept) = load(cx, &mut tx, basket).await?;
    if draft_expired(draft.updated_at, cx.now()) {
        return Err(Refusal::FormUnknown.into());
    }
    drafts::save(cx, &mut tx, draft, &Kept { checkout: form.clone(), ..kept }).await?;
    Ok(tx.commit().await?)
}

/// Places the order of the basket, whose draft is the key of the form: once, however often it is sent (O2), and refused with other
/// entries than the first time. `seen` is what was on the screen: what was to be paid, in minor units, and the terms of use.
///
/// # Errors
/// Messages at the fields; [`Refusal::BasketEmpty`], [`Refusal::BasketChanged`] (P3); what the rules of licenses refuse;
/// [`Refusal::PriceChanged`], [`Refusal::TermsChanged`]; [`Refusal::FormUnknown`] without a basket of the actor;
/// [`Refusal::FormSentBefore`].
pub async fn place_basket(
    cx: &Cx,
    key: FormKey,
    seen: impl Into<Seen> + Send,
    form: &CheckoutForm,
) -> Result<OrderId, Error> {
    cx.may(Deed::CreateLicenses)?;
    let seen = seen.into();
    let mut tx = cx.service.store.write().await?;
    store::accounts::hold(&mut tx, cx.actor.account).await?;
    if let Some(id) = cx.once(&mut tx, key, What::OrderExecuted.word(), form).await? {
        return id.parse().map_err(|_| Error::NotFound);
    }
    let (draft, Kept { basket, .. }) = load(cx, &mut tx, draft_of(key)).await?;
    if draft_expired(draft.updated_at, cx.now()) {
        return Err(Refusal::FormUnknown.into());
    }
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let checked = form.check(zone.day(cx.now()))?;
    let Some(user) = picked(cx, &mut tx, &account, checked.user).await? else {
        return Err(FieldErrors::at("user", "Choose one of your customers, or your own organisation.").into());
    };
    store::accounts::hold(&mut tx, user.id).await?;
    products::ready(&mut tx, &account, zone.day(cx.now())).await?;
    let offers = offers(cx, &mut tx, &account, zone, &basket).await?;
    let lines = basket.check(&offers)?;
    let bill = Bill::of(&mut tx, &account, zone, cx.now()).await?;
    let mut items = Vec::new();
    for line in lines {
        let offer = offers.iter().find(|offer| offer.option == line.option).ok_or(Refusal::NotOffered)?;
        items.push(Item::at(offer.clone(), terms(&mut tx, line.option).await?, *line, &bill)?);
    }
    let consent = consent(cx, &mut tx, &items, &seen.terms).await?;
    let written = checked.written;
    let placing = Placing { draft: draft.id, account: &account, bill: &bill, user: &user, items, written, consent };
    placing.allowed(cx, &mut tx).await?;
    let takes = placing.quote()?.takes;
    if takes.minor != seen.total {
        return Err(Refusal::PriceChanged { now: takes.to_string() }.into());
    }
    let (id, change) = place(cx, &mut tx, &placing).await?;
    store::drafts::remove(&mut tx, draft.id).await?;
    cx.settle(&mut tx, key, id).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    cx.service.live.announce(change);
    Ok(id)
}
