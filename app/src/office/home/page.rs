//! The home of the staff: what waits for somebody first, then the ways on.

use crate::shared::actions::{self, Action};
use crate::ui::{Icon, Load, Me, Only, PageHead, Time, count_of, data::Resource, paths, thousands};
use domain::{
    Deed, Moment,
    accounts::{AccountsQuery, Missing, Part, PaymentsToRecord, Unready},
    billing::{PaymentsQuery, ReceiptsQuery, ReceiptsShown, Waits},
};
use leptos::prelude::*;

use super::api;

/// The home of the staff.
#[component]
pub fn OfficePage() -> impl IntoView {
    let home = Resource::new(|| (), |()| api::home());
    view! {
        <Load from=home like="tiles" let:home>
            <PageHead title="Back office" />
            {home.applications.map(|waiting| view! { <Applications waiting=waiting /> })}
            {home.held.map(|held| view! { <Held held=held /> })}
            {home.payments.map(|waiting| view! { <Payments waiting=waiting /> })}
            {home.overdue.map(|overdue| view! { <Overdue overdue=overdue /> })}
            {home.not_ready.map(|rows| view! { <NotReady rows=rows /> })}
            <Only may=Deed::SeeInvoices><MonthEnd /></Only>
            {home.failed_mails.map(|failed| view! { <Mail failed=failed waits_since=home.mail_waits_since.clone() /> })}
            <Ways />
        </Load>
    }
}

#[component]
fn Applications(waiting: i64) -> impl IntoView {
    let words = match waiting {
        0 => "Nobody waits for an answer.".to_owned(),
        1 => "One application waits for an answer.".to_owned(),
        waiting => format!("{waiting} applications wait for an answer."),
    };
    view! {
        <section class="card" aria-labelledby="applications">
            <h2 id="applications">"Applications"</h2>
            <p>{words}</p>
            <div class="actions" data-fit>
                <a class="button" href=paths::APPLICATIONS>
                    "Open the queue"
                </a>
            </div>
        </section>
    }
}

#[component]
fn Held(held: i64) -> impl IntoView {
    let words = match held {
        0 => "No order waits for a decision.".to_owned(),
        1 => "One order is held and waits for a decision.".to_owned(),
        held => format!("{} orders are held and wait for a decision.", thousands(held)),
    };
    view! {
        <section class="card" aria-labelledby="held">
            <h2 id="held">"Held orders"</h2>
            <p>{words}</p>
            <div class="actions" data-fit>
                <a class="button" href=paths::HELD_ORDERS>
                    "Open held orders"
                </a>
            </div>
        </section>
    }
}

/// B7: money that came in and is nobody's yet, money that was announced, and what somebody has to look at.
#[component]
fn Payments(waiting: PaymentsToRecord) -> impl IntoView {
    let PaymentsToRecord { receipts, transfers, problems } = waiting;
    let receipts_words = match receipts {
        0 => "Every receipt has its account.".to_owned(),
        1 => "One receipt waits for somebody to say whose it is.".to_owned(),
        many => format!("{} receipts wait for somebody to say whose they are.", thousands(many)),
    };
    let transfers_words = match transfers {
        0 => "No bank transfer that was begun is missing.".to_owned(),
        1 => "One bank transfer was begun and has not come in.".to_owned(),
        many => format!("{} bank transfers were begun and have not come in.", thousands(many)),
    };
    let problems_words = match problems {
        0 => None,
        1 => Some("Somebody has to look at one payment.".to_owned()),
        many => Some(format!("Somebody has to look at {} payments.", thousands(many))),
    };
    let unassigned = paths::office_receipts(&ReceiptsQuery { show: Some(ReceiptsShown::Unassigned), after: None });
    let at = |waits| paths::office_begun(&PaymentsQuery { waits: Some(waits), after: None });
    view! {
        <section class="card" aria-labelledby="payments">
            <h2 id="payments">"Payments to record"</h2>
            <p>{receipts_words} " " {transfers_words}</p>
            {problems_words.map(|words| view! { <p><strong>{words}</strong></p> })}
            <div class="actions" data-fit>
                <Only may=Deed::RecordPayments>
                    <a class="button" href=paths::RECORD>"Record money"</a>
                </Only>
                {(receipts > 0).then(|| view! { <a class="button" href=unassigned>"Open receipts"</a> })}
                {(transfers > 0).then(|| view! { <a class="button" href=at(Waits::Begun)>"Open begun payments"</a> })}
                {(problems > 0).then(|| view! { <a class="button" href=at(Waits::Problem)>"Look at them"</a> })}
            </div>
        </section>
    }
}

