//! The reseller's page of one license.

use chrono::NaiveDate;
use domain::{
    AccountId, Deed, LicenseId, Money, Timestamp,
    customers::Picked,
    licenses::{LicensePage, ResellerLicense, Type},
};
use store::{Tx, accounts::Account, licenses::Named, subscriptions::Stored};

use super::{row, send::recipient};
use crate::{
    Cx, Error, accounts, audit,
    billing::{refunds, subscriptions},
    mail,
    moment::Zone,
};

/// All that a reseller sees of one license.
///
/// # Errors
/// [`Error::NotFound`] when it is not of the actor's account (A11).
pub async fn find(cx: &Cx, id: LicenseId) -> Result<LicensePage, Error> {
    cx.may(Deed::SeeLicenses)?;
    let mut tx = cx.service.store.read().await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let named = store::licenses::find(&mut tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
    let user = picked(cx, &mut tx, &account, named.license.customer).await?.ok_or(Error::NotFound)?;
    let today = zone.day(cx.now());
    let running = match named.license.license_type {
        Type::Trial => None,
        _ => store::subscriptions::find(&mut tx, named.license.order_line).await?,
    };
    let subscription = match &running {
        Some(running) => Some(subscriptions::shown(&mut tx, running, today).await?),
        None => None,
    };
    let license = license(&named, zone, cx.now());
    // Of a key that is dead nothing is sent any more.
    let delivery = match license.row.state.is_final() {
        true => None,
        false => mail::delivery_of_license(cx, &mut tx, zone, named.order, id).await?,
    };
    Ok(LicensePage {
        license,
        reseller_notes: named.license.reseller_notes.clone(),
        customer_paid: named.license.customer_paid.0,
        today,
        order: named.order,
        order_number: named.order_number,
        price: price(&account, &named, running.as_ref(), today),
        subscription,
        customer_email: user.email,
        delivery,
        own: user.own,
        give_back: refunds::offer(cx, &mut tx, &account, &named, zone).await?.ok(),
        upgrade_held: store::orders::held_upgrade(&mut tx, &cx.scope(), id).await?,
        history: audit::history(&mut tx, id, zone).await?,
    })
}

/// What it costs: of a subscription, what that costs today (P3).
fn price(account: &Account, named: &Named, running: Option<&Stored>, today: NaiveDate) -> Option<Money> {
    let ordered = Money::new(named.unit_amount, account.currency);
    let price = running.map_or(ordered, |running| running.subscription.terms_on(today).unit);
    (named.license.license_type != Type::Trial).then_some(price)
}

/// A license with its key, as its reseller sees it.
pub(crate) fn license(named: &Named, zone: Zone, now: Timestamp) -> ResellerLicense {
    ResellerLicense {
        row: row(named.listed(), zone, now),
        key: named.license.key.clone(),
        updates_until: named.license.updates_until.map(|at| zone.until(at)),
        customer_details: named.license.customer_details.clone(),
    }
}

/// One of the actor's customers, or its own organisation; `None` for anybody else (A11).
pub(crate) async fn picked(cx: &Cx, tx: &mut Tx, account: &Account, id: AccountId) -> Result<Option<Picked>, Error> {
    if id == account.id {
        let person = recipient(cx, tx, id).await?;
        return Ok(Some(Picked { id, name: account.name.clone(), email: person.email, own: true }));
    }
    let customer = store::customers::find(tx, &cx.scope(), id).await?;
    Ok(customer.map(|customer| Picked { id, name: customer.name, email: customer.email, own: false }))
}
