//! How an account is charged today, and what it can order for.

use domain::{Refusal, Timestamp, billing::Credit, orders::BilledTo};
use store::{
    Tx,
    accounts::{Account, Billed},
};

use crate::{Error, moment::Zone};

/// How an account is charged today, and what it can order for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bill {
    /// Its proration, its tax and its day.
    pub billed_to: BilledTo,
    /// C1.
    pub credit: Credit,
}

impl Bill {
    /// Of an account, in its zone. Whoever decides by the credit holds the account first.
    pub(crate) async fn of(tx: &mut Tx, account: &Account, zone: Zone, now: Timestamp) -> Result<Self, Error> {
        let billed = store::accounts::billed(tx, account.id).await?.ok_or(Error::NotFound)?;
        Self::by(&billed, zone, now)
    }

    /// Of what stands in an account.
    pub(crate) fn by(billed: &Billed, zone: Zone, now: Timestamp) -> Result<Self, Error> {
        let today = zone.day(now);
        let billed_to = BilledTo {
            ordering: billed.ordering,
            tax: billed.tax,
            first_order: billed.first_ordered_at.map_or(today, |at| zone.day(at)),
            today,
        };
        Ok(Self { billed_to, credit: billed.credit().map_err(Refusal::from)? })
    }
}
