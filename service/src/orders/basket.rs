//! The basket: what somebody wants to order, at the prices that they saw, and placing it (O1, P3). It is a draft of one person.

use domain::{
    Deed, FieldErrors, FormKey, OptionId, OrderId, Refusal,
    audit::What,
    billing::Decision,
    licenses::{QUANTITY_MOST, Type},
    orders::{Basket, BasketLine, BasketPage, BasketRow, CheckoutForm, draft_expired},
    products::Offer,
};
use store::{
    Tx,
    accounts::Account,
    drafts::{Draft, Kind},
};

use super::{Bill, Item, Placing, item::quote, place, terms};
use crate::{Cx, Error, accounts, drafts, idempotency::draft_of, licenses::picked, moment::Zone, products};

/// Puts an option into the basket; it becomes more of what is there.
///
/// # Errors
/// A message at `quantity`; [`Error::NotFound`] when it is not offered; [`Refusal::MixedCurrencies`].
pub async fn add(cx: &Cx, key: FormKey, option: OptionId, license_type: Type, quantity: &str) -> Result<(), Error> {
    let more = number(quantity, 1)?;
    let Some(mut change) = Change::begin(cx, key, ("add", option, license_type, more)).await? else { return Ok(()) };
    let today = change.zone.day(cx.now());
    let offer = products::offered(&mut change.tx, &change.account, option, today).await?;
    change.basket.add(&offer, license_type, more)?;
    change.finish(cx).await
}

/// Sets how many of a line are wanted; none takes it out, also when it is not offered any more.
///
/// # Errors
/// A message at `quantity`; [`Refusal::NotOffered`].
pub async fn set(cx: &Cx, key: FormKey, option: OptionId, license_type: Type, quantity: &str) -> Result<(), Error> {
    let wanted = number(quantity, 0)?;
    let Some(mut change) = Change::begin(cx, key, ("set", option, license_type, wanted)).await? else { return Ok(()) };
    if wanted == 0 {
        change.basket.remove(option, license_type);
        return change.finish(cx).await;
    }
    let today = change.zone.day(cx.now());
    match products::offered(&mut change.tx, &change.account, option, today).await {
        Ok(offer) => change.basket.set(&offer, license_type, wanted)?,
        Err(Error::NotFound) => return Err(Refusal::NotOffered.into()),
        Err(error) => return Err(error),
    }
    change.finish(cx).await
}

/// Confirms what has changed since the prices were seen: the prices of now, and nothing that is not offered any more.
///
/// # Errors
/// When the account cannot order.
pub async fn confirm(cx: &Cx, key: FormKey) -> Result<(), Error> {
    let Some(mut change) = Change::begin(cx, key, "confirm").await? else { return Ok(()) };
    let (account, zone) = (change.account.clone(), change.zone);
    products::ready(&mut change.tx, &account, zone.day(cx.now())).await?;
    let offers = offers(cx, &mut change.tx, &account, zone, &change.basket).await?;
    change.basket = change.basket.confirmed(&offers);
    change.finish(cx).await
}

/// A change of the basket of the actor, who has none until something is put into it.
struct Change {
    tx: Tx,
    account: Account,
    zone: Zone,
    draft: Option<Draft>,
    basket: Basket,
}

impl Change {
    /// `None` when the same form was sent before.
    async fn begin(cx: &Cx, key: FormKey, form: impl serde::Serialize + Send) -> Result<Option<Self>, Error> {
        cx.may(Deed::CreateLicenses)?;
        let mut tx = cx.service.store.write().await?;
        store::accounts::hold(&mut tx, cx.actor.account).await?;
        if cx.once(&mut tx, key, "basket.changed", form).await?.is_some() {
            return Ok(None);
        }
        let (account, zone) = accounts::own(cx, &mut tx).await?;
        let (draft, basket) = current(cx, &mut tx).await?;
        Ok(Some(Self { tx, account, zone, draft, basket }))
    }

    async fn finish(mut self, cx: &Cx) -> Result<(), Error> {
        match self.draft {
            Some(draft) => drafts::save(cx, &mut self.tx, draft, &self.basket).await?,
            None => {
                drafts::begin(cx, &mut self.tx, Kind::Basket, &self.basket, None).await?;
            }
        }
        Ok(self.tx.commit().await?)
    }
}

