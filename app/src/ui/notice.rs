//! What happened, said at the top of the page.

use leptos::prelude::*;

/// A notice: `good`, `info`, `warn` or `bad`.
#[component]
pub fn Notice(
    /// Its colour and mark.
    #[prop(default = "info")]
    kind: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="notice" data-kind=kind role="status">
            <div>{children()}</div>
        </div>
    }
}
