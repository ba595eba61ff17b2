//! The fields of a license option.

use crate::ui::{Checked, Choice, Choices, Fact, Facts, Field, Select, TextArea};
use domain::{
    accounts::BillingDay,
    billing::{Proration, Timing},
    products::{Billing, Kind, OptionForm},
};
use leptos::prelude::*;

/// All of them, checked while typing by the rule that the server goes by.
#[component]
pub fn OptionFields(
    /// What stands in them at first.
    form: OptionForm,
    /// The product is an add-on, and has no additional licenses (L6).
    add_on: bool,
    /// It was ordered, so that kind and billing are fixed.
    sold: bool,
) -> impl IntoView {
    let live = Live::default();
    live.kind.set(form.kind.clone());
    live.billing.set(form.billing.clone());
    let errors = Signal::derive(move || live.form().check(add_on).err().unwrap_or_default());
    let terms_of_use = form.terms_of_use.clone();
    // What was sold once stays charged once, and has no billing of its own.
    let recurs = !sold || form.billing != Billing::OneTime.word();
    view! {
        <Checked errors=errors>
            <Field
                name="name"
                label="Name"
                value=form.name.clone()
                live=live.name
                hint="For example Primary license."
                required=true
            />
            {if sold {
                view! { <Fixed form=form.clone() /> }.into_any()
            } else {
                view! { <What form=form.clone() add_on=add_on live=live /> }.into_any()
            }}
            <TextArea
                name="prices"
                label="List prices"
                value=form.prices.clone()
                live=live.prices
                hint="Of one license, a line for each currency: EUR 199.00"
            />
            <div class="pair">
                <Field
                    name="activations"
                    label="Computers"
                    inputmode="numeric"
                    value=form.activations.clone()
                    live=live.activations
                    hint="On how many one license works."
                    required=true
                />
                <Field
                    name="position"
                    label="Position"
                    inputmode="numeric"
                    value=form.position.clone()
                    live=live.position
                    hint="Among the options of the product; the smallest is first."
                    required=true
                />
            </div>
            {recurs.then(|| view! { <Own form=form live=live /> })}
            <TextArea
                name="terms_of_use"
                label="Terms of use"
                value=terms_of_use
                live=live.terms_of_use
                rows=5
                hint="Optional. Whoever orders has to accept them, and they are kept with the order as they were then."
            />
        </Checked>
    }
}

#[component]
fn What(form: OptionForm, add_on: bool, live: Live) -> impl IntoView {
    let card = |word: &str, label: &str, hint: &str| Choice {
        word: word.to_owned(),
        label: label.to_owned(),
        hint: hint.to_owned(),
    };
    let kind_card = |kind: Kind| match kind {
        Kind::Primary => card(kind.word(), kind.label(), "The application and its add-ons, on one computer."),
        Kind::Additional => card(kind.word(), kind.label(), "One more computer, beside a working primary license."),
    };
    let kinds = Kind::ALL.iter().copied().filter(|kind| !add_on || *kind == Kind::Primary).map(kind_card).collect();
    let billing_card = |billing: &Billing| match billing {
        Billing::OneTime => card(billing.word(), "One-time", "Charged once; the license is permanent."),
        Billing::Monthly => card(billing.word(), "Per month", "A subscription, charged every month."),
        Billing::Yearly => card(billing.word(), "Per year", "A subscription, charged every year."),
    };
    let billings = Billing::ALL.iter().map(billing_card).collect();
    view! {
        <Choices name="kind" legend="Kind" options=kinds value=form.kind live=live.kind />
        {add_on.then(|| view! { <p class="hint">"An add-on has no additional licenses."</p> })}
        <Choices name="billing" legend="Billing" options=billings value=form.billing live=live.billing />
    }
}

/// B4: what the option says of its own billing. Subscriptions that run keep what was agreed.
#[component]
fn Own(form: OptionForm, live: Live) -> impl IntoView {
    let timings = Timing::ALL.iter().map(|timing| (timing.word().to_owned(), timing.label().to_owned()));
    let prorations = Proration::ALL.iter().map(|part| (part.word().to_owned(), part.label().to_owned()));
    let of_account = (String::new(), "That of the account".to_owned());
    let days = std::iter::once(of_account).chain(BillingDay::all().map(|day| (day.word(), day.label())));
    view! {
        <fieldset class="group">
            <legend>"Subscription"</legend>
            <p class="hint">"For what is charged every month or year. It holds for what is ordered from now on."</p>
            <Select name="timing" label="Charged" options=timings.collect() value=form.timing live=live.timing />
            <Select
                name="proration"
                label="Part of a period"
                options=prorations.collect()
                value=form.proration
                live=live.proration
                hint="Exclude from prorating: a full period from the day of the order, whatever the account says."
            />
            <Select
                name="billing_day"
                label="Billing day"
                options=days.collect()
                value=form.billing_day
                live=live.billing_day
                hint="What is excluded from prorating has none: its period begins with the order."
            />
        </fieldset>
    }
}

/// What was sold as one thing does not become another.
#[component]
fn Fixed(form: OptionForm) -> impl IntoView {
    let kind = Kind::from_word(&form.kind).map(Kind::label);
    let billing = Billing::from_word(&form.billing).map(Billing::label);
    view! {
        <input type="hidden" name="kind" value=form.kind />
        <input type="hidden" name="billing" value=form.billing />
        <Facts>
            <Fact name="Kind">{kind}</Fact>
            <Fact name="Billing">{billing}</Fact>
        </Facts>
        <p class="hint">
            "It was sold, so kind and billing stay as they are. Add another option, and end the sale of this one."
        </p>
    }
}

/// What is typed now.
#[derive(Clone, Copy, Default)]
struct Live {
    name: RwSignal<String>,
    kind: RwSignal<String>,
    billing: RwSignal<String>,
    activations: RwSignal<String>,
    position: RwSignal<String>,
    prices: RwSignal<String>,
    timing: RwSignal<String>,
    proration: RwSignal<String>,
    billing_day: RwSignal<String>,
    terms_of_use: RwSignal<String>,
}

impl Live {
    fn form(self) -> OptionForm {
        OptionForm {
            name: self.name.get(),
            kind: self.kind.get(),
            billing: self.billing.get(),
            activations: self.activations.get(),
            position: self.position.get(),
            prices: self.prices.get(),
            timing: self.timing.get(),
            proration: self.proration.get(),
            billing_day: self.billing_day.get(),
            terms_of_use: self.terms_of_use.get(),
        }
    }
}
