//! What can be done about somebody's sign-in, a button each (A6).

use crate::ui::{
    Form, Notice, Pill, Submit,
    data::{Function, ServerAction},
};
use domain::{
    ContactId,
    contacts::{Act, State},
};
use leptos::prelude::*;

use super::api::{Deactivate, Reactivate, ResendLink, SendReset, Unlock};

/// The state, or that there is no sign-in.
#[component]
pub fn StatePill(
    /// A6.
    state: Option<State>,
) -> impl IntoView {
    match state {
        Some(State::PendingActivation) => {
            view! { <Pill word="activation" label=State::PendingActivation.label() /> }.into_any()
        }
        Some(state) => view! { <Pill word=state.word() label=state.label() /> }.into_any(),
        None => view! { <span class="muted">"No sign-in"</span> }.into_any(),
    }
}

/// The buttons. A link to copy is taken on the page of the person only.
#[component]
pub fn Acts(
    /// Whose sign-in.
    id: ContactId,
    /// The id of the element with the name.
    named_by: String,
    /// What can be done.
    acts: Vec<Act>,
    /// Told what was done.
    done: Callback<Act>,
) -> impl IntoView {
    let button = move |act| {
        let named_by = named_by.clone();
        match act {
            Act::Resend => one::<ResendLink>(act, id, named_by, done).into_any(),
            Act::Reset => one::<SendReset>(act, id, named_by, done).into_any(),
            Act::Unlock => one::<Unlock>(act, id, named_by, done).into_any(),
            Act::Deactivate => one::<Deactivate>(act, id, named_by, done).into_any(),
            Act::Reactivate => one::<Reactivate>(act, id, named_by, done).into_any(),
            Act::CopyLink => ().into_any(),
        }
    };
    // Drawn anew each time: a button that is pressed twice must not have become another one meanwhile.
    view! { <div class="cluster">{move || acts.iter().map(|act| button(*act)).collect_view()}</div> }
}

fn one<S>(act: Act, id: ContactId, named_by: String, done: Callback<Act>) -> impl IntoView
where
    S: Function<Output = ()>,
{
    let action = ServerAction::<S>::new();
    let on_done = Callback::new(move |()| done.run(act));
    view! {
        <Form action=action on_done=on_done class="" hidden=("id", id.to_string())>
            <Submit label=act.label() kind="" size="small" described_by=named_by />
        </Form>
    }
}

/// What was done, at the top of the page.
#[component]
pub fn Said(
    /// The word of the act, or `added`, `saved`.
    word: String,
    /// Where mail goes.
    email: String,
) -> impl IntoView {
    let act = Act::from_word(&word);
    let (title, more) = match (act, word.as_str()) {
        (Some(Act::Resend), _) => {
            ("A new activation link is being sent.", "The earlier one no longer works. It goes to ")
        }
        (Some(Act::Reset), _) => ("A link for a new password is being sent.", "It works for an hour and goes to "),
        (Some(Act::Unlock), _) => ("Unlocked.", "The password is the same as before, for "),
        (Some(Act::Deactivate), _) => ("Made inactive.", "All sessions have ended, of "),
        (Some(Act::Reactivate), _) => ("Made active.", "Signing in works as before, for "),
        (_, "added") => ("Added.", "A Storefront user gets an activation link, here to "),
        (_, "factor-taken") => ("The second factor is taken away.", "All sessions have ended. A mail goes to "),
        (_, "sessions-ended") => ("All sessions have ended.", "Logging in works as before, for "),
        (_, "saved") => ("Saved.", "Mail goes to "),
        _ => return ().into_any(),
    };
    view! {
        <Notice kind="good">
            <strong>{title}</strong>
            " "
            {more}
            <bdi>{email}</bdi>
            "."
        </Notice>
    }
    .into_any()
}
