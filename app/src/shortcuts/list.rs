//! The list of shortcuts, in the part of the dialogs.

use crate::shared::actions::Action;
use domain::Roles;
use leptos::prelude::*;

use super::keys;

/// The shortcuts of somebody with these roles.
pub fn list(roles: Roles) -> AnyView {
    view! { <dl class="shortcuts">{keys::of(&roles).map(line).collect_view()}</dl> }.into_any()
}

fn line(shortcut: Action) -> impl IntoView {
    let keys = shortcut.keys.iter().map(|key| view! { <kbd>{*key}</kbd>" " }).collect_view();
    view! {
        <div>
            <dt>{keys}</dt>
            <dd>{shortcut.words}</dd>
        </div>
    }
}
