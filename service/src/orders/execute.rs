//! Executing an order: its licenses, each with its charge, all or none (L2). There is no other way to make either.

use chrono::NaiveDate;
use domain::{
    AccountId, Money, OrderLineId, Refusal,
    audit::What,
    billing::Taxed,
    customers::Picked,
    licenses::{Life, PaymentStatus, Type},
};
use serde_json::json;
use store::{Tx, accounts::Account, charges::Charge, licenses::License, orders::Order};

use super::{Item, updates_until, upgrade};
use crate::{Cx, Error, billing::invoices, ledger, moment::Zone};

/// An order that is executed. Its credit is taken by whoever decides so, in the same transaction.
pub(super) struct Making<'a> {
    /// The order.
    pub order: &'a Order,
    /// Who is charged.
    pub account: &'a Account,
    /// Whose licenses they are.
    pub user: &'a Picked,
    /// Its lines.
    pub lines: Vec<(OrderLineId, &'a Item)>,
    /// The day in the account's zone.
    pub today: NaiveDate,
}

impl Making<'_> {
    /// How many licenses it makes.
    pub(super) fn count(&self) -> u32 {
        self.lines.iter().map(|(_, item)| item.quoted.line.quantity).sum()
    }

    /// How many of them are new: an upgrade makes none (L5).
    pub(super) fn made(&self) -> u32 {
        let new = self.lines.iter().filter(|(_, item)| item.upgrades.is_none());
        new.map(|(_, item)| item.quoted.line.quantity).sum()
    }
}

/// Makes the licenses and the charges of an order, settles these with what the account has paid ahead, and invoices what is invoiced
/// at once (B3).
pub(super) async fn make(cx: &Cx, tx: &mut Tx, making: &Making<'_>) -> Result<(), Error> {
    let Making { order, account, user, lines, .. } = making;
    let begun = cx.now();
    let all = lines.iter().map(|(_, item)| item.quoted.charge.amount().gross());
    let total = Money::sum(account.currency, all).map_err(Refusal::from)?;
    let mut detail = json!({ "number": order.number, "quantity": making.count(), "total": total.to_string() });
    if let Some(reason) = &order.reason {
        detail["reason"] = json!(reason);
    }
    cx.write_down(tx, What::OrderExecuted, order.id, account.id, detail).await?;
    take_slots(tx, account, lines).await?;
    let words = customer_words(tx, user.id).await?;
    for (line, item) in lines {
        make_line(cx, tx, making, *line, item, &words).await?;
    }
    let count = i64::from(making.made());
    store::accounts::count_licenses(tx, account.id, count).await?;
    if !user.own {
        store::accounts::count_licenses(tx, user.id, count).await?;
    }
    ledger::settle(&cx.service, tx, account.id, &[], cx.now()).await?;
    invoices::issue_executed(cx, tx, account.id, making.today, begun).await
}

async fn make_line(
    cx: &Cx,
    tx: &mut Tx,
    making: &Making<'_>,
    line: OrderLineId,
    item: &Item,
    words: &str,
) -> Result<(), Error> {
    let (order, account) = (making.order, making.account);
    if let Some((subscription, kept)) = item.subscription(Zone::of(account)) {
        store::subscriptions::insert(tx, line, account.id, &subscription, kept).await?;
    }
    for charged in item.charges() {
        if let Some(trial) = item.upgrades {
            let license = upgrade::buy(cx, tx, making, line, item, charged, words).await?;
            if let Some(amount) = charged {
                store::charges::insert(tx, &charge(cx, &license, item, amount)).await?;
            }
            cx.write_down(tx, What::LicenseUpgraded, trial, account.id, json!({ "order": order.number })).await?;
            continue;
        }
        let license = license(cx, making, line, item, charged);
        let seq = store::licenses::insert(tx, &license).await?;
        store::licenses::index(tx, seq, &license, order.number, words).await?;
        if license.license_type == Type::Trial && !store::licenses::take_trial(tx, &license).await? {
            return Err(Refusal::TrialUsed { product: item.offer.product_name.clone() }.into());
        }
        if let Some(amount) = charged {
            store::charges::insert(tx, &charge(cx, &license, item, amount)).await?;
        }
        cx.write_down(tx, What::LicenseCreated, license.id, account.id, json!({ "order": order.number })).await?;
    }
    Ok(())
}

/// L7: takes the slots in the SQL; whoever comes too late is told the numbers of now.
async fn take_slots(tx: &mut Tx, account: &Account, lines: &[(OrderLineId, &Item)]) -> Result<(), Error> {
    let pending = |item: &Item| {
        let all = item.charges();
        all.into_iter().filter(|charged| item.payment(*charged) == Some(PaymentStatus::Pending)).count()
    };
    let asked: usize = lines.iter().map(|(_, item)| pending(item)).sum();
    let asked = i64::try_from(asked).unwrap_or(i64::MAX);
    if asked == 0 || store::accounts::take_unpaid_slots(tx, account.id, asked).await? {
        return Ok(());
    }
    let now = store::accounts::by_id(tx, account.id).await?.ok_or(Error::NotFound)?;
    let unpaid = now.unpaid;
    Err(Refusal::UnpaidCap { cap: unpaid.cap, left: unpaid.left(), asked }.into())
}

/// The words by which the user's licenses are found.
pub(crate) async fn customer_words(tx: &mut Tx, user: AccountId) -> Result<String, Error> {
    let account = store::accounts::by_id(tx, user).await?.ok_or(Error::NotFound)?;
    let person = store::contacts::first_of(tx, user).await?.ok_or(Error::NotFound)?;
    Ok(store::customers::words(&account, &person))
}

fn license(cx: &Cx, making: &Making<'_>, line: OrderLineId, item: &Item, charged: Option<Taxed>) -> License {
    let (random, now) = (&cx.service.random, cx.now());
    let (license_type, written) = (item.quoted.line.license_type, &making.order.written);
    License {
        id: random.id(now),
        key: random.license_key(),
        order_line: line,
        reseller: making.account.id,
        customer: making.user.id,
        product: item.offer.product,
        option: item.offer.option,
        kind: item.offer.kind,
        license_type,
        payment: item.payment(charged),
        customer_paid: written.customer_paid,
        reseller_notes: written.reseller_notes.clone(),
        customer_details: written.customer_details.clone(),
        created_at: now,
        updates_until: updates_until(license_type, Zone::of(making.account), now),
        life: Life { valid_until: item.valid_until(Zone::of(making.account), now), ..Life::default() },
    }
}

fn charge(cx: &Cx, license: &License, item: &Item, amount: Taxed) -> Charge {
    let (quoted, part, now) = (&item.quoted, item.quoted.charge.part(), cx.now());
    Charge {
        id: cx.service.random.id(now),
        account: license.reseller,
        license: license.id,
        order_line: license.order_line,
        unit: quoted.charge.unit(),
        amount,
        rate: quoted.charge.rate(),
        period: license.life.valid_until.map(|end| (now, end)),
        part: part.map(|part| (part.days().start, part.days().end)),
        invoice_from: quoted.schedule.zip(part).map(|(schedule, part)| schedule.invoiced_on(part)),
        replaces: None,
        created_at: now,
    }
}
