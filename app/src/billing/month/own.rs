//! The month of the own account.

use domain::billing::MonthPage;
use leptos::prelude::*;
use leptos_router::LazyRoute;

use super::{api, month_end::MonthView, view_of_address, ways::Ways};
use crate::{
    Fault,
    parts::{self, Keeping},
    paths,
    ui::{ExportCsv, Load, PageHead},
};

/// The route.
#[derive(Debug)]
pub struct MonthRoute(Resource<Result<MonthPage, Fault>>);

impl LazyRoute for MonthRoute {
    fn data() -> Self {
        let view = view_of_address();
        Self(Resource::new(move || view.get(), api::own))
    }

    async fn view(this: Self) -> AnyView {
        parts::keeping(Keeping::Month(this)).await
    }
}

impl MonthRoute {
    /// The page.
    pub fn show(self) -> AnyView {
        let page = self.0;
        view! {
            <Load from=page like="tiles" let:page>
                <Page page=page />
            </Load>
        }
        .into_any()
    }
}

#[component]
fn Page(page: MonthPage) -> impl IntoView {
    let month = page.month_end.month;
    let lede = if page.after.is_none() { format!("{month}, so far") } else { month.to_string() };
    view! {
        <PageHead title="Month end" lede=lede.into_any()>
            <ExportCsv href=paths::month_end_csv(month) />
        </PageHead>
        <MonthView page=page at=Callback::new(paths::month_end) ways=Ways::of(month) />
    }
}
