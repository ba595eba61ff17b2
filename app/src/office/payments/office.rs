//! One payment in the back office: where it stands, and what somebody has to look at.

use crate::shared::orders::History;
use crate::shared::payments::{
    About, PaidFor,
    api::{self, CancelAny, Solve},
    state_pill,
};
use crate::ui::{
    Copy, Fact, Facts, Field, Form, Load, Notice, Only, PageHead, Submit, Time,
    data::{Resource, ServerAction},
    paths,
};
use domain::{
    Deed,
    billing::{Method, PaymentPage, PaymentState},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// One payment in the back office.
#[component]
pub fn OfficePaymentPage() -> impl IntoView {
    let params = use_params_map();
    let number = Memo::new(move |_| params.with(|params| params.get("number").unwrap_or_default()));
    let page = Resource::new(move || number.get(), api::find_any);
    let (solve, cancel) = (ServerAction::<Solve>::new(), ServerAction::<CancelAny>::new());
    let done = Callback::new(move |()| page.refetch());
    view! {
        <Load from=page like="text" let:found>
            <Payment page=found solve=solve cancel=cancel done=done />
        </Load>
    }
}

#[component]
fn Payment(
    page: PaymentPage,
    solve: ServerAction<Solve>,
    cancel: ServerAction<CancelAny>,
    done: Callback<()>,
) -> impl IntoView {
    let row = page.row.clone();
    let lede = view! {
        {state_pill(row.state)}
        " "
        <a href=paths::office_account(row.account)><bdi>{row.organisation.clone()}</bdi></a>
        <span>", begun " <Time at=row.begun.clone() /> " by " <bdi>{page.begun_by.clone()}</bdi></span>
    };
    let number = row.number.to_string();
    let waits = (row.state == PaymentState::Begun && row.method == Method::BankTransfer).then(|| {
        let (due, reference) = (page.due(), &page.reference);
        let words = if due.is_zero() {
            format!(
                "Nothing of what it is for is open now. Money that comes with the reference {reference} settles what else is \
                 open; the rest stays as credit."
            )
        } else {
            format!("Waits for {due} with the reference {reference}.")
        };
        view! { <Notice>{words}</Notice> }
    });
    let failure = page.failure.clone().map(|why| view! { <Notice kind="warn">{why}</Notice> });
    view! {
        {waits}
        {failure}
        {row.problem.map(|problem| view! {
            <Notice kind="bad"><strong>"Somebody has to look at this. "</strong>{problem}</Notice>
            <Only may=Deed::RecordPayments>
                <Form action=solve id="solve" hidden=("number", number.clone()) on_done=done>
                    <Field name="note" label="What was done about it" hint="It stands in the audit log." />
                    <div class="actions"><Submit label="Done" /></div>
                </Form>
            </Only>
        })}
        <PageHead
            title=format!("Payment {}", row.number)
            crumb=(paths::OFFICE_BEGUN.to_owned(), "Begun payments".to_owned())
            lede=lede.into_any()
        />
        <div class="columns">
            <div class="stack" data-gap="large"><PaidFor page=page.clone() /></div>
            <aside class="stack" aria-label="About the payment">
                <About page=page.clone() />
                {(row.state == PaymentState::Begun).then(|| view! { <CancelIt page=page.clone() cancel=cancel done=done /> })}
                <ToTheCard page=page.clone() />
                <History entries=page.history />
            </aside>
        </div>
    }
}

/// Finance cancels what a reseller began: what it was for can be paid otherwise.
#[component]
fn CancelIt(page: PaymentPage, cancel: ServerAction<CancelAny>, done: Callback<()>) -> impl IntoView {
    let (number, came) = (page.row.number.to_string(), page.row.received);
    let came = (!came.is_zero()).then(|| format!("{came} have arrived of it, and still count. "));
    let words = match page.row.method {
        Method::BankTransfer => {
            "What it is for can be paid otherwise. Money that comes later with its reference counts all the same."
        }
        Method::Card => "Its page for paying by card is closed, and what it is for can be paid otherwise.",
    };
    view! {
        <Only may=Deed::RecordPayments>
            <section class="card" aria-labelledby="cancel-title">
                <h2 id="cancel-title">"Cancel this payment"</h2>
                <p><strong>{came.clone()}</strong> {words}</p>
                <Form action=cancel id="cancel" hidden=("number", number.clone()) on_done=done>
                    <Field name="reason" label="Reason" hint="Who began the payment is told." />
                    <div class="actions"><Submit label="Cancel payment" kind="danger" /></div>
                </Form>
            </section>
        </Only>
    }
}

/// Where money of a payment by card goes back, and what comes of it.
#[component]
fn ToTheCard(page: PaymentPage) -> impl IntoView {
    let left = page.row.received.minor - page.given_back.minor;
    page.intent.filter(|_| left > 0).map(|intent| {
        let left = domain::Money::new(left, page.row.received.currency).to_string();
        view! {
            <section class="card" aria-labelledby="back">
                <h2 id="back">"Give money back to the card"</h2>
                <p>
                    {format!("Up to {left}, all of it or a part, in the dashboard of Stripe. It is counted here by itself.")}
                </p>
                <Facts>
                    <Fact name="Look for"><code class="key">{intent.clone()}</code> " " <Copy text=intent /></Fact>
                </Facts>
                <p class="hint">
                    "It is taken from what this payment has left, then from what it has paid, the newest first: that is open again, unless \
                     credit of the account pays for it. To end a license as well, take it back first."
                </p>
            </section>
        }
    })
}
