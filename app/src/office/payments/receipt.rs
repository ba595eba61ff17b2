//! One receipt: whose it is, what it is for, and taking it back.

use crate::shared::payments::api::{self, Assign, TakeBack};
use crate::ui::{
    Choice, Choices, Fact, Facts, Field, Form, Load, PageHead, Pill, Search, Submit, Time,
    data::{Resource, ServerAction},
    paths,
};
use domain::billing::{self, ReceiptRow};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::receipts::standing;

/// One receipt; `?q=` searches for the account.
#[component]
pub fn ReceiptPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = Memo::new(move |_| {
        let id = params.with(|params| params.get("id").unwrap_or_default());
        (id, query.with(|query| query.get("q").unwrap_or_default()))
    });
    let page = Resource::new(
        move || asked.get(),
        |(id, q)| async move { api::find_receipt(id, q.clone()).await.map(|page| (page, q)) },
    );
    let (assign, take_back) = (ServerAction::<Assign>::new(), ServerAction::<TakeBack>::new());
    let done = Callback::new(move |()| page.refetch());
    view! {
        <Load from=page like="text" let:found>
            <Receipt page=found.0 q=found.1 assign=assign take_back=take_back done=done />
        </Load>
    }
}

#[component]
fn Receipt(
    page: billing::ReceiptPage,
    q: String,
    assign: ServerAction<Assign>,
    take_back: ServerAction<TakeBack>,
    done: Callback<()>,
) -> impl IntoView {
    let row = page.row.clone();
    let (word, label) = standing(&row);
    let lede = view! {
        <Pill word=word label=label />
        " "
        <span>"recorded " <Time at=row.recorded.clone() /> " by " <bdi>{page.recorded_by.clone()}</bdi></span>
    };
    let open = page.may_record && row.taken_back.is_none();
    let id = row.id.to_string();
    view! {
        <PageHead
            title=format!("Receipt of {}", row.amount)
            crumb=(paths::OFFICE_PAYMENTS.to_owned(), "Payments".to_owned())
            lede=lede.into_any()
        />
        <div class="columns">
            <div class="stack" data-gap="large">
                <About page=page.clone() />
                {(open && row.account.is_none()).then(|| view! { <WhoseIsIt page=page q=q assign=assign done=done /> })}
            </div>
            {open.then(|| view! {
                <aside class="stack" aria-label="Taking it back">
                    <section class="card" aria-labelledby="take-back">
                        <h2 id="take-back">"Take it back"</h2>
                        <p>"If it was recorded by mistake. What it has paid is open again; both stay in the ledger."</p>
                        <Form action=take_back id="take-back" hidden=("id", id) on_done=done>
                            <div class="actions"><Submit label="Take back" kind="danger" /></div>
                        </Form>
                    </section>
                </aside>
            })}
        </div>
    }
}

#[component]
fn About(page: billing::ReceiptPage) -> impl IntoView {
    let ReceiptRow { received_on, amount, text, bank_id, account, payment, invoice, taken_back, .. } = page.row;
    let account = account.map(|(id, name)| {
        view! { <Fact name="Account"><a href=paths::office_account(id)><bdi>{name}</bdi></a></Fact> }
    });
    let payment = payment.map(|number| {
        view! { <Fact name="Payment"><a href=paths::office_payment(number)>{number.to_string()}</a></Fact> }
    });
    let invoice = invoice.map(|number| {
        view! { <Fact name="Invoice"><a href=paths::office_invoice(number)>{number.to_string()}</a></Fact> }
    });
    let text = text.map(|text| view! { <Fact name="Text" typed=true>{text}</Fact> });
    let bank_id = bank_id.map(|id| view! { <Fact name="Bank id"><bdi>{id}</bdi></Fact> });
    let rest = page.rest.map(|rest| view! { <Fact name="Paid ahead">{rest.to_string()}</Fact> });
    let taken_back = taken_back.map(|at| view! { <Fact name="Taken back"><Time at=at /></Fact> });
    view! {
        <section class="card" aria-labelledby="about">
            <h2 id="about">"Details"</h2>
            <Facts>
                <Fact name="Amount">{amount.to_string()}</Fact>
                <Fact name="Received on">{received_on}</Fact>
                {text} {bank_id} {account} {payment} {invoice} {rest} {taken_back}
            </Facts>
        </section>
    }
}

/// Saying whose it is: by a number, or by an account that is searched for.
#[component]
fn WhoseIsIt(page: billing::ReceiptPage, q: String, assign: ServerAction<Assign>, done: Callback<()>) -> impl IntoView {
    let id = page.row.id;
    let nothing = (!q.trim().is_empty() && page.found.is_empty())
        .then(|| view! { <p class="muted">"No account fits this search."</p> });
    let found: Vec<_> =
        page.found.into_iter().map(|(id, label)| Choice { word: id.to_string(), label, hint: String::new() }).collect();
    view! {
        <section class="card" aria-labelledby="whose">
            <h2 id="whose">"Whose is it?"</h2>
            <form method="get" action=paths::office_receipt(id) role="search">
                <Search label="Search accounts" placeholder="Name, e-mail" value=q />
            </form>
            {nothing}
            <Form action=assign id="assign" hidden=("id", id.to_string()) on_done=done>
                {(!found.is_empty()).then(|| view! { <Choices name="account" legend="Account" options=found /> })}
                <Field
                    name="reference"
                    label="Reference or number"
                    hint="Of an invoice or a payment: INV-000042, PAY-000311, or what begins with RF. It goes before the account."
                />
                <div class="actions"><Submit label="Assign" /></div>
            </Form>
        </section>
    }
}
