//! The account of whoever acts.

use chrono::NaiveDate;
use domain::accounts::Missing;
use store::{Tx, accounts::Account};

use crate::{Cx, Error, moment::Zone};

/// The actor's own account, and the zone they read times in.
pub(crate) async fn own(cx: &Cx, tx: &mut Tx) -> Result<(Account, Zone), Error> {
    let account = store::accounts::own(tx, &cx.scope()).await?.ok_or(Error::NotFound)?;
    let zone = Zone::of(&account);
    Ok((account, zone))
}

/// What a reseller lacks to be *ready*, its price list aside (A2).
pub(crate) async fn missing(tx: &mut Tx, account: &Account) -> Result<Vec<Missing>, Error> {
    let user = store::contacts::any_active(tx, account.id).await?;
    let lacks = [
        (account.ordering_since.is_none(), Missing::Ordering),
        (account.reselling_since.is_none(), Missing::Reselling),
        (!user, Missing::StorefrontUser),
    ];
    Ok(lacks.into_iter().filter(|(lacks, _)| *lacks).map(|(_, what)| what).collect())
}

/// The price list of a reseller, if one is assigned that holds today (P2).
pub(crate) async fn price_list(
    tx: &mut Tx,
    account: &Account,
    today: NaiveDate,
) -> Result<Option<domain::price_lists::PriceList>, Error> {
    let list = match account.price_list {
        Some(id) => store::price_lists::find(tx, id).await?,
        None => None,
    };
    Ok(list.filter(|list| list.holds_on(today)))
}
