//! The bar at the top of every page.

use domain::Actor;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{account::AccountMenu, link};
use crate::{actions, paths, sessions::Me};

/// The bar: the way home, the main pages, and the menu of whoever is signed in.
#[component]
pub fn Bar() -> impl IntoView {
    let me = Me::here();
    let menus = move || {
        Suspend::new(async move {
            match me.who().await.ok().flatten() {
                Some(actor) => view! { <MainMenu actor=actor.clone() /> <AccountMenu actor=actor /> }.into_any(),
                None => log_in().into_any(),
            }
        })
    };
    view! {
        <header class="bar">
            <a class="brand" href=paths::HOME>"Keyhouse"</a>
            <Transition>{menus}</Transition>
        </header>
    }
}

#[component]
fn MainMenu(actor: Actor) -> impl IntoView {
    let links = actions::bar(&actor.roles).filter(|_| actor.due.is_none()).map(|action| link(action, false));
    view! { <nav aria-label="Main">{links.collect_view()}</nav> }
}

fn log_in() -> impl IntoView {
    let path = use_location().pathname;
    let elsewhere = Memo::new(move |_| path.with(|path| path != paths::LOGIN));
    view! {
        <div class="bar-end">
            {move || elsewhere.get().then(|| view! { <a class="button" href=paths::LOGIN>"Log in"</a> })}
        </div>
    }
}
