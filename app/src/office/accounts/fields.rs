//! The fields of an account, alike for a new one and for one that is there (A1).

use crate::ui::{Checkbox, Checked, Field, Select, TextArea};
use domain::accounts::{AccountForm, BillingDay, CURRENCIES, Choices, CreditForm, PartialInvoicing};
use leptos::prelude::*;

use super::live::{Live, LiveCredit};

/// Who it is.
#[component]
pub fn PersonFields(
    /// What stands in them.
    form: AccountForm,
    /// The time zones there are.
    zones: Vec<String>,
    /// Follows what is typed.
    live: Live,
) -> impl IntoView {
    let zones = zones.into_iter().map(|zone| (zone.clone(), zone.replace('_', " "))).collect();
    view! {
        <fieldset class="group">
            <legend>"Personal details"</legend>
            <Field
                name="name"
                live=live.name
                label="Organisation"
                value=form.name
                required=true
                hint="Or the person, who buys as one."
            />
            <div class="pair">
                <Field name="first_name" live=live.first_name label="First name" value=form.first_name />
                <Field name="last_name" live=live.last_name label="Last name" value=form.last_name />
            </div>
            <div class="pair">
                <Field
                    name="email"
                    live=live.email
                    label="E-mail address"
                    kind="email"
                    inputmode="email"
                    value=form.email
                />
                <Field name="phone" live=live.phone label="Phone" kind="tel" inputmode="tel" value=form.phone />
            </div>
            <Field name="website" live=live.website label="Website" inputmode="url" value=form.website />
            <Select
                name="time_zone"
                live=live.time_zone
                label="Time zone"
                options=zones
                value=form.time_zone
                hint="Its people read times in it."
            />
        </fieldset>
    }
}

/// Where its invoices go.
#[component]
pub fn BillingFields(
    /// What stands in them.
    form: AccountForm,
    /// The countries there are.
    countries: Vec<(String, String)>,
    /// Follows what is typed.
    live: Live,
) -> impl IntoView {
    let countries = std::iter::once((String::new(), "Not given".to_owned())).chain(countries).collect();
    let currency =
        |currency: &domain::Currency| (currency.code().to_owned(), format!("{}, {}", currency.code(), currency.name()));
    view! {
        <fieldset class="group">
            <legend>"Billing details"</legend>
            <TextArea name="address" live=live.address label="Address" rows=2 value=form.address />
            <div class="pair">
                <Field name="postal_code" live=live.postal_code label="Postal code" value=form.postal_code />
                <Field name="city" live=live.city label="City" value=form.city />
            </div>
            <Select name="country" live=live.country label="Country" options=countries value=form.country />
            <Field name="tax_number" live=live.tax_number label="Tax number" value=form.tax_number />
            <div class="pair">
                <Select
                    name="currency"
                    live=live.currency
                    label="Currency"
                    options=CURRENCIES.iter().map(currency).collect()
                    value=form.currency
                    hint="It stays from the first order on."
                />
                <Field
                    name="payment_days"
                    live=live.payment_days
                    label="Payment days"
                    inputmode="numeric"
                    value=form.payment_days
                    hint="Days to pay an invoice."
                />
            </div>
        </fieldset>
    }
}

/// What it may do, and how it is billed for it.
#[component]
pub fn OrderingFields(
    /// What stands in them.
    form: AccountForm,
    /// What it may owe, where that belongs to this form.
    #[prop(optional_no_strip)]
    credit: Option<CreditForm>,
    /// Follows what is typed.
    live: Live,
) -> impl IntoView {
    let on = |typed: &str| typed == "on";
    view! {
        <fieldset class="group">
            <legend>"Ordering"</legend>
            <Checkbox
                name="ordering"
                live=live.ordering
                label="Ordering"
                checked=on(&form.ordering)
                hint="The master switch: without it nothing can be ordered."
            />
            <Checkbox
                name="reselling"
                live=live.reselling
                label="Reselling"
                checked=on(&form.reselling)
                hint="It sells to customers of its own. Needs Ordering."
            />
            {credit.map(|credit| view! { <CreditFields credit=credit live=live.credit /> })}
            <ProgrammeFields form=form.clone() live=live />
            <Field
                name="unpaid_cap"
                live=live.unpaid_cap
                label="Unpaid licenses"
                inputmode="numeric"
                value=form.unpaid_cap
                hint="How many licenses may be unpaid at a time."
            />
        </fieldset>
    }
}

/// How its subscriptions are billed: from which day on, and when the part of a cycle is invoiced.
#[component]
pub fn ProgrammeFields(
    /// What stands in them.
    form: AccountForm,
    /// Follows what is typed.
    live: Live,
) -> impl IntoView {
    let days = BillingDay::all().map(|day| (day.word(), day.label())).collect();
    let invoicing =
        PartialInvoicing::ALL.iter().map(|case| (case.word().to_owned(), case.label().to_owned())).collect();
    view! {
        <Checkbox
            name="prorate"
            live=live.prorate
            label="Prorate billing"
            checked={form.prorate == "on"}
            hint="The first charge of a subscription covers the days up to the next billing day."
        />
        <div class="pair">
            <Select
                name="billing_day"
                live=live.billing_day
                label="Billing day"
                options=days
                value=form.billing_day
            />
            <Select
                name="partial_invoicing"
                live=live.partial_invoicing
                label="Partial charges invoicing"
                options=invoicing
                value=form.partial_invoicing
            />
        </div>
    }
}

/// What it may owe.
#[component]
pub fn CreditFields(
    /// What stands in them.
    credit: CreditForm,
    /// Follows what is typed.
    live: LiveCredit,
) -> impl IntoView {
    view! {
        <Field
            name="credit_limit"
            live=live.limit
            label="Credit limit"
            inputmode="decimal"
            value=credit.credit_limit
            hint="In the account's currency. With 0 it can never owe."
        />
        <Checkbox
            name="credit_unlimited"
            live=live.unlimited
            label="Unlimited"
            checked={credit.credit_unlimited == "on"}
            hint="The amount is left aside then."
        />
    }
}

/// All fields, one group below the other.
#[component]
pub fn AccountFields(
    /// What stands in them.
    form: AccountForm,
    /// What there is to choose from.
    choices: Choices,
    /// What it may owe, where that belongs to this form.
    #[prop(optional_no_strip)]
    credit: Option<CreditForm>,
) -> impl IntoView {
    let live = Live::default();
    let with_credit = credit.is_some();
    let errors = Signal::derive(move || live.errors(with_credit));
    view! {
        <Checked errors=errors>
            <PersonFields form=form.clone() zones=choices.time_zones live=live />
            <BillingFields form=form.clone() countries=choices.countries live=live />
            <OrderingFields form=form credit=credit live=live />
        </Checked>
    }
}
