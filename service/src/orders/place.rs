//! Placing an order: it is executed at once, or accepted and held (C3, O2).

use domain::{
    DraftId, OrderId, Refusal,
    audit::What,
    billing::Decision,
    customers::Picked,
    orders::{Consent, OrderNumber, Quote, Standing, Wanted, Written, allow},
};
use serde_json::json;
use store::{
    Tx,
    accounts::Account,
    orders::{Line, Order},
};

use super::{
    Bill, Item,
    execute::{Making, make},
    item::quote,
    tell, upgrade,
};
use crate::{Cx, Error, live::Change};

/// What somebody orders. Both accounts are held by whoever places it.
pub(crate) struct Placing<'a> {
    /// The draft that becomes the order.
    pub draft: DraftId,
    /// Who is charged.
    pub account: &'a Account,
    /// How, and what it can order for.
    pub bill: &'a Bill,
    /// Whose licenses they are.
    pub user: &'a Picked,
    /// What is ordered.
    pub items: Vec<Item>,
    /// What was written for the licenses.
    pub written: Written,
    /// O1: the consent to its terms of use, where it has any.
    pub consent: Option<Consent>,
}

impl Placing<'_> {
    /// What it comes to.
    pub(crate) fn quote(&self) -> Result<Quote, Error> {
        quote(&self.items, self.bill.credit.balance())
    }

    /// The rules of licenses, over all lines (L4, L6, L7).
    pub(crate) async fn allowed(&self, cx: &Cx, tx: &mut Tx) -> Result<(), Error> {
        allowed(cx, tx, self.account, self.user, &self.items).await
    }
}

/// The rules of licenses, over all lines of an order (L4, L6, L7).
pub(super) async fn allowed(
    cx: &Cx,
    tx: &mut Tx,
    account: &Account,
    user: &Picked,
    items: &[Item],
) -> Result<(), Error> {
    let mut wanted = Vec::new();
    for item in items {
        if let Some(trial) = item.upgrades {
            upgrade::allowed(cx, tx, account, user, trial, item).await?;
            continue;
        }
        let has = store::licenses::facts(tx, user.id, item.offer.product, cx.now()).await?;
        wanted.push(Wanted { quoted: &item.quoted, offer: &item.offer, has });
    }
    Ok(allow(&wanted, account.unpaid)?)
}

/// So many orders of an account wait at most: more than staff decide on in a day, and few for a disk.
const HELD: i64 = 100;

/// Places an order that is allowed. Gives it, and what open pages are told when it is committed. When as many of the account wait as may,
/// one that would be held is refused: the account is held meanwhile, so of many at once none is one too many.
pub(crate) async fn place(cx: &Cx, tx: &mut Tx, placing: &Placing<'_>) -> Result<(OrderId, Change), Error> {
    let (account, now) = (placing.account, cx.now());
    let quote = placing.quote()?;
    let decision = placing.bill.credit.decide(quote.takes).map_err(Refusal::from)?;
    if matches!(decision, Decision::Hold(_)) && store::orders::held_of(tx, Some(account.id)).await? >= HELD {
        return Err(Refusal::TooManyHeld { most: HELD }.into());
    }
    let standing = Standing::placed(decision, now);
    let mut order = Order {
        id: cx.service.random.id(now),
        number: OrderNumber(0),
        draft: placing.draft,
        reseller: account.id,
        customer: placing.user.id,
        placed_by: cx.actor.contact,
        state: standing.state(),
        submitted_at: now,
        held: match decision {
            Decision::Hold(held) => Some(held),
            Decision::Execute => None,
        },
        executed_at: matches!(standing, Standing::Executed { .. }).then_some(now),
        canceled_at: None,
        reason: None,
        written: placing.written.clone(),
        sent_at: None,
    };
    order.number = store::orders::insert(tx, &order).await?;
    if let Some(consent) = &placing.consent {
        store::orders::accept(tx, order.id, consent).await?;
    }
    let lines = keep_lines(cx, tx, &order, &placing.items).await?;
    store::accounts::ordered(tx, account.id, now).await?;
    let making = Making { order: &order, account, user: placing.user, lines, today: placing.bill.billed_to.today };
    if let Some(held) = order.held {
        let detail =
            json!({ "number": order.number, "total": held.total.to_string(), "missing": held.missing.to_string() });
        cx.write_down(tx, What::OrderHeld, order.id, account.id, detail).await?;
        tell::held(cx, tx, &order, account, held).await?;
    } else {
        // The account is held, so its credit is what it was; the guard says so once more.
        if !store::accounts::take_credit(tx, account.id, quote.now.gross(), quote.later.gross()).await? {
            return Err(Error::Internal("the credit of a held account changed".to_owned()));
        }
        make(cx, tx, &making).await?;
    }
    let count = making.count();
    let words = match (order.held.is_some(), count) {
        (true, _) => format!("Order {} for {} is held", order.number, placing.user.name),
        (false, _) if making.made() == 0 => format!("A trial of {} was upgraded", placing.user.name),
        (false, 1) => format!("1 license for {} was created", placing.user.name),
        (false, n) => format!("{n} licenses for {} were created", placing.user.name),
    };
    let version = store::accounts::raise_version(tx, account.id).await?;
    Ok((order.id, Change { account: account.id, version, words }))
}

async fn keep_lines<'a>(
    cx: &Cx,
    tx: &mut Tx,
    order: &Order,
    items: &'a [Item],
) -> Result<Vec<(domain::OrderLineId, &'a Item)>, Error> {
    let mut lines = Vec::new();
    for item in items {
        let quoted = &item.quoted;
        let line = Line {
            id: cx.service.random.id(cx.now()),
            order: order.id,
            option: quoted.line.option,
            license_type: quoted.line.license_type,
            quantity: quoted.line.quantity,
            unit: quoted.line.seen,
            amount: quoted.charge.amount(),
            rate: quoted.charge.rate(),
            added_to: item.added_to,
            upgrades: item.upgrades,
        };
        store::orders::insert_line(tx, &line).await?;
        lines.push((line.id, item));
    }
    Ok(lines)
}
