//! Adding a person: to an account in the back office (A4), to the own team (A8), to the staff (A9).

use crate::ui::{
    Fault, FaultPage, Form, Load, PageHead, Private, Submit,
    data::{Resource, ServerAction},
    paths,
};
use domain::{AccountId, Deed, Roles, accounts::Kind, contacts::PersonForm};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    api::{self, Add, AddToOwn},
    fields::{PersonFields, RolesFields},
};

/// Adds a contact to an account.
#[component]
pub fn NewContactPage() -> impl IntoView {
    let params = use_params_map();
    let account = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let page = Resource::new(move || account.get(), |account| api::list(account, String::new()));
    let account = move || account.get_untracked().parse().ok();
    view! {
        <Private deed=Deed::EditContacts let:_actor>
            <Load from=page like="form" let:page>
                {match account() {
                    Some(account) if page.can_add => {
                        view! { <NewContact account=account organisation=page.organisation /> }.into_any()
                    }
                    _ => view! { <FaultPage fault=Fault::NotFound /> }.into_any(),
                }}
            </Load>
        </Private>
    }
}

#[component]
fn NewContact(account: AccountId, organisation: String) -> impl IntoView {
    let add = ServerAction::<Add>::new();
    let list = paths::office_account_contacts(account);
    let user = PersonForm { storefront_user: "on".to_owned(), ..PersonForm::default() };
    view! {
        <div class="narrow stack" data-gap="large">
            <PageHead title="Add contact" crumb=(paths::office_account(account), organisation) />
            <Form action=add hidden=("account", account.to_string())>
                <PersonFields
                    person=user
                    user_hint=Some("Signs in as user type Admin, and gets an activation link by e-mail.")
                />
                <div class="actions">
                    <Submit label="Save" />
                    <a class="button" href=list>"Cancel"</a>
                </div>
            </Form>
        </div>
    }
}

/// Adds somebody to the own team.
#[component]
pub fn NewTeamPage() -> impl IntoView {
    view! {
        <Private deed=Deed::ManageTeam let:_actor>
            <NewUser side=Kind::Reseller list=paths::TEAM name="Team" />
        </Private>
    }
}

/// Adds somebody to the staff.
#[component]
pub fn NewStaffPage() -> impl IntoView {
    view! {
        <Private deed=Deed::ManageStaff let:_actor>
            <NewUser side=Kind::Operator list=paths::STAFF name="Staff" />
        </Private>
    }
}

#[component]
fn NewUser(side: Kind, list: &'static str, name: &'static str) -> impl IntoView {
    let add = ServerAction::<AddToOwn>::new();
    view! {
        <div class="narrow stack" data-gap="large">
            <PageHead title="Add user" crumb=(list.to_owned(), name.to_owned()) />
            <Form action=add>
                <PersonFields person=PersonForm::default() />
                <RolesFields side=side roles=Roles::default() />
                <div class="actions">
                    <Submit label="Add" />
                    <a class="button" href=list>"Cancel"</a>
                </div>
            </Form>
        </div>
    }
}
