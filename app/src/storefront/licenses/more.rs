//! The filters that are folded away until they are needed.

use crate::ui::{Field, Select, paths};
use chrono::NaiveDate;
use domain::{
    ProductId,
    licenses::{LicensesQuery, PaidFilter, PaymentStatus, Sort, State, Type},
    products::Kind,
};
use leptos::prelude::*;

/// The words and labels of an enum, as pairs to choose from.
macro_rules! words {
    ($words:ty) => {
        <$words>::ALL.iter().map(|case| (case.word().to_owned(), case.label().to_owned()))
    };
}

/// The folded filters; open when one of them is set.
#[component]
pub fn More(
    /// What is shown.
    view: LicensesQuery,
    /// The products there are.
    products: Vec<(ProductId, String)>,
    /// The customer whose licenses are shown, by name.
    customer: Option<String>,
) -> impl IntoView {
    let count = set(&view);
    let products = any(products.into_iter().map(|(id, name)| (id.to_string(), name)));
    let product = view.product.map(|id| id.to_string()).unwrap_or_default();
    let sort = view.sort.unwrap_or(Sort::Newest).word();
    let owner = view.customer.map(|id| {
        let name = customer.unwrap_or_else(|| "Unknown".to_owned());
        let options = any([(id.to_string(), name)]);
        view! { <Select name="customer" label="Customer" options=options value=id.to_string() /> }
    });
    view! {
        <details class="more" open={count > 0}>
            <summary>
                "Filters "
                {(count > 0).then(|| view! { <span class="count">{count}</span> })}
            </summary>
            <div class="more-panel">
                {owner}
                {select("payment", "Payment status", words!(PaymentStatus), view.payment.map(PaymentStatus::word))}
                {select("paid", "Customer paid", words!(PaidFilter), view.paid.map(PaidFilter::word))}
                {select("state", "State", words!(State), view.state.map(State::word))}
                {select("type", "License type", words!(Type), view.license_type.map(Type::word))}
                {select("kind", "Kind", words!(Kind), view.kind.map(Kind::word))}
                <Select name="product" label="Product" options=products value=product />
                <Field name="from" label="Created from" kind="date" value=day(view.from) />
                <Field name="to" label="Created to" kind="date" value=day(view.to) />
                <Select name="sort" label="Order" options=words!(Sort).collect() value=sort />
                <div class="actions" data-fit>
                    <button class="button" data-kind="main">
                        "Apply"
                    </button>
                    <a class="button" data-kind="quiet" href=paths::LICENSES>
                        "Clear filters"
                    </a>
                </div>
            </div>
        </details>
    }
}

fn select(
    name: &'static str,
    label: &'static str,
    options: impl Iterator<Item = (String, String)>,
    chosen: Option<&'static str>,
) -> impl IntoView {
    view! { <Select name=name label=label options=any(options) value=chosen.unwrap_or_default() /> }
}

/// Pairs to choose from, and `Any` before them.
fn any(options: impl IntoIterator<Item = (String, String)>) -> Vec<(String, String)> {
    std::iter::once((String::new(), "Any".to_owned())).chain(options).collect()
}

/// How many of the folded filters are set.
fn set(view: &LicensesQuery) -> usize {
    let set = [
        view.payment.is_some(),
        view.paid.is_some(),
        view.license_type.is_some(),
        view.kind.is_some(),
        view.state.is_some(),
        view.product.is_some(),
        view.customer.is_some(),
        view.from.is_some(),
        view.to.is_some(),
        view.sort.is_some(),
    ];
    set.into_iter().filter(|is_set| *is_set).count()
}

fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}
