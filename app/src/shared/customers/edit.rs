//! Correcting a customer that was created by hand (A12): its reseller, or staff in the office.

use crate::ui::{
    Checked, Edition, Field, Form, Load, Notice, PageHead, Private, Submit,
    data::{Resource, ServerAction},
    paths,
};
use domain::{
    AccountId, Deed,
    customers::{CustomerEdit, CustomerForm, SignInEdit},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::api::{self, Edit};

/// The page of its reseller.
#[component]
pub fn EditCustomerPage() -> impl IntoView {
    shown(Deed::CreateCustomers, paths::customer)
}

/// The same in the office.
#[component]
pub fn OfficeEditCustomerPage() -> impl IntoView {
    shown(Deed::EditContacts, paths::office_account_contacts)
}

fn shown(deed: Deed, back: fn(AccountId) -> String) -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let page = Resource::new(move || id.get(), api::edit_page);
    let edit = ServerAction::<Edit>::new();
    view! {
        <Private deed=deed let:_actor>
            <Load from=page like="form" let:page>
                <Page back=back(page.id) page=page edit=edit />
            </Load>
        </Private>
    }
}

#[component]
fn Page(page: CustomerEdit, back: String, edit: ServerAction<Edit>) -> impl IntoView {
    let CustomerEdit { id, name, form, edition, sign_in } = page;
    let said = match sign_in {
        SignInEdit::NotYet => {
            "This customer has never signed in. When you correct the e-mail address or the username, links that were sent before stop working, and whoever was invited gets a new activation link."
        }
        SignInEdit::ByOperator => {
            "This customer has signed in. When the e-mail address changes, the former address is told, and links that were sent to it stop working."
        }
        SignInEdit::Closed => {
            "This customer has signed in. Only the operator can change the e-mail address and the username now."
        }
    };
    let closed = sign_in == SignInEdit::Closed;
    view! {
        <div class="narrow stack" data-gap="large">
            <PageHead title=format!("Edit {name}") typed=true crumb=(back.clone(), name.clone()) />
            <Notice>{said}</Notice>
            <Form action=edit hidden=("id", id.to_string())>
                <Edition value=edition />
                <Fields form=form closed=closed />
                <div class="actions" data-fit>
                    <Submit label="Save" />
                    <a class="button" data-kind="quiet" href=back>"Cancel"</a>
                </div>
            </Form>
        </div>
    }
}

#[component]
fn Fields(form: CustomerForm, closed: bool) -> impl IntoView {
    let live = Live::default();
    let (email, username) = (form.email.clone(), form.username.clone());
    let typed = Memo::new(move |_| match closed {
        // What cannot be changed is not typed.
        true => CustomerForm { email: email.clone(), username: username.clone(), ..live.form() },
        false => live.form(),
    });
    let errors = Signal::derive(move || typed.with(|form| form.check().err().unwrap_or_default()));
    let sign_in = match closed {
        true => view! {
            <input type="hidden" name="email" value=form.email />
            <input type="hidden" name="username" value=form.username />
        }
        .into_any(),
        false => view! {
            <Field
                name="email"
                label="E-mail address"
                kind="email"
                inputmode="email"
                required=true
                value=form.email
                live=live.email
            />
            <Field
                name="username"
                label="Username"
                value=form.username
                live=live.username
                hint="Leave it empty to use the e-mail address."
            />
        }
        .into_any(),
    };
    view! {
        <Checked errors=errors>
            <div class="pair">
                <Field name="first_name" label="First name" required=true value=form.first_name live=live.first_name />
                <Field name="last_name" label="Last name" required=true value=form.last_name live=live.last_name />
            </div>
            <div class="pair">
                <Field name="company" label="Company" hint="Optional." value=form.company live=live.company />
                <Field
                    name="phone"
                    label="Phone"
                    kind="tel"
                    inputmode="tel"
                    hint="Optional."
                    value=form.phone
                    live=live.phone
                />
            </div>
            {sign_in}
        </Checked>
    }
}

/// What is typed now.
#[derive(Clone, Copy, Default)]
struct Live {
    email: RwSignal<String>,
    username: RwSignal<String>,
    first_name: RwSignal<String>,
    last_name: RwSignal<String>,
    company: RwSignal<String>,
    phone: RwSignal<String>,
}

impl Live {
    fn form(self) -> CustomerForm {
        CustomerForm {
            email: self.email.get(),
            username: self.username.get(),
            first_name: self.first_name.get(),
            last_name: self.last_name.get(),
            company: self.company.get(),
            phone: self.phone.get(),
        }
    }
}
