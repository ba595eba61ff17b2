//! Invoices and entries of the ledger as rows of a table, and the filters of a list of invoices.

use crate::ui::{
    Column::{Newest, Number, Words},
    Pill, RowName, Table, Time, paths,
};
use domain::{
    billing::{InvoiceFilter, InvoiceRow, InvoicesQuery, LedgerRow},
    time,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The view that stands in the address.
pub fn view_of_address() -> Memo<InvoicesQuery> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| InvoicesQuery::read(|name| query.get(name))))
}

/// All, or only what is unpaid or overdue.
#[component]
pub fn Chips(
    /// The view now.
    view: InvoicesQuery,
    /// Where a view is.
    address: fn(&InvoicesQuery) -> String,
) -> impl IntoView {
    let chip = |which: InvoiceFilter| {
        let filter = Some(which).filter(|which| *which != InvoiceFilter::All);
        let current = (view.filter == filter).then_some("true");
        let href = address(&InvoicesQuery { filter, after: None, ..view });
        view! { <a class="chip" href=href aria-current=current>{which.label()}</a> }
    };
    view! {
        <div class="chips" role="group" aria-label="Quick filters">
            {InvoiceFilter::ALL.iter().copied().map(chip).collect_view()}
        </div>
    }
}

/// Own invoices.
#[component]
pub fn InvoiceRows(
    /// In the order of the list.
    rows: Vec<InvoiceRow>,
) -> impl IntoView {
    let row = |row: InvoiceRow| {
        view! {
            <tr>
                <td class="title">
                    <RowName name=row.number.to_string() address=Some(paths::invoice(row.number)) />
                    {row.customer.clone().map(|customer| view! { <small><bdi>{customer}</bdi></small> })}
                </td>
                <Standing row=row />
            </tr>
        }
    };
    view! {
        <Table
            name="Invoices"
            columns=&[Words("Invoice"), Number("Date"), Number("Due"), Number("Total"), Number("Open"), Words("State")]
        >
            {rows.into_iter().map(row).collect_view()}
        </Table>
    }
}

/// What every list says of an invoice behind its name.
#[component]
pub fn Standing(
    /// The invoice.
    row: InvoiceRow,
) -> impl IntoView {
    view! {
        <td class="num" data-side="start" data-label="Date">{time::day(row.issued_on)}</td>
        <td class="num" data-side="end" data-label="Due">{time::day(row.due_on)}</td>
        <td class="num" data-side="start" data-label="Total">{row.total.to_string()}</td>
        <td class="num" data-side="end" data-label="Open">{row.open.to_string()}</td>
        <td class="state"><Pill word=row.state.word() label=row.state.label() /></td>
    }
}

/// Entries of the ledger.
#[component]
pub fn LedgerRows(
    /// Newest first.
    entries: Vec<LedgerRow>,
) -> impl IntoView {
    let row = |row: LedgerRow| {
        let change = row.change();
        let order = row.order.map(|order| {
            view! { <a href=paths::order(order)>{format!("Order {order}")}</a> }
        });
        view! {
            <tr>
                <td class="title">{row.kind.label()}</td>
                <td>{order} {row.note.map(|note| view! { <bdi>{note}</bdi> })}</td>
                <td class="num" data-side="start">{change.to_string()}</td>
                <td class="num" data-side="end"><Time at=row.at /></td>
            </tr>
        }
    };
    view! {
        <Table name="Ledger" columns=&[Words("Entry"), Words("For"), Number("Changes the balance by"), Newest("Date")]>
            {entries.into_iter().map(row).collect_view()}
        </Table>
    }
}
