//! Which edition of a thing a form was made from, so that nobody overwrites what they have not seen.

use domain::Refusal;
use leptos::prelude::*;

use super::FormState;
use crate::Fault;

/// The hidden field of the form around. When somebody else was faster, the way to see what is there now.
#[component]
pub fn Edition(
    /// How often the thing was changed.
    value: i64,
    /// The address of the page, to be opened again.
    #[prop(into)]
    page: String,
) -> impl IntoView {
    let form = FormState::around();
    // A form that was sent back is still made from the edition that it was made from at first.
    let value = form.and_then(|form| form.typed("edition")).unwrap_or_else(|| value.to_string());
    let outrun = move || {
        let fault = form.and_then(|form| form.fault());
        matches!(fault, Some(Fault::Refused(Refusal::ChangedSince { .. })))
    };
    view! {
        <input type="hidden" name="edition" value=value />
        {move || {
            let page = page.clone();
            outrun().then(|| view! { <p><a href=page rel="external">"Open the page again"</a></p> })
        }}
    }
}
