//! The field that a list is searched with.

use leptos::{
    ev::SubmitEvent, form::form_data_with_submitter, html, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlFormElement,
};

use crate::ui::{Arrived, Switch, awake};

/// A search field with its button; where there is a keyboard, `/` leads to it.
#[component]
pub fn Search(
    /// What is searched: the accessible name, `Search licenses`.
    #[prop(into)]
    label: String,
    /// What can be looked for.
    placeholder: &'static str,
    /// What stands in it at first.
    #[prop(into)]
    value: String,
    /// The form it belongs to, where it does not stand in it.
    #[prop(optional)]
    form: Option<&'static str>,
    /// Told what is typed.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let arrived = use_context::<Arrived>();
    Effect::new(move |_| {
        if let (Some(input), Some(arrived)) = (input.get(), arrived) {
            arrived.search(input.into());
        }
    });
    // What was typed before the program arrived is looked for when it does.
    let early = value.clone();
    Effect::new(move |_| {
        if let (Some(input), Some(told)) = (input.get().filter(|input| input.value() != early), on_input) {
            told.run(input.value());
        }
    });
    let (awake, shortcuts) = (awake(), Switch::here());
    view! {
        <div class="search">
            <label class="visually-hidden" for="q">{label}</label>
            <input
                node_ref=input
                id="q"
                type="search"
                name="q"
                value=value
                form=form
                placeholder=placeholder
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                enterkeyhint="search"
                dir="auto"
                maxlength="200"
                on:input:target=move |event| {
                    if let Some(told) = on_input {
                        told.run(event.target().value());
                    }
                }
            />
            {move || (awake.get() && shortcuts.are_on()).then(|| view! { <kbd aria-hidden="true">"/"</kbd> })}
            <button class="button" form=form>"Search"</button>
        </div>
    }
}

/// Puts the fields of a list's form back to what is shown now, when that is another view than
/// before; what somebody is typing while the list is only fetched again stays.
pub fn follow_view<T>(form: NodeRef<html::Form>, shown: T, last: StoredValue<Option<T>>)
where
    T: PartialEq + Clone + Send + Sync + 'static,
{
    Effect::new(move |_| {
        let Some(form) = form.get() else { return };
        if last.get_value().is_some_and(|before| before != shown) {
            form.reset();
        }
        last.set_value(Some(shown.clone()));
    });
}

/// What stands in a field of the form that is being sent.
pub fn typed_in(event: &SubmitEvent, name: &str) -> Option<String> {
    let form = event.target()?.dyn_into::<HtmlFormElement>().ok()?;
    form_data_with_submitter(&form, event.submitter().as_ref()).ok()?.get(name).as_string()
}
