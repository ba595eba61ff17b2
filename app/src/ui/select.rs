//! One of several, where the browser's own list does it best.

use leptos::{html, prelude::*};

use crate::ui::{FieldError, FormState, describe};

/// A list to choose from: pairs of the posted word and the label.
#[component]
pub fn Select(
    /// The name it is posted under.
    name: &'static str,
    /// The label: the accessible name.
    #[prop(into)]
    label: String,
    /// What there is: the word that is posted, and what is read.
    options: Vec<(String, String)>,
    /// The word that is chosen at first.
    #[prop(optional, into)]
    value: String,
    /// Follows the choice.
    #[prop(optional, into)]
    live: Option<RwSignal<String>>,
    /// A word about what to choose.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let form = FormState::around();
    let id = form.map_or_else(|| name.to_owned(), |form| form.field_id(name));
    let error = Memo::new(move |_| form.and_then(|form| form.error(name)));
    let described = describe(&id, error, hint.is_some());
    let select = NodeRef::<html::Select>::new();
    Effect::new(move |_| {
        if let (Some(select), Some(live)) = (select.get(), live) {
            live.set(select.value());
        }
    });
    let value = form.and_then(|form| form.typed(name)).unwrap_or(value);
    if let Some(live) = live {
        live.set(value.clone());
    }
    let option = move |(word, label): (String, String)| {
        let selected = word == value;
        view! { <option value=word selected=selected>{label}</option> }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select
                node_ref=select
                id=id.clone()
                name=name
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
                on:change:target=move |event| {
                    if let Some(live) = live {
                        live.set(event.target().value());
                    }
                }
            >
                {options.into_iter().map(option).collect_view()}
            </select>
            <FieldError id=id.clone() error=error />
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
        </div>
    }
}
