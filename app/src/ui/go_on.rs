//! A page that leads on by itself.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::Redirect, hooks::use_query_map};

use crate::ui::{Notice, PageHead};

/// Takes the reader on to another page, and keeps this one out of the way back.
#[component]
pub fn GoOn(
    /// Where to.
    path: String,
) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::ui::request::redirect(&path);
    let link = path.clone();
    let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
    view! {
        {cfg!(not(feature = "ssr")).then(|| view! { <Redirect path=path options=options /> })}
        <p><a href=link>"Go on"</a></p>
    }
}

/// Takes the reader of a wizard that has ended to what it made. Who has just sent one of its forms with other entries, and was refused
/// (O2), is told so first: to a browser without script, this page is all that comes back.
#[component]
pub fn MadeBefore(
    /// Where it is.
    path: String,
) -> impl IntoView {
    if use_query_map().with_untracked(|query| query.get("again").is_none()) {
        return view! { <GoOn path=path /> }.into_any();
    }
    view! {
        <PageHead title="This form was sent before" />
        <Notice kind="warn">
            <p>"It was done with what you entered then. What you have entered since was not taken over."</p>
        </Notice>
        <p><a class="button" href=path>"See what was made"</a></p>
    }
    .into_any()
}
