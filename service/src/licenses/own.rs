//! What an end customer sees of its own licenses: no notes, no prices, no payments (L16). The
//! types have no room for them.

use domain::{
    Deed, LicenseId,
    licenses::{CustomerLicense, CustomerRow},
};
use store::licenses::{Named, Page, Place};

use super::most;
use crate::{Cx, Error, accounts, moment::Zone};

const PAGE: usize = 50;

/// A page of the customer's own licenses, newest first, and what the next begins after.
///
/// # Errors
/// When the actor is no customer.
pub async fn mine(cx: &Cx, after: Option<String>) -> Result<(Vec<CustomerRow>, Option<String>), Error> {
    cx.may(Deed::SeeOwnLicenses)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let page = Page { after: after.as_deref().and_then(Place::parse), most: PAGE as i64 + 1, ..Page::default() };
    let mut rows = store::licenses::page(&mut tx, &cx.scope(), &page, cx.now()).await?;
    let next = most(&mut rows, PAGE, Place::of);
    Ok((rows.iter().map(|named| row(cx, named, zone)).collect(), next))
}

/// One of the customer's own licenses.
///
/// # Errors
/// [`Error::NotFound`] when it is none of theirs.
pub async fn find_mine(cx: &Cx, id: LicenseId) -> Result<CustomerLicense, Error> {
    cx.may(Deed::SeeOwnLicenses)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let named = store::licenses::find(&mut tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
    Ok(CustomerLicense {
        row: row(cx, &named, zone),
        kind: named.license.kind,
        created: zone.moment(named.license.created_at),
        activations: named.activations,
        customer_details: named.license.customer_details,
    })
}

fn row(cx: &Cx, named: &Named, zone: Zone) -> CustomerRow {
    let license = &named.license;
    CustomerRow {
        id: license.id,
        key: license.key.clone(),
        product: named.product.clone(),
        option: named.option.clone(),
        license_type: license.license_type,
        state: license.life.state(cx.now()),
        valid_until: license.life.valid_until.map(|at| zone.until(at)),
        updates_until: license.updates_until.map(|at| zone.until(at)),
    }
}
