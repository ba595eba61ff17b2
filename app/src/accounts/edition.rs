//! Which edition of an account a form was filled in for.

use domain::Refusal;
use leptos::prelude::*;

use crate::{Fault, ui::FormState};

/// The hidden field. Who was told of a change by somebody else saves for the edition they were told of.
#[component]
pub fn Edition(
    /// The edition on the screen.
    of: i64,
) -> impl IntoView {
    let state = FormState::around();
    let edition = move || match state.and_then(|state| state.fault()) {
        Some(Fault::Refused(Refusal::ChangedMeanwhile { edition, .. })) => edition,
        _ => of,
    };
    view! { <input type="hidden" name="edition" value=move || edition().to_string() /> }
}
