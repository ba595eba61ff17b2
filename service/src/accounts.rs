//! Accounts: what the operator does with them, and the account of whoever acts.

mod address;
mod billing;
mod change;
mod create;
mod edit;
mod export;
mod limit;
mod list;
mod many;
mod page;
mod parts;
pub(crate) mod places;
mod prices;
mod suspend;
mod terms;

pub use address::{own_billing, save_own_billing};
pub use billing::{LEDGER_COLUMNS, billing, ledger};
pub(crate) use create::keep_new;
pub use create::{blank, create};
pub use edit::edit;
pub use export::{COLUMNS, export};
pub use limit::set_credit_limit;
pub use list::list;
pub(crate) use list::unready;
pub use many::assign_to_many;
pub(crate) use many::assignable;
pub use page::find;
pub use parts::{customers, history, licenses, orders};
pub use prices::{assign_price_list, price_list as prices};
pub use suspend::{reactivate, suspend};
pub use terms::set_terms;

use chrono::NaiveDate;
use domain::{accounts::Missing, price_lists::PriceList};
use store::{Tx, accounts::Account};

use crate::{Cx, Error, moment::Zone, orders::Bill};

/// The actor's own account, and the zone they read times in.
pub(crate) async fn own(cx: &Cx, tx: &mut Tx) -> Result<(Account, Zone), Error> {
    let account = store::accounts::own(tx, &cx.scope()).await?.ok_or(Error::NotFound)?;
    let zone = Zone::of(&account);
    Ok((account, zone))
}

/// The same, with how it is charged today and what it can order for: all of it stands in one row.
pub(crate) async fn own_bill(cx: &Cx, tx: &mut Tx) -> Result<(Account, Zone, Bill), Error> {
    let (account, billed) = store::accounts::own_billed(tx, &cx.scope()).await?.ok_or(Error::NotFound)?;
    let zone = Zone::of(&account);
    Ok((account, zone, Bill::by(&billed, zone, cx.now())?))
}

/// What a reseller lacks to be *ready*, its price list aside (A2).
pub(crate) async fn missing(tx: &mut Tx, account: &Account) -> Result<Vec<Missing>, Error> {
    let user = store::contacts::any_active(tx, account.id).await?;
    Ok(lacks(account, user, true))
}

/// What a reseller lacks to be *ready* (A2), given whether anybody of it can sign in and whether its price list holds.
pub(crate) fn lacks(account: &Account, user: bool, list: bool) -> Vec<Missing> {
    let lacks = [
        (account.suspended_at.is_some(), Missing::Reactivation),
        (account.ordering_since.is_none(), Missing::Ordering),
        (account.reselling_since.is_none(), Missing::Reselling),
        (!user, Missing::StorefrontUser),
        (!list, Missing::PriceList),
    ];
    lacks.into_iter().filter(|(lacks, _)| *lacks).map(|(_, what)| what).collect()
}

/// Whether a reseller orders by a price list that is assigned to it: it holds today, in the account's currency (P2).
pub(crate) fn holds(list: &PriceList, account: &Account, today: NaiveDate) -> bool {
    list.currency == account.currency && list.holds_on(today)
}
