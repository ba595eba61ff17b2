//! The bar at the top and, on a phone, the tabs at the bottom: only what exists and what the role may see.

mod account;
mod bar;
mod tabs;

pub use bar::Bar;
pub use tabs::Tabs;

use crate::shared::actions::Action;
use crate::ui::Icon;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// A link to a page, marked while it or a page below it is open.
fn link(action: Action, icon: bool) -> Option<impl IntoView> {
    let path = use_location().pathname;
    let current = move || path.with(|path| action.is_open(path)).then_some("page");
    action.address().map(|address| {
        view! {
            <a class=action.is_behind().then_some("behind") href=address aria-current=current>
                {icon.then(|| view! { <Icon name=action.icon /> })}
                {action.words}
            </a>
        }
    })
}
