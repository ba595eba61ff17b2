//! Payments that somebody begins, what they are for, and the guard that nobody pays for the same twice (B6, B7).

mod due;
mod ends;
mod list;

pub use due::{Due, by_card_for, of_invoice, of_license, of_payment, open_licenses, overdue};
pub use ends::{
    end, forget_heard, free, give_back, heard, hold_charge, look_at, looked, opened, receive, solve, to_look,
};
pub use list::{Listed, page, waiting};

use domain::{
    AccountId, ContactId, Money, PaymentId, Scope, Timestamp,
    billing::{Method, PaymentNumber, PaymentState, Purpose},
    orders::Consent,
};
use sqlx::any::AnyRow;

use crate::{
    Error, Tx,
    clauses::Clauses,
    row::{Read, maybe_micros, micros},
};

/// A payment as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Its id.
    pub id: PaymentId,
    /// Its number.
    pub number: PaymentNumber,
    /// Who pays.
    pub account: AccountId,
    /// What for.
    pub purpose: Purpose,
    /// How.
    pub method: Method,
    /// Where it stands.
    pub state: PaymentState,
    /// What is to be paid.
    pub asked: Money,
    /// What came in.
    pub received: Money,
    /// How much of that went back to the payer.
    pub given_back: Money,
    /// The hosted page: by what it is looked at, and where it is.
    pub session: Option<String>,
    /// By what its money is given back.
    pub intent: Option<String>,
    /// Where one pays.
    pub page_url: Option<String>,
    /// Who began it.
    pub begun_by: ContactId,
    /// When.
    pub begun_at: Timestamp,
    /// Until when its hosted page is open.
    pub expires_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// What somebody has to look at.
    pub problem: Option<String>,
    /// What the payer is told when it did not work.
    pub failure: Option<String>,
}

const COLUMNS: &str = "r.id, r.number, r.account_id, r.purpose, r.method, r.state, r.asked, r.currency, r.received,
    r.given_back, r.session, r.intent, r.page_url, r.begun_by, r.begun_at, r.expires_at, r.ended_at, r.problem, r.failure";

/// The number of the payment that is begun next.
///
/// # Errors
/// When the database cannot.
pub async fn next_number(tx: &mut Tx) -> Result<PaymentNumber, Error> {
    let query = sqlx::query_scalar("update document_numbers set last = last + 1 where kind = 'payment' returning last");
    Ok(PaymentNumber(query.fetch_one(tx.db()).await?))
}

/// Stores a payment that is begun, with the consent to the terms where it takes one.
///
/// # Errors
/// When the database cannot.
pub async fn insert(tx: &mut Tx, payment: &Payment, consent: Option<&Consent>) -> Result<(), Error> {
    let query = sqlx::query(
        "insert into payments (id, number, account_id, purpose, method, state, asked, currency, begun_by, begun_at,
             expires_at, consent_address, consent_browser, consent_terms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(payment.id.to_string())
    .bind(payment.number.0)
    .bind(payment.account.to_string())
    .bind(payment.purpose.word())
    .bind(payment.method.word())
    .bind(payment.state.word())
    .bind(payment.asked.minor)
    .bind(payment.asked.currency.code())
    .bind(payment.begun_by.to_string())
    .bind(micros(payment.begun_at))
    .bind(maybe_micros(payment.expires_at))
    .bind(consent.map(|consent| consent.address.clone()))
    .bind(consent.map(|consent| consent.browser.clone()))
    .bind(consent.map(|consent| consent.terms.clone()));
    query.execute(tx.db()).await?;
    Ok(())
}

/// A payment of whoever asks, or any for the operator.
///
/// # Errors
/// When the database cannot.
pub async fn find(tx: &mut Tx, scope: &Scope, number: PaymentNumber) -> Result<Option<Payment>, Error> {
    let mut clauses = Clauses::default();
    clauses.and("r.number = ?", [number.0.into()]);
    match (scope.reseller(), scope.operator()) {
        (Some(reseller), _) => clauses.and("r.account_id = ?", [reseller.to_string().into()]),
        (None, true) => {}
        (None, false) => return Ok(None),
    }
    one(tx, clauses).await
}

/// A payment that something was told of by somebody who has proved to be whoever takes cards.
///
/// # Errors
/// When the database cannot.
pub async fn by_id(tx: &mut Tx, id: PaymentId) -> Result<Option<Payment>, Error> {
    let mut clauses = Clauses::default();
    clauses.and("r.id = ?", [id.to_string().into()]);
    one(tx, clauses).await
}

/// The same by its hosted page.
///
/// # Errors
/// When the database cannot.
pub async fn by_session(tx: &mut Tx, session: &str) -> Result<Option<Payment>, Error> {
    let mut clauses = Clauses::default();
    clauses.and("r.session = ?", [session.into()]);
    one(tx, clauses).await
}

/// The same by what its money is given back by.
///
/// # Errors
/// When the database cannot.
pub async fn by_intent(tx: &mut Tx, intent: &str) -> Result<Option<Payment>, Error> {
    let mut clauses = Clauses::default();
    clauses.and("r.intent = ?", [intent.into()]);
    one(tx, clauses).await
}

/// The same by its number, for a transfer that names it.
///
/// # Errors
/// When the database cannot.
pub async fn by_number(tx: &mut Tx, number: PaymentNumber) -> Result<Option<Payment>, Error> {
    let mut clauses = Clauses::default();
    clauses.and("r.number = ?", [number.0.into()]);
    one(tx, clauses).await
}

/// Whether an account has ever begun to pay; then its currency stays.
///
/// # Errors
/// When the database cannot.
pub async fn any_of(tx: &mut Tx, account: AccountId) -> Result<bool, Error> {
    let query = sqlx::query_scalar::<_, i64>(
        "select count(*) from (select 1 from payments where account_id = $1 limit 1) as found",
    );
    Ok(query.bind(account.to_string()).fetch_one(tx.db()).await? > 0)
}

async fn one(tx: &mut Tx, clauses: Clauses) -> Result<Option<Payment>, Error> {
    let sql = format!("select {COLUMNS} from payments r where {}", clauses.text());
    clauses.rows(sql).fetch_optional(tx.db()).await?.as_ref().map(read).transpose()
}

fn read(row: &AnyRow) -> Result<Payment, Error> {
    Ok(Payment {
        id: row.parsed("id")?,
        number: PaymentNumber(row.int("number")?),
        account: row.parsed("account_id")?,
        purpose: row.word("purpose", Purpose::from_word)?,
        method: row.word("method", Method::from_word)?,
        state: row.word("state", PaymentState::from_word)?,
        asked: row.money("asked", "currency")?,
        received: row.money("received", "currency")?,
        given_back: row.money("given_back", "currency")?,
        session: row.maybe_text("session")?,
        intent: row.maybe_text("intent")?,
        page_url: row.maybe_text("page_url")?,
        begun_by: row.parsed("begun_by")?,
        begun_at: row.time("begun_at")?,
        expires_at: row.maybe_time("expires_at")?,
        ended_at: row.maybe_time("ended_at")?,
        problem: row.maybe_text("problem")?,
        failure: row.maybe_text("failure")?,
    })
}
