//! Deciding on held orders (C4): staff execute or cancel them, and who placed one may cancel it.

use domain::{
    Deed, FormKey, Money, Refusal,
    accounts::Missing,
    audit::What,
    billing::Decision,
    customers::Picked,
    orders::{HeldForm, OrderNumber, Standing, State},
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
    place::allowed,
    tell,
};
use crate::{Cx, Error, live::Change, moment::Zone};

/// A held order with all that a decision needs, reckoned on the day of now.
pub(super) struct Held {
    pub(super) account: Account,
    pub(super) bill: Bill,
    pub(super) lines: Vec<Line>,
    pub(super) items: Vec<Item>,
    /// What it takes of the credit: now, later, both.
    pub(super) takes: (Money, Money, Money),
    /// What the credit says of it.
    pub(super) decision: Decision,
}

impl Held {
    /// An order that has been found in scope.
    pub(super) async fn of(cx: &Cx, tx: &mut Tx, order: &Order) -> Result<Self, Error> {
        let account = store::accounts::by_id(tx, order.reseller).await?.ok_or(Error::NotFound)?;
        let bill = Bill::of(tx, &account, Zone::of(&account), cx.now()).await?;
        let lines = store::orders::lines(tx, order).await?;
        let mut items = Vec::new();
        for line in &lines {
            items.push(Item::of_line(tx, line, &bill).await?);
        }
        let quote = quote(&items, bill.credit.balance())?;
        let decision = bill.credit.decide(quote.takes).map_err(Refusal::from)?;
        let takes = (quote.now.gross(), quote.later.gross(), quote.takes);
        Ok(Self { account, bill, lines, items, takes, decision })
    }

    /// The same, of an order that may have been decided on; then there is nothing to reckon.
    pub(super) async fn if_held(cx: &Cx, tx: &mut Tx, order: &Order) -> Result<Option<Self>, Error> {
        match order.state {
            State::Submitted => Self::of(cx, tx, order).await.map(Some),
            State::Executed | State::Canceled => Ok(None),
        }
    }

    /// B2: nothing is added to what has ended since.
    fn still_added(&self) -> Result<(), Refusal> {
        let ended = self.lines.iter().zip(&self.items).any(|(line, item)| line.added_to != item.added_to);
        if ended { Err(Refusal::NotRunning) } else { Ok(()) }
    }
}

/// Executes a held order by hand: within the credit of now, or over it with a reason.
///
/// # Errors
/// Messages at the fields; [`Refusal::OrderIs`], [`Refusal::OverCredit`]; [`Error::Unconfirmed`] over the credit; what the rules
/// of licenses refuse by now.
pub async fn execute(cx: &Cx, key: FormKey, number: OrderNumber, form: &HeldForm) -> Result<(), Error> {
    cx.may(Deed::DecideOrders)?;
    let anyway = form.check_execute()?;
    let mut tx = cx.service.store.write().await?;
    let order = store::orders::of_anybody(&mut tx, &cx.scope(), number).await?.ok_or(Error::NotFound)?;
    if cx.once(&mut tx, key, What::OrderExecuted.word(), (order.id, form)).await?.is_some() {
        return Ok(());
    }
    let mut order = hold(cx, &mut tx, &order).await?;
    let held = Held::of(cx, &mut tx, &order).await?;
    let now = cx.now();
    standing(&order)?.execute(held.decision, anyway.as_ref(), now)?;
    if held.account.suspended_at.is_some() {
        return Err(Refusal::NotReady { missing: vec![Missing::Reactivation] }.into());
    }
    held.still_added()?;
    if matches!(held.decision, Decision::Hold(_)) {
        // Over the credit is a credit limit set for one order.
        cx.confirmed()?;
    }
    let user = beneficiary(&mut tx, &order).await?;
    allowed(cx, &mut tx, &held.account, &user, &held.items).await?;
    order.reason = anyway.filter(|_| held.decision != Decision::Execute).map(|anyway| anyway.reason);
    if !store::orders::execute(&mut tx, &order, order.reason.as_deref(), now).await? {
        return Err(Refusal::OrderIs { state: State::Executed.label().to_lowercase() }.into());
    }
    take(&mut tx, &held).await?;
    for (line, item) in held.lines.iter().zip(&held.items) {
        let charge = item.quoted.charge;
        store::orders::charge_line(&mut tx, line.id, charge.amount(), charge.rate()).await?;
    }
    let lines = held.lines.iter().map(|line| line.id).zip(&held.items).collect();
    let today = held.bill.billed_to.today;
    make(cx, &mut tx, &Making { order: &order, account: &held.account, user: &user, lines, today }).await?;
    tell::executed(cx, &mut tx, &order, Zone::of(&held.account)).await?;
    finish(cx, tx, &order, format!("Order {number} was executed")).await
}

