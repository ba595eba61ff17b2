//! The second step of signing in: the code of an authenticator app, or a recovery code.

use crate::ui::{
    Fault, FaultPage, FaultText, Field, Form, Heading, Me, Notice, Submit, awake, data::ServerAction, paths,
};
use domain::actor::Due;
use leptos::{either::Either, prelude::*};
use leptos_router::hooks::use_query_map;

use super::{api::Prove, login::go_on};

/// Asks for the code. Whoever owes none goes on.
#[component]
pub fn ProvePage() -> impl IntoView {
    let next = use_query_map().with_untracked(|query| query.get("next").unwrap_or_default());
    match Me::here().who() {
        Some(actor) if actor.due == Some(Due::Proof) => Either::Left(Either::Left(view! { <CodeCard next=next /> })),
        Some(_) => Either::Left(Either::Right(go_on(paths::local(&next).to_owned()))),
        None => Either::Right(view! { <FaultPage fault=Fault::SignedOut /> }),
    }
}

#[component]
fn CodeCard(next: String) -> impl IntoView {
    let prove = ServerAction::<Prove>::new();
    // The whole page is loaded anew: everything on it depends on who is signed in.
    let arrive = Callback::new(|next: String| {
        window().location().assign(&next).ok();
    });
    let here = next.clone();
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
            <ByPasskey next=here arrive=arrive />
        </section>
    }
}

/// The way in by a passkey, where this person has one and the browser knows them.
#[component]
fn ByPasskey(next: String, arrive: Callback<String>) -> impl IntoView {
    let awake = awake();
    let (next, failed) = (StoredValue::new(next), RwSignal::new(None::<Fault>));
    #[cfg(feature = "hydrate")]
    let prove = move || {
        leptos::task::spawn_local(async move {
            match browser::prove(next.get_value()).await {
                Ok(next) => arrive.run(next),
                Err(fault) => failed.set(Some(fault)),
            }
        });
    };
    #[cfg(not(feature = "hydrate"))]
    let prove = {
        let _ = (next, arrive);
        move || {}
    };
    move || {
        (awake.get() && crate::shared::passkeys::are_known()).then(|| {
            view! {
                {move || failed.get().map(|fault| view! { <Notice kind="bad"><FaultText fault=fault /></Notice> })}
                <div class="actions">
                    <button class="button" type="button" on:click=move |_| prove()>
                        "Use a passkey"
                    </button>
                </div>
            }
        })
    }
}

/// What only a browser does.
#[cfg(feature = "hydrate")]
mod browser {
    use domain::Refusal;

    use crate::shared::{passkeys, sessions::api};
    use crate::ui::{Fault, fault::Refused};

    /// Asks the server, the device, and the server again.
    pub async fn prove(next: String) -> Result<String, Fault> {
        // Who has no passkey is told the same as who does not want to use it.
        let failed = || Fault::Refused(Refused::told(Refusal::PASSKEY_FAILED));
        let options = api::challenge().await.map_err(|fault| match fault {
            Fault::NotFound => failed(),
            fault => fault,
        })?;
        let answer = passkeys::get(&options).await.ok_or_else(failed)?;
        api::prove_by_passkey(next, answer).await
    }
}
