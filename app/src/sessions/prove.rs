//! The second step of signing in: the code of an authenticator app, or a recovery code.

use domain::actor::Due;
use leptos::{either::Either, prelude::*};
use leptos_router::hooks::use_query_map;

use super::{Me, api::Prove, login::go_on};
use crate::{
    Fault, paths,
    ui::{FaultPage, Field, Form, Heading, Submit},
};

/// Asks for the code. Whoever owes none goes on.
#[component]
pub fn ProvePage() -> impl IntoView {
    let me = Me::here();
    let next = use_query_map().with_untracked(|query| query.get("next").unwrap_or_default());
    let page = move || {
        let next = next.clone();
        Suspend::new(async move {
            match me.who().await {
                Ok(Some(actor)) if actor.due == Some(Due::Proof) => {
                    Either::Left(Either::Left(view! { <CodeCard next=next /> }))
                }
                Ok(Some(_)) => Either::Left(Either::Right(go_on(paths::local(&next).to_owned()))),
                Ok(None) => Either::Right(view! { <FaultPage fault=Fault::SignedOut /> }),
                Err(fault) => Either::Right(view! { <FaultPage fault=fault /> }),
            }
        })
    };
    view! { <Transition>{page}</Transition> }
}

#[component]
fn CodeCard(next: String) -> impl IntoView {
    let prove = ServerAction::<Prove>::new();
    // The whole page is loaded anew: everything on it depends on who is signed in.
    let arrive = Callback::new(|next: String| {
        window().location().assign(&next).ok();
    });
    view! {
        <section class="gate-card">
            <Heading title="Enter your code" />
            <Form action=prove on_done=arrive keyed=false hidden=("next", next)>
                <Field
                    name="code"
                    label="Code"
                    autocomplete="one-time-code"
                    hint="The 6 digits that your app shows now, or one of your recovery codes."
                    autofocus=true
                    required=true
                />
                <div class="actions">
                    <Submit label="Log in" />
                </div>
            </Form>
        </section>
    }
}
