//! The newest licenses on the reseller's home.

use crate::ui::paths;
use domain::licenses::ResellerRow;
use leptos::prelude::*;

use crate::storefront::licenses::Rows;

/// The newest licenses, and the way to all.
#[component]
pub fn Newest(
    /// Newest first.
    rows: Vec<ResellerRow>,
) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="newest">
            <div class="section-head">
                <h2 id="newest">"Newest licenses"</h2>
                <a href=paths::LICENSES>"All licenses"</a>
            </div>
            <Rows rows=rows />
        </section>
    }
}
