//! What the operator keeps of an account (A1), for the operator alone.

use domain::{
    AccountId, Scope, Timestamp,
    accounts::{AccountDetails, Billing, BillingDay, CreditLimit, Kind, Ordering, PartialInvoicing, Person},
    licenses::words_of,
};
use sqlx::any::AnyRow;

use super::{Account, COLUMNS, read};
use crate::{
    Error, Tx,
    row::{Read, maybe_micros, micros},
    search::{self, Index},
    tx::pieces,
};

/// An account with all that the operator keeps of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its place in the list.
    pub seq: i64,
    /// The account.
    pub account: Account,
    /// A1.
    pub details: AccountDetails,
    /// C1.
    pub limit: CreditLimit,
    /// Why it is suspended.
    pub reason: Option<String>,
    /// Raised by each change.
    pub edition: i64,
}

pub(super) const MORE: &str = "seq, first_name, last_name, email, phone, website, address, postal_code, city, country, tax_number, \
    payment_days, credit_limit, credit_unlimited_since, prorated_since, billing_day, partial_invoicing, \
    suspension_reason, edition";

fn kept(row: &AnyRow) -> Result<Kept, Error> {
    let limit = match row.maybe_time("credit_unlimited_since")? {
        Some(_) => CreditLimit::Unlimited,
        None => CreditLimit::Amount(row.int("credit_limit")?),
    };
    Ok(Kept {
        seq: row.int("seq")?,
        account: read(row)?,
        details: details(row)?,
        limit,
        reason: row.maybe_text("suspension_reason")?,
        edition: row.int("edition")?,
    })
}

/// What is kept of an account, from a row that has its columns and [`MORE`].
pub(super) fn details(row: &AnyRow) -> Result<AccountDetails, Error> {
    let account = read(row)?;
    let person = Person {
        name: account.name.clone(),
        first_name: row.maybe_text("first_name")?,
        last_name: row.maybe_text("last_name")?,
        email: row.maybe_text("email")?,
        phone: row.maybe_text("phone")?,
        website: row.maybe_text("website")?,
        time_zone: account.time_zone.clone(),
    };
    let billing = Billing {
        address: row.maybe_text("address")?,
        postal_code: row.maybe_text("postal_code")?,
        city: row.maybe_text("city")?,
        country: row.maybe_text("country")?,
        tax_number: row.maybe_text("tax_number")?,
        currency: account.currency,
        payment_days: row.int("payment_days")?,
    };
    let ordering = Ordering {
        ordering: account.ordering_since.is_some(),
        reselling: account.reselling_since.is_some(),
        prorate: row.maybe_int("prorated_since")?.is_some(),
        billing_day: row.word("billing_day", BillingDay::from_word)?,
        partial_invoicing: row.word("partial_invoicing", PartialInvoicing::from_word)?,
        unpaid_cap: account.unpaid.cap,
    };
    Ok(AccountDetails { person, billing, ordering })
}

/// A reseller's account, for the operator.
///
/// # Errors
/// When the database cannot.
pub async fn find(tx: &mut Tx, scope: &Scope, id: AccountId) -> Result<Option<Kept>, Error> {
    if !scope.operator() {
        return Ok(None);
    }
    let sql = format!("select {COLUMNS}, {MORE} from accounts where id = $1 and kind = $2");
    let query = sqlx::query(pieces(sql)).bind(id.to_string()).bind(Kind::Reseller.word());
    query.fetch_optional(tx.db()).await?.as_ref().map(kept).transpose()
}

/// Stores the details of an account. What is on already has been on since it was.
///
/// # Errors
/// When the database cannot.
pub async fn save(tx: &mut Tx, id: AccountId, details: &AccountDetails, now: Timestamp) -> Result<(), Error> {
    let AccountDetails { person, billing, ordering } = details;
    let since = |on: bool| maybe_micros(on.then_some(now));
    let query = sqlx::query(
        "update accounts
         set name = $1, first_name = $2, last_name = $3, email = $4, phone = $5, time_zone = $6, address = $7,
             postal_code = $8, city = $9, country = $10, tax_number = $11, currency = $12, payment_days = $13,
             billing_day = $14, partial_invoicing = $15, unpaid_cap = $16,
             ordering_since = case when $17 is null then null else coalesce(ordering_since, $17) end,
             reselling_since = case when $18 is null then null else coalesce(reselling_since, $18) end,
             prorated_since = case when $19 is null then null else coalesce(prorated_since, $19) end,
             website = $20
         where id = $21",
    )
    .bind(person.name.clone())
    .bind(person.first_name.clone())
    .bind(person.last_name.clone())
    .bind(person.email.clone())
    .bind(person.phone.clone())
    .bind(person.time_zone.clone())
    .bind(billing.address.clone())
    .bind(billing.postal_code.clone())
    .bind(billing.city.clone())
    .bind(billing.country.clone())
    .bind(billing.tax_number.clone())
    .bind(billing.currency.code())
    .bind(billing.payment_days)
    .bind(ordering.billing_day.word())
    .bind(ordering.partial_invoicing.word())
    .bind(ordering.unpaid_cap)
    .bind(since(ordering.ordering))
    .bind(since(ordering.reselling))
    .bind(since(ordering.prorate))
    .bind(person.website.clone())
    .bind(id.to_string());
    query.execute(tx.db()).await?;
    Ok(())
}

/// Sets what an account may owe (C1).
///
/// # Errors
/// When the database cannot.
pub async fn set_limit(tx: &mut Tx, id: AccountId, limit: CreditLimit, now: Timestamp) -> Result<(), Error> {
    let (amount, unlimited) = match limit {
        CreditLimit::Amount(minor) => (minor, None),
        CreditLimit::Unlimited => (0, Some(now)),
    };
    let query = sqlx::query("update accounts set credit_limit = $1, credit_unlimited_since = $2 where id = $3");
    query.bind(amount).bind(maybe_micros(unlimited)).bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// Suspends an account; `false` when it is already. What its debt has suspended can be suspended for another reason as well: then
/// nobody signs in to pay either, and nothing lifts it but a hand (V12).
///
/// # Errors
/// When the database cannot.
pub async fn suspend(tx: &mut Tx, id: AccountId, reason: &str, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query(
        "update accounts
         set suspended_at = $1, suspension_reason = $2, debt_suspended_at = null
         where id = $3 and (suspended_at is null or debt_suspended_at is not null)",
    );
    let query = query.bind(micros(now)).bind(reason.to_owned()).bind(id.to_string());
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}

/// Lets the people of an account in again; `false` when it was not suspended.
///
/// # Errors
/// When the database cannot.
pub async fn reactivate(tx: &mut Tx, id: AccountId) -> Result<bool, Error> {
    let query = sqlx::query(
        "update accounts
         set suspended_at = null, suspension_reason = null, debt_suspended_at = null
         where id = $1 and suspended_at is not null",
    );
    Ok(query.bind(id.to_string()).execute(tx.db()).await?.rows_affected() == 1)
}

/// Puts an account into the operator's search: its name, its person, their address.
///
/// # Errors
/// When the database cannot.
pub async fn index(tx: &mut Tx, operator: AccountId, seq: i64, person: &Person) -> Result<(), Error> {
    let all = [Some(&person.name), person.first_name.as_ref(), person.last_name.as_ref(), person.email.as_ref()];
    let text = all.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
    search::put(tx, Index::Customers, seq, operator, words_of(&text)).await
}
