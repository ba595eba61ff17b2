//! Proving once more who one is, before something that matters.

use crate::ui::{
    Field, Form, Heading, Load, Private, Submit,
    data::{Resource, ServerAction},
};
use domain::Deed;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::Confirm;
use crate::shared::account::api as account;

/// Asks for the password once more, and for a code of whoever has a second factor, and leads back.
#[component]
pub fn ConfirmPage() -> impl IntoView {
    let factor = Resource::new(|| (), |()| account::second_factor());
    let next = use_query_map().with_untracked(|query| query.get("next").unwrap_or_default());
    view! {
        <Private deed=Deed::KeepOwnAccount let:actor>
            {
                let (next, name) = (next.clone(), actor.name);
                view! {
                    <Load from=factor like="form" let:factor>
                        <PasswordCard next=next.clone() name=name.clone() has_factor=factor.app_since.is_some() />
                    </Load>
                }
            }
        </Private>
    }
}

#[component]
fn PasswordCard(next: String, name: String, has_factor: bool) -> impl IntoView {
    let confirm = ServerAction::<Confirm>::new();
    let arrive = Callback::new(|next: String| {
        window().location().assign(&next).ok();
    });
    view! {
        <section class="gate-card">
            <Heading title="Confirm that it is you" />
            <p>
                "What comes next matters, so "<bdi>{name}</bdi>
                {if has_factor { " enters the password and a code once more." } else { " enters the password once more." }}
            </p>
            <Form action=confirm on_done=arrive keyed=false hidden=("next", next)>
                <Field
                    name="password"
                    label="Password"
                    kind="password"
                    autocomplete="current-password"
                    autofocus=true
                    required=true
                />
                {has_factor
                    .then(|| {
                        view! {
                            <Field
                                name="code"
                                label="Code"
                                autocomplete="one-time-code"
                                hint="The 6 digits that your app shows now, or one of your recovery codes."
                                required=true
                            />
                        }
                    })}
                <div class="actions">
                    <Submit label="Confirm" />
                </div>
            </Form>
        </section>
    }
}
