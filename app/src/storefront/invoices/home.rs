//! What the own account owes: the balance, the credit with its parts, what is overdue, and the newest invoices and entries (C1, C5).

use crate::shared::invoices::{InvoiceRows, LedgerRows, api};
use crate::shared::payments::PayLink;
use crate::ui::{Empty, Load, Notice, Only, PageHead, count_of, data::Resource, paths};
use domain::{
    Deed, Money,
    accounts::Unpaid,
    billing::{BillingHome, Credit, may_top_up},
};
use leptos::prelude::*;

/// What the own account owes.
#[component]
pub fn BillingPage() -> impl IntoView {
    let page = Resource::new(|| (), |()| api::home());
    view! {
        <PageHead title="Billing">
            <PayLink label="Pay" />
        </PageHead>
        <Load from=page like="tiles" let:home>
            <Home home=home />
        </Load>
    }
}

#[component]
fn Home(home: BillingHome) -> impl IntoView {
    let (overdue, count) = home.overdue;
    let invoices = match home.invoices.is_empty() {
        true => {
            let text = "What you order is invoiced. The invoices appear here.";
            view! { <Empty icon="bill" title="No invoices yet" text=text /> }.into_any()
        }
        false => view! { <InvoiceRows rows=home.invoices /> }.into_any(),
    };
    let entries = (!home.entries.is_empty()).then(|| {
        view! {
            <section class="section" aria-labelledby="entries">
                <div class="section-head">
                    <h2 id="entries">"Ledger"</h2>
                    <a href=paths::LEDGER>"All entries"</a>
                </div>
                <LedgerRows entries=home.entries />
            </section>
        }
    });
    view! {
        {(count > 0).then(|| view! { <OverdueNotice overdue=overdue count=count /> })}
        <Tiles credit=home.credit unpaid=home.unpaid />
        <section class="section" aria-labelledby="invoices">
            <div class="section-head">
                <h2 id="invoices">"Newest invoices"</h2>
                <a href=paths::INVOICES>"All invoices"</a>
            </div>
            {invoices}
        </section>
        {entries}
        <nav class="cluster" aria-label="More about billing">
            <a class="button" href=paths::PAYMENTS>
                "Payments"
            </a>
            <a class="button" href=paths::MONTH_END>
                "Month end"
            </a>
            <a class="button" href=paths::BILLING_DETAILS>
                "Billing details"
            </a>
            <a class="button" href=paths::COUPON>
                "Your discount"
            </a>
        </nav>
    }
}

/// B8: what is open after its last day for paying, and the way to pay it.
#[component]
fn OverdueNotice(overdue: Money, count: i64) -> impl IntoView {
    view! {
        <Notice kind="warn">
            <strong>{format!("{overdue} is overdue")}</strong>
            {format!(", by {}. ", count_of(count, "invoice", "invoices"))}
            <Only may=Deed::Pay>
                <a href=paths::PAY_OVERDUE>"Pay overdue"</a>
            </Only>
        </Notice>
    }
}

#[component]
fn Tiles(credit: Credit, unpaid: Unpaid) -> impl IntoView {
    let currency = credit.balance().currency;
    let parts = format!(
        "Limit {}, less a balance of {}, less {} in arrears",
        credit.limit().label(currency),
        credit.balance(),
        credit.arrears()
    );
    let ahead = credit.balance().minor < 0;
    let limited = may_top_up(credit.limit()).is_ok();
    view! {
        <section class="tiles" aria-label="At a glance">
            <div class="tile">
                <h2>"Balance"</h2>
                <p class="figure">{credit.balance().to_string()}</p>
                <p class="hint">{if ahead { "You have paid ahead" } else { "What you owe, invoiced or not" }}</p>
            </div>
            <div class="tile">
                <h2>"Available credit"</h2>
                <p class="figure">{credit.available().to_string()}</p>
                <p class="hint">{parts}</p>
                {limited.then(|| view! {
                    <Only may=Deed::Pay>
                        <a href=paths::TOP_UP>"Top up credit"</a>
                    </Only>
                })}
            </div>
            <div class="tile">
                <h2>"Unpaid licenses"</h2>
                <p class="figure">{unpaid.count} <small>{format!(" of {}", unpaid.cap)}</small></p>
                <p class="hint">{count_of(unpaid.left(), "slot", "slots")} " left"</p>
                <Only may=Deed::SeeLicenses>
                    <a href=paths::UNPAID_LICENSES>"Show them"</a>
                </Only>
            </div>
        </section>
    }
}
