//! The own ledger, newest first.

use crate::shared::invoices::{LedgerRows, api};
use crate::ui::{Empty, ExportCsv, Load, PageHead, Pager, data::Resource, paths};
use domain::billing;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The own ledger, newest first.
#[component]
pub fn LedgerPage() -> impl IntoView {
    let query = use_query_map();
    let after = Memo::new(move |_| query.with(|query| query.get("after")).and_then(|after| after.parse().ok()));
    let page =
        Resource::new(move || after.get(), |after| async move { api::ledger(after).await.map(|page| (after, page)) });
    view! {
        <PageHead title="Ledger" crumb=(paths::BILLING.to_owned(), "Billing".to_owned())>
            <ExportCsv href=paths::LEDGER_CSV />
        </PageHead>
        <Load from=page let:shown>
            <Page after=shown.0 page=shown.1 />
        </Load>
    }
}

#[component]
fn Page(after: Option<i64>, page: billing::LedgerPage) -> impl IntoView {
    let (first, next) = (after.map(|_| paths::ledger(None)), page.next.map(|next| paths::ledger(Some(next))));
    view! {
        <p>{format!("The balance is {}, the sum of all entries.", page.balance)}</p>
        {match page.entries.is_empty() {
            true => {
                let text = "What is charged, credited and paid appears here.";
                view! { <Empty icon="bill" title="No entries" text=text /> }.into_any()
            }
            false => view! { <LedgerRows entries=page.entries /> }.into_any(),
        }}
        <Pager first=first next=next />
    }
}
