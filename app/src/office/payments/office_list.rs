//! The payments of all resellers: what finance waits for, and what somebody has to look at.

use crate::shared::payments::{Rows, api, view_of_address};
use crate::ui::{Empty, Load, PageHead, Pager, data::Resource, paths};
use domain::billing::{Payments, PaymentsQuery, Waits};
use leptos::prelude::*;

/// The payments of all resellers.
#[component]
pub fn OfficePaymentsPage() -> impl IntoView {
    let view = view_of_address();
    let page =
        Resource::new(move || view.get(), |view| async move { api::list_all(view).await.map(|page| (view, page)) });
    view! {
        <PageHead title="Begun payments" crumb=(paths::OFFICE_PAYMENTS.to_owned(), "Payments".to_owned()) />
        <Load from=page let:shown>
            <Page view=shown.0 page=shown.1 />
        </Load>
    }
}

#[component]
fn Page(view: PaymentsQuery, page: Payments) -> impl IntoView {
    let at = |after| paths::office_begun(&PaymentsQuery { after, ..view });
    let (first, next) = (view.after.is_some().then(|| at(None)), page.next.map(|after| at(Some(after))));
    let chip = |waits: Option<Waits>| {
        let current = (waits == view.waits).then_some("true");
        let address = paths::office_begun(&PaymentsQuery { waits, after: None });
        view! { <a class="chip" href=address aria-current=current>{waits.map_or("All", Waits::label)}</a> }
    };
    let all = std::iter::once(None).chain(Waits::ALL.iter().copied().map(Some));
    let rows = page.rows;
    view! {
        <div class="chips" role="group" aria-label="Quick filters">{all.map(chip).collect_view()}</div>
        {if rows.is_empty() {
            let text = "What resellers begin to pay appears here.";
            view! { <Empty icon="bill" title="No payments" text=text /> }.into_any()
        } else {
            view! { <Rows rows=rows office=true /> }.into_any()
        }}
        <Pager first=first next=next />
    }
}
