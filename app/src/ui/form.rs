//! A form that posts to a server function: with script without a reload, without script by itself.

use domain::FormKey;
use leptos::{
    context::Provider,
    form::{FromFormData, form_data_with_submitter},
    prelude::*,
    server_fn::{Http, ServerFn, codec::PostUrl},
    wasm_bindgen::JsCast,
    web_sys::{HtmlFormElement, SubmitEvent},
};
use serde::de::DeserializeOwned;

use super::{ErrorSummary, FormState, fresh_key};
use crate::Fault;

/// A form of the house. It holds the idempotency key and the summary of what is wrong, keeps
/// what was typed when something is, and cannot be sent twice at once.
#[component]
pub fn Form<S, O>(
    /// The server function's action.
    action: ServerAction<S>,
    /// Told when it is done; what the server function gave back.
    #[prop(optional, into)]
    on_done: Option<Callback<S::Output>>,
    /// The style: `form` for fields below each other.
    #[prop(default = "form")]
    class: &'static str,
    /// The accessible name, where there is no heading.
    #[prop(optional, into)]
    label: Option<String>,
    /// Whether it carries an idempotency key: each form that changes something of ours does.
    #[prop(default = true)]
    keyed: bool,
    /// What the ids of its fields start with, where a page has more than one form.
    #[prop(optional, into)]
    id: String,
    /// A hidden field that tells this form from others of its kind on the page.
    #[prop(optional, into)]
    hidden: Option<(&'static str, String)>,
    /// Whether the fields are emptied when it is done.
    #[prop(optional)]
    clears: bool,
    children: Children,
) -> impl IntoView
where
    S: ServerFn<Protocol = Http<PostUrl, O>, Error = Fault> + DeserializeOwned + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
{
    let state = FormState::new(action, id, hidden.as_ref());
    let form = NodeRef::new();
    // A form that was sent back did nothing; its key keeps a second try from doing it twice.
    let key = RwSignal::new(state.typed(FormKey::FIELD).unwrap_or_else(|| next_key(keyed)));
    // What was done before this form was drawn was told to the one that it replaces.
    let told = action.version().get_untracked();
    Effect::new(move |_| {
        let Some(result) = action.value().get() else { return };
        if let (Ok(output), true) = (result, action.version().get_untracked() > told) {
            key.set(next_key(keyed));
            if let Some(form) = form.get_untracked().filter(|_| clears) {
                let form: HtmlFormElement = form;
                form.reset();
            }
            if let Some(done) = on_done {
                done.run(output);
            }
        }
    });
    let submit = move |event: SubmitEvent| {
        if event.default_prevented() {
            return;
        }
        event.prevent_default();
        if !action.pending().get_untracked() {
            post(action, &event);
        }
    };
    view! {
        <form
            node_ref=form
            class=class
            method="post"
            action=S::url()
            aria-label=label
            aria-busy=move || state.pending().then_some("true")
            novalidate
            on:submit=submit
        >
            <Provider value=state>
                {keyed.then(|| view! { <input type="hidden" name=FormKey::FIELD value=move || key.get() /> })}
                {hidden.map(|(name, value)| view! { <input type="hidden" name=name value=value /> })}
                <ErrorSummary />
                {children()}
            </Provider>
        </form>
    }
}

fn next_key(keyed: bool) -> String {
    if keyed { fresh_key() } else { String::new() }
}

/// Sends what is typed; what cannot even be read as this form says so like any other error.
fn post<S, O>(action: ServerAction<S>, event: &SubmitEvent)
where
    S: ServerFn<Protocol = Http<PostUrl, O>, Error = Fault> + DeserializeOwned + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
{
    let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let typed = form.and_then(|form| form_data_with_submitter(&form, event.submitter().as_ref()).ok());
    match typed.map(|typed| S::from_form_data(&typed)) {
        Some(Ok(input)) => {
            action.dispatch(input);
        }
        _ => action.value().set(Some(Err(Fault::Refused(domain::Refusal::FormUnknown)))),
    }
}
