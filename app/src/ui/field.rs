//! One line of text with its label, its error and its hint.

use leptos::{html, prelude::*};

use crate::ui::{FormState, describe};

/// A field. What is typed stays in the browser's own control; `live` follows it, and starts
/// from what was typed before the program arrived.
#[component]
pub fn Field(
    /// The name it is posted under.
    name: &'static str,
    /// The label: the accessible name.
    #[prop(into)]
    label: String,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    /// Follows what is typed, for what is derived from it.
    #[prop(optional, into)]
    live: Option<RwSignal<String>>,
    /// `text`, `email`, `password`, `date`, `search`, `tel`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What browsers may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The keyboard of a phone: `numeric`, `email`, `tel`.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// A word about what to enter.
    #[prop(optional, into)]
    hint: Option<String>,
    /// `short` or `medium`, for numbers and dates.
    #[prop(optional)]
    width: Option<&'static str>,
    /// The latest date.
    #[prop(optional, into)]
    max: Option<String>,
    /// Whether it takes the focus when the page opens.
    #[prop(optional)]
    autofocus: bool,
    /// Whether it has to be filled in.
    #[prop(optional)]
    required: bool,
    /// What belongs to the field and stands below it: a live output, a switch.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let form = FormState::around();
    let id = form.map_or_else(|| name.to_owned(), |form| form.field_id(name));
    let error = Memo::new(move |_| form.and_then(|form| form.error(name)));
    let described = describe(&id, error, hint.is_some());
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let (Some(input), Some(live)) = (input.get(), live) {
            live.set(input.value());
        }
    });
    let value = form.and_then(|form| form.typed(name)).unwrap_or(value);
    if let Some(live) = live.filter(|_| !value.is_empty()) {
        live.set(value.clone());
    }
    let plain_text = matches!(kind, "text" | "search");
    view! {
        <div class="field" data-width=width>
            <label for=id.clone()>{label}</label>
            <input
                node_ref=input
                id=id.clone()
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                inputmode=inputmode
                max=max
                dir=plain_text.then_some("auto")
                autofocus=autofocus
                autocapitalize=(!plain_text).then_some("off")
                spellcheck=(!plain_text).then_some("false")
                aria-required=required.then_some("true")
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
                on:input:target=move |event| {
                    if let Some(live) = live {
                        live.set(event.target().value());
                    }
                }
            />
            <FieldError id=id.clone() error=error />
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            {children.map(|children| children())}
        </div>
    }
}

/// What is wrong with a field.
#[component]
pub fn FieldError(
    /// The field's id.
    id: String,
    /// The message, if there is one.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    move || error.get().map(|error| view! { <p class="error" id=format!("{id}-error")>{error}</p> })
}
