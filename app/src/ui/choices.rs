//! One of a few, each with a line of its own: radio cards.

use leptos::{html, prelude::*};

use crate::ui::{FieldError, FormState, describe};

/// One of the cards.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The word that is posted.
    pub word: String,
    /// The label: the accessible name.
    pub label: String,
    /// What it means.
    pub hint: String,
}

/// Radio cards.
#[component]
pub fn Choices(
    /// The name it is posted under.
    name: &'static str,
    /// What is asked.
    #[prop(into)]
    legend: String,
    /// The cards.
    options: Vec<Choice>,
    /// The word that is chosen at first.
    #[prop(optional, into)]
    value: String,
    /// Follows the choice.
    #[prop(optional, into)]
    live: Option<RwSignal<String>>,
) -> impl IntoView {
    let form = FormState::around();
    let id = form.map_or_else(|| name.to_owned(), |form| form.field_id(name));
    let error = Memo::new(move |_| form.and_then(|form| form.error(name)));
    let described = describe(&id, error, false);
    let value = form.and_then(|form| form.typed(name)).unwrap_or(value);
    if let Some(live) = live {
        live.set(value.clone());
    }
    let card_id = id.clone();
    let card = move |(nth, choice): (usize, Choice)| {
        // The first card carries the id of the field, so that the error summary leads to it.
        let id = if nth == 0 { card_id.clone() } else { format!("{card_id}-{}", choice.word) };
        view! { <Card name=name id=id checked=choice.word == value choice=choice live=live /> }
    };
    view! {
        <fieldset class="choices" aria-describedby=described>
            <legend>{legend}</legend>
            {options.into_iter().enumerate().map(card).collect_view()}
            <FieldError id=id error=error />
        </fieldset>
    }
}

#[component]
fn Card(
    name: &'static str,
    id: String,
    choice: Choice,
    checked: bool,
    live: Option<RwSignal<String>>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let (Some(input), Some(live)) = (input.get(), live)
            && input.checked()
        {
            live.set(input.value());
        }
    });
    let hint_id = format!("{id}-hint");
    let hint = (!choice.hint.is_empty()).then(|| view! { <p class="hint" id=hint_id.clone()>{choice.hint}</p> });
    view! {
        <div class="choice">
            <input
                node_ref=input
                type="radio"
                id=id.clone()
                name=name
                value=choice.word
                checked=checked
                aria-describedby=hint.is_some().then_some(hint_id)
                on:change:target=move |event| {
                    if let Some(live) = live {
                        live.set(event.target().value());
                    }
                }
            />
            <label for=id>{choice.label}</label>
            {hint}
        </div>
    }
}
