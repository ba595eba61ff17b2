//! The form of a new account.

use crate::ui::{
    Form, Load, PageHead, Submit,
    data::{Resource, ServerAction},
    paths,
};
use domain::accounts::{CreditForm, NewAccount};
use leptos::prelude::*;

use super::{
    api::{self, Create},
    fields::AccountFields,
};

/// The form of a new account.
#[component]
pub fn NewAccountPage() -> impl IntoView {
    let blank = Resource::new(|| (), |()| api::blank());
    let create = ServerAction::<Create>::new();
    view! {
        <Load from=blank like="form" let:new>
            <PageHead title="Add account" crumb=(paths::ACCOUNTS.to_owned(), "Accounts".to_owned()) />
            <div class="narrow">
                <NewForm new=new create=create />
            </div>
        </Load>
    }
}

#[component]
fn NewForm(new: NewAccount, create: ServerAction<Create>) -> impl IntoView {
    let none = CreditForm { credit_limit: "0".to_owned(), credit_unlimited: String::new() };
    view! {
        <Form action=create>
            <AccountFields form=new.form choices=new.choices credit=new.may_set_limit.then_some(none) />
            <div class="actions">
                <Submit label="Save" />
                <a class="button" href=paths::ACCOUNTS>"Cancel"</a>
            </div>
        </Form>
    }
}
