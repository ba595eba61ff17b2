//! The way to take a whole list home.

use leptos::prelude::*;

use crate::ui::Icon;

/// Leads to the list as a table, with all that fits its filters.
#[component]
pub fn ExportCsv(
    /// Where the table is.
    #[prop(into)]
    href: String,
) -> impl IntoView {
    view! {
        <a class="button" data-kind="quiet" href=href rel="external" download="">
            <Icon name="download" />
            "Export CSV"
        </a>
    }
}
