//! Yes or no.

use leptos::{html, prelude::*};

use crate::ui::{FieldError, FormState, describe};

/// A box to tick; posted as `on`. What it reveals stands right after it as `<div class="reveals">`.
#[component]
pub fn Checkbox(
    /// The name it is posted under.
    name: &'static str,
    /// The label: the accessible name.
    #[prop(into)]
    label: String,
    /// Whether it is ticked at first.
    #[prop(optional)]
    checked: bool,
    /// Whether it is not ticked even if it was when the form was sent: it is about something else now.
    #[prop(optional)]
    forgets: bool,
    /// Follows the box.
    #[prop(optional, into)]
    live: Option<RwSignal<bool>>,
    /// A word about what it means.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let form = FormState::around();
    let id = form.map_or_else(|| name.to_owned(), |form| form.field_id(name));
    let error = Memo::new(move |_| form.and_then(|form| form.error(name)));
    let described = describe(&id, error, hint.is_some());
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let (Some(input), Some(live)) = (input.get(), live) {
            live.set(input.checked());
        }
    });
    // A box that is not ticked is not posted, so a form that was sent back speaks for all its boxes.
    let returned = form.filter(FormState::was_returned);
    let checked = returned.map_or(checked, |form| !forgets && form.typed(name).as_deref() == Some("on"));
    if let Some(live) = live {
        live.set(checked);
    }
    view! {
        <div class="check">
            <input
                node_ref=input
                type="checkbox"
                id=id.clone()
                name=name
                value="on"
                checked=checked
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
                on:change:target=move |event| {
                    if let Some(live) = live {
                        live.set(event.target().checked());
                    }
                }
            />
            <label for=id.clone()>{label}</label>
            <FieldError id=id.clone() error=error />
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
        </div>
    }
}
