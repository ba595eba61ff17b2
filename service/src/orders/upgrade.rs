//! A line that upgrades a trial: no license is made, the one that is there is bought under its key (L5).

use domain::{
    LicenseId, OrderLineId, Refusal,
    billing::Taxed,
    customers::Picked,
    licenses::{self, Life},
};
use store::{Tx, accounts::Account, licenses::License};

use super::{Item, execute::Making, updates_until};
use crate::{Cx, Error, moment::Zone};

/// Whether it can be done now.
pub(super) async fn allowed(
    cx: &Cx,
    tx: &mut Tx,
    account: &Account,
    user: &Picked,
    trial: LicenseId,
    item: &Item,
) -> Result<(), Error> {
    let named = store::licenses::find(tx, &cx.scope(), trial).await?.ok_or(Error::NotFound)?;
    let license = &named.license;
    if license.reseller != account.id || license.customer != user.id {
        return Err(Error::NotFound);
    }
    let state = license.life.state(cx.now());
    let becomes = licenses::upgrade(license.license_type, state, license.product, &item.offer, account.unpaid)?;
    match becomes == item.quoted.line.license_type {
        true => Ok(()),
        false => Err(Refusal::NotOffered.into()),
    }
}

/// Buys it: what was written for it stays, and it is found by the number of this order from now on.
pub(super) async fn buy(
    cx: &Cx,
    tx: &mut Tx,
    making: &Making<'_>,
    line: OrderLineId,
    item: &Item,
    charged: Option<Taxed>,
    words: &str,
) -> Result<License, Error> {
    let trial = item.upgrades.ok_or(Error::NotFound)?;
    let named = store::licenses::find(tx, &cx.scope(), trial).await?.ok_or(Error::NotFound)?;
    let (now, license_type) = (cx.now(), item.quoted.line.license_type);
    let bought = License {
        order_line: line,
        option: item.offer.option,
        license_type,
        payment: item.payment(charged),
        updates_until: updates_until(license_type, Zone::of(making.account), now),
        life: Life { valid_until: item.valid_until(Zone::of(making.account), now), ..named.license.life },
        ..named.license.clone()
    };
    if !store::licenses::upgrade(tx, &bought, now).await? {
        let license_type = named.license.license_type.label().to_lowercase();
        return Err(Refusal::NotATrial { license_type }.into());
    }
    store::licenses::index(tx, named.seq, &bought, making.order.number, words).await?;
    Ok(bought)
}
