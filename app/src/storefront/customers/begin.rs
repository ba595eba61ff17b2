//! Starts the create-customer wizard, and leads on to its first step.

use crate::shared::customers::api;
use crate::ui::{GoOn, Load, data::Resource, paths};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Makes a draft, so that nothing typed from here on is lost.
#[component]
pub fn NewCustomerPage() -> impl IntoView {
    let waiting = use_query_map().with_untracked(|query| query.get("license").or_else(|| query.get("basket")));
    let waiting = waiting.unwrap_or_default();
    let draft = Resource::new(|| (), move |()| api::begin(waiting.clone()));
    view! {
        <Load from=draft like="form" let:draft>
            <GoOn path=paths::new_customer_person(draft) />
        </Load>
    }
}
