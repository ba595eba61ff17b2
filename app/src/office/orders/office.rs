//! One order in the back office: why it is held, whether it is affordable now, and the decision.

use crate::shared::orders::{
    AcceptedTerms, History, Lines,
    api::{self, CancelHeld, Execute},
    state_words,
};
use crate::ui::{
    Fact, Facts, Load, Notice, PageHead, Pill, Time,
    data::{Resource, ServerAction},
    paths,
};
use domain::{
    billing::{Credit, Decision},
    orders::{OfficeOrder, State},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::held::Decide;

/// One order in the back office.
#[component]
pub fn OfficeOrderPage() -> impl IntoView {
    let params = use_params_map();
    let number = Memo::new(move |_| params.with(|params| params.get("number").unwrap_or_default()));
    let page = Resource::new(move || number.get(), api::find_any);
    let (execute, cancel) = (ServerAction::<Execute>::new(), ServerAction::<CancelHeld>::new());
    let done = Callback::new(move |()| page.refetch());
    view! {
        <Load from=page like="text" let:found>
            <Order page=found execute=execute cancel=cancel done=done />
        </Load>
    }
}

#[component]
fn Order(
    page: OfficeOrder,
    execute: ServerAction<Execute>,
    cancel: ServerAction<CancelHeld>,
    done: Callback<()>,
) -> impl IntoView {
    let row = page.row.row.clone();
    let lede = view! {
        <Pill word=row.state.word() label=state_words(row.state) />
        " "
        <span>"placed " <Time at=row.placed.clone() /></span>
    };
    let now = page.row.now.map(|now| match now {
        Decision::Execute => {
            view! { <Notice kind="good">"Affordable now: it is within the available credit."</Notice> }
        }
        Decision::Hold(short) => view! {
            <Notice kind="warn">
                {format!(
                    "It comes to {} and exceeds the available credit of {} by {}.",
                    short.total,
                    short.available,
                    short.missing,
                )}
            </Notice>
        },
    });
    let called = if row.state == State::Submitted { "Takes of the credit, executed today" } else { "Total" };
    let decide = (page.may_decide && row.state == State::Submitted)
        .then(|| view! { <Decide number=row.number over=page.row.now execute=execute cancel=cancel done=done /> });
    let accepted = page.accepted.clone().map(|accepted| view! { <AcceptedTerms accepted=accepted /> });
    view! {
        {now.map(IntoAny::into_any)}
        <PageHead
            title=format!("Order {}", row.number)
            crumb=(paths::OFFICE_ORDERS.to_owned(), "Orders".to_owned())
            lede=lede.into_any()
        />
        <div class="columns">
            <div class="stack" data-gap="large">
                <About page=page.clone() />
                <Lines lines=page.lines total=row.total called=called />
                {accepted}
                <History entries=page.history />
            </div>
            <aside class="stack" aria-label="Decision">
                <CreditCard credit=page.credit unpaid=format!("{} of {}", page.unpaid.count, page.unpaid.cap) />
                {decide}
            </aside>
        </div>
    }
}

#[component]
fn About(page: OfficeOrder) -> impl IntoView {
    let then = page.held.map(|held| {
        let words = format!("{} of {} were available, {} were missing", held.available, held.total, held.missing);
        view! { <Fact name="Held because">{words}</Fact> }
    });
    let executed = page.executed.map(|at| view! { <Fact name="Executed"><Time at=at /></Fact> });
    let canceled = page.canceled.map(|at| view! { <Fact name="Canceled"><Time at=at /></Fact> });
    let reason = page.reason.map(|text| view! { <Fact name="Reason" typed=true>{text}</Fact> });
    view! {
        <section class="card" aria-labelledby="about">
            <h2 id="about">"Details"</h2>
            <Facts>
                <Fact name="Reseller">
                    <a href=paths::office_account(page.row.reseller_id)><bdi>{page.row.reseller}</bdi></a>
                </Fact>
                <Fact name="Customer"><bdi>{page.row.row.customer}</bdi></Fact>
                <Fact name="Licenses">{page.row.row.licenses}</Fact>
                {then}
                {executed}
                {canceled}
                {reason}
            </Facts>
        </section>
    }
}

/// C1, C5: the credit of its reseller, with its parts.
#[component]
fn CreditCard(credit: Credit, unpaid: String) -> impl IntoView {
    let currency = credit.balance().currency;
    view! {
        <section class="card" aria-labelledby="credit">
            <h2 id="credit">"Credit of the reseller"</h2>
            <Facts>
                <Fact name="Credit limit">{credit.limit().label(currency)}</Fact>
                <Fact name="Balance">{credit.balance().to_string()}</Fact>
                <Fact name="In arrears">{credit.arrears().to_string()}</Fact>
                <Fact name="Available credit">{credit.available().to_string()}</Fact>
                <Fact name="Unpaid licenses">{unpaid}</Fact>
            </Facts>
        </section>
    }
}
