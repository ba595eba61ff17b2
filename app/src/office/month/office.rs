//! The month of one reseller, in the back office: what it sees itself.

use crate::shared::month::{MonthView, api, view_of_address};
use crate::ui::{ExportCsv, Load, PageHead, data::Resource, paths};
use domain::billing::MonthPage;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The month of one reseller, in the back office.
#[component]
pub fn OfficeMonthPage() -> impl IntoView {
    let (params, view) = (use_params_map(), view_of_address());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let page = Resource::new(move || (id.get(), view.get()), |(id, view)| api::find(id, view));
    view! {
        <Load from=page like="tiles" let:page>
            <Page page=page />
        </Load>
    }
}

#[component]
fn Page(page: MonthPage) -> impl IntoView {
    let (id, month) = (page.account, page.month_end.month);
    let all = (paths::office_month_end(Some(month), None), "Month end".to_owned());
    let lede = if page.after.is_none() { format!("{month}, so far") } else { month.to_string() };
    view! {
        <PageHead title=page.name.clone() typed=true crumb=all lede=lede.into_any()>
            <a class="button" href=paths::office_account(id)>"Open the account"</a>
            <ExportCsv href=paths::office_account_month_csv(id, month) />
        </PageHead>
        <MonthView page=page at=Callback::new(move |month| paths::office_account_month(id, month)) />
    }
}
