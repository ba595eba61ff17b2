//! The reseller's home: the two things done most often first, then how things stand.

use crate::ui::{Empty, Icon, LiveBanner, Load, Only, PageHead, count_of, data::Resource, paths, thousands};
use domain::{Actor, Deed, accounts::Unpaid, billing::Credit, licenses, mail};
use leptos::prelude::*;

use super::{api, newest::Newest};

/// The home of a reseller.
#[component]
pub fn ResellerHome(
    /// Who asks.
    actor: Actor,
) -> impl IntoView {
    let home = Resource::new(|| (), |()| api::reseller());
    let organisation = actor.organisation;
    view! {
        <PageHead title="Home" lede=view! { <bdi>{organisation}</bdi> }.into_any()>
            <Only may=Deed::CreateCustomers>
                <a class="button" href=paths::NEW_CUSTOMER>
                    "Create customer"
                </a>
            </Only>
            <Only may=Deed::CreateLicenses>
                <a class="button" data-kind="main" href=paths::NEW_LICENSE>
                    "Create license"
                </a>
            </Only>
        </PageHead>
        <Load from=home like="tiles" let:page>
            <LiveBanner version=page.version refresh=Callback::new(move |()| home.refetch()) />
            <Standing page=page />
        </Load>
    }
}

#[component]
fn Standing(page: licenses::ResellerHome) -> impl IntoView {
    view! {
        {page.not_ready.clone().map(not_ready)}
        <Undelivered mails=page.undelivered more=page.undelivered_more />
        <section class="tiles" aria-label="At a glance">
            <CreditTile credit=page.credit />
            <HeldTile held=page.held />
            <UnpaidTile unpaid=page.unpaid />
            <div class="tile">
                <h2>"Trials ending this week"</h2>
                <p class="figure">{thousands(page.trials_ending)}</p>
                {(page.trials_ending > 0).then(|| view! { <a href=paths::TRIALS_ENDING>"Show them"</a> })}
            </div>
            <div class="tile">
                <h2>"Licenses"</h2>
                <p class="figure">{thousands(page.licenses)}</p>
                {(page.licenses > 0).then(|| view! { <a href=paths::LICENSES>"Show all"</a> })}
            </div>
            <div class="tile">
                <h2>"Customers"</h2>
                <p class="figure">{thousands(page.customers)}</p>
                {(page.customers > 0).then(|| view! { <a href=paths::CUSTOMERS>"Show all"</a> })}
            </div>
        </section>
        {if page.newest.is_empty() {
            first_step(page.not_ready.is_none()).into_any()
        } else {
            view! { <Newest rows=page.newest /> }.into_any()
        }}
    }
}

/// C5: what can still be ordered for, and what it is made of.
#[component]
fn CreditTile(credit: Credit) -> impl IntoView {
    let limit = credit.limit().label(credit.balance().currency);
    let arrears = (!credit.arrears().is_zero()).then(|| format!(", less {} in arrears", credit.arrears()));
    view! {
        <div class="tile">
            <h2>"Available credit"</h2>
            <p class="figure">{credit.available().to_string()}</p>
            <p class="hint">{format!("Limit {limit}, less a balance of {}", credit.balance())}{arrears}</p>
            <Only may=Deed::SeeBilling>
                <a href=paths::BILLING>"Billing"</a>
                " "
                <a href=paths::MONTH_END>"Month end"</a>
            </Only>
        </div>
    }
}

#[component]
fn HeldTile(held: i64) -> impl IntoView {
    view! {
        <div class="tile">
            <h2>"Held orders"</h2>
            <p class="figure">{thousands(held)}</p>
            <a href=paths::ORDERS>"All orders"</a>
        </div>
    }
}

#[component]
fn UnpaidTile(unpaid: Unpaid) -> impl IntoView {
    let label = format!("{} of {} unpaid licenses", unpaid.count, unpaid.cap);
    // From here on the meter warns: the last fifth of the slots.
    let high = unpaid.cap * 4 / 5;
    view! {
        <div class="tile">
            <h2>"Unpaid licenses"</h2>
            <p class="figure">{unpaid.count} <small>{format!(" of {}", unpaid.cap)}</small></p>
            <meter min="0" max=unpaid.cap high=high optimum="0" value=unpaid.count aria-label=label></meter>
            <p class="hint">{count_of(unpaid.left(), "slot", "slots")} " left"</p>
            {(unpaid.count > 0).then(|| view! {
                <Only may=Deed::Pay><a href=paths::PENDING_LICENSES>"Pay for them"</a></Only>
            })}
        </div>
    }
}

/// D13: what could not be delivered, each with the way to the person, and how much more.
#[component]
fn Undelivered(mails: Vec<mail::Undelivered>, more: usize) -> impl IntoView {
    let row = |mail: mail::Undelivered| {
        let address = mail.customer.map_or_else(|| paths::team_person(mail.contact), paths::customer);
        view! {
            <li>
                <Icon name="alert" />
                <div>
                    <a href=address><bdi>{mail.name}</bdi></a>
                    <p class="hint">{format!("The {} could not be delivered.", mail.purpose.label())}</p>
                </div>
            </li>
        }
    };
    (!mails.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="undelivered">
                <h2 id="undelivered">"Mails that could not be delivered"</h2>
                <ul class="rows">{mails.into_iter().map(row).collect_view()}</ul>
                {(more > 0).then(|| view! {
                    <p class="muted">
                        {format!("And {} more. ", thousands(more as i64))}
                        "The lists of "
                        <a href=paths::CUSTOMERS>"customers"</a>
                        " and of the team mark each of them."
                    </p>
                })}
            </section>
        }
    })
}

fn not_ready(words: String) -> impl IntoView {
    view! {
        <section class="refusal" aria-labelledby="refused">
            <h2 id="refused">"No licenses can be created at present"</h2>
            <p>{words} " Ask the operator to change that."</p>
        </section>
    }
}

fn first_step(ready: bool) -> impl IntoView {
    let create = || {
        view! {
            <a class="button" data-kind="main" href=paths::NEW_LICENSE>
                "Create the first license"
            </a>
        }
    };
    view! {
        <Only
            may=Deed::CreateLicenses
            otherwise=|| view! { <Empty icon="key" title="No licenses yet" text="Nobody of your team has created one." /> }
        >
            <Empty icon="key" title="No licenses yet" text="Create the first one: choose a product, then a customer.">
                {ready.then(create)}
            </Empty>
        </Only>
    }
}
