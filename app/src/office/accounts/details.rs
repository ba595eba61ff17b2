//! The page of one account: its details, what it may owe, and whether it is suspended.

use crate::shared::contacts::people::{FactorRuleCard, api::RequireSecondFactor};
use crate::ui::{
    Edition, Fact, Facts, Form, Load, Notice, Submit,
    data::{Resource, ServerAction},
    thousands,
};
use domain::accounts::{self, AccountForm, BillingDay, PartialInvoicing};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    account,
    api::{self, Edit, Reactivate, SetCreditLimit, Suspend},
    fields::AccountFields,
    limit::LimitCard,
    suspension::SuspensionCard,
    top::AccountTop,
};

/// What can be done on the page.
#[derive(Clone, Copy)]
struct Deeds {
    edit: ServerAction<Edit>,
    set: ServerAction<SetCreditLimit>,
    suspend: ServerAction<Suspend>,
    reactivate: ServerAction<Reactivate>,
    require: ServerAction<RequireSecondFactor>,
    refresh: Callback<()>,
}

/// The page of one account.
#[component]
pub fn AccountPage() -> impl IntoView {
    let id = account();
    let page = Resource::new(move || id.get(), api::find);
    let deeds = Deeds {
        edit: ServerAction::new(),
        set: ServerAction::new(),
        suspend: ServerAction::new(),
        reactivate: ServerAction::new(),
        require: ServerAction::new(),
        refresh: Callback::new(move |()| page.refetch()),
    };
    view! {
        <Load from=page like="form" let:page>
            <Account page=page deeds=deeds />
        </Load>
    }
}

#[component]
fn Account(page: accounts::AccountPage, deeds: Deeds) -> impl IntoView {
    let rule = page.factor_rule;
    let accounts::AccountPage { head, form, country, edition, choices, currency, limit, limit_form, .. } = page;
    let (id, suspended, may_edit) = (head.id, head.suspended.is_some(), head.may_edit);
    let Deeds { edit, set, suspend, reactivate, require, refresh } = deeds;
    let details = match choices {
        Some(choices) => view! {
            <Form action=edit hidden=("id", id.to_string()) on_done=refresh>
                <Edition value=edition />
                <AccountFields form=form choices=choices />
                <div class="actions">
                    <Submit label="Save" />
                    <output class="hint" data-kind="good">
                        {move || matches!(edit.value().get(), Some(Ok(()))).then_some("Saved.")}
                    </output>
                </div>
            </Form>
        }
        .into_any(),
        None => view! { <Read form=form country=country /> }.into_any(),
    };
    let suspension = may_edit.then(|| {
        view! {
            <SuspensionCard id=id suspended=suspended suspend=suspend reactivate=reactivate refresh=refresh />
        }
    });
    view! {
        <Said />
        <AccountTop head=head />
        <div class="columns">
            <section class="card" aria-labelledby="details">
                <h2 id="details">"Details"</h2>
                {details}
            </section>
            <aside class="stack">
                <section class="card" aria-labelledby="figures">
                    <h2 id="figures">"At a glance"</h2>
                    <Facts>
                        <Fact name="Customers">{thousands(page.customers)}</Fact>
                        <Fact name="Licenses">{thousands(page.licenses)}</Fact>
                        <Fact name="Unpaid licenses">{format!("{} of {}", page.unpaid.count, page.unpaid.cap)}</Fact>
                    </Facts>
                </section>
                <LimitCard
                    id=id
                    edition=edition
                    limit=limit
                    currency=currency
                    form=limit_form
                    set=set
                    refresh=refresh
                />
                <FactorRuleCard rule=rule require=require refresh=refresh />
                {suspension}
            </aside>
        </div>
    }
}

/// What was done just now, for those who came here by it.
#[component]
fn Said() -> impl IntoView {
    let query = use_query_map();
    move || {
        let words = match query.with(|query| query.get("done")).as_deref() {
            Some("added") => "Account added.",
            Some("saved") => "Saved.",
            _ => return None,
        };
        Some(view! { <Notice kind="good"><strong>{words}</strong></Notice> })
    }
}

/// The details, for those who may only read them.
#[component]
fn Read(form: AccountForm, country: Option<String>) -> impl IntoView {
    let switch = |typed: &str| if typed == "on" { "On" } else { "Off" }.to_owned();
    let day = BillingDay::from_word(&form.billing_day).map(BillingDay::label).unwrap_or_default();
    let invoicing = PartialInvoicing::from_word(&form.partial_invoicing).map(PartialInvoicing::label);
    let facts = [
        ("First name", form.first_name),
        ("Last name", form.last_name),
        ("E-mail address", form.email),
        ("Phone", form.phone),
        ("Website", form.website),
        ("Time zone", form.time_zone),
        ("Address", form.address),
        ("Postal code", form.postal_code),
        ("City", form.city),
        ("Country", country.unwrap_or_default()),
        ("Tax number", form.tax_number),
        ("Currency", form.currency),
        ("Payment days", form.payment_days),
        ("Ordering", switch(&form.ordering)),
        ("Reselling", switch(&form.reselling)),
        ("Prorate billing", switch(&form.prorate)),
        ("Billing day", day),
        ("Partial charges invoicing", invoicing.unwrap_or_default().to_owned()),
    ];
    let given = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let fact = |(name, value): (&'static str, String)| view! { <Fact name=name typed=true>{value}</Fact> };
    view! { <Facts>{given.map(fact).collect_view()}</Facts> }
}