/// The credit that it takes: guarded, unless staff have decided over it.
async fn take(tx: &mut Tx, held: &Held) -> Result<(), Error> {
    let (now, later, _) = held.takes;
    match held.decision {
        Decision::Hold(_) => Ok(store::accounts::owe(tx, held.account.id, now, later).await?),
        Decision::Execute if store::accounts::take_credit(tx, held.account.id, now, later).await? => Ok(()),
        Decision::Execute => Err(Error::Internal("the credit of a held account changed".to_owned())),
    }
}

/// Cancels a held order; the reseller is told why.
///
/// # Errors
/// A message at `reason`; [`Refusal::OrderIs`].
pub async fn cancel(cx: &Cx, key: FormKey, number: OrderNumber, form: &HeldForm) -> Result<(), Error> {
    cx.may(Deed::DecideOrders)?;
    let reason = form.check_cancel()?;
    let mut tx = cx.service.store.write().await?;
    let order = store::orders::of_anybody(&mut tx, &cx.scope(), number).await?.ok_or(Error::NotFound)?;
    if cx.once(&mut tx, key, What::OrderCanceled.word(), (order.id, form)).await?.is_some() {
        return Ok(());
    }
    let order = hold(cx, &mut tx, &order).await?;
    take_back(cx, &mut tx, &order, Some(&reason)).await?;
    tell::canceled(cx, &mut tx, &order, &reason).await?;
    finish(cx, tx, &order, format!("Order {number} was canceled")).await
}

/// Cancels a held order of one's own account.
///
/// # Errors
/// [`Error::NotFound`] when it is another's; [`Refusal::OrderIs`].
pub async fn cancel_own(cx: &Cx, key: FormKey, number: OrderNumber) -> Result<(), Error> {
    cx.may(Deed::CreateLicenses)?;
    let mut tx = cx.service.store.write().await?;
    // Staff may decide on it at the same time: whoever comes later reads what the other has made of it.
    store::accounts::hold(&mut tx, cx.actor.account).await?;
    let order = store::orders::of_number(&mut tx, &cx.scope(), number).await?.ok_or(Error::NotFound)?;
    if cx.once(&mut tx, key, What::OrderCanceled.word(), order.id).await?.is_some() {
        return Ok(());
    }
    take_back(cx, &mut tx, &order, None).await?;
    finish(cx, tx, &order, format!("Order {number} was canceled")).await
}

async fn take_back(cx: &Cx, tx: &mut Tx, order: &Order, reason: Option<&str>) -> Result<(), Error> {
    standing(order)?.cancel(cx.now())?;
    if !store::orders::cancel(tx, order, reason, cx.now()).await? {
        return Err(Refusal::OrderIs { state: State::Canceled.label().to_lowercase() }.into());
    }
    let mut detail = json!({ "number": order.number });
    if let Some(reason) = reason {
        detail["reason"] = json!(reason);
    }
    cx.write_down(tx, What::OrderCanceled, order.id, order.reseller, detail).await
}

async fn finish(cx: &Cx, mut tx: Tx, order: &Order, words: String) -> Result<(), Error> {
    let version = store::accounts::raise_version(&mut tx, order.reseller).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    cx.service.live.announce(Change { account: order.reseller, version, words });
    Ok(())
}

/// Holds both accounts, in the order in which an order that is placed holds them, and reads the order anew.
async fn hold(cx: &Cx, tx: &mut Tx, order: &Order) -> Result<Order, Error> {
    store::accounts::hold(tx, order.reseller).await?;
    store::accounts::hold(tx, order.customer).await?;
    store::orders::of_anybody(tx, &cx.scope(), order.number).await?.ok_or(Error::NotFound)
}

/// Whose licenses they are, also for staff.
async fn beneficiary(tx: &mut Tx, order: &Order) -> Result<Picked, Error> {
    let account = store::accounts::by_id(tx, order.customer).await?.ok_or(Error::NotFound)?;
    let person = store::contacts::first_of(tx, order.customer).await?.ok_or(Error::NotFound)?;
    Ok(Picked { id: account.id, name: account.name, email: person.email, own: order.customer == order.reseller })
}

/// Where an order stands.
fn standing(order: &Order) -> Result<Standing, Error> {
    let standing = match (order.state, order.held, order.executed_at, order.canceled_at) {
        (State::Submitted, Some(held), ..) => Standing::Submitted { held },
        (State::Executed, _, Some(at), _) => Standing::Executed { at },
        (State::Canceled, _, _, Some(at)) => Standing::Canceled { at },
        _ => return Err(Error::Internal(format!("order {} lacks what belongs to its state", order.number))),
    };
    Ok(standing)
}
