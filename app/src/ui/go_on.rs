//! A page that leads on by itself.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::Redirect};

/// Takes the reader on to another page, and keeps this one out of the way back.
#[component]
pub fn GoOn(
    /// Where to.
    path: String,
) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::request::redirect(&path);
    let link = path.clone();
    let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
    view! {
        {cfg!(not(feature = "ssr")).then(|| view! { <Redirect path=path options=options /> })}
        <p><a href=link>"Go on"</a></p>
    }
}
