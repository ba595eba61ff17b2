//! Which page stands at which address. Where one address is a different page for a reseller
//! and a customer, it is told apart here.

use domain::{Deed, actor::Role};
use leptos::prelude::*;
use leptos_router::{
    SsrMode::Async,
    components::{FlatRoutes, Route},
    path,
};

use crate::{
    customers, licenses,
    ui::{NotFound, Private},
};

/// All pages.
#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=NotFound>
            <Route path=path!("/customers") view=customers::CustomersPage ssr=Async />
            <Route path=path!("/customers/new") view=customers::NewCustomerPage ssr=Async />
            <Route path=path!("/customers/new/:draft") view=customers::PersonPage ssr=Async />
            <Route path=path!("/customers/new/:draft/access") view=customers::AccessPage ssr=Async />
            <Route path=path!("/customers/:id") view=customers::CustomerPage ssr=Async />
            <Route path=path!("/licenses") view=Licenses ssr=Async />
            <Route path=path!("/licenses/new") view=licenses::NewLicensePage ssr=Async />
            <Route path=path!("/licenses/new/:draft/user") view=licenses::UserPage ssr=Async />
            <Route path=path!("/licenses/new/:draft/details") view=licenses::DetailsPage ssr=Async />
            <Route path=path!("/licenses/new/:draft/review") view=licenses::ReviewPage ssr=Async />
            <Route path=path!("/licenses/created/:order") view=licenses::CreatedPage ssr=Async />
            <Route path=path!("/licenses/:id") view=License ssr=Async />
        </FlatRoutes>
    }
}

#[component]
fn Licenses() -> impl IntoView {
    view! {
        <Private deed=Deed::KeepOwnAccount let:actor>
            {match actor.role {
                Role::Reseller => licenses::LicensesPage().into_any(),
                Role::Customer | Role::Owner => NotFound().into_any(),
            }}
        </Private>
    }
}

#[component]
fn License() -> impl IntoView {
    view! {
        <Private deed=Deed::KeepOwnAccount let:actor>
            {match actor.role {
                Role::Reseller => licenses::LicensePage().into_any(),
                Role::Customer | Role::Owner => NotFound().into_any(),
            }}
        </Private>
    }
}
