//! One's own second factor: what there is, and how to switch it on or off.

use crate::ui::{
    Fact, Facts, Field, Form, Load, Notice, PageHead, Submit, Time, count_of,
    data::{Resource, ServerAction},
    paths,
};
use domain::contacts::SecondFactor;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    api::{self, BeginApp, RemoveApp},
    passkeys::PasskeysCard,
};

/// One's own second factor.
#[component]
pub fn SecondFactorPage() -> impl IntoView {
    let factor = Resource::new(|| (), |()| api::second_factor());
    let changed = use_query_map().with_untracked(|query| query.get("done").as_deref() == Some("changed"));
    let again = Callback::new(move |()| factor.refetch());
    view! {
        <div class="narrow stack" data-gap="large">
            <PageHead title="Second factor" crumb=(paths::ACCOUNT.to_owned(), "Account".to_owned()) />
            <Load from=factor like="text" let:factor>
                {match &factor.app_since {
                    Some(_) => view! { <On factor=factor.clone() changed=changed again=again /> }.into_any(),
                    None => view! { <Off required=factor.required /> }.into_any(),
                }}
            </Load>
        </div>
    }
}

#[component]
fn On(factor: SecondFactor, changed: bool, again: Callback<()>) -> impl IntoView {
    let remove = ServerAction::<RemoveApp>::new();
    let factor_too = factor.clone();
    let left = count_of(factor.recovery_left, "recovery code", "recovery codes");
    view! {
        {changed
            .then(|| {
                view! {
                    <Notice kind="good">
                        <strong>"The second factor is on."</strong>
                        " All other sessions have ended."
                    </Notice>
                }
            })}
        <section class="card" aria-labelledby="app">
            <h2 id="app">"Authenticator app"</h2>
            <Facts>
                {factor.app_since.map(|at| view! { <Fact name="On since"><Time at=at /></Fact> })}
                <Fact name="Left">{left}</Fact>
            </Facts>
            {(factor.recovery_left < 3)
                .then(|| {
                    view! {
                        <Notice kind="warn">
                            "Few recovery codes are left. Switch the second factor off and on again to get new ones."
                        </Notice>
                    }
                })}
            {match factor.required {
                true => {
                    view! { <p class="hint">"Your account asks everybody for a second factor, so it stays on."</p> }
                        .into_any()
                }
                false => {
                    view! {
                        <Form action=remove on_done=again>
                            <Field
                                name="code"
                                label="Code"
                                autocomplete="one-time-code"
                                hint="The 6 digits that your app shows now, or one of your recovery codes. If you have lost both, ask those who manage your account."
                                required=true
                            />
                            <div class="actions" data-fit>
                                <Submit label="Switch off" kind="" />
                            </div>
                        </Form>
                    }
                        .into_any()
                }
            }}
        </section>
        <PasskeysCard factor=factor_too again=again />
    }
}

#[component]
fn Off(required: bool) -> impl IntoView {
    let begin = ServerAction::<BeginApp>::new();
    view! {
        {required
            .then(|| {
                view! {
                    <Notice kind="warn">
                        "Your account asks everybody for a second factor. Set one up now; then everything is open to you."
                    </Notice>
                }
            })}
        <section class="card" aria-labelledby="app">
            <h2 id="app">"Authenticator app"</h2>
            <p>
                "Whoever learns your password cannot sign in with it alone: an app on your phone shows a code that changes every half minute."
            </p>
            <Form action=begin>
                <div class="actions" data-fit>
                    <Submit label="Set up an app" />
                </div>
            </Form>
        </section>
    }
}
