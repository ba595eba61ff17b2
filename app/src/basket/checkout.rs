//! Checkout: for whom the basket is ordered, and placing the order (O1).

use domain::{customers::CustomerRow, orders::BasketPage};
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_query_map};

use super::{
    api::{self, Place},
    page::{Nothing, Total},
};
use crate::{
    Fault, customers,
    licenses::{PaidOn, People},
    parts::{self, Selling},
    paths,
    ui::{Form, GoOn, Load, PageHead, Submit, TextArea},
};

/// The route; `?q=` searches where there is no script.
#[derive(Debug)]
pub struct CheckoutRoute(Resource<Found>);

/// The basket, and who is found by which words.
type Found = Result<(BasketPage, Vec<CustomerRow>, String), Fault>;

impl LazyRoute for CheckoutRoute {
    fn data() -> Self {
        let query = use_query_map();
        let q = Memo::new(move |_| query.with(|query| query.get("q").unwrap_or_default()));
        Self(Resource::new(
            move || q.get(),
            |q| async move { Ok((api::find().await?, customers::api::search(q.clone()).await?, q)) },
        ))
    }

    async fn view(this: Self) -> AnyView {
        parts::selling(Selling::Checkout(this)).await
    }
}

impl CheckoutRoute {
    /// The page.
    pub fn show(self) -> AnyView {
        let page = self.0;
        let place = ServerAction::<Place>::new();
        // A price or a slot that has changed meanwhile is shown as it is now.
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
        .into_any()
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
    view! {
        // The search has a form of its own, which the fields among the people belong to by name.
        <form id="find" hidden on:submit=|event| event.prevent_default()></form>
        <Form action=place class="wizard" keyed=false hidden=("idempotency_key", key)>
            <input type="hidden" name="total" value=total.minor />
            <PageHead title="Checkout" crumb=(paths::BASKET.to_owned(), "Basket".to_owned()) />
            <div class="wizard-body">
                <div class="stack">
                    <People own=page.own.clone() user=None new_customer=paths::NEW_CUSTOMER.to_owned() found=found q=q />
                    <TextArea
                        name="reseller_notes"
                        label="Reseller notes"
                        hint="Optional, your order number for example. Only your team sees this."
                    />
                    <PaidOn
                        checked=false
                        on=String::new()
                        today=page.today
                        paid=RwSignal::new(false)
                        date=RwSignal::new(String::new())
                    />
                    <TextArea name="customer_details" label="Customer details" hint="Optional. Your customer sees this." />
                </div>
                <aside class="stack" aria-label="Price">
                    <h2>"Price"</h2>
                    <Total page=page />
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
