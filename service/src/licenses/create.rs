//! Creating licenses: an order of one line, executed at once, all or none (L2, O2).

use domain::{
    AccountId, Deed, DraftId, FieldErrors, FormKey, Money, OrderId, OrderLineId, Refusal,
    audit::What,
    customers::Picked,
    licenses::{LicenseOrder, Life, NewLicensesForm, PaymentStatus, Type, allow},
    orders::{OrderNumber, State},
    products::Offer,
};
use serde_json::json;
use store::{
    Tx,
    accounts::Account,
    charges::Charge,
    drafts::Kind,
    licenses::License,
    orders::{Line, Order},
};

use super::{picked, wizard};
use crate::{Cx, Error, accounts, drafts, idempotency::draft_of, live::Change};

/// Executes the order of a draft: its licenses, each with its charge, or none of them. The draft
/// sent again, by whatever accident, gives the same order. `seen_total` is the price that was
/// shown, in minor units.
///
/// # Errors
/// Messages at the fields; the rule that refuses (A2, L4, L6, L7); [`Refusal::PriceChanged`];
/// [`Refusal::FormUnknown`] without a draft of the actor.
pub async fn create(cx: &Cx, key: FormKey, seen_total: i64) -> Result<OrderId, Error> {
    cx.may(Deed::CreateLicenses)?;
    let draft = draft_of(key);
    let mut tx = cx.service.store.write().await?;
    let (_, form): (_, NewLicensesForm) = drafts::load(cx, &mut tx, Kind::License, draft).await?;
    if let Some(id) = cx.once(&mut tx, key, What::OrderExecuted.word(), ()).await? {
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
    let facts = store::licenses::facts(&mut tx, user.id, offer.product, cx.now()).await?;
    allow(&offer, order.license_type, order.quantity, facts, account.unpaid)?;
    let (unit, total) = price(&offer, &order)?;
    if total.minor != seen_total {
        return Err(Refusal::PriceChanged { now: total.to_string() }.into());
    }
    let executed = execute(cx, &mut tx, draft, &account, &user, &offer, &order, unit).await?;
    let change = Change {
        account: account.id,
        version: store::accounts::raise_version(&mut tx, account.id).await?,
        words: match order.quantity {
            1 => format!("1 license for {} was created", user.name),
            n => format!("{n} licenses for {} were created", user.name),
        },
    };
    cx.settle(&mut tx, key, executed).await?;
    tx.commit().await?;
    cx.service.live.announce(change);
    Ok(executed)
}

/// What one costs and what all do; a trial costs nothing (L4).
fn price(offer: &Offer, order: &LicenseOrder) -> Result<(Money, Money), Error> {
    let unit = match order.license_type {
        Type::Trial => Money::zero(offer.list_price.currency),
        Type::Permanent | Type::Subscription => offer.unit_price(order.quantity),
    };
    let total = unit.times(order.quantity).ok_or_else(|| Error::Internal("the total overflows".to_owned()))?;
    Ok((unit, total))
}

#[expect(clippy::too_many_arguments, reason = "all that an order is made of, each once")]
async fn execute(
    cx: &Cx,
    tx: &mut Tx,
    draft: DraftId,
    account: &Account,
    user: &Picked,
    offer: &Offer,
    order: &LicenseOrder,
    unit: Money,
) -> Result<OrderId, Error> {
    let (random, now) = (&cx.service.random, cx.now());
    let placed = Order {
        id: random.id(now),
        number: OrderNumber(0),
        draft,
        reseller: account.id,
        customer: user.id,
        placed_by: cx.actor.contact,
        state: State::Executed,
        submitted_at: now,
        executed_at: Some(now),
        sent_at: None,
    };
    let number = store::orders::insert(tx, &placed).await?;
    let line = Line {
        id: random.id(now),
        order: placed.id,
        option: offer.option,
        license_type: order.license_type,
        quantity: order.quantity,
        unit,
    };
    store::orders::insert_line(tx, &line).await?;
    let detail = json!({ "number": number, "quantity": order.quantity, "type": order.license_type, "total": unit.times(order.quantity) });
    cx.write_down(tx, What::OrderExecuted, placed.id, account.id, detail).await?;
    take_slots(tx, account, order, unit).await?;
    let words = customer_words(tx, user.id).await?;
    for _ in 0..order.quantity {
        let license = license(cx, account, user, offer, order, line.id, unit);
        let seq = store::licenses::insert(tx, &license).await?;
        store::licenses::index(tx, seq, &license, number, &words).await?;
        if order.license_type == Type::Trial {
            if !store::licenses::take_trial(tx, &license).await? {
                return Err(Refusal::TrialUsed { product: offer.product_name.clone() }.into());
            }
        } else {
            store::charges::insert(tx, &charge(cx, &license, unit)).await?;
        }
        cx.write_down(tx, What::LicenseCreated, license.id, account.id, json!({ "order": number })).await?;
    }
    let quantity = i64::from(order.quantity);
    store::accounts::count_licenses(tx, account.id, quantity).await?;
    if !user.own {
        store::accounts::count_licenses(tx, user.id, quantity).await?;
    }
    Ok(placed.id)
}

/// L7: takes the slots in the SQL; whoever comes too late is told the numbers of now.
async fn take_slots(tx: &mut Tx, account: &Account, order: &LicenseOrder, unit: Money) -> Result<(), Error> {
    let asked = i64::from(order.quantity);
    if unit.minor == 0 || store::accounts::take_unpaid_slots(tx, account.id, asked).await? {
        return Ok(());
    }
    let now = store::accounts::by_id(tx, account.id).await?.ok_or(Error::NotFound)?;
    let unpaid = now.unpaid;
    Err(Refusal::UnpaidCap { cap: unpaid.cap, left: unpaid.left(), asked }.into())
}

/// The words by which the user's licenses are found.
pub(super) async fn customer_words(tx: &mut Tx, user: AccountId) -> Result<String, Error> {
    let account = store::accounts::by_id(tx, user).await?.ok_or(Error::NotFound)?;
    let person = store::contacts::first_of(tx, user).await?.ok_or(Error::NotFound)?;
    Ok(store::customers::words(&account, &person))
}

fn license(
    cx: &Cx,
    account: &Account,
    user: &Picked,
    offer: &Offer,
    order: &LicenseOrder,
    line: OrderLineId,
    unit: Money,
) -> License {
    let (random, now) = (&cx.service.random, cx.now());
    License {
        id: random.id(now),
        key: random.license_key(),
        order_line: line,
        reseller: account.id,
        customer: user.id,
        product: offer.product,
        option: offer.option,
        kind: offer.kind,
        license_type: order.license_type,
        payment: match order.license_type {
            Type::Trial => None,
            _ if unit.minor == 0 => Some(PaymentStatus::Paid),
            _ => Some(PaymentStatus::Pending),
        },
        customer_paid: order.customer_paid,
        reseller_notes: order.reseller_notes.clone(),
        customer_details: order.customer_details.clone(),
        created_at: now,
        updates_until: wizard::updates_until(order.license_type, now),
        life: Life { valid_until: wizard::valid_until(offer, order.license_type, now), ..Life::default() },
    }
}

fn charge(cx: &Cx, license: &License, unit: Money) -> Charge {
    Charge {
        id: cx.service.random.id(license.created_at),
        account: license.reseller,
        license: license.id,
        order_line: license.order_line,
        amount: unit,
        period: license.life.valid_until.map(|end| (license.created_at, end)),
        created_at: license.created_at,
    }
}
