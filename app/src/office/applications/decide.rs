//! The two ways to decide an application.

use crate::shared::applications::api::{Approve, Reject};
use crate::ui::{Field, Form, Select, Submit, TextArea, data::ServerAction};
use domain::{
    accounts::CreditForm,
    applications::{ApplicationPage, ApproveForm},
};
use leptos::prelude::*;

use crate::office::accounts::{CreditFields, Live, LiveCredit, ProgrammeFields};

/// Approve on one card, reject on another.
#[component]
pub fn Decide(
    /// The application, and what there is to choose from.
    page: ApplicationPage,
    /// Makes an account of it.
    approve: ServerAction<Approve>,
    /// Says no.
    reject: ServerAction<Reject>,
    /// Told when it is decided.
    done: Callback<()>,
) -> impl IntoView {
    let id = page.row.id;
    view! {
        <section class="card" aria-labelledby="approve">
            <h2 id="approve">"Approve"</h2>
            <p>"Makes a reseller that may order and resell, and mails its first person an activation link."</p>
            <Form action=approve id="approve" hidden=("id", id.to_string()) on_done=done>
                <ApproveFields page=page />
                <div class="actions"><Submit label="Approve" /></div>
            </Form>
        </section>
        <section class="card" aria-labelledby="reject">
            <h2 id="reject">"Reject"</h2>
            <p>"Tells the applicant why, and erases what they wrote. That an application was rejected stays."</p>
            <Form action=reject id="reject" hidden=("id", id.to_string()) on_done=done>
                <TextArea name="reason" label="Reason" hint="The applicant reads this." />
                <div class="actions"><Submit label="Reject" kind="danger" /></div>
            </Form>
        </section>
    }
}

#[component]
fn ApproveFields(page: ApplicationPage) -> impl IntoView {
    let ApplicationPage { row, price_lists, countries, country, currency, may_set_limit, .. } = page;
    let (email, wrote) = row.person.map(|person| (person.email, person.country)).unwrap_or_default();
    let suggested = ApproveForm::suggested(&email);
    let account = suggested.account();
    let first = (String::new(), "Choose a price list".to_owned());
    let later = (ApproveForm::LATER.to_owned(), "None yet, assign one later".to_owned());
    let lists = std::iter::once(first).chain(price_lists).chain([later]).collect::<Vec<_>>();
    let countries = std::iter::once((String::new(), "Not given".to_owned())).chain(countries).collect::<Vec<_>>();
    view! {
        <Field
            name="username"
            label="Username"
            value=suggested.username
            required=true
            hint="The applicant signs in with this; mail goes to the e-mail address."
        />
        <Field
            name="email"
            label="E-mail address"
            kind="email"
            inputmode="email"
            value=suggested.email
            required=true
            hint="The activation link goes there. Change it only when the applicant asks for that."
        />
        <Select
            name="price_list"
            label="Price list"
            options=lists
            hint=format!(
                "Without one the reseller sees no products. It is charged in its currency; without one, in {}.",
                currency.code(),
            )
        />
        <Select
            name="country"
            label="Country"
            options=countries
            value=country
            hint=format!("For its invoices. The applicant wrote: {wrote}")
        />
        <Credit may_set_limit=may_set_limit />
        <ProgrammeFields form=account live=Live::default() />
        <Field
            name="unpaid_cap"
            label="Unpaid licenses at a time"
            value=suggested.unpaid_cap
            inputmode="numeric"
            width="short"
            required=true
        />
    }
}

/// What the account may owe, for those who say that; the others read who does.
#[component]
fn Credit(may_set_limit: bool) -> impl IntoView {
    if may_set_limit {
        let none = CreditForm { credit_limit: "0".to_owned(), credit_unlimited: String::new() };
        return view! { <CreditFields credit=none live=LiveCredit::default() /> }.into_any();
    }
    let words = "Its credit limit is 0, so it can never owe. An owner, or who works in finance, sets another one on the \
        account's page.";
    view! { <p class="hint">{words}</p> }.into_any()
}
