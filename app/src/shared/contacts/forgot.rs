//! A forgotten password (A7): the name is asked for, and a link goes to its owner, if there is one.

use crate::ui::{Field, Form, Heading, Submit, data::ServerAction, paths};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::Forgot;

/// Asks for the name. The answer is the same whoever it belongs to.
#[component]
pub fn ForgotPage() -> impl IntoView {
    let forgot = ServerAction::<Forgot>::new();
    let sent = use_query_map().with_untracked(|query| query.get("done").as_deref() == Some("sent"));
    let is_sent = move || sent || matches!(forgot.value().get(), Some(Ok(())));
    view! {
        <section class="gate-card">
            <Show when=move || !is_sent() fallback=on_its_way>
                <Heading title="Forgot your password?" />
                <p>"You get an e-mail with a link by which you choose a new one. It unlocks a locked sign-in, too."</p>
                <Form action=forgot keyed=false>
                    <Field
                        name="login"
                        label="E-mail or username"
                        autocomplete="username"
                        autofocus=true
                        required=true
                    />
                    <div class="actions">
                        <Submit label="Send the link" />
                    </div>
                </Form>
            </Show>
            <p class="gate-end">
                <a href=paths::LOGIN>"Log in"</a>
            </p>
        </section>
    }
}

fn on_its_way() -> impl IntoView {
    view! {
        <Heading title="Look into your mail" />
        <p role="status">
            "If somebody signs in with that name, a link is being sent to their e-mail address. It works for one hour."
        </p>
        <p>"Nothing there after some minutes? Look among the unwanted mail, or ask those who invited you."</p>
    }
}