#[component]
fn MonthEnd() -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="month">
            <h2 id="month">"Month end"</h2>
            <p>"What each reseller bought, sold on and paid, what is unpaid for long, and what ends."</p>
            <div class="actions" data-fit>
                <a class="button" href=paths::OFFICE_MONTH_END>
                    "Open the month"
                </a>
            </div>
        </section>
    }
}

/// B8: who may be suspended.
#[component]
fn Overdue(overdue: i64) -> impl IntoView {
    let words = match overdue {
        0 => "No account has left all reminders unanswered.".to_owned(),
        1 => "One account has left all reminders of an invoice unanswered and may be suspended.".to_owned(),
        overdue => format!("{overdue} accounts have left all reminders of an invoice unanswered and may be suspended."),
    };
    let address = paths::office_accounts(&AccountsQuery { show: Some(Part::Overdue), ..AccountsQuery::default() });
    view! {
        <section class="card" aria-labelledby="overdue">
            <h2 id="overdue">"Overdue"</h2>
            <p>{words}</p>
            <div class="actions" data-fit>
                <a class="button" href=address>
                    "Open overdue accounts"
                </a>
            </div>
        </section>
    }
}

/// The ways on: all pages of the back office that the reader may open.
#[component]
fn Ways() -> impl IntoView {
    let way = |action: Action| {
        action.address().map(|address| {
            view! {
                <li>
                    <Icon name=action.icon />
                    <div>
                        <a href=address>{action.words}</a>
                    </div>
                </li>
            }
        })
    };
    let ways = Me::here().who().map(|actor| {
        let pages = actions::bar(&actor.roles).filter(|action| action.address() != Some(paths::OFFICE));
        view! { <ul class="rows">{pages.map(way).collect_view()}</ul> }
    });
    view! {
        <section class="card" aria-labelledby="ways">
            <h2 id="ways">"Everything"</h2>
            {ways}
        </section>
    }
}

/// The newest accounts that cannot order yet.
#[component]
fn NotReady(rows: Vec<Unready>) -> impl IntoView {
    let row = |row: Unready| {
        let to_do = row.missing.iter().map(|missing: &Missing| missing.to_do()).collect::<Vec<_>>().join(", ");
        view! {
            <li>
                <Icon name="people" />
                <div>
                    <a href=paths::office_account(row.id)><bdi>{row.name}</bdi></a>
                    <p class="hint">{to_do}</p>
                </div>
            </li>
        }
    };
    let none = rows.is_empty().then(|| view! { <p>"None at present."</p> });
    view! {
        <section class="card" aria-labelledby="accounts">
            <div class="card-head">
                <h2 id="accounts">"Accounts that cannot order yet"</h2>
                <a href=paths::ACCOUNTS>"All accounts"</a>
            </div>
            {none}
            <ul class="rows">{rows.into_iter().map(row).collect_view()}</ul>
        </section>
    }
}

#[component]
fn Mail(failed: i64, waits_since: Option<Moment>) -> impl IntoView {
    let waits = waits_since.map(|since| {
        view! { <p><strong>"The oldest mail waits to be sent since "<Time at=since />"."</strong>" Look at the mail server."</p> }
    });
    let words = match failed {
        0 => "All mails that were tried have been sent.".to_owned(),
        failed => format!("{} could not be sent so far.", count_of(failed, "mail", "mails")),
    };
    view! {
        <section class="card" aria-labelledby="mail">
            <h2 id="mail">"Mail"</h2>
            <p>{words}</p>
            {waits}
            <div class="actions" data-fit>
                <a class="button" href=paths::MAIL>
                    "Open the outbox"
                </a>
            </div>
        </section>
    }
}
