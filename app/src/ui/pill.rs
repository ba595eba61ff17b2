//! A state in a word.

use leptos::prelude::*;

/// A state; its word is what the style colours it by.
#[component]
pub fn Pill(
    /// The word, `active`.
    word: &'static str,
    /// The words to read, `Active`.
    label: &'static str,
) -> impl IntoView {
    view! { <span class="pill" data-state=word>{label}</span> }
}
