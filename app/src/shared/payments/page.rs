//! The page of a payment: how to pay it, and where it stands.

use crate::ui::{
    Copy, Fact, Facts, Form, Load, Notice, Only, PageHead, Submit, Time,
    data::{Resource, ServerAction},
    paths,
};
use domain::{
    Deed, Money,
    billing::{self, Method, PaymentState, Purpose},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    api::{self, Cancel, OpenPage},
    checkout::Lines,
    method::state_pill,
};
use crate::shared::orders::History;

/// One payment: how to pay it, and where it stands.
#[component]
pub fn PaymentPage() -> impl IntoView {
    let params = use_params_map();
    let number = Memo::new(move |_| params.with(|params| params.get("number").unwrap_or_default()));
    let page = Resource::new(move || number.get(), api::find);
    let (cancel, open) = (ServerAction::<Cancel>::new(), ServerAction::<OpenPage>::new());
    let done = Callback::new(move |()| page.refetch());
    view! {
        <Load from=page like="text" let:found>
            <Payment page=found cancel=cancel open=open done=done />
        </Load>
    }
}

#[component]
fn Payment(
    page: billing::PaymentPage,
    cancel: ServerAction<Cancel>,
    open: ServerAction<OpenPage>,
    done: Callback<()>,
) -> impl IntoView {
    let row = page.row.clone();
    let lede = view! {
        {state_pill(row.state)}
        " "
        <span>"begun " <Time at=row.begun.clone() /> " by " <bdi>{page.begun_by.clone()}</bdi></span>
    };
    let number = row.number;
    view! {
        <Said page=page.clone() />
        <PageHead
            title=format!("Payment {number}")
            crumb=(paths::PAYMENTS.to_owned(), "Payments".to_owned())
            lede=lede.into_any()
        />
        <div class="columns">
            <div class="stack" data-gap="large">
                {(row.state == PaymentState::Begun).then(|| view! { <HowToPay page=page.clone() open=open done=done /> })}
                <PaidFor page=page.clone() />
            </div>
            <aside class="stack" aria-label="About the payment">
                <About page=page.clone() />
                {(row.state == PaymentState::Begun).then(|| view! {
                    <Only may=Deed::Pay>
                        <section class="card" aria-labelledby="cancel">
                            <h2 id="cancel">"Cancel this payment"</h2>
                            <p>{stays(page.row.received)}</p>
                            <Form action=cancel id="cancel" hidden=("number", number.to_string()) on_done=done>
                                <div class="actions"><Submit label="Cancel payment" kind="danger" /></div>
                            </Form>
                        </section>
                    </Only>
                })}
                <History entries=page.history />
            </aside>
        </div>
    }
}

/// What canceling leaves.
fn stays(received: Money) -> String {
    if received.is_zero() {
        return "Everything stays unpaid and can be paid in another way.".to_owned();
    }
    format!("{received} have arrived and still count. The rest stays unpaid and can be paid in another way.")
}

/// What has become of it, at the top of the page.
#[component]
fn Said(page: billing::PaymentPage) -> impl IntoView {
    match page.row.state {
        PaymentState::Received if !page.given_back.is_zero() => {
            let (all, back) = (page.given_back == page.row.received, page.given_back);
            let words = if all {
                format!("All of it, {back}, went back to you. ")
            } else {
                format!("{back} of it went back to you. ")
            };
            let open = "What it had paid is open again, the newest first, unless your credit has paid for it.";
            Some(view! { <Notice kind="warn"><strong>{words}</strong>{open}</Notice> }.into_any())
        }
        PaymentState::Received => {
            let words = format!("{} have arrived. ", page.row.received);
            let what = match page.row.purpose {
                Purpose::TopUp => {
                    "It settled what was open, the oldest first. What is left raises your available credit."
                }
                Purpose::Licenses | Purpose::Invoices => "What you paid for is paid.",
            };
            Some(view! { <Notice kind="good"><strong>{words}</strong>{what}</Notice> }.into_any())
        }
        PaymentState::Failed | PaymentState::Expired => {
            let why = page.failure.unwrap_or_else(|| "Nothing was paid.".to_owned());
            let again = page.again.map(|asked| {
                view! { <Only may=Deed::Pay><a href=paths::pay_again(&asked)>"Pay in another way"</a></Only> }
            });
            Some(view! { <Notice kind="warn"><strong>{why}" "</strong>{again}</Notice> }.into_any())
        }
        PaymentState::Begun if page.due() != page.missing => {
            let due = page.due();
            let some = "Some of what this payment is for was paid in another way, credited or given back.";
            let words = match page.row.method {
                _ if due.is_zero() => {
                    "Nothing of what this payment is for is open now, so there is nothing to pay. Cancel it.".to_owned()
                }
                Method::BankTransfer => format!("{some} {due} are left to pay."),
                Method::Card => format!("{some} Cancel it, and pay the {due} that are left."),
            };
            Some(view! { <Notice kind="warn">{words}</Notice> }.into_any())
        }
        PaymentState::Begun => None,
    }
}

