//! Adding licenses to a running subscription (B2): an order of one line, for the days that are left of the period. It goes through
//! the same door as every order, and can be held like every order.

use domain::{
    Deed, FormKey, LicenseId, OrderId, Refusal,
    audit::What,
    billing::{Decision, More, QuantityForm},
    customers::Picked,
    licenses::Type,
    orders::{Basket, Written},
    products::Offer,
};
use store::{Tx, accounts::Account, subscriptions::Stored};

use super::license;
use crate::{
    Cx, Error, accounts,
    idempotency::draft_of,
    licenses::picked,
    orders::{Bill, Item, Placing, place},
    products,
};

/// What so many more would come to today. What is no number is one.
///
/// # Errors
/// [`Error::NotFound`] when the license is not of the actor's account, or no subscription; [`Refusal::NotRunning`];
/// [`Refusal::NotOffered`].
pub async fn more(cx: &Cx, id: LicenseId, form: &QuantityForm) -> Result<More, Error> {
    cx.may(Deed::ChangeLicenses)?;
    let mut tx = cx.service.store.read().await?;
    let adding = Adding::of(cx, &mut tx, id, form.check_more().unwrap_or(1)).await?;
    let placing = adding.placing(draft_of(cx.service.random.uuid().into()));
    let quote = placing.quote()?;
    let refusal = match placing.allowed(cx, &mut tx).await {
        Err(Error::Refused(refusal)) => Some(refusal),
        Err(error) => return Err(error),
        Ok(()) => None,
    };
    let held = match adding.bill.credit.decide(quote.takes).map_err(Refusal::from)? {
        Decision::Hold(shortfall) => Some(shortfall),
        Decision::Execute => None,
    };
    let quoted = adding.item.quoted;
    Ok(More {
        name: adding.item.offer.full_name(),
        customer: adding.user.name.clone(),
        quantity: quoted.line.quantity,
        charge: quoted.charge,
        timing: adding.running.subscription.schedule.timing,
        held,
        unpaid: adding.account.unpaid,
        slots: quote.slots(),
        refusal,
    })
}

/// Adds them: executed at once, or held where they are over the credit. `seen_total` is what was shown to be paid, in minor units.
///
/// # Errors
/// A message at `quantity`; what [`more`] and the rules of licenses refuse; [`Refusal::PriceChanged`].
pub async fn add(cx: &Cx, key: FormKey, id: LicenseId, form: &QuantityForm, seen_total: i64) -> Result<OrderId, Error> {
    cx.may(Deed::ChangeLicenses)?;
    let mut tx = cx.service.store.write().await?;
    store::accounts::hold(&mut tx, cx.actor.account).await?;
    let customer = license(cx, &mut tx, id).await?.license.customer;
    if let Some(order) = cx.once(&mut tx, key, What::OrderExecuted.word(), (id, form)).await? {
        return order.parse().map_err(|_| Error::NotFound);
    }
    store::accounts::hold(&mut tx, customer).await?;
    let adding = Adding::of(cx, &mut tx, id, form.check_more()?).await?;
    let placing = adding.placing(draft_of(key));
    placing.allowed(cx, &mut tx).await?;
    let takes = placing.quote()?.takes;
    if takes.minor != seen_total {
        return Err(Refusal::PriceChanged { now: takes.to_string() }.into());
    }
    let (order, change) = place(cx, &mut tx, &placing).await?;
    cx.settle(&mut tx, key, order).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    cx.service.live.announce(change);
    Ok(order)
}

/// What is added to what.
struct Adding {
    account: Account,
    user: Picked,
    bill: Bill,
    running: Stored,
    item: Item,
}

impl Adding {
    async fn of(cx: &Cx, tx: &mut Tx, id: LicenseId, quantity: u32) -> Result<Self, Error> {
        let (account, zone) = accounts::own(cx, tx).await?;
        let line = license(cx, tx, id).await?.license.order_line;
        let running = store::subscriptions::find(tx, line).await?.ok_or(Error::NotFound)?;
        let user = picked(cx, tx, &account, running.customer).await?.ok_or(Error::NotFound)?;
        let bill = Bill::of(tx, &account, zone, cx.now()).await?;
        let offer = offered(tx, &account, &running, &bill).await?;
        let mut basket = Basket::default();
        basket.add(&offer, Type::Subscription, quantity)?;
        let line = *basket.lines().first().ok_or(Refusal::BasketEmpty)?;
        let item = Item::added(tx, running.line, offer, line, &bill).await?;
        Ok(Self { account, user, bill, running, item })
    }

    fn placing(&self, draft: domain::DraftId) -> Placing<'_> {
        Placing {
            draft,
            account: &self.account,
            bill: &self.bill,
            user: &self.user,
            items: vec![self.item.clone()],
            written: Written::default(),
            // What was accepted for the subscription holds for what is added to it (O1).
            consent: None,
        }
    }
}

/// The option, at the price list of today (P3): what runs keeps its own price.
async fn offered(tx: &mut Tx, account: &Account, running: &Stored, bill: &Bill) -> Result<Offer, Error> {
    match products::offered(tx, account, running.option, bill.billed_to.today).await {
        Err(Error::NotFound) => Err(Refusal::NotOffered.into()),
        offer => offer,
    }
}
