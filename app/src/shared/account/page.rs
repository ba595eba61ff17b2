//! The page of one's own account. Before a due change of password it shows that alone (A10).

use crate::ui::{Fact, Facts, Notice, PageHead, Private, paths};
use domain::{Actor, Deed, actor::Due};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{ThemeSwitch, password::PasswordCard, sessions::SessionsCard};

/// Own details, password, sessions, theme.
#[component]
pub fn AccountPage() -> impl IntoView {
    view! {
        <Private deed=Deed::KeepOwnAccount let:actor>
            {if actor.due == Some(Due::Password) {
                view! { <DuePassword /> }.into_any()
            } else {
                view! { <Account actor=actor /> }.into_any()
            }}
        </Private>
    }
}

#[component]
fn DuePassword() -> impl IntoView {
    view! {
        <div class="narrow stack" data-gap="large">
            <PageHead title="Choose a password of your own" />
            <Notice>
                "Your password was chosen by somebody else. Change it now, so that only you know it; then everything is open to you."
            </Notice>
            <PasswordCard due=true />
        </div>
    }
}

#[component]
fn Account(actor: Actor) -> impl IntoView {
    let history = actor.may(Deed::SeeOwnHistory).then(|| {
        view! {
            <section class="card" aria-labelledby="history">
                <h2 id="history">"History"</h2>
                <p>"What was done in your account, by whom and from where."</p>
                <div class="actions" data-fit>
                    <a class="button" href=paths::HISTORY>"Show the history"</a>
                </div>
            </section>
        }
    });
    let billing = actor.may(Deed::Pay).then(|| {
        view! {
            <section class="card" aria-labelledby="billing">
                <h2 id="billing">"Billing details"</h2>
                <p>"Where the invoices of your account go, and its tax number."</p>
                <div class="actions" data-fit>
                    <a class="button" href=paths::BILLING_DETAILS>"Edit billing details"</a>
                </div>
            </section>
        }
    });
    let changed = use_query_map().with_untracked(|query| query.get("done").as_deref() == Some("password"));
    view! {
        {changed
            .then(|| {
                view! {
                    <Notice kind="good">
                        <strong>"Password changed."</strong>
                        " All other sessions have ended."
                    </Notice>
                }
            })}
        <PageHead title="Account" />
        <div class="columns">
            <div class="stack" data-gap="large">
                <PasswordCard due=false />
                <SessionsCard />
            </div>
            <aside class="stack" aria-label="Details and theme">
                <section class="card" aria-labelledby="details">
                    <h2 id="details">"Details"</h2>
                    <Facts>
                        <Fact name="Name">
                            <bdi>{actor.name}</bdi>
                        </Fact>
                        <Fact name="Organisation">
                            <bdi>{actor.organisation}</bdi>
                        </Fact>
                    </Facts>
                </section>
                <section class="card" aria-labelledby="second">
                    <h2 id="second">"Second factor"</h2>
                    <p>"A code of your phone besides the password."</p>
                    <div class="actions" data-fit>
                        <a class="button" href=paths::SECOND_FACTOR>
                            "Second factor"
                        </a>
                    </div>
                </section>
                <section class="card" aria-labelledby="theme">
                    <h2 id="theme">"Theme"</h2>
                    <ThemeSwitch />
                </section>
                {billing}
                {history}
            </aside>
        </div>
    }
}
