//! Where one is in a wizard.

use leptos::prelude::*;

/// The steps of a wizard: the name, and the address of those that can be gone back to.
#[component]
pub fn Steps(
    /// In order; an address only for steps that are done.
    steps: Vec<(&'static str, Option<String>)>,
    /// Which one is open, from nought.
    current: usize,
) -> impl IntoView {
    let step = move |(nth, (name, address)): (usize, (&'static str, Option<String>))| {
        let state = (nth < current).then_some("done");
        let here = (nth == current).then_some("step");
        let text = match address.filter(|_| nth < current) {
            Some(address) => view! { <a href=address>{name}</a> }.into_any(),
            None => name.into_any(),
        };
        view! { <li data-state=state aria-current=here>{text}</li> }
    };
    view! { <ol class="steps" aria-label="Steps">{steps.into_iter().enumerate().map(step).collect_view()}</ol> }
}
