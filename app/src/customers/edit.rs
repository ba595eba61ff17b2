//! Correcting a customer that was created by hand (A12): its reseller, or staff in the office.

use domain::{
    AccountId, Deed,
    customers::{CustomerEdit, CustomerForm, SignInEdit},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_params_map, lazy_route};

use super::api::{self, Edit};
use crate::{
    Fault,
    parts::{self, Keeping},
    paths,
    ui::{Checked, Edition, Field, Form, Load, Notice, PageHead, Private, Submit},
};

/// The page of its reseller.
#[derive(Debug)]
pub struct EditCustomerRoute(Resource<Result<CustomerEdit, Fault>>);

impl LazyRoute for EditCustomerRoute {
    fn data() -> Self {
        Self(asked())
    }

    async fn view(this: Self) -> AnyView {
        parts::keeping(Keeping::EditCustomer(this)).await
    }
}

impl EditCustomerRoute {
    /// The page.
    pub fn show(self) -> AnyView {
        shown(self.0, Deed::CreateCustomers, paths::customer)
    }
}

/// The same in the office.
#[derive(Debug)]
pub struct OfficeEditCustomerRoute(Resource<Result<CustomerEdit, Fault>>);

#[lazy_route]
impl LazyRoute for OfficeEditCustomerRoute {
    fn data() -> Self {
        Self(asked())
    }

    fn view(this: Self) -> AnyView {
        shown(this.0, Deed::EditContacts, paths::office_account_contacts)
    }
}

fn asked() -> Resource<Result<CustomerEdit, Fault>> {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    Resource::new(move || id.get(), api::edit_page)
}

fn shown(page: Resource<Result<CustomerEdit, Fault>>, deed: Deed, back: fn(AccountId) -> String) -> AnyView {
    let edit = ServerAction::<Edit>::new();
    view! {
        <Private deed=deed let:_actor>
            <Load from=page like="form" let:page>
                <Page back=back(page.id) page=page edit=edit />
            </Load>
        </Private>
    }
    .into_any()
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