/// Nothing, where nothing is left to pay. A page for a card asks for all of it, so none is offered once less is left.
#[component]
fn HowToPay(page: billing::PaymentPage, open: ServerAction<OpenPage>, done: Callback<()>) -> impl IntoView {
    let (due, missing) = (page.due(), page.missing);
    match page.row.method {
        Method::BankTransfer if due.is_positive() => Some(view! { <Transfer page=page /> }.into_any()),
        Method::Card if due == missing => Some(view! { <Card page=page open=open done=done /> }.into_any()),
        Method::BankTransfer | Method::Card => None,
    }
}

/// Where to transfer to, and with which reference.
#[component]
pub(super) fn Transfer(
    /// The payment.
    page: billing::PaymentPage,
) -> impl IntoView {
    let due = page.due().to_string();
    let bank = match page.bank {
        None => view! { <p>"Ask the operator for the bank account, and write this reference into the transfer."</p> }
            .into_any(),
        Some(bank) => {
            let iban = bank.grouped_iban();
            let bic = bank.bic.map(|bic| view! { <Fact name="BIC">{bic}</Fact> });
            let name = bank.bank.map(|name| view! { <Fact name="Bank"><bdi>{name}</bdi></Fact> });
            view! {
                <Facts>
                    <Fact name="To"><bdi>{bank.holder}</bdi></Fact>
                    <Fact name="IBAN"><span id="iban">{iban.clone()}</span> " " <Copy text=iban described_by="iban" /></Fact>
                    {bic}
                    {name}
                </Facts>
            }
            .into_any()
        }
    };
    let reference = page.reference;
    view! {
        <section class="card" aria-labelledby="transfer">
            <h2 id="transfer">"Transfer the money"</h2>
            <p>"It is paid by itself when the money has arrived and the operator has recorded it."</p>
            <Facts>
                <Fact name="Amount">{due}</Fact>
                <Fact name="Reference">
                    <span class="key" id="reference">{reference.clone()}</span> " "
                    <Copy text=reference described_by="reference" />
                </Fact>
            </Facts>
            {bank}
        </section>
    }
}

/// The way to the hosted page, or asking for it once more.
#[component]
fn Card(page: billing::PaymentPage, open: ServerAction<OpenPage>, done: Callback<()>) -> impl IntoView {
    let number = page.row.number.to_string();
    let until = page.open_until.map(|at| {
        view! { <p class="hint">"The page is open until " <Time at=at exact=true /> "."</p> }
    });
    let amount = page.missing.to_string();
    let way = match page.page_url {
        Some(url) => view! {
            <p>"You pay on a page of our payment provider, and come back here."</p>
            <div class="actions">
                <a class="button" data-kind="main" href=url rel="external noopener">{format!("Pay {amount} by card")}</a>
            </div>
            {until}
        }
        .into_any(),
        None => view! {
            <p>"The page for paying by card could not be reached. Nothing was charged."</p>
            <Only may=Deed::Pay>
                <Form action=open keyed=false id="open" hidden=("number", number.clone()) on_done=done>
                    <div class="actions"><Submit label="Try again" /></div>
                </Form>
            </Only>
        }
        .into_any(),
    };
    view! {
        <section class="card" aria-labelledby="card">
            <h2 id="card">"Pay by card"</h2>
            {way}
        </section>
    }
}

/// What it is for.
#[component]
pub fn PaidFor(
    /// The payment.
    page: billing::PaymentPage,
) -> impl IntoView {
    let more = (page.more > 0).then(|| view! { <p class="muted">{format!("And {} more.", page.more)}</p> });
    if page.lines.is_empty() {
        return view! {
            <section class="card" aria-labelledby="top-up">
                <h2 id="top-up">"Top-up"</h2>
                <p>"It settles what is open, the oldest first. What is left raises the available credit."</p>
            </section>
        }
        .into_any();
    }
    view! { <Lines lines=page.lines sum="Total, with tax" total=page.row.asked.to_string() /> {more} }.into_any()
}

/// How it is paid, and what has come.
#[component]
pub fn About(
    /// The payment.
    page: billing::PaymentPage,
) -> impl IntoView {
    let back =
        (!page.given_back.is_zero()).then(|| view! { <Fact name="Given back">{page.given_back.to_string()}</Fact> });
    let ended = page.ended.map(|at| view! { <Fact name="Ended"><Time at=at /></Fact> });
    view! {
        <section class="card" aria-labelledby="about">
            <h2 id="about">"Details"</h2>
            <Facts>
                <Fact name="How">{page.row.method.label()}</Fact>
                <Fact name="For">{page.row.purpose.label()}</Fact>
                <Fact name="Amount">{page.row.asked.to_string()}</Fact>
                <Fact name="Received">{page.row.received.to_string()}</Fact>
                {back}
                {ended}
            </Facts>
        </section>
    }
}
