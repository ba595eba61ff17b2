//! Finance takes a license of any account back (B9).

use crate::shared::refunds::{
    api::{self, TakeBack},
    words,
};
use crate::ui::{
    Fact, Facts, Form, Load, Notice, Only, PageHead, Pill, Submit, TextArea, Time,
    data::{Resource, ServerAction},
    paths,
};
use domain::{
    Deed, LicenseId,
    billing::{GiveBack, RefundPage, Refunded},
    licenses::Type,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// Taking a license back.
#[component]
pub fn TakeBackPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let page = Resource::new(move || id.get(), api::find);
    let take_back = ServerAction::<TakeBack>::new();
    let done = Callback::new(move |_: Refunded| page.refetch());
    let before = use_query_map().with_untracked(|query| query.get("done").and_then(|word| Refunded::from_word(&word)));
    let refunded = move || match take_back.value().get() {
        Some(Ok(refunded)) => Some(refunded),
        _ => before,
    };
    view! {
        {move || refunded().map(|done| view! { <Notice kind="good">{done.label()}</Notice> })}
        <Load from=page like="text" let:shown>
            <License page=shown take_back=take_back done=done />
        </Load>
    }
}

#[component]
fn License(page: RefundPage, take_back: ServerAction<TakeBack>, done: Callback<Refunded>) -> impl IntoView {
    let row = page.license;
    let lede = view! {
        <Pill word=row.state.word() label=row.state.label() />
        " "
        {row.payment.map(|payment| view! { <span>"Payment "<Pill word=payment.word() label=payment.label() /></span> })}
    };
    let crumb = (paths::office_account_licenses(page.reseller, None), "Licenses".to_owned());
    let id = row.id.to_string();
    let subscription = row.license_type == Type::Subscription && !row.state.is_final();
    view! {
        <PageHead title=row.product.clone() crumb=crumb lede=lede.into_any()>
            {subscription.then(|| view! { <PriceLink id=row.id /> })}
        </PageHead>
        <div class="columns">
            <section class="card" aria-labelledby="facts">
                <h2 id="facts">"Details"</h2>
                <Facts>
                    <Fact name="Option">{row.option}</Fact>
                    <Fact name="Key"><code class="key">{row.key}</code></Fact>
                    <Fact name="Reseller">
                        <a href=paths::office_account(page.reseller)><bdi>{page.name}</bdi></a>
                    </Fact>
                    <Fact name="Customer"><bdi>{row.customer}</bdi></Fact>
                    <Fact name="Created"><Time at=row.created /></Fact>
                </Facts>
            </section>
            <aside class="stack" aria-label="Taking it back">
                {match page.give_back {
                    Ok(back) => view! { <Card id=id back=back take_back=take_back done=done /> }.into_any(),
                    Err(refusal) => view! { <Notice>{refusal.to_string()}</Notice> }.into_any(),
                }}
                {page.card.map(|number| view! {
                    <p>
                        "It was paid by card. A credit note sends no money back to the card by itself; "
                        <a href=paths::office_payment(number)>{format!("payment {number}")}</a>
                        " says how to."
                    </p>
                })}
            </aside>
        </div>
    }
}

#[component]
fn PriceLink(id: LicenseId) -> impl IntoView {
    view! {
        <Only may=Deed::PriceSubscriptions>
            <a class="button" href=paths::office_price(id)>
                "Change price"
            </a>
        </Only>
    }
}

#[component]
fn Card(id: String, back: GiveBack, take_back: ServerAction<TakeBack>, done: Callback<Refunded>) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="take-back-title">
            <h2 id="take-back-title">"Take back"</h2>
            <p>{words(&back)} "Possible until " <Time at=back.until exact=true /> "."</p>
            <Form action=take_back hidden=("id", id) on_done=done>
                <TextArea name="reason" label="Reason" hint="The reseller reads it on the credit note." />
                <div class="actions">
                    <Submit label="Take license back" kind="danger" />
                </div>
            </Form>
        </section>
    }
}
