//! A decorating picture.

use leptos::prelude::*;

/// A picture from the style's set; it says nothing to those who do not see it.
#[component]
pub fn Icon(
    /// Its name in the style.
    name: &'static str,
) -> impl IntoView {
    view! { <span class="icon" data-icon=name aria-hidden="true"></span> }
}
