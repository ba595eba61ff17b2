//! Which edition of a thing a form was made from, so that nobody overwrites what they have not seen.

use domain::editions::Meanwhile;
use leptos::prelude::*;

use crate::ui::FormState;
use crate::ui::{Fault, fault::Then};

/// The hidden field of the form around. Who was told of a change by somebody else saves for the edition they were told of.
#[component]
pub fn Edition(
    /// The edition on the screen.
    value: i64,
) -> impl IntoView {
    let form = FormState::around();
    // A form that was sent back is still made from the edition that it was made from at first.
    let made_from = form.and_then(|form| form.typed("edition")?.parse().ok()).unwrap_or(value);
    // What somebody was told of stays told, whatever else is wrong with the form after that.
    let edition =
        Memo::new(move |told: Option<&i64>| match form.and_then(|form| form.fault()).as_ref().and_then(Fault::then) {
            Some(Then::ChangedMeanwhile { edition, .. }) => *edition,
            _ => told.copied().unwrap_or(made_from),
        });
    view! { <input type="hidden" name="edition" value=move || edition.get().to_string() /> }
}

/// What somebody else has changed, field by field, in the summary of the form around.
#[component]
pub(super) fn ChangedMeanwhile(
    /// Each field once.
    changed: Vec<Meanwhile>,
) -> impl IntoView {
    let line = |meanwhile: Meanwhile| view! { <li dir="auto">{meanwhile.to_string()}</li> };
    view! {
        <ul>{changed.into_iter().map(line).collect_view()}</ul>
        <p>
            "Nothing of yours was saved; it is still in the form. Look at both, and save again: then yours takes the place of theirs."
        </p>
    }
}
