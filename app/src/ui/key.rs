//! A license key, and the button that copies it.

use domain::licenses::LicenseKey;
use leptos::prelude::*;

use crate::ui::Copy;

/// One key with `Copy`. `id` has to be unique on the page.
#[component]
pub fn Key(
    /// The key.
    key: LicenseKey,
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// `large` for the one key of a license page.
    #[prop(optional)]
    size: Option<&'static str>,
) -> impl IntoView {
    let text = key.grouped();
    view! {
        <code class="key" id=id.clone() data-size=size>{text.clone()}</code>
        <Copy text=text described_by=id />
    }
}
