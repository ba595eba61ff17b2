//! The form of a new account.

use domain::accounts::{CreditForm, NewAccount};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

use super::{
    api::{self, Create},
    fields::AccountFields,
};
use crate::{
    Fault, paths,
    ui::{Form, Load, PageHead, Submit},
};

/// The route.
#[derive(Debug)]
pub struct NewAccountRoute {
    blank: Resource<Result<NewAccount, Fault>>,
}

#[lazy_route]
impl LazyRoute for NewAccountRoute {
    fn data() -> Self {
        Self { blank: Resource::new(|| (), |()| api::blank()) }
    }

    fn view(this: Self) -> AnyView {
        let create = ServerAction::<Create>::new();
        view! {
            <Load from=this.blank like="form" let:new>
                <PageHead title="Add account" crumb=(paths::ACCOUNTS.to_owned(), "Accounts".to_owned()) />
                <div class="narrow">
                    <NewForm new=new create=create />
                </div>
            </Load>
        }
        .into_any()
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
