//! The bar at the top of every page.

use crate::shared::actions;
use crate::ui::{Fault, Me, Notice, paths};
use domain::{Actor, Deed, actor::Due};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{account::AccountMenu, link};

/// The bar: the way home, the main pages, and the menu of whoever is signed in.
#[component]
pub fn Bar() -> impl IntoView {
    let actor = Me::here().who();
    view! {
        <header class="bar">
            <a class="brand" href=paths::HOME>"Keyhouse"</a>
            {menus(actor.clone())}
        </header>
        {suspended(actor)}
    }
}

fn menus(actor: Option<Actor>) -> AnyView {
    match actor {
        Some(actor) => view! { <MainMenu actor=actor.clone() /> <AccountMenu actor=actor /> }.into_any(),
        None => log_in().into_any(),
    }
}

/// V12: on every page of an account that its debt has suspended, why so little is open, and what opens it.
fn suspended(actor: Option<Actor>) -> AnyView {
    let notice = actor.filter(|actor| actor.due == Some(Due::Debt)).map(|actor| {
        let billing = actor.may(Deed::SeeBilling).then(|| view! { " " <a href=paths::BILLING>"Open billing"</a> });
        view! {
            <Notice kind="warn">
                <strong>"Your account is suspended. "</strong>
                {Fault::Due(Due::Debt).to_string()}
                {billing}
            </Notice>
        }
    });
    notice.into_any()
}

#[component]
fn MainMenu(actor: Actor) -> impl IntoView {
    let links = actions::bar(&actor.roles).filter(|action| action.is_for(&actor)).map(|action| link(action, false));
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
