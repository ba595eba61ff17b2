//! Signing in.

use crate::ui::{Field, Form, Heading, Me, Submit, data::ServerAction, paths};
use leptos::{either::Either, prelude::*};
use leptos_router::{components::Redirect, hooks::use_query_map};

use super::api::SignIn;

/// The sign-in. Whoever is signed in already goes on.
#[component]
pub fn LoginPage() -> impl IntoView {
    let next = use_query_map().with_untracked(|query| query.get("next").unwrap_or_default());
    match Me::here().who() {
        Some(_) => Either::Left(go_on(paths::local(&next).to_owned())),
        None => Either::Right(view! { <LoginForm next=next /> }),
    }
}

#[component]
fn LoginForm(next: String) -> impl IntoView {
    let sign_in = ServerAction::<SignIn>::new();
    // The whole page is loaded anew: everything on it depends on who is signed in.
    let arrive = Callback::new(|next: String| {
        window().location().assign(&next).ok();
    });
    view! {
        <section class="gate-card">
            <Heading title="Log in" />
            <Form action=sign_in on_done=arrive keyed=false hidden=("next", next)>
                <Field
                    name="login"
                    label="E-mail or username"
                    autocomplete="username"
                    autofocus=true
                    required=true
                />
                <Field name="password" label="Password" kind="password" autocomplete="current-password" required=true />
                <div class="actions">
                    <Submit label="Log in" />
                </div>
            </Form>
            <p class="gate-end">
                <a href=paths::FORGOT>"Forgot your password?"</a>
            </p>
        </section>
    }
}

/// Leads on.
pub fn go_on(path: String) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::ui::request::redirect(&path);
    let link = path.clone();
    view! {
        {cfg!(not(feature = "ssr")).then(|| view! { <Redirect path=path /> })}
        <p>
            <a href=link>"Go on"</a>
        </p>
    }
}
