//! Whom a held order is told to: who placed it, and the staff who decide (C3, C4).

use chrono::Duration;
use domain::{Deed, billing::Shortfall};
use store::{
    Tx,
    accounts::Account,
    contacts::Contact,
    mail::alerts::{self, Alert},
    orders::Order,
};

use super::result;
use crate::{Cx, Error, licenses::key_groups, mail, moment::Zone};

/// For how long those who decide are not told of one more: they look at all that wait.
const QUIET: Duration = Duration::minutes(10);

const WAITS: &str = "An order waits for a decision";

/// It is held. Who placed it is told of each; those who decide are told of the first at once, and of those that follow shortly after by
/// the list alone: whoever orders without credit fills nobody's mailbox.
pub(super) async fn held(cx: &Cx, tx: &mut Tx, order: &Order, account: &Account, why: Shortfall) -> Result<(), Error> {
    let (service, number) = (&cx.service, order.number.to_string());
    if let Some(person) = placed_by(tx, order).await? {
        let link = own_page(cx, order);
        let letter =
            mail::OrderHeld { name: &person.first_name, number: number.clone(), why: why.to_string(), link: &link };
        mail::post_person(service, tx, &person, &format!("Order {number} is held"), &letter).await?;
    }
    let Some(operator) = store::accounts::operator(tx).await? else { return Ok(()) };
    let all = format!("{}/office/orders", service.settings.base_url);
    let link = format!("{all}/{}", order.number.0);
    let now = cx.now();
    // In the order of their ids, so that of two who claim at once none waits for the other.
    for person in store::contacts::active_of(tx, operator.id).await? {
        if !person.roles.may(Deed::DecideOrders)
            || !alerts::claim(tx, person.id, Alert::Order, now, now - QUIET).await?
        {
            continue;
        }
        let letter = mail::OrderWaiting {
            name: &person.first_name,
            organisation: &account.name,
            number: number.clone(),
            missing: why.missing.to_string(),
            link: &link,
            all: &all,
        };
        mail::post_person(service, tx, &person, WAITS, &letter).await?;
    }
    Ok(())
}

/// Staff have executed it: what it made, without the keys, which stand behind the sign-in.
pub(super) async fn executed(cx: &Cx, tx: &mut Tx, order: &Order, zone: Zone) -> Result<(), Error> {
    let Some(person) = placed_by(tx, order).await? else { return Ok(()) };
    let (number, link) = (order.number.to_string(), own_page(cx, order));
    let licenses = result::licenses(cx, tx, order).await?;
    let customer = store::accounts::by_id(tx, order.customer).await?.ok_or(Error::NotFound)?;
    let letter = mail::OrderExecuted {
        name: &person.first_name,
        number: number.clone(),
        customer: &customer.name,
        groups: key_groups(cx, &licenses, zone),
        link: &link,
    };
    mail::post_person(&cx.service, tx, &person, &format!("Order {number} has been executed"), &letter).await
}

/// Staff have canceled it.
pub(super) async fn canceled(cx: &Cx, tx: &mut Tx, order: &Order, reason: &str) -> Result<(), Error> {
    let Some(person) = placed_by(tx, order).await? else { return Ok(()) };
    let (number, link) = (order.number.to_string(), own_page(cx, order));
    let letter = mail::OrderCanceled { name: &person.first_name, number: number.clone(), reason, link: &link };
    mail::post_person(&cx.service, tx, &person, &format!("Order {number} has been canceled"), &letter).await
}

async fn placed_by(tx: &mut Tx, order: &Order) -> Result<Option<Contact>, Error> {
    Ok(store::contacts::by_id(tx, order.placed_by).await?)
}

fn own_page(cx: &Cx, order: &Order) -> String {
    format!("{}/orders/{}", cx.service.settings.base_url, order.number.0)
}
