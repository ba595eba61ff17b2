//! All that was entered, to be read once more.

use crate::ui::{Fact, Facts, paths};
use domain::{
    customers::Picked,
    licenses::{self, Type},
};
use leptos::prelude::*;

use super::{
    reckoning::{Reckoning, type_words},
    sum::licenses as count,
};

/// What will be created, for whom, and how it will stand.
#[component]
pub fn What(
    /// The wizard as it stands.
    wizard: licenses::Wizard,
    /// What it comes to.
    reckoning: Reckoning,
) -> impl IntoView {
    let user = wizard.user.clone().map(|user| view! { <User user=user /> });
    let license_type = reckoning.license_type.unwrap_or(wizard.offer.billing.sold_as());
    let (name, draft) = (wizard.offer.full_name(), wizard.draft);
    let type_words = format!("{}: {}", license_type.label(), type_words(&wizard, license_type, reckoning.quantity));
    let resale = wizard.resale.filter(|_| license_type != Type::Trial).map(|resale| {
        let below = resale.below.map(|below| format!(". {}", below.words()));
        view! { <Fact name="Your resale price">{resale.price.to_string()} " each" {below}</Fact> }
    });
    let payment = match license_type {
        Type::Trial => "Free of charge; a trial takes no unpaid slot",
        _ if reckoning.unit.minor == 0 => "Free of charge",
        _ => "Pending until you pay the operator",
    };
    view! {
        <section class="card" aria-labelledby="what">
            <h2 id="what">"What will be created"</h2>
            <Facts>
                <Fact name="Product">
                    {name} " " <Change to=paths::new_license_again(draft) what="product" />
                </Fact>
                <Fact name="User">{user} " " <Change to=paths::new_license_user(draft) what="user" /></Fact>
                <Fact name="Quantity">
                    {count(&reckoning)} " " <Change to=paths::new_license_details(draft) what="details" />
                </Fact>
                <Fact name="License type">{type_words}</Fact>
                <Fact name="Payment status">{payment}</Fact>
                {resale}
            </Facts>
        </section>
    }
}

/// What is written beside the licenses; only what was entered.
#[component]
pub fn Written(
    /// The wizard as it stands.
    wizard: licenses::Wizard,
) -> impl IntoView {
    let form = wizard.form;
    let (notes, details) = (some(&form.reseller_notes), some(&form.customer_details));
    let paid = match form.customer_paid_date.parse() {
        Ok(day) if form.customer_paid == "on" => format!("Yes, on {}", domain::time::day(day)),
        _ => "Not yet".to_owned(),
    };
    let notes = notes.map(|notes| view! { <Fact name="Reseller notes" typed=true>{notes}</Fact> });
    let details = details.map(|details| view! { <Fact name="Customer details" typed=true>{details}</Fact> });
    view! {
        <section class="card" aria-labelledby="written">
            <div class="card-head">
                <h2 id="written">"Written beside it"</h2>
                <Change to=paths::new_license_details(wizard.draft) what="what is written beside it" />
            </div>
            <Facts>
                <Fact name="Customer paid">{paid}</Fact>
                {notes}
                {details}
            </Facts>
        </section>
    }
}

fn some(typed: &str) -> Option<String> {
    Some(typed.trim().to_owned()).filter(|text| !text.is_empty())
}

#[component]
fn User(user: Picked) -> impl IntoView {
    let own = user.own.then_some(", your own organisation; cannot be moved later without a new key");
    view! {
        <bdi>{user.name}</bdi>
        ", "
        <bdi>{user.email}</bdi>
        {own}
    }
}

/// The way back to a step.
#[component]
fn Change(
    /// The step.
    to: String,
    /// What is changed there, for those who hear the link alone.
    what: &'static str,
) -> impl IntoView {
    view! {
        <a href=to>
            "Change"<span class="visually-hidden">" "{what}</span>
        </a>
    }
}
