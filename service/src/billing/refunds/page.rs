//! The page on which finance takes a license back.

use domain::{Deed, LicenseId, billing::RefundPage};

use super::offer;
use crate::{Cx, Error, accounts, licenses};

/// A license of any account, and what taking it back does.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the actor may not take it back.
pub async fn page(cx: &Cx, id: LicenseId) -> Result<RefundPage, Error> {
    cx.may(Deed::CreditInvoices)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let named = store::licenses::find(&mut tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
    let reseller = store::accounts::by_id(&mut tx, named.license.reseller).await?.ok_or(Error::NotFound)?;
    let give_back = offer(cx, &mut tx, &reseller, &named, zone).await?;
    let card = store::payments::by_card_for(&mut tx, named.license.id).await?;
    Ok(RefundPage {
        license: licenses::row(named.listed(), zone, cx.now()),
        reseller: reseller.id,
        name: reseller.name,
        give_back,
        card,
    })
}
