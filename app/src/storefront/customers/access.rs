//! The second step of the create-customer wizard: how the customer gets in (A10).

use crate::shared::customers::api::{self, Create};
use crate::ui::{
    Checkbox, Checked, Fact, Facts, Field, FieldError, Form, FormState, GoOn, Load, MadeBefore, PageHead, Steps,
    Submit,
    data::{Resource, ServerAction},
    paths,
};
use domain::{
    contacts::NewPassword,
    customers::{NewCustomerForm, Waiting, Wizard},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The step `Access`.
#[component]
pub fn AccessPage() -> impl IntoView {
    let params = use_params_map();
    let draft = Memo::new(move |_| params.with(|params| params.get("draft").unwrap_or_default()));
    let wizard = Resource::new(move || draft.get(), api::wizard);
    let create = ServerAction::<Create>::new();
    view! {
        <Load from=wizard like="form" let:wizard>
            {match wizard.created {
                Some(customer) => view! { <MadeBefore path=paths::customer(customer) /> }.into_any(),
                None if wizard.username_taken || wizard.email_taken || wizard.form.check_person().is_err() => {
                    view! { <GoOn path=paths::new_customer_person(wizard.draft) /> }.into_any()
                }
                None => view! { <Access create=create wizard=wizard /> }.into_any(),
            }}
        </Load>
    }
}

/// The way up from the wizard: to what waits for this customer, or to the list.
pub(super) fn way_up(wizard: &Wizard) -> (String, String) {
    let words = match wizard.waiting {
        Some(Waiting::License(_)) => "Create license",
        Some(Waiting::Checkout) => "Checkout",
        None => "Customers",
    };
    (wizard.waiting.map_or_else(|| paths::CUSTOMERS.to_owned(), paths::waiting), words.to_owned())
}

#[component]
fn Access(create: ServerAction<Create>, wizard: Wizard) -> impl IntoView {
    let person = paths::new_customer_person(wizard.draft);
    view! {
        <Form action=create class="wizard" keyed=false hidden=("idempotency_key", wizard.draft.to_string())>
            <PageHead title="Create customer" crumb=way_up(&wizard) />
            <Steps steps=vec![("Customer", Some(person.clone())), ("Access", None)] current=1 />
            <div class="wizard-body">
                <div class="stack" data-gap="large">
                    <Who form=wizard.form.clone() change=person.clone() />
                    <Ways form=wizard.form />
                </div>
            </div>
            <div class="action-bar">
                <a class="button" href=person>"Back"</a>
                <Submit label="Add" />
            </div>
        </Form>
    }
}

/// Who was entered, and what is wrong with it by now: somebody else may have taken the username meanwhile.
#[component]
fn Who(form: NewCustomerForm, change: String) -> impl IntoView {
    let state = FormState::around();
    let error = Signal::derive(move || state.and_then(|state| state.error("username")));
    let username = if form.username.trim().is_empty() { form.email.clone() } else { form.username };
    view! {
        <section class="card" aria-labelledby="who">
            <div class="card-head">
                <h2 id="who">"Customer"</h2>
                <a id="username" href=change>"Change"</a>
            </div>
            <FieldError id="username".to_owned() error=error />
            <Facts>
                <Fact name="Name"><bdi>{format!("{} {}", form.first_name, form.last_name)}</bdi></Fact>
                {(!form.company.is_empty()).then(|| view! { <Fact name="Company"><bdi>{form.company}</bdi></Fact> })}
                <Fact name="E-mail"><bdi>{form.email}</bdi></Fact>
                <Fact name="Username"><bdi>{username}</bdi></Fact>
            </Facts>
        </section>
    }
}

/// A password, or a link by e-mail. Without script the fields of the password stay, and are left aside.
#[component]
fn Ways(form: NewCustomerForm) -> impl IntoView {
    let link = RwSignal::new(false);
    let (password, confirmation) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let checked = form.wants_link();
    let errors = Signal::derive(move || {
        let typed = NewPassword { password: password.get().into(), password_confirmation: confirmation.get().into() };
        let send_link = if link.get() { "on".to_owned() } else { String::new() };
        NewCustomerForm { send_link, ..form.clone() }.check(&typed).err().unwrap_or_default()
    });
    view! {
        <Checked errors=errors>
            <fieldset class="group">
                <legend>"Access"</legend>
                <Checkbox
                    name="send_link"
                    label="Send an activation link instead"
                    checked=checked
                    live=link
                    hint="The customer gets an e-mail and chooses the password."
                />
                <div class="pair" hidden=move || link.get()>
                    <Field
                        name="password"
                        label="Password"
                        kind="password"
                        autocomplete="new-password"
                        hint="At least 10 characters. The customer has to change it at the first sign-in."
                        live=password
                    />
                    <Field
                        name="password_confirmation"
                        label="Password confirmation"
                        kind="password"
                        autocomplete="new-password"
                        live=confirmation
                    />
                </div>
            </fieldset>
        </Checked>
    }
}
