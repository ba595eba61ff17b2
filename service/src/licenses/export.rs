//! The license list as a table, in the view that the address asks for (L14).

use domain::{
    Deed,
    licenses::{LicensesQuery, PaymentStatus},
};
use store::licenses::{Named, Page, Place};

use super::list::{most, page};
use crate::{
    Cx, Error, accounts,
    export::{PART, Part},
    moment::Zone,
};

/// Its columns, in the words of the screen.
pub const COLUMNS: [&str; 14] = [
    "Product",
    "Option",
    "License type",
    "Customer",
    "Key",
    "State",
    "Payment",
    "Customer paid",
    "Valid until",
    "Updates until",
    "Order",
    "Reseller notes",
    "Customer details",
    "Created",
];

/// The part that begins where the view does. Keys are whole: who sees a license sees its key.
///
/// # Errors
/// When the actor may not see them.
pub async fn export(cx: &Cx, query: &LicensesQuery) -> Result<Part<14>, Error> {
    cx.may(Deed::SeeLicenses)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let now = cx.now();
    let page = Page { most: PART as i64 + 1, ..page(query, zone) };
    if page.search.is_none() && !query.q.trim().is_empty() {
        return Ok(Part::empty());
    }
    let mut rows = store::licenses::page(&mut tx, &cx.scope(), &page, now).await?;
    let next = most(&mut rows, PART, Place::of);
    Ok(Part { rows: rows.into_iter().map(|named| row(named, zone, now)).collect(), next })
}

fn row(named: Named, zone: Zone, now: domain::Timestamp) -> [String; 14] {
    let license = named.license;
    let until = |end: Option<domain::Timestamp>| end.map(|end| zone.last_day(end).to_string()).unwrap_or_default();
    [
        named.product,
        named.option,
        license.license_type.label().to_owned(),
        named.customer,
        license.key.grouped(),
        license.life.state(now).label().to_owned(),
        license.payment.map(PaymentStatus::label).unwrap_or_default().to_owned(),
        license.customer_paid.0.map(|day| day.to_string()).unwrap_or_default(),
        until(license.life.valid_until),
        until(license.updates_until),
        named.order_number.to_string(),
        license.reseller_notes.unwrap_or_default(),
        license.customer_details.unwrap_or_default(),
        zone.day(license.created_at).to_string(),
    ]
}
