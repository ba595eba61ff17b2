//! The fields of a person, and the boxes of the roles.

use crate::ui::{Checkbox, Checked, Choice, Choices, Field, FieldError, FormState};
use domain::{
    Role,
    accounts::Kind,
    contacts::{PersonForm, RolesForm, UserType},
};
use leptos::prelude::*;

/// Names, address, phone, job title; and in the back office whether the person can sign in.
#[component]
pub fn PersonFields(
    /// What stands in them at first.
    person: PersonForm,
    /// The hint at `Storefront user`, where it is asked.
    #[prop(optional_no_strip)]
    user_hint: Option<&'static str>,
) -> impl IntoView {
    let live = Live::default();
    let errors = Signal::derive(move || live.form().check().err().unwrap_or_default());
    let checked = person.wants_storefront();
    view! {
        <Checked errors=errors>
            <div class="pair">
                <Field name="first_name" label="First name" required=true value=person.first_name live=live.first_name />
                <Field name="last_name" label="Last name" required=true value=person.last_name live=live.last_name />
            </div>
            <Field
                name="email"
                label="E-mail address"
                kind="email"
                inputmode="email"
                required=true
                value=person.email
                live=live.email
            />
            <div class="pair">
                <Field
                    name="phone"
                    label="Phone"
                    kind="tel"
                    inputmode="tel"
                    hint="Optional."
                    value=person.phone
                    live=live.phone
                />
                <Field name="job_title" label="Job title" hint="Optional." value=person.job_title live=live.job_title />
            </div>
            {user_hint
                .map(|hint| {
                    view! { <Checkbox name="storefront_user" label="Storefront user" checked=checked hint=hint /> }
                })}
        </Checked>
    }
}

/// What is typed now.
#[derive(Clone, Copy, Default)]
struct Live {
    first_name: RwSignal<String>,
    last_name: RwSignal<String>,
    email: RwSignal<String>,
    phone: RwSignal<String>,
    job_title: RwSignal<String>,
}

impl Live {
    fn form(self) -> PersonForm {
        PersonForm {
            first_name: self.first_name.get(),
            last_name: self.last_name.get(),
            email: self.email.get(),
            phone: self.phone.get(),
            job_title: self.job_title.get(),
            storefront_user: String::new(),
        }
    }
}

/// The roles of a side, a box each; in a team below the user type.
#[component]
pub fn RolesFields(
    /// Whose roles.
    side: Kind,
    /// What is ticked at first.
    roles: domain::Roles,
) -> impl IntoView {
    let state = FormState::around();
    let error = Signal::derive(move || state.and_then(|state| state.error("roles")));
    let team = side == Kind::Reseller;
    let user_type = if roles.is_empty() { UserType::Simple } else { UserType::of(&roles) };
    let boxes = RolesForm::boxes(side).map(move |role| {
        view! { <Checkbox name=role.word() label=role.label() checked=roles.has(role) hint=what_it_may(role) /> }
    });
    view! {
        {team.then(|| view! {
            <Choices name="user_type" legend="User type" options=user_types() value=user_type.word() />
        })}
        <fieldset class="group" id="roles" tabindex="-1">
            <legend>{if team { "Roles of a simple user" } else { "Roles" }}</legend>
            {boxes.collect_view()}
            <FieldError id="roles".to_owned() error=error />
        </fieldset>
    }
}

fn user_types() -> Vec<Choice> {
    let hint = |user_type| match user_type {
        UserType::Admin => "Everything of this account, its users included.",
        UserType::Simple => "What the roles below allow; several add up.",
    };
    let choice = |user_type: &UserType| Choice {
        word: user_type.word().to_owned(),
        label: user_type.label().to_owned(),
        hint: hint(*user_type).to_owned(),
    };
    UserType::ALL.iter().map(choice).collect()
}

const fn what_it_may(role: Role) -> &'static str {
    match role {
        Role::Owner => "Everything, staff included.",
        Role::AccountManager => "Accounts, contacts, orders, licenses.",
        Role::Finance => "Payments, invoices, credits, credit limits.",
        Role::Catalog => "Products and price lists.",
        Role::Support => "Reads; sends links again, unlocks, resets activations.",
        Role::Admin => "Everything of this account.",
        Role::Buyer => "Creates customers and licenses.",
        Role::SubscriptionsManager => "Changes, renews and cancels licenses.",
        Role::BillingAgent => "Pays, and sees invoices.",
        Role::LicenseManager => "Resets activations, reissues keys, edits notes and details.",
        Role::StorefrontManager => "Branding of the storefront.",
        Role::Customer => "Sees the own licenses.",
    }
}
