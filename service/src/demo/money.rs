//! The money side of the demo: what is held, waits to come in, came in, is overdue and was given back.

use std::sync::Arc;

use chrono::{Duration, NaiveDate};
use domain::{
    DraftId, FormKey,
    billing::{BillingSettingsForm, InvoicesQuery, ReceiptForm, Reference, RefundForm, TopUpForm},
    licenses::LicensesQuery,
};

use super::{Sale, at, people::People, products::Options};
use crate::{
    Cx, Error, Service,
    billing::{self, invoices, payments, refunds},
    idempotency::key_of,
    licenses,
};

/// What happened before ACME bought anything: the operator said where to pay to, and Umbrella bought two licenses, gave one of them back, and
/// still owes the other.
pub(super) async fn long_ago(service: &Arc<Service>, people: &People, options: &Options) -> Result<(), Error> {
    say_where_to_pay(service, people).await?;
    let sale =
        Sale { quantity: 2, notes: "For our own shops", ..of(people.umbrella.actor.account, 55, options.opencart) };
    sale.make(service, &people.umbrella).await?;
    let cx = before(service, &people.umbrella, 53);
    let bought = licenses::list(&cx, &LicensesQuery::default()).await?;
    let one = bought.rows.first().ok_or(Error::NotFound)?;
    let form = RefundForm { reason: "Ordered one too many".to_owned() };
    refunds::refund(&cx, key(service), one.id, &form).await.map(|_| ())
}

/// What finance has to do with: ACME has paid its first invoice and begun a top-up, money came in that says nothing, and Globex waits
/// for a decision.
pub(super) async fn lately(service: &Arc<Service>, people: &People, options: &Options) -> Result<(), Error> {
    let cx = before(service, &people.acme, 30);
    let issued = invoices::list(&cx, &InvoicesQuery::default()).await?;
    let first = issued.rows.last().ok_or(Error::NotFound)?;
    let text = format!("ACME Ltd {}", Reference::Invoice(first.number));
    receive(service, people, 30, first.open.plain(), text).await?;
    let top_up = TopUpForm { amount: "500.00".to_owned() };
    let cx = before(service, &people.acme, 3);
    payments::top_up(&cx, key(service), &top_up, "bank-transfer").await?;
    receive(service, people, 1, "64.90".to_owned(), "Web shop order, customer 4711".to_owned()).await?;
    of(people.globex.actor.account, 1, options.prestashop).make(service, &people.globex).await
}

/// The number is the one that banks print as an example.
async fn say_where_to_pay(service: &Arc<Service>, people: &People) -> Result<(), Error> {
    let cx = before(service, &people.owner, 60);
    let page = billing::settings(&cx).await?;
    let form = BillingSettingsForm {
        bank_holder: "Keyhouse Ltd".to_owned(),
        bank_iban: "DE89 3704 0044 0532 0130 00".to_owned(),
        bank_name: "Example Bank".to_owned(),
        ..page.form
    };
    billing::save_settings(&cx, key(service), page.edition, &form).await
}

/// One license that a reseller buys for itself.
fn of(account: domain::AccountId, days: i64, option: domain::OptionId) -> Sale<'static> {
    Sale { days, customer: account, option, quantity: 1, kind: "permanent", notes: "" }
}

/// Finance records a transfer on the day on which it came in.
async fn receive(
    service: &Arc<Service>,
    people: &People,
    days: i64,
    amount: String,
    text: String,
) -> Result<(), Error> {
    let cx = before(service, &people.owner, days);
    // The day before: wherever the operator is, that day has come.
    let on: NaiveDate = (cx.now() - Duration::days(1)).date_naive();
    let currency = "EUR".to_owned();
    let form = ReceiptForm { received_on: on.to_string(), amount, currency, text, bank_id: String::new() };
    payments::record(&cx, key(service), &form).await.map(|_| ())
}

/// Somebody, so many days ago.
fn before(service: &Arc<Service>, who: &Cx, days: i64) -> Cx {
    Cx::new(at(service, Duration::days(days)), who.actor.clone(), who.origin.clone())
}

fn key(service: &Service) -> FormKey {
    key_of(service.random.id::<DraftId>(service.clock.now()))
}
