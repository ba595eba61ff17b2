//! The discount of the actor's account: it is in all its prices, and there is no code to type (B6).

use domain::{Deed, billing::Discount, time};

use crate::{Cx, Error, accounts};

/// The discount of the price list that was assigned to the account.
///
/// # Errors
/// When the actor may not see what the account owes.
pub async fn discount(cx: &Cx) -> Result<Discount, Error> {
    cx.may(Deed::SeeBilling)?;
    let mut tx = cx.service.store.read().await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let list = match account.price_list {
        Some(id) => store::price_lists::find(&mut tx, id).await?,
        None => None,
    };
    let today = zone.day(cx.now());
    Ok(Discount {
        holds: list.as_ref().is_some_and(|list| list.holds_on(today)),
        percent_off: list.as_ref().and_then(|list| list.percent_off),
        days: list.as_ref().map(|list| (time::day(list.starts), list.ends.map(time::day))),
        list: list.map(|list| list.name),
    })
}
