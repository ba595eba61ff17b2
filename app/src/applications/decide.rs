//! The two ways to decide an application.

use domain::{ApplicationId, applications::ApproveForm};
use leptos::prelude::*;

use super::api::{Approve, Reject};
use crate::ui::{Field, Form, Select, Submit, TextArea};

/// Approve on one card, reject on another.
#[component]
pub fn Decide(
    /// Which application.
    id: ApplicationId,
    /// The applicant's address.
    email: String,
    /// The price lists that can be assigned.
    lists: Vec<(String, String)>,
    /// Makes an account of it.
    approve: ServerAction<Approve>,
    /// Says no.
    reject: ServerAction<Reject>,
    /// Told when it is decided.
    done: Callback<()>,
) -> impl IntoView {
    let suggested = ApproveForm::suggested(&email);
    let first = (String::new(), "Choose a price list".to_owned());
    let later = (ApproveForm::LATER.to_owned(), "None yet, assign one later".to_owned());
    let lists = std::iter::once(first).chain(lists).chain([later]).collect::<Vec<_>>();
    view! {
        <section class="card" aria-labelledby="approve">
            <h2 id="approve">"Approve"</h2>
            <p>"Makes a reseller that may order and resell, and mails its first person an activation link."</p>
            <Form action=approve id="approve" hidden=("id", id.to_string()) on_done=done>
                <Field
                    name="username"
                    label="Username"
                    value=suggested.username
                    required=true
                    hint="The applicant signs in with this; mail goes to the e-mail address."
                />
                <Select
                    name="price_list"
                    label="Price list"
                    options=lists
                    hint="Without one the reseller sees no products."
                />
                <Field
                    name="unpaid_cap"
                    label="Unpaid licenses at a time"
                    value=suggested.unpaid_cap
                    inputmode="numeric"
                    width="short"
                    required=true
                />
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
