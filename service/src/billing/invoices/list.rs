//! Lists of invoices: one's own, and in the back office those of everybody.

use chrono::NaiveDate;
use domain::{
    Deed, Money,
    billing::{InvoiceFilter, InvoiceNumber, InvoiceRow, InvoiceState, Invoices, InvoicesQuery, OfficeInvoices},
};
use store::{
    Tx,
    invoices::{Listed, View},
};

use crate::{Cx, Error, accounts, export};

const PAGE: usize = 50;

/// A page of the actor's invoices.
///
/// # Errors
/// When the actor may not see them.
pub async fn list(cx: &Cx, query: &InvoicesQuery) -> Result<Invoices, Error> {
    cx.may(Deed::SeeBilling)?;
    let mut tx = cx.service.store.read().await?;
    let (mut listed, today) = page(cx, &mut tx, query, PAGE).await?;
    let next = place(&mut listed, PAGE);
    Ok(Invoices { rows: listed.iter().map(|listed| row(listed, today)).collect(), next })
}

/// A page of the invoices of all resellers, or of one.
///
/// # Errors
/// When the actor may not see them.
pub async fn list_all(cx: &Cx, query: &InvoicesQuery) -> Result<OfficeInvoices, Error> {
    cx.may(Deed::SeeInvoices)?;
    let mut tx = cx.service.store.read().await?;
    let (mut listed, today) = page(cx, &mut tx, query, PAGE).await?;
    let next = place(&mut listed, PAGE);
    let account = match query.account {
        Some(id) => store::accounts::by_id(&mut tx, id).await?.map(|account| account.name),
        None => None,
    };
    let rows = listed.iter().map(|listed| (row(listed, today), listed.account, listed.reseller.clone())).collect();
    Ok(OfficeInvoices { rows, next, account })
}

/// One invoice more than `most` of a view, and the day on which they are looked at.
pub(super) async fn page(
    cx: &Cx,
    tx: &mut Tx,
    query: &InvoicesQuery,
    most: usize,
) -> Result<(Vec<Listed>, NaiveDate), Error> {
    let (_, zone) = accounts::own(cx, tx).await?;
    let today = zone.day(cx.now());
    let view = View {
        filter: query.filter.unwrap_or(InvoiceFilter::All),
        account: query.account,
        after: query.after.map(InvoiceNumber),
        today,
        most: i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1),
    };
    Ok((store::invoices::page(tx, &cx.scope(), &view).await?, today))
}

/// Keeps a page, and says where the next one starts.
pub(super) fn place(listed: &mut Vec<Listed>, most: usize) -> Option<i64> {
    export::next(listed, most, |last| last.number.0.to_string()).and_then(|number| number.parse().ok())
}

/// An invoice in a list, as it stands on a day.
pub(in crate::billing) fn row(listed: &Listed, today: NaiveDate) -> InvoiceRow {
    let total = listed.total.gross();
    InvoiceRow {
        number: listed.number,
        state: state(listed, today),
        customer: listed.customer.clone(),
        issued_on: listed.issued_on,
        due_on: listed.due_on,
        total,
        open: listed.open,
    }
}

fn state(listed: &Listed, today: NaiveDate) -> InvoiceState {
    let total = listed.total.gross();
    let settled = Money::new(total.minor - listed.open.minor, total.currency);
    InvoiceState::of(total, listed.due_on, settled, listed.credited, today)
}
