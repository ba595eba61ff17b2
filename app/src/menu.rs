//! The bar at the top and, on a phone, the tabs at the bottom: only what exists and what the role may see.

use domain::{Actor, Deed};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    account::ThemeSwitch,
    paths,
    sessions::{Me, api::SignOut},
    ui::{Form, Icon},
};

/// An entry: what one must be allowed to do, address, name, picture.
type Entry = (Deed, &'static str, &'static str, &'static str);

const ENTRIES: [Entry; 6] = [
    (Deed::KeepOwnAccount, paths::HOME, "Home", "home"),
    (Deed::SeeLicenses, paths::LICENSES, "Licenses", "key"),
    (Deed::SeeOwnLicenses, paths::LICENSES, "Licenses", "key"),
    (Deed::SeeCustomers, paths::CUSTOMERS, "Customers", "people"),
    (Deed::SeeMail, paths::MAIL, "Mail", "mail"),
    (Deed::KeepOwnAccount, paths::ACCOUNT, "Account", "person"),
];

/// The bar at the top of every page.
#[component]
pub fn Bar() -> impl IntoView {
    let me = Me::here();
    let inner = move || {
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
            <Transition>{inner}</Transition>
        </header>
    }
}

/// The tabs at the bottom of a phone.
#[component]
pub fn Tabs() -> impl IntoView {
    let me = Me::here();
    let inner = move || {
        Suspend::new(async move {
            let actor = me.who().await.ok().flatten().filter(|actor| !actor.password_due);
            actor.map(|actor| {
                let tab = |(_, address, name, icon): Entry| {
                    view! { <a href=address aria-current=current(address)><Icon name=icon />{name}</a> }
                };
                view! {
                    <nav class="tabs" aria-label="Main, bottom">
                        {entries(&actor).map(tab).collect_view()}
                    </nav>
                }
            })
        })
    };
    view! { <Transition>{inner}</Transition> }
}

#[component]
fn MainMenu(actor: Actor) -> impl IntoView {
    let link = |(_, address, name, _): Entry| {
        view! { <a href=address aria-current=current(address)>{name}</a> }
    };
    let links = entries(&actor).filter(|(_, address, ..)| *address != paths::ACCOUNT && !actor.password_due);
    view! { <nav aria-label="Main">{links.map(link).collect_view()}</nav> }
}

#[component]
fn AccountMenu(actor: Actor) -> impl IntoView {
    let sign_out = ServerAction::<SignOut>::new();
    let left = Callback::new(|()| {
        window().location().assign(paths::LOGIN).ok();
    });
    view! {
        <details class="menu bar-end">
            <summary><Icon name="person" /><bdi>{actor.organisation}</bdi></summary>
            <div class="menu-panel">
                <p class="menu-who"><strong><bdi>{actor.name}</bdi></strong></p>
                <a href=paths::ACCOUNT><Icon name="person" />"Account"</a>
                <ThemeSwitch />
                <Form action=sign_out on_done=left class="" keyed=false>
                    <button><Icon name="out" />"Log out"</button>
                </Form>
            </div>
        </details>
    }
}

fn log_in() -> impl IntoView {
    let path = use_location().pathname;
    let elsewhere = move || path.with(|path| path != paths::LOGIN);
    view! {
        <div class="bar-end">
            {move || elsewhere().then(|| view! { <a class="button" href=paths::LOGIN>"Log in"</a> })}
        </div>
    }
}

fn entries(actor: &Actor) -> impl Iterator<Item = Entry> + use<> {
    let role = actor.role;
    ENTRIES.into_iter().filter(move |(deed, ..)| role.may(*deed))
}

/// `page` on the entry of the page that is open, also for the pages below it.
fn current(address: &'static str) -> impl Fn() -> Option<&'static str> + Clone {
    let path = use_location().pathname;
    move || {
        let is_here =
            path.with(|path| path == address || (address != paths::HOME && path.starts_with(&format!("{address}/"))));
        is_here.then_some("page")
    }
}
