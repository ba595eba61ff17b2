//! The first step of the create-customer wizard: who it is (A10).

use crate::shared::customers::api::{self, Save};
use crate::ui::{
    Checked, Field, Form, FormState, Load, MadeBefore, PageHead, Steps, Submit,
    data::{Resource, ServerAction},
    paths,
};
use domain::customers::{
    NewCustomerForm, Wizard,
    import::{EMAIL_TAKEN, USERNAME_TAKEN},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The step `Customer`.
#[component]
pub fn PersonPage() -> impl IntoView {
    let params = use_params_map();
    let draft = Memo::new(move |_| params.with(|params| params.get("draft").unwrap_or_default()));
    let wizard = Resource::new(move || draft.get(), api::wizard);
    let save = ServerAction::<Save>::new();
    view! {
        <Load from=wizard like="form" let:wizard>
            {match wizard.created {
                Some(customer) => view! { <MadeBefore path=paths::customer(customer) /> }.into_any(),
                None => view! { <Person save=save wizard=wizard /> }.into_any(),
            }}
        </Load>
    }
}

#[component]
fn Person(save: ServerAction<Save>, wizard: Wizard) -> impl IntoView {
    let back = wizard.waiting.map_or_else(|| paths::CUSTOMERS.to_owned(), paths::waiting);
    view! {
        <Form action=save class="wizard" keyed=false hidden=("draft", wizard.draft.to_string())>
            <PageHead title="Create customer" crumb=super::access::way_up(&wizard) />
            <Steps steps=vec![("Customer", None), ("Access", None)] current=0 />
            <div class="wizard-body">
                <Fields typed=wizard.form taken=wizard.username_taken email_taken=wizard.email_taken />
            </div>
            <div class="action-bar">
                <a class="button" href=back>"Cancel"</a>
                <Submit label="Continue" />
            </div>
        </Form>
    }
}

#[component]
fn Fields(typed: NewCustomerForm, taken: bool, email_taken: bool) -> impl IntoView {
    let live = Live::default();
    let form = Memo::new(move |_| live.form());
    let errors = Signal::derive(move || form.with(|form| form.check_person().err().unwrap_or_default()));
    let taken = taken.then(|| typed.username.clone());
    let email_taken = email_taken.then(|| typed.email.clone());
    view! {
        <Checked errors=errors>
            <Field
                name="email"
                label="E-mail address"
                kind="email"
                inputmode="email"
                required=true
                value=typed.email
                live=live.email
            >
                <TakenAddress live=live.email taken=email_taken />
            </Field>
            <Field
                name="username"
                label="Username"
                value=typed.username
                live=live.username
                hint="Leave it empty to use the e-mail address."
            >
                <SignsInAs form=form taken=taken />
            </Field>
            <div class="pair">
                <Field name="first_name" label="First name" required=true value=typed.first_name live=live.first_name />
                <Field name="last_name" label="Last name" required=true value=typed.last_name live=live.last_name />
            </div>
            <div class="pair">
                <Field name="company" label="Company" hint="Optional." value=typed.company live=live.company />
                <Field
                    name="phone"
                    label="Phone"
                    kind="tel"
                    inputmode="tel"
                    hint="Optional."
                    value=typed.phone
                    live=live.phone
                />
            </div>
        </Checked>
    }
}

/// That somebody else signs in with the address, as long as it is not another one.
#[component]
fn TakenAddress(live: RwSignal<String>, taken: Option<String>) -> impl IntoView {
    let state = FormState::around();
    let wrong = move || state.is_some_and(|state| state.error("email").is_some());
    let shown = move || !wrong() && taken.as_deref().is_some_and(|taken| live.with(|typed| typed == taken));
    view! {
        <output class="hint" data-kind="bad">
            {move || shown().then_some(EMAIL_TAKEN)}
        </output>
    }
}

/// What the username will be, and whether it differs from the e-mail address: worth a warning, not a refusal.
#[component]
fn SignsInAs(form: Memo<NewCustomerForm>, taken: Option<String>) -> impl IntoView {
    let state = FormState::around();
    let wrong = move || state.is_some_and(|state| state.error("username").is_some());
    let words = Memo::new(move |_| {
        form.with(|form| {
            let name = form.username.trim();
            if wrong() {
                None
            } else if taken.as_deref().is_some_and(|taken| taken == form.username) {
                Some(("bad", USERNAME_TAKEN.to_owned()))
            } else if form.names_differ() {
                Some(("warn", "Differs from the e-mail address. The customer signs in with this name.".to_owned()))
            } else if name.is_empty() && !form.email.trim().is_empty() {
                Some(("", format!("The customer will sign in as {}.", form.email.trim())))
            } else {
                None
            }
        })
    });
    let kind = move || words.with(|words| words.as_ref().map(|(kind, _)| *kind).filter(|kind| !kind.is_empty()));
    view! {
        <output class="hint" data-kind=kind>
            {move || words.get().map(|(_, words)| words)}
        </output>
    }
}

/// What is typed now.
#[derive(Clone, Copy, Default)]
struct Live {
    username: RwSignal<String>,
    email: RwSignal<String>,
    first_name: RwSignal<String>,
    last_name: RwSignal<String>,
    company: RwSignal<String>,
    phone: RwSignal<String>,
}

impl Live {
    fn form(self) -> NewCustomerForm {
        NewCustomerForm {
            username: self.username.get(),
            email: self.email.get(),
            first_name: self.first_name.get(),
            last_name: self.last_name.get(),
            company: self.company.get(),
            phone: self.phone.get(),
            send_link: String::new(),
        }
    }
}
