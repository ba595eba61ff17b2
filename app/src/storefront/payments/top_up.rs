//! Topping up: a payment without an invoice (C6).

use crate::shared::payments::{
    Methods,
    api::{self, TopUp},
};
use crate::ui::{
    Fact, Facts, Field, Form, Load, Notice, PageHead, Submit,
    data::{Resource, ServerAction},
    paths,
};
use domain::billing::{self, Method};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Topping up; `?amount=` stands in the form at first: what a held order lacks.
#[component]
pub fn TopUpPage() -> impl IntoView {
    let page = Resource::new(|| (), |()| api::top_up_page());
    let amount = use_query_map().with_untracked(|query| query.get("amount").unwrap_or_default());
    let pay = ServerAction::<TopUp>::new();
    view! {
        <PageHead title="Top up credit" crumb=(paths::BILLING.to_owned(), "Billing".to_owned()) />
        <Load from=page like="form" let:page>
            {match page.refusal.clone() {
                Some(refusal) => view! { <Notice>{refusal.to_string()}</Notice> }.into_any(),
                None => view! { <Amount page=page amount=amount.clone() pay=pay /> }.into_any(),
            }}
        </Load>
    }
}

#[component]
fn Amount(page: billing::TopUpPage, amount: String, pay: ServerAction<TopUp>) -> impl IntoView {
    view! {
        <Facts>
            <Fact name="Available credit">{page.available}</Fact>
            <Fact name="Balance">{page.balance.to_string()}</Fact>
        </Facts>
        <Form action=pay class="form narrow">
            <Field
                name="amount"
                label=format!("Amount in {}", page.currency)
                inputmode="decimal"
                width="medium"
                value=amount
                hint="It settles what is open, the oldest first. What is left raises the available credit."
            />
            <Methods card=page.card chosen=RwSignal::new(Method::BankTransfer.word().to_owned()) />
            <div class="actions"><Submit label="Top up" /></div>
        </Form>
    }
}
