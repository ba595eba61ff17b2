//! What is done with a running subscription, from the page of one of its licenses: licenses are added in mid-term, fewer are
//! renewed, it is canceled, and goes on after all. Staff change its price.

mod add;
mod change;
mod exchange;
mod find;
mod price;
mod pricing;

pub use add::{add, more};
pub use change::{cancel, go_on, renew};
pub(crate) use find::shown;
pub use price::{ask, page as price, reprice};

use domain::LicenseId;
use store::{Tx, licenses::Named};

use crate::{Cx, Error};

/// A license of the actor's account.
async fn license(cx: &Cx, tx: &mut Tx, id: LicenseId) -> Result<Named, Error> {
    store::licenses::find(tx, &cx.scope(), id).await?.ok_or(Error::NotFound)
}

/// How many licenses of a subscription can be renewed at the most: those that run, and are there.
async fn most(tx: &mut Tx, line: domain::OrderLineId, running: u32) -> Result<u32, Error> {
    let there = store::subscriptions::renewable(tx, line, running).await?.len();
    Ok(u32::try_from(there).unwrap_or(running))
}
