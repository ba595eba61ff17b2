//! The invoices of all resellers, or of one.

use crate::shared::invoices::{Chips, Standing, api, view_of_address};
use crate::ui::{
    Column::{Number, Words},
    Empty, ExportCsv, Load, PageHead, Pager, RowName, Table,
    data::Resource,
    paths,
};
use domain::{
    AccountId,
    billing::{InvoiceRow, InvoicesQuery, OfficeInvoices},
};
use leptos::prelude::*;

/// The invoices of all resellers, or of one.
#[component]
pub fn OfficeInvoicesPage() -> impl IntoView {
    let view = view_of_address();
    let page =
        Resource::new(move || view.get(), |view| async move { api::list_all(view).await.map(|page| (view, page)) });
    view! {
        <Load from=page let:shown>
            <Page view=shown.0 page=shown.1 />
        </Load>
    }
}

#[component]
fn Page(view: InvoicesQuery, page: OfficeInvoices) -> impl IntoView {
    let at = |after| paths::office_invoices(&InvoicesQuery { after, ..view });
    let (first, next) = (view.after.is_some().then(|| at(None)), page.next.map(|after| at(Some(after))));
    let all = paths::office_invoices(&InvoicesQuery { account: None, after: None, ..view });
    let of_one = page.account.map(|name| {
        view! { <p>"Only those of " <bdi>{name}</bdi> ". " <a href=all>"Show those of all resellers"</a></p> }
    });
    view! {
        <PageHead title="Invoices">
            <ExportCsv href=paths::office_invoices_csv(&view) />
        </PageHead>
        {of_one}
        <Chips view=view address=paths::office_invoices />
        {match page.rows.is_empty() {
            true => {
                let text = "What resellers order is invoiced, at once or on their billing day.";
                view! { <Empty icon="bill" title="No invoices" text=text /> }.into_any()
            }
            false => view! { <Rows rows=page.rows /> }.into_any(),
        }}
        <Pager first=first next=next />
    }
}

#[component]
fn Rows(rows: Vec<(InvoiceRow, AccountId, String)>) -> impl IntoView {
    let row = |(row, _, reseller): (InvoiceRow, AccountId, String)| {
        let customer = row.customer.clone().map(|customer| view! { <span>", for "<bdi>{customer}</bdi></span> });
        view! {
            <tr>
                <td class="title">
                    <RowName name=row.number.to_string() address=Some(paths::office_invoice(row.number)) />
                    <small><bdi>{reseller}</bdi>{customer}</small>
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
