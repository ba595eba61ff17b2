//! The page behind the link of an invitation (A5): a password of one's own, and the way in.

use crate::ui::{
    Fault, FaultPage, Form, Heading, NewPasswordFields, Submit, Time, Waiting,
    data::{Coming, Resource, ServerAction},
    fault::{Refused, Then},
    later, paths,
};
use domain::contacts::Invitation;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{self, Activate, AskNewLink};

/// The activation. A link that does not work any more says why, and a new one can be had.
#[component]
pub fn ActivatePage() -> impl IntoView {
    let token = use_params_map().with_untracked(|params| params.get("token").unwrap_or_default());
    let done = use_query_map().with_untracked(|query| query.get("done").unwrap_or_default());
    let asked = token.clone();
    let invitation = Resource::new(|| (), move |()| api::invitation(asked.clone()));
    let page = move || -> Coming<_> {
        let (token, done) = (token.clone(), done.clone());
        Box::pin(async move {
            match invitation.await {
                Ok(invitation) => view! { <Invited token=token invitation=invitation /> }.into_any(),
                Err(Fault::Refused(why)) if done == "activated" && *why.then() == Then::LinkUsed => {
                    activated().into_any()
                }
                Err(Fault::Refused(why)) => view! { <DeadLink token=token why=why asked=done == "asked" /> }.into_any(),
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
fn Invited(token: String, invitation: Invitation) -> impl IntoView {
    let activate = ServerAction::<Activate>::new();
    let (token, invitation) = (StoredValue::new(token), StoredValue::new(invitation));
    let done = move || matches!(activate.value().get(), Some(Ok(())));
    view! {
        <Show when=move || !done() fallback=activated>
            <Heading title="Activate account" />
            <Greeting invitation=invitation.get_value() />
            <Form action=activate keyed=false hidden=("token", token.get_value())>
                <NewPasswordFields />
                <div class="actions">
                    <Submit label="Activate account" />
                </div>
            </Form>
        </Show>
    }
}

#[component]
fn Greeting(invitation: Invitation) -> impl IntoView {
    view! {
        <p>
            <bdi>{invitation.organisation}</bdi>
            " has made an account for you. Choose a password; you will sign in as "
            <strong>
                <bdi>{invitation.username}</bdi>
            </strong> ". This link lives until " <Time at=invitation.expires exact=true /> "."
        </p>
    }
}

fn activated() -> impl IntoView {
    view! {
        <Heading title="Your account is active" />
        <p>"Log in with your new password."</p>
        <div class="actions">
            <a class="button" data-kind="main" href=paths::LOGIN>
                "Log in"
            </a>
        </div>
    }
}

#[component]
fn DeadLink(token: String, why: Refused, asked: bool) -> impl IntoView {
    let ask = ServerAction::<AskNewLink>::new();
    let is_asked = move || asked || matches!(ask.value().get(), Some(Ok(())));
    view! {
        <Heading title="This link does not work" />
        <p>{why.to_string()}</p>
        <p hidden=is_asked>"A new one can be sent to the same e-mail address."</p>
        <Form action=ask keyed=false hidden=("token", token)>
            <div class="actions">
                <Submit label="Send a new link" />
            </div>
        </Form>
        <p role="status">
            {move || is_asked().then_some("If this was a link of ours, a new one is being sent to the same address.")}
        </p>
        <p class="gate-end">
            <a href=paths::LOGIN>"Log in"</a>
        </p>
    }
}
