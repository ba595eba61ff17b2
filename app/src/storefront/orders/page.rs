//! One order of a reseller: where it stands and why, its lines, its licenses, and what was done with it.

use crate::shared::orders::{
    AcceptedTerms, History, Lines,
    api::{self, Cancel},
    state_words,
};
use crate::ui::{
    Fact, Facts, Form, Load, Notice, Only, PageHead, Pill, Submit, Time, count_of,
    data::{Resource, ServerAction},
    paths,
};
use domain::{
    Deed,
    billing::Decision,
    licenses::ResellerLicense,
    orders::{self, State},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// One order of a reseller.
#[component]
pub fn OrderPage() -> impl IntoView {
    let params = use_params_map();
    let number = Memo::new(move |_| params.with(|params| params.get("number").unwrap_or_default()));
    let page = Resource::new(move || number.get(), api::find);
    let cancel = ServerAction::<Cancel>::new();
    let done = Callback::new(move |()| page.refetch());
    view! {
        <Load from=page like="text" let:shown>
            <Order page=shown cancel=cancel done=done />
        </Load>
    }
}

#[component]
fn Order(page: orders::OrderPage, cancel: ServerAction<Cancel>, done: Callback<()>) -> impl IntoView {
    let order = page.order;
    let title = format!("Order {}", order.number);
    let lede = view! {
        <Pill word=order.state.word() label=state_words(order.state) />
        " "
        <span>"placed " <Time at=page.placed /> " by " <bdi>{page.placed_by}</bdi></span>
    };
    let called = if order.state == State::Submitted { "Executed today it comes to" } else { "Total" };
    let held = order.now.map(|now| view! { <HeldNow now=now /> });
    let canceled = page.canceled.map(|(at, reason)| {
        view! { <Notice><strong>"Canceled "<Time at=at />". "</strong><bdi>{reason}</bdi></Notice> }
    });
    let notes = page.reseller_notes.map(|text| view! { <Fact name="Reseller notes" typed=true>{text}</Fact> });
    let executed =
        (order.state == State::Executed).then(|| view! { <Fact name="Executed"><Time at=order.at /></Fact> });
    let number = order.number;
    let user = match order.user.own {
        true => view! { <bdi>{order.user.name}</bdi> ", your own organisation" }.into_any(),
        false => view! {
            <a href=paths::customer(order.user.id)><bdi>{order.user.name}</bdi></a>
        }
        .into_any(),
    };
    let accepted = page.accepted.map(|accepted| view! { <AcceptedTerms accepted=accepted /> });
    view! {
        {held}
        {canceled}
        <PageHead title=title crumb=(paths::ORDERS.to_owned(), "Orders".to_owned()) lede=lede.into_any() />
        <div class="columns">
            <div class="stack" data-gap="large">
                <Lines lines=page.lines total=order.total called=called />
                <Licenses licenses=order.licenses />
            </div>
            <aside class="stack" aria-label="About the order">
                <section class="card" aria-labelledby="about">
                    <h2 id="about">"Details"</h2>
                    <Facts>
                        <Fact name="User">{user}</Fact>
                        {executed}
                        {notes}
                    </Facts>
                </section>
                {(order.state == State::Submitted).then(|| view! {
                    <Only may=Deed::CreateLicenses>
                        <section class="card" aria-labelledby="cancel">
                            <h2 id="cancel">"Cancel this order"</h2>
                            <p>"Nothing was charged yet. It is not executed any more then."</p>
                            <Form action=cancel id="cancel" hidden=("number", number.0.to_string()) on_done=done>
                                <div class="actions"><Submit label="Cancel order" kind="danger" /></div>
                            </Form>
                        </section>
                    </Only>
                })}
                {accepted}
                <History entries=page.history />
            </aside>
        </div>
    }
}

/// What the credit says now of a held order, and the way out (C3, C4). A top-up helps only while something is missing.
#[component]
pub fn HeldNow(now: Decision) -> impl IntoView {
    let short = matches!(now, Decision::Hold(_));
    let kind = if short { "warn" } else { "good" };
    view! {
        <Notice kind=kind>
            {now.of_held()}
            " "
            {short.then(|| view! { <TopUp /> })}
        </Notice>
    }
}

/// The way out of a held order, for those who may pay (C6).
#[component]
pub fn TopUp() -> impl IntoView {
    view! {
        <Only may=Deed::Pay>
            <a href=paths::TOP_UP>"Top up credit"</a>
        </Only>
    }
}

/// The licenses that it made; nothing before.
#[component]
fn Licenses(licenses: Vec<ResellerLicense>) -> impl IntoView {
    let count = licenses.len();
    let row = |license: ResellerLicense| {
        view! {
            <li>
                <div>
                    <a href=paths::license(license.row.id)><span class="key">{license.row.key}</span></a>
                    <p class="hint">{license.row.product} ", " {license.row.option}</p>
                </div>
            </li>
        }
    };
    (count > 0).then(|| {
        view! {
            <section class="card" aria-labelledby="licenses">
                <h2 id="licenses">{count_of(count, "license", "licenses")}</h2>
                <ul class="rows">{licenses.into_iter().map(row).collect_view()}</ul>
            </section>
        }
    })
}
