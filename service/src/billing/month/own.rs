//! The month of the own account.

use domain::{
    Deed,
    billing::{MonthPage, MonthQuery},
};

use super::reckon::Calendar;
use crate::{Cx, Error, accounts};

/// A month of the actor's account.
///
/// # Errors
/// When the actor may not see what the account owes.
pub async fn own(cx: &Cx, query: &MonthQuery) -> Result<MonthPage, Error> {
    cx.may(Deed::SeeBilling)?;
    let mut tx = cx.service.store.read().await?;
    let (account, _) = accounts::own(cx, &mut tx).await?;
    Calendar::of(cx, &account)?.page(&mut tx, query.month).await
}
