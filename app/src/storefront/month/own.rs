//! The month of the own account.

use crate::shared::month::{MonthView, Ways, api, view_of_address};
use crate::ui::{ExportCsv, Load, PageHead, data::Resource, paths};
use domain::billing;
use leptos::prelude::*;

/// The month of the own account.
#[component]
pub fn MonthPage() -> impl IntoView {
    let view = view_of_address();
    let page = Resource::new(move || view.get(), api::own);
    view! {
        <Load from=page like="tiles" let:page>
            <Page page=page />
        </Load>
    }
}

#[component]
fn Page(page: billing::MonthPage) -> impl IntoView {
    let month = page.month_end.month;
    let lede = if page.after.is_none() { format!("{month}, so far") } else { month.to_string() };
    view! {
        <PageHead title="Month end" lede=lede.into_any()>
            <ExportCsv href=paths::month_end_csv(month) />
        </PageHead>
        <MonthView page=page at=Callback::new(paths::month_end) ways=Ways::of(month) />
    }
}
