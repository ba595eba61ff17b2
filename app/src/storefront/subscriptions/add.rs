//! Adding licenses to a running subscription: how many, what that comes to today, and the order.

use crate::shared::subscriptions::api::{self, Add};
use crate::ui::{
    Fault, Form, Load, Notice, PageHead, Submit, Sum, count_of,
    data::{Resource, ServerAction},
    paths,
};
use domain::billing::{More, QuantityForm, Timing};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::storefront::{licenses::Refused, orders::TopUp};

/// Adding licenses to a running subscription; `?quantity=` says how many.
#[component]
pub fn AddLicensesPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let quantity = Memo::new(move |_| query.with(|query| query.get("quantity").unwrap_or_default()));
    let asked = move |(id, quantity)| api::more(id, QuantityForm { quantity });
    let page = Resource::new(move || (id.get(), quantity.get()), asked);
    let add = ServerAction::<Add>::new();
    // A price that has changed meanwhile is shown as it is now.
    Effect::new(move |_| {
        if let Some(Err(Fault::Refused(_))) = add.value().get() {
            page.refetch();
        }
    });
    let license = move || id.with_untracked(|id| format!("{}/{id}", paths::LICENSES));
    view! {
        <PageHead title="Add licenses" crumb=(license(), "License".to_owned()) />
        <Load from=page like="form" let:shown>
            <Adding id=id.get() typed=quantity.get() shown=shown add=add />
        </Load>
    }
}

#[component]
fn Adding(id: String, typed: String, shown: More, add: ServerAction<Add>) -> impl IntoView {
    // No number yet is one; what is none has its message, and no price.
    let errors = QuantityForm { quantity: typed.clone() }.check_more().err().filter(|_| !typed.is_empty());
    let wrong = errors.and_then(|errors| errors.get("quantity").map(str::to_owned));
    let quantity = if typed.is_empty() { shown.quantity.to_string() } else { typed };
    let (name, customer) = (shown.name.clone(), shown.customer.clone());
    let price = wrong.is_none().then(|| view! { <Price id=id shown=shown add=add /> });
    view! {
        <div class="narrow stack" data-gap="large">
            <p>
                "More licenses of " <strong>{name}</strong> " for " <bdi>{customer}</bdi>
                ". They are charged for the days that are left of the running period, and then together with the others."
            </p>
            <HowMany quantity=quantity wrong=wrong />
            {price}
        </div>
    }
}

/// What so many come to, and the order.
#[component]
fn Price(id: String, shown: More, add: ServerAction<Add>) -> impl IntoView {
    let amount = shown.charge.amount();
    let mut lines = vec![(shown.charge.to_string(), amount.net().to_string())];
    if !amount.tax().is_zero() {
        lines.push(("Tax".to_owned(), amount.tax().to_string()));
    }
    let called = match shown.timing {
        Timing::Advance => "To pay to the operator",
        Timing::Arrears => "To pay to the operator after the period",
    };
    let held = shown.held.map(|held| {
        view! { <Notice kind="warn">{held.before_placing()} " " <TopUp /></Notice> }
    });
    let possible = shown.refusal.is_none();
    let refusal = shown.refusal.map(|refusal| view! { <Refused refusal=refusal /> });
    let (quantity, total) = (shown.quantity.to_string(), amount.gross().minor.to_string());
    // It says what it orders: another number may stand in the field above by then.
    let label = format!("Add {}", count_of(shown.quantity, "license", "licenses"));
    let order = possible.then(|| {
        view! {
            <Form action=add id="add" hidden=("id", id)>
                <input type="hidden" name="quantity" value=quantity />
                <input type="hidden" name="total" value=total />
                <div class="actions">
                    <Submit label=label />
                </div>
            </Form>
        }
    });
    view! {
        <section class="stack" aria-label="Price">
            <Sum lines=lines total=(called.to_owned(), amount.gross().to_string()) />
            {held}
            {refusal}
        </section>
        {order}
    }
}

/// Asks for another number: the page is opened again with it.
#[component]
fn HowMany(quantity: String, wrong: Option<String>) -> impl IntoView {
    let (invalid, described) = (wrong.is_some().then_some("true"), wrong.is_some().then_some("quantity-error"));
    view! {
        <form method="get" class="cluster" aria-label="How many">
            <div class="field" data-width="short">
                <label for="quantity">"Quantity"</label>
                <input
                    id="quantity"
                    name="quantity"
                    inputmode="numeric"
                    autocomplete="off"
                    value=quantity
                    aria-invalid=invalid
                    aria-describedby=described
                    autofocus=wrong.is_some()
                />
                {wrong.map(|words| view! { <p class="error" id="quantity-error">{words}</p> })}
            </div>
            <button class="button">"Show the price"</button>
        </form>
    }
}
