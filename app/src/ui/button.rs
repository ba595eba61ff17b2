//! The button that sends the form around.

use leptos::{ev::MouseEvent, prelude::*};

use crate::ui::FormState;

/// Sends the form around; while it is on its way, the button is busy.
#[component]
pub fn Submit(
    /// The words on it: the accessible name.
    #[prop(into)]
    label: String,
    /// `main` for the one of a view, `danger`, `quiet`, or empty.
    #[prop(default = "main")]
    kind: &'static str,
    /// `small` in the rows of a list.
    #[prop(optional)]
    size: Option<&'static str>,
    /// What it is about, where the words alone do not say: ids of elements.
    #[prop(optional, into)]
    described_by: Option<String>,
) -> impl IntoView {
    let form = FormState::around();
    // Pressing it does not leave the field: the message of a field that was left would move the button away from under a slow
    // finger, and nothing would be sent. What is sent is checked as a whole anyway.
    let stay = |event: MouseEvent| event.prevent_default();
    let busy = move || form.is_some_and(|form| form.pending()).then_some("true");
    view! {
        <button
            class="button"
            data-kind=(!kind.is_empty()).then_some(kind)
            data-size=size
            aria-busy=busy
            on:mousedown=stay
            aria-describedby=described_by
        >
            {label}
        </button>
    }
}
