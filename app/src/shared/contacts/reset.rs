//! The page behind the link for a new password (A7).

use crate::ui::{
    Fault, FaultPage, Form, Heading, NewPasswordFields, Submit, Time, Waiting,
    data::{Coming, Resource, ServerAction},
    fault::{Refused, Then},
    later, paths,
};
use domain::contacts::Invitation;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{self, Reset};

/// The new password. A link that does not work any more says why, and another can be asked for.
#[component]
pub fn ResetPage() -> impl IntoView {
    let token = use_params_map().with_untracked(|params| params.get("token").unwrap_or_default());
    let asked = token.clone();
    let shown = Resource::new(|| (), move |()| api::reset_shown(asked.clone()));
    let done = use_query_map().with_untracked(|query| query.get("done").as_deref() == Some("reset"));
    let page = move || -> Coming<_> {
        let token = token.clone();
        Box::pin(async move {
            match shown.await {
                Ok(of) => view! { <NewPassword token=token of=of /> }.into_any(),
                Err(Fault::Refused(why)) if done && *why.then() == Then::LinkUsed => chosen().into_any(),
                Err(Fault::Refused(why)) => dead_link(&why).into_any(),
                Err(fault) => view! { <FaultPage fault=fault /> }.into_any(),
            }
        })
    };
    view! {
        <section class="gate-card">
            {later(ViewFnOnce::from(|| view! { <Waiting like="form" /> }), Box::new(page))}
        </section>
    }
}

#[component]
fn NewPassword(token: String, of: Invitation) -> impl IntoView {
    let reset = ServerAction::<Reset>::new();
    let (token, of) = (StoredValue::new(token), StoredValue::new(of));
    let done = move || matches!(reset.value().get(), Some(Ok(())));
    view! {
        <Show when=move || !done() fallback=chosen>
            <Heading title="Choose a new password" />
            <p>
                "For the sign-in "
                <strong>
                    <bdi>{of.get_value().username}</bdi>
                </strong> ". This link lives until " <Time at=of.get_value().expires exact=true /> "."
            </p>
            <Form action=reset keyed=false hidden=("token", token.get_value())>
                <NewPasswordFields />
                <div class="actions">
                    <Submit label="Change password" />
                </div>
            </Form>
        </Show>
    }
}

fn chosen() -> impl IntoView {
    view! {
        <Heading title="Your password has been changed" />
        <p>"All your sessions have ended. Log in with your new password."</p>
        <div class="actions">
            <a class="button" data-kind="main" href=paths::LOGIN>
                "Log in"
            </a>
        </div>
    }
}

fn dead_link(why: &Refused) -> impl IntoView {
    view! {
        <Heading title="This link does not work" />
        <p>{why.to_string()}</p>
        <div class="actions">
            <a class="button" data-kind="main" href=paths::FORGOT>
                "Ask for a new link"
            </a>
        </div>
        <p class="gate-end">
            <a href=paths::LOGIN>"Log in"</a>
        </p>
    }
}
