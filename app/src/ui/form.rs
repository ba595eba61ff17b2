//! A form that posts to a server function: with script without a reload, without script by itself.

use domain::{FormKey, Refusal};
use leptos::{
    context::Provider,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{HtmlFormElement, SubmitEvent},
};

use crate::ui::{ErrorSummary, FormState, fresh_key};
use crate::ui::{
    Fault,
    data::{Function, Post, ServerAction, Value, typed},
    fault::Refused,
};

/// A form of the house. It holds the idempotency key and the summary of what is wrong, keeps
/// what was typed when something is, and cannot be sent twice at once.
#[component]
pub fn Form<S>(
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
    S: Function,
{
    let on_done = on_done.map(|told| -> Done {
        Box::new(move |value| {
            if let Ok(output) = value.read() {
                told.run(output);
            }
        })
    });
    form_of(action.post(), Setup { on_done, class, label, keyed, id, hidden, clears, children })
}

type Done = Box<dyn Fn(&Value)>;

/// How a form is set up, whatever it is sent to.
struct Setup {
    on_done: Option<Done>,
    class: &'static str,
    label: Option<String>,
    keyed: bool,
    id: String,
    hidden: Option<(&'static str, String)>,
    clears: bool,
    children: Children,
}

/// Made once, for all forms.
#[inline(never)]
fn form_of(post: Post, setup: Setup) -> AnyView {
    let Setup { on_done, class, label, keyed, id, hidden, clears, children } = setup;
    let state = FormState::new(post, id, hidden.as_ref());
    let form = NodeRef::new();
    // A form that was sent back did nothing; its key keeps a second try from doing it twice.
    let key = RwSignal::new(state.typed(FormKey::FIELD).unwrap_or_else(|| next_key(keyed)));
    // What was done before this form was drawn was told to the one that it replaces.
    let told = post.version().get_untracked();
    Effect::new(move |_| {
        let Some(answer) = post.answer().get() else { return };
        if let (Ok(value), true) = (answer, post.version().get_untracked() > told) {
            key.set(next_key(keyed));
            if let Some(form) = form.get_untracked().filter(|_| clears) {
                let form: HtmlFormElement = form;
                form.reset();
            }
            if let Some(done) = &on_done {
                done(&value);
            }
        }
    });
    let submit = move |event: SubmitEvent| {
        if event.default_prevented() {
            return;
        }
        event.prevent_default();
        send(post, &event);
    };
    view! {
        <form
            node_ref=form
            class=class
            method="post"
            action=post.path()
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
    .into_any()
}

fn next_key(keyed: bool) -> String {
    if keyed { fresh_key() } else { String::new() }
}

/// Sends what is typed; what cannot be read as a form says so like any other error.
fn send(post: Post, event: &SubmitEvent) {
    let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    match form.and_then(|form| typed(&form, event.submitter().as_ref())) {
        Some(body) => post.send(body),
        None => post.fail(Fault::Refused(Refused::told(Refusal::FORM_UNKNOWN))),
    }
}
