//! Proving once more who one is, before something that matters.

use domain::Deed;
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_query_map};

use super::api::Confirm;
use crate::{
    parts::{self, Own},
    ui::{Field, Form, Heading, Private, Submit},
};

/// Asks for the password once more, and leads back.
#[derive(Debug)]
pub struct ConfirmRoute;

impl LazyRoute for ConfirmRoute {
    fn data() -> Self {
        Self
    }

    async fn view(this: Self) -> AnyView {
        parts::own(Own::Confirm(this)).await
    }
}

impl ConfirmRoute {
    /// The page.
    pub fn show(self) -> AnyView {
        let next = use_query_map().with_untracked(|query| query.get("next").unwrap_or_default());
        view! {
            <Private deed=Deed::KeepOwnAccount let:actor>
                <PasswordCard next=next.clone() name=actor.name />
            </Private>
        }
        .into_any()
    }
}

#[component]
fn PasswordCard(next: String, name: String) -> impl IntoView {
    let confirm = ServerAction::<Confirm>::new();
    let arrive = Callback::new(|next: String| {
        window().location().assign(&next).ok();
    });
    view! {
        <section class="gate-card">
            <Heading title="Confirm that it is you" />
            <p>"What comes next matters, so it asks " <bdi>{name}</bdi> " for the password once more."</p>
            <Form action=confirm on_done=arrive keyed=false hidden=("next", next)>
                <Field
                    name="password"
                    label="Password"
                    kind="password"
                    autocomplete="current-password"
                    autofocus=true
                    required=true
                />
                <div class="actions">
                    <Submit label="Confirm" />
                </div>
            </Form>
        </section>
    }
}
