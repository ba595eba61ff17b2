//! Lists of invoices as tables: the whole view that the address asks for.

use domain::{Deed, Money, billing::InvoicesQuery};
use store::invoices::Listed;

use super::list::{page, place, row};
use crate::{
    Cx, Error,
    export::{PART, Part},
};

/// The columns of one's own, in the words of the screen.
pub const COLUMNS: [&str; 10] =
    ["Invoice", "State", "Customer", "Date", "Due", "Currency", "Net", "Tax", "Total", "Open"];

/// The same for the operator, with who is billed.
pub const OFFICE_COLUMNS: [&str; 11] =
    ["Invoice", "Reseller", "State", "Customer", "Date", "Due", "Currency", "Net", "Tax", "Total", "Open"];

/// The part of one's own invoices that begins where the view does.
///
/// # Errors
/// When the actor may not see them.
pub async fn export(cx: &Cx, query: &InvoicesQuery) -> Result<Part<10>, Error> {
    cx.may(Deed::SeeBilling)?;
    let mut tx = cx.service.store.read().await?;
    let (mut listed, today) = page(cx, &mut tx, query, PART).await?;
    let next = place(&mut listed, PART).map(|next| next.to_string());
    Ok(Part { rows: listed.iter().map(|listed| cells(listed, today)).collect(), next })
}

/// The part of all invoices that begins where the view does.
///
/// # Errors
/// When the actor may not see them.
pub async fn export_all(cx: &Cx, query: &InvoicesQuery) -> Result<Part<11>, Error> {
    cx.may(Deed::SeeInvoices)?;
    let mut tx = cx.service.store.read().await?;
    let (mut listed, today) = page(cx, &mut tx, query, PART).await?;
    let next = place(&mut listed, PART).map(|next| next.to_string());
    let rows = listed.iter().map(|listed| {
        let [number, rest @ ..] = cells(listed, today);
        let [state, customer, date, due, currency, net, tax, total, open] = rest;
        [number, listed.reseller.clone(), state, customer, date, due, currency, net, tax, total, open]
    });
    Ok(Part { rows: rows.collect(), next })
}

fn cells(listed: &Listed, today: chrono::NaiveDate) -> [String; 10] {
    let row = row(listed, today);
    let amount = Money::plain;
    [
        row.number.to_string(),
        row.state.label().to_owned(),
        row.customer.unwrap_or_default(),
        row.issued_on.to_string(),
        row.due_on.to_string(),
        row.total.currency.code().to_owned(),
        amount(listed.total.net()),
        amount(listed.total.tax()),
        amount(row.total),
        amount(row.open),
    ]
}
