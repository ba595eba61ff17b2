//! The invoices of a reseller.

use crate::shared::invoices::{Chips, InvoiceRows, api, view_of_address};
use crate::ui::{Empty, ExportCsv, Load, PageHead, Pager, data::Resource, paths};
use domain::billing::{Invoices, InvoicesQuery};
use leptos::prelude::*;

/// The invoices of a reseller.
#[component]
pub fn InvoicesPage() -> impl IntoView {
    let view = view_of_address();
    let page = Resource::new(move || view.get(), |view| async move { api::list(view).await.map(|page| (view, page)) });
    view! {
        <Load from=page let:shown>
            <Page view=shown.0 page=shown.1 />
        </Load>
    }
}

#[component]
fn Page(view: InvoicesQuery, page: Invoices) -> impl IntoView {
    let at = |after| paths::invoices(&InvoicesQuery { after, ..view });
    let (first, next) = (view.after.is_some().then(|| at(None)), page.next.map(|after| at(Some(after))));
    view! {
        <PageHead title="Invoices" crumb=(paths::BILLING.to_owned(), "Billing".to_owned())>
            <ExportCsv href=paths::invoices_csv(&view) />
        </PageHead>
        <Chips view=view address=paths::invoices />
        {match (page.rows.is_empty(), view.filter) {
            (true, None) => {
                let text = "What you order is invoiced. The invoices appear here.";
                view! { <Empty icon="bill" title="No invoices yet" text=text /> }.into_any()
            }
            (true, Some(_)) => {
                view! { <Empty icon="bill" title="None" text="No invoice of yours is among them." /> }.into_any()
            }
            (false, _) => view! { <InvoiceRows rows=page.rows /> }.into_any(),
        }}
        <Pager first=first next=next />
    }
}
