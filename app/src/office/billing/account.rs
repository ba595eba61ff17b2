//! The billing of one account: its credit with its parts, how it is billed, and its ledger.

use crate::ui::{
    Fact, Facts, Load, Notice, Time,
    data::{Resource, ServerAction},
    paths,
};
use domain::{
    AccountId, Moment,
    accounts::Unpaid,
    billing::{AccountBilling, AccountTerms, Credit, Reminder},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    api::{self, SetTerms},
    ledger::Ledger,
    terms::TermsCard,
};
use crate::office::accounts::{Part, account_after};

/// The billing of one account.
#[component]
pub fn AccountBillingPage() -> impl IntoView {
    let at = account_after();
    let page = Resource::new(move || at.get(), |(id, after)| api::billing(id, after));
    let set = ServerAction::<SetTerms>::new();
    let refresh = Callback::new(move |()| page.refetch());
    let saved = use_query_map().with_untracked(|query| query.get("done").as_deref() == Some("saved"));
    view! {
        {saved.then(|| view! { <Notice kind="good"><strong>"Saved."</strong></Notice> })}
        <Load from=page let:page>
            <Billing page=page is_first=at.get_untracked().1.is_none() set=set refresh=refresh />
        </Load>
    }
}

#[component]
fn Billing(page: AccountBilling, is_first: bool, set: ServerAction<SetTerms>, refresh: Callback<()>) -> impl IntoView {
    let id = page.head.id;
    let terms = match page.form {
        Some(form) => view! {
            <TermsCard id=id edition=page.edition form=form set=set refresh=refresh />
        }
        .into_any(),
        None => view! { <TermsRead terms=page.terms /> }.into_any(),
    };
    view! {
        <Part head=page.head address=paths::office_account_ledger is_first=is_first next=page.next>
            <div class="columns">
                <Ledger id=id entries=page.entries />
                <aside class="stack" aria-label="Credit and terms">
                    <CreditCard id=id credit=page.credit unpaid=page.unpaid reminders=page.reminders />
                    {terms}
                </aside>
            </div>
        </Part>
    }
}

/// C1, C5, C7: what can still be ordered for, what that is made of, and of what the account was reminded.
#[component]
fn CreditCard(
    id: AccountId,
    credit: Credit,
    unpaid: Unpaid,
    reminders: Vec<(Reminder, Option<Moment>)>,
) -> impl IntoView {
    let currency = credit.balance().currency;
    let reminder = |(reminder, sent): (Reminder, Option<Moment>)| {
        let sent = sent.map(|at| view! { ", sent "<Time at=at /> });
        let (name, standing) =
            (format!("Reminder at {}", reminder.at), if sent.is_some() { "Reached" } else { "Waits" });
        view! {
            <Fact name=name>
                {standing}
                {sent}
            </Fact>
        }
    };
    view! {
        <section class="card" aria-labelledby="credit">
            <div class="card-head">
                <h2 id="credit">"Credit"</h2>
                <a href=format!("{}#limit", paths::office_account(id))>"Credit limit"</a>
            </div>
            <Facts>
                <Fact name="Credit limit">{credit.limit().label(currency)}</Fact>
                <Fact name="Balance">{credit.balance().to_string()}</Fact>
                <Fact name="In arrears">{credit.arrears().to_string()}</Fact>
                <Fact name="Available credit">{credit.available().to_string()}</Fact>
                <Fact name="Unpaid licenses">{format!("{} of {}", unpaid.count, unpaid.cap)}</Fact>
                {reminders.into_iter().map(reminder).collect_view()}
            </Facts>
        </section>
    }
}

/// How it is billed, for those who may only read it.
#[component]
fn TermsRead(terms: AccountTerms) -> impl IntoView {
    let over = terms.suspend_over.map_or_else(|| "Never".to_owned(), |over| over.to_string());
    view! {
        <section class="card" aria-labelledby="terms">
            <h2 id="terms">"How it is billed"</h2>
            <Facts>
                <Fact name="Tax rate">{terms.tax.to_string()}</Fact>
                <Fact name="Invoices">{terms.invoice_per.label()}</Fact>
                <Fact name="Suspend over the limit by">{over}</Fact>
            </Facts>
        </section>
    }
}