/// The basket as it stands.
///
/// # Errors
/// When the actor may not order.
pub async fn find(cx: &Cx) -> Result<BasketPage, Error> {
    cx.may(Deed::CreateLicenses)?;
    let mut tx = cx.service.store.read().await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let (draft, basket) = current(cx, &mut tx).await?;
    let own = picked(cx, &mut tx, &account, account.id).await?.ok_or(Error::NotFound)?;
    let bill = Bill::of(&mut tx, &account, zone, cx.now()).await?;
    let offers = offers(cx, &mut tx, &account, zone, &basket).await?;
    let items = items(&mut tx, &basket, &bill).await?;
    let quote = quote(&items, bill.credit.balance())?;
    let held = match bill.credit.decide(quote.takes).map_err(Refusal::from)? {
        Decision::Hold(shortfall) => Some(shortfall),
        Decision::Execute => None,
    };
    let refusal = match products::ready(&mut tx, &account, zone.day(cx.now())).await {
        Err(Error::Refused(refusal)) => Some(refusal),
        Err(error) => return Err(error),
        Ok(_) => None,
    };
    Ok(BasketPage {
        draft: draft.map(|draft| draft.id),
        rows: items.iter().map(row).collect(),
        changes: if refusal.is_some() { Vec::new() } else { basket.changes(&offers) },
        takes: quote.takes,
        held,
        refusal,
        credit: bill.credit,
        unpaid: account.unpaid,
        slots: quote.slots(),
        today: zone.day(cx.now()),
        own,
    })
}

fn row(item: &Item) -> BasketRow {
    let (line, amount) = (item.quoted.line, item.quoted.charge.amount());
    BasketRow {
        option: line.option,
        name: item.offer.full_name(),
        license_type: line.license_type,
        quantity: line.quantity,
        explained: item.quoted.charge.to_string(),
        net: amount.net(),
        tax: amount.tax(),
    }
}

/// Places the order of the basket, whose draft is the key of the form: once, however often it is sent (O2). `seen_total` is what
/// was shown to be paid, in minor units.
///
/// # Errors
/// Messages at the fields; [`Refusal::BasketEmpty`], [`Refusal::BasketChanged`] (P3); what the rules of licenses refuse;
/// [`Refusal::PriceChanged`]; [`Refusal::FormUnknown`] without a basket of the actor.
pub async fn place_basket(cx: &Cx, key: FormKey, seen_total: i64, form: &CheckoutForm) -> Result<OrderId, Error> {
    cx.may(Deed::CreateLicenses)?;
    let mut tx = cx.service.store.write().await?;
    store::accounts::hold(&mut tx, cx.actor.account).await?;
    // The key alone: what was placed stays, whatever is typed into the form that is sent again.
    if let Some(id) = cx.once(&mut tx, key, What::OrderExecuted.word(), ()).await? {
        return id.parse().map_err(|_| Error::NotFound);
    }
    let (draft, basket): (Draft, Basket) = drafts::load(cx, &mut tx, Kind::Basket, draft_of(key)).await?;
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
    let placing =
        Placing { draft: draft.id, account: &account, bill: &bill, user: &user, items, written: checked.written };
    placing.allowed(cx, &mut tx).await?;
    let takes = placing.quote()?.takes;
    if takes.minor != seen_total {
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

/// The draft of the actor's basket and what stands in it; nothing where there is none, or where it is too old (O2).
async fn current(cx: &Cx, tx: &mut Tx) -> Result<(Option<Draft>, Basket), Error> {
    let draft = store::drafts::newest(tx, cx.actor.contact, Kind::Basket).await?;
    let draft = draft.filter(|draft| !draft_expired(draft.updated_at, cx.now()));
    let basket = match &draft {
        Some(draft) => serde_json::from_str(&draft.fields).map_err(|e| Error::Internal(e.to_string()))?,
        None => Basket::default(),
    };
    Ok((draft, basket))
}

/// What is offered now of what is in the basket; nothing while nothing can be ordered.
async fn offers(cx: &Cx, tx: &mut Tx, account: &Account, zone: Zone, basket: &Basket) -> Result<Vec<Offer>, Error> {
    let mut offers = Vec::new();
    for line in basket.lines() {
        match products::offered(tx, account, line.option, zone.day(cx.now())).await {
            Ok(offer) => offers.push(offer),
            Err(Error::NotFound | Error::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(offers)
}

/// The lines at the prices that were seen, whatever is offered now.
async fn items(tx: &mut Tx, basket: &Basket, bill: &Bill) -> Result<Vec<Item>, Error> {
    let mut items = Vec::new();
    for line in basket.lines() {
        let BasketLine { option, seen, .. } = *line;
        let sold = store::products::sold(tx, option).await?.ok_or(Error::NotFound)?;
        items.push(Item::at(sold.offered_at(seen), sold.terms, *line, bill)?);
    }
    Ok(items)
}

fn number(typed: &str, least: u32) -> Result<u32, FieldErrors> {
    let number = typed.trim().parse().ok().filter(|number| (least..=QUANTITY_MOST).contains(number));
    number.ok_or_else(|| FieldErrors::at("quantity", format!("Enter a whole number from {least} to {QUANTITY_MOST}.")))
}
