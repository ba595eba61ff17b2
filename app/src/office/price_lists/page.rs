//! The page of one price list: its terms, its prices, its accounts.

use crate::ui::{
    Edition, Fact, Facts, Form, Load, Notice, PageHead, Submit,
    data::{Resource, ServerAction},
    paths,
};
use domain::price_lists;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    StatePill,
    api::{self, Save},
    assigned::Assigned,
    fields::Fields,
    prices::Prices,
    way_up,
};

/// One price list.
#[component]
pub fn PriceListPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let after = Memo::new(move |_| query.with(|query| query.get("after")));
    let done = Memo::new(move |_| query.with(|query| query.get("done")));
    let is_first = Memo::new(move |_| after.with(Option::is_none));
    // What was done just now is asked for again, though the address is the same but for that.
    let page = Resource::new(move || (id.get(), after.get(), done.get()), |(id, after, _)| api::find(id, after));
    let save = ServerAction::<Save>::new();
    // Saving twice in a row leads to the address that is open already.
    Effect::new(move |_| {
        if matches!(save.value().get(), Some(Ok(()))) {
            page.refetch();
        }
    });
    view! {
        <Load from=page like="form" let:page>
            {done.get_untracked().and_then(|done| said(&done))}
            <Page page=page save=save is_first=is_first.get_untracked() />
        </Load>
    }
}

fn said(done: &str) -> Option<impl IntoView + use<>> {
    let words = match done {
        "added" => "Price list added. Set prices below, or assign it to an account.",
        "saved" => "Saved. What was sold keeps its price.",
        "price" => "Price set. What was sold keeps its price.",
        "removed" => "Price removed.",
        _ => return None,
    };
    Some(view! { <Notice kind="good">{words}</Notice> })
}

#[component]
fn Page(page: price_lists::PriceListPage, save: ServerAction<Save>, is_first: bool) -> impl IntoView {
    let lede = view! {
        <StatePill state=page.state />
        " "
        {page.currency.code()}
    };
    view! {
        <PageHead title=page.form.name.clone() typed=true crumb=way_up() lede=lede.into_any()>
            {page
                .may_edit
                .then(|| {
                    view! {
                        <a class="button" href=paths::new_price(page.id)>
                            "Add price"
                        </a>
                    }
                })}
        </PageHead>
        <div class="columns">
            <div class="stack">
                <Prices page=page.clone() />
            </div>
            <aside class="stack">
                {if page.may_edit {
                    view! { <Edit page=page.clone() save=save /> }.into_any()
                } else {
                    view! { <Terms page=page.clone() /> }.into_any()
                }} <Assigned page=page is_first=is_first />
            </aside>
        </div>
    }
}

#[component]
fn Edit(page: price_lists::PriceListPage, save: ServerAction<Save>) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="terms">
            <h2 id="terms">"Details"</h2>
            <Form action=save hidden=("id", page.id.to_string())>
                <Edition value=page.edition />
                <Fields form=page.form currency_fixed=page.currency_fixed />
                <div class="actions">
                    <Submit label="Save" />
                </div>
            </Form>
        </section>
    }
}

/// For those who see prices and change none.
#[component]
fn Terms(page: price_lists::PriceListPage) -> impl IntoView {
    let form = page.form;
    let or = |text: String, other: &str| if text.is_empty() { other.to_owned() } else { text };
    let off = if form.percent_off.is_empty() { "None".to_owned() } else { format!("{} %", form.percent_off) };
    view! {
        <section class="card" aria-labelledby="terms">
            <h2 id="terms">"Details"</h2>
            <Facts>
                <Fact name="Start">{form.starts}</Fact>
                <Fact name="End">{or(form.ends, "Open")}</Fact>
                <Fact name="Percentage off everything">{off}</Fact>
                <Fact name="Description" typed=true>
                    {or(form.description, "None")}
                </Fact>
            </Facts>
        </section>
    }
}
