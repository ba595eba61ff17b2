//! Which page stands at which address. Where one address is a different page for a reseller
//! and a customer, it is told apart here.

use domain::{Deed, accounts::Kind};
use leptos::prelude::*;
use leptos_router::{
    Lazy,
    SsrMode::Async,
    components::{FlatRoutes, Route},
    path,
};

use crate::{
    account::AccountPage,
    contacts::ActivatePage,
    customers,
    home::HomePage,
    licenses,
    mail::MailRoute,
    mine::{MinePage, MyLicensePage},
    sessions::LoginPage,
    ui::{NotFound, Private},
};

/// All pages.
#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=NotFound>
            <Route path=path!("/") view=HomePage ssr=Async />
            <Route path=path!("/login") view=LoginPage ssr=Async />
            <Route path=path!("/activate/:token") view=ActivatePage ssr=Async />
            <Route path=path!("/account") view=AccountPage ssr=Async />
            <Route path=path!("/office/mail") view={Lazy::<MailRoute>::new()} ssr=Async />
            <Route path=path!("/customers") view=customers::CustomersPage ssr=Async />
            <Route path=path!("/customers/new") view=customers::NewCustomerPage ssr=Async />
            <Route path=path!("/customers/new/:draft") view=customers::PersonPage ssr=Async />
            <Route path=path!("/customers/new/:draft/access") view=customers::AccessPage ssr=Async />
            <Route path=path!("/customers/import") view=customers::ImportPage ssr=Async />
            <Route path=path!("/customers/import/:draft") view=customers::ImportCheckPage ssr=Async />
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
            {match actor.side {
                Kind::Reseller => {
                    let may_edit = actor.may(Deed::EditLicenses);
                    view! { <licenses::LicensesPage may_edit=may_edit /> }.into_any()
                }
                Kind::Customer => MinePage().into_any(),
                Kind::Operator => NotFound().into_any(),
            }}
        </Private>
    }
}

#[component]
fn License() -> impl IntoView {
    view! {
        <Private deed=Deed::KeepOwnAccount let:actor>
            {match actor.side {
                Kind::Reseller => licenses::LicensePage().into_any(),
                Kind::Customer => MyLicensePage().into_any(),
                Kind::Operator => NotFound().into_any(),
            }}
        </Private>
    }
}
