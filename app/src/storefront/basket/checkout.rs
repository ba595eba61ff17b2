//! Checkout: for whom the basket is ordered, and placing the order (O1).

use crate::shared::{customers, orders::AcceptTerms};
use crate::ui::{
    Autosaved, Fault, Form, GoOn, Load, PageHead, Submit, TextArea,
    data::{Resource, ServerAction, send, typed},
    paths,
};
use domain::{
    customers::CustomerRow,
    orders::{BasketPage, CheckoutForm},
};
use leptos::{html, prelude::*};
use leptos_router::hooks::use_query_map;

use super::{
    api::{self, Keep, Place},
    page::{Nothing, Total},
};
use crate::storefront::licenses::{PaidOn, People};

/// For whom the basket is ordered, and placing the order; `?q=` searches where there is no script.
#[component]
pub fn CheckoutPage() -> impl IntoView {
    let query = use_query_map();
    let q = Memo::new(move |_| query.with(|query| query.get("q").unwrap_or_default()));
    let page = Resource::new(
        move || q.get(),
        |q| async move { Ok::<_, Fault>((api::find().await?, customers::api::search(q.clone()).await?, q)) },
    );
    let place = ServerAction::<Place>::new();
    // A price, a slot or terms that have changed meanwhile are shown as they are now.
    Effect::new(move |_| {
        if let Some(Err(Fault::Refused(_))) = place.value().get() {
            page.refetch();
        }
    });
    view! {
        <Load from=page like="form" let:page>
            {match page.0.draft.filter(|_| !page.0.rows.is_empty()) {
                None => view! { <PageHead title="Checkout" /> <Nothing /> }.into_any(),
                Some(_) if page.0.refusal.is_some() || !page.0.changes.is_empty() => {
                    view! { <GoOn path=paths::BASKET.to_owned() /> }.into_any()
                }
                Some(draft) => {
                    let key = draft.to_string();
                    view! { <Checkout page=page.0 found=page.1 q=page.2 key=key place=place /> }.into_any()
                }
            }}
        </Load>
    }
}

#[component]
fn Checkout(
    page: BasketPage,
    found: Vec<CustomerRow>,
    q: String,
    key: String,
    place: ServerAction<Place>,
) -> impl IntoView {
    let total = page.takes;
    let seen = NodeRef::<html::Input>::new();
    let priced = page.clone();
    let terms = page.terms.clone();
    view! {
        // The search has a form of its own, which the fields among the people belong to by name.
        <form id="find" hidden on:submit=|event| event.prevent_default()></form>
        <Form action=place class="wizard" keyed=false hidden=("idempotency_key", key)>
            // What Enter presses is the first button of a form, and that is not to create a customer.
            <button hidden>"Place order"</button>
            <input type="hidden" name="total" value=total.minor node_ref=seen />
            <PageHead title="Checkout" crumb=(paths::BASKET.to_owned(), "Basket".to_owned()) />
            <div class="wizard-body">
                <div class="stack">
                    <Autosaved save=move || keep(seen)>
                        <Fields page=page found=found q=q />
                    </Autosaved>
                    {terms.map(|terms| view! { <AcceptTerms terms=terms /> })}
                </div>
                <aside class="stack" aria-label="Price">
                    <h2>"Price"</h2>
                    <Total page=priced />
                </aside>
            </div>
            <div class="action-bar">
                <p class="action-note">
                    <span>"To pay to the operator"</span>
                    <strong>{total.to_string()}</strong>
                </p>
                <a class="button" href=paths::BASKET>
                    "Back"
                </a>
                <Submit label="Place order" />
            </div>
        </Form>
    }
}

/// For whom, and what is written for the licenses; as far as it was typed before.
#[component]
fn Fields(page: BasketPage, found: Vec<CustomerRow>, q: String) -> impl IntoView {
    let CheckoutForm { reseller_notes, customer_paid, customer_paid_date, customer_details, .. } = page.checkout;
    // It sends what is typed, so that it is there when one comes back, with script and without.
    let create = view! {
        <button class="link" name="then" value="customer">
            "Create new customer"
        </button>
    };
    view! {
        <div class="stack">
            <People own=page.own user=page.user create=create.into_any() stays=true found=found q=q />
            <TextArea
                name="reseller_notes"
                label="Reseller notes"
                value=reseller_notes
                hint="Optional, your order number for example. Only your team sees this."
            />
            <PaidOn
                checked=customer_paid == "on"
                on=customer_paid_date
                today=page.today
                paid=RwSignal::new(false)
                date=RwSignal::new(String::new())
            />
            <TextArea
                name="customer_details"
                label="Customer details"
                value=customer_details
                hint="Optional. Your customer sees this."
            />
        </div>
    }
}

/// Keeps what stands in the form around that field.
async fn keep(field: NodeRef<html::Input>) {
    if let Some(body) = field.get_untracked().and_then(|field| typed(&field.form()?, None)) {
        send::<Keep>(body).await.ok();
    }
}
