//! How an account is billed, what it owes, and the guard of its credit (C1 to C3).

use domain::{
    AccountId, BasisPoints, Money, Scope, Timestamp,
    accounts::{BillingDay, CreditLimit, Ordering, PartialInvoicing},
    billing::Credit,
    money::AmountError,
};
use sqlx::any::AnyRow;

use super::{Account, COLUMNS, read as account};
use crate::{
    Error, Tx,
    row::{Read, micros},
    tx::pieces,
};

/// What is charged to an account by, and what it owes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Billed {
    /// Its proration and billing day.
    pub ordering: Ordering,
    /// The rate of the tax on what it is charged.
    pub tax: BasisPoints,
    /// When it placed its first order.
    pub first_ordered_at: Option<Timestamp>,
    /// What it may owe.
    pub limit: CreditLimit,
    /// What it owes.
    pub balance: Money,
    /// What running subscriptions will be charged in arrears.
    pub arrears: Money,
}

impl Billed {
    /// C1: what it can still order for.
    ///
    /// # Errors
    /// When it cannot be counted.
    pub fn credit(&self) -> Result<Credit, AmountError> {
        Credit::of(self.limit, self.balance, self.arrears)
    }
}

/// How an account is billed of which it is already known that it may be read.
///
/// # Errors
/// When the database cannot.
pub async fn billed(tx: &mut Tx, id: AccountId) -> Result<Option<Billed>, Error> {
    let query = sqlx::query(
        "select currency, ordering_since, reselling_since, prorated_since, billing_day, partial_invoicing, unpaid_cap,
             tax_rate, first_ordered_at, credit_limit, credit_unlimited_since, balance, arrears
         from accounts
         where id = $1",
    );
    query.bind(id.to_string()).fetch_optional(tx.db()).await?.as_ref().map(read).transpose()
}

/// The account of whoever asks, and how it is billed.
///
/// # Errors
/// When the database cannot.
pub async fn own_billed(tx: &mut Tx, scope: &Scope) -> Result<Option<(Account, Billed)>, Error> {
    let Some(id) = scope.reseller().or(scope.customer()) else { return Ok(None) };
    let sql = format!(
        "select {COLUMNS}, prorated_since, billing_day, partial_invoicing, tax_rate, first_ordered_at, credit_limit,
             credit_unlimited_since, balance, arrears
         from accounts
         where id = $1"
    );
    let row = sqlx::query(pieces(sql)).bind(id.to_string()).fetch_optional(tx.db()).await?;
    row.as_ref().map(|row| Ok((account(row)?, read(row)?))).transpose()
}

fn read(row: &AnyRow) -> Result<Billed, Error> {
    let currency = row.currency("currency")?;
    Ok(Billed {
        ordering: Ordering {
            ordering: row.maybe_int("ordering_since")?.is_some(),
            reselling: row.maybe_int("reselling_since")?.is_some(),
            prorate: row.maybe_int("prorated_since")?.is_some(),
            billing_day: row.word("billing_day", BillingDay::from_word)?,
            partial_invoicing: row.word("partial_invoicing", PartialInvoicing::from_word)?,
            unpaid_cap: row.int("unpaid_cap")?,
        },
        tax: row.rate("tax_rate")?,
        first_ordered_at: row.maybe_time("first_ordered_at")?,
        limit: match row.maybe_int("credit_unlimited_since")? {
            Some(_) => CreditLimit::Unlimited,
            None => CreditLimit::Amount(row.int("credit_limit")?),
        },
        balance: Money::new(row.int("balance")?, currency),
        arrears: Money::new(row.int("arrears")?, currency),
    })
}

/// Takes credit for an order (C3): what it charges `now`, and what it will charge `later` in arrears. `false` when that is more
/// than is available. The guard is the `where`: however many ask at once, no more is given than there is. What costs nothing is
/// within any credit.
///
/// # Errors
/// When the database cannot.
pub async fn take_credit(tx: &mut Tx, id: AccountId, now: Money, later: Money) -> Result<bool, Error> {
    let query = sqlx::query(
        "update accounts
         set balance = balance + $1, arrears = arrears + $2
         where id = $3
           and (credit_unlimited_since is not null or $1 + $2 = 0 or credit_limit - balance - arrears >= $1 + $2)",
    );
    let done = query.bind(now.minor).bind(later.minor).bind(id.to_string()).execute(tx.db()).await?;
    Ok(done.rows_affected() == 1)
}

/// The same whatever is available: staff have decided so (C4), or a period has come due, which is never refused.
///
/// # Errors
/// When the database cannot.
pub async fn owe(tx: &mut Tx, id: AccountId, now: Money, later: Money) -> Result<(), Error> {
    let query = sqlx::query("update accounts set balance = balance + $1, arrears = arrears + $2 where id = $3");
    query.bind(now.minor).bind(later.minor).bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// Notes when an account placed its first order; later ones change nothing.
///
/// # Errors
/// When the database cannot.
pub async fn ordered(tx: &mut Tx, id: AccountId, now: Timestamp) -> Result<(), Error> {
    let query = sqlx::query("update accounts set first_ordered_at = $1 where id = $2 and first_ordered_at is null");
    query.bind(micros(now)).bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// Sets the rate of the tax on what an account is charged (B5).
///
/// # Errors
/// When the database cannot.
pub async fn set_tax(tx: &mut Tx, id: AccountId, rate: BasisPoints) -> Result<(), Error> {
    let query = sqlx::query("update accounts set tax_rate = $1 where id = $2");
    query.bind(i64::from(rate.get())).bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}
