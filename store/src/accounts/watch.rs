//! How the operator bills an account, and the accounts whose debt can suspend them (C8).

use domain::{
    AccountId, BasisPoints, Timestamp,
    accounts::Kind,
    billing::{AccountTerms, InvoicePer},
};

use sqlx::any::AnyRow;

use crate::{
    Error, Tx, credit_reminders,
    row::{Read, micros},
};

/// How an account is billed of which it is already known that it may be read.
///
/// # Errors
/// When the database cannot.
pub async fn terms(tx: &mut Tx, id: AccountId) -> Result<Option<AccountTerms>, Error> {
    let query = sqlx::query("select tax_rate, invoice_per, suspend_over from accounts where id = $1");
    let Some(row) = query.bind(id.to_string()).fetch_optional(tx.db()).await? else { return Ok(None) };
    let over = row.maybe_int("suspend_over")?;
    Ok(Some(AccountTerms {
        tax: row.rate("tax_rate")?,
        invoice_per: row.word("invoice_per", InvoicePer::from_word)?,
        reminders: credit_reminders::of(tx, id).await?.into_iter().map(|reminder| reminder.at).collect(),
        suspend_over: over.map(|_| row.rate("suspend_over")).transpose()?,
    }))
}

/// Stores how an account is billed. Where its debt suspends nothing any more, it has not exceeded anything either.
///
/// # Errors
/// When the database cannot.
pub async fn save_terms(tx: &mut Tx, id: AccountId, terms: &AccountTerms) -> Result<(), Error> {
    let query = sqlx::query(
        "update accounts
         set tax_rate = $1, invoice_per = $2, suspend_over = $3,
             exceeded_at = case when $3 is null then null else exceeded_at end
         where id = $4",
    );
    let query = query.bind(i64::from(terms.tax.get())).bind(terms.invoice_per.word());
    let query = query.bind(terms.suspend_over.map(|over| i64::from(over.get())));
    query.bind(id.to_string()).execute(tx.db()).await?;
    credit_reminders::keep(tx, id, &terms.reminders).await
}

/// An account that debt may suspend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watched {
    /// Its place.
    pub seq: i64,
    /// Which one.
    pub id: AccountId,
    /// Whether it is noted that it exceeds its limit.
    pub exceeded: bool,
}

/// C8: accounts that owe more than their limit, or did when it was last looked, in rising order from above `after`. What the percentage
/// makes of it the rule says.
///
/// # Errors
/// When the database cannot.
pub async fn watched(tx: &mut Tx, after: i64, most: i64) -> Result<Vec<Watched>, Error> {
    let query = sqlx::query(
        "select seq, id, exceeded_at
         from accounts
         where kind = $1 and suspend_over is not null and seq > $2
           and (exceeded_at is not null or (credit_unlimited_since is null and balance + arrears > credit_limit))
         order by seq
         limit $3",
    );
    let query = query.bind(Kind::Reseller.word()).bind(after).bind(most);
    let rows = query.fetch_all(tx.db()).await?;
    let watched = |row: &AnyRow| {
        Ok(Watched { seq: row.int("seq")?, id: row.parsed("id")?, exceeded: row.maybe_time("exceeded_at")?.is_some() })
    };
    rows.iter().map(watched).collect()
}

/// The percentage over its limit by which an account is suspended.
///
/// # Errors
/// When the database cannot.
pub async fn suspend_over(tx: &mut Tx, id: AccountId) -> Result<Option<BasisPoints>, Error> {
    Ok(terms(tx, id).await?.and_then(|terms| terms.suspend_over))
}

/// Notes that an account exceeds its limit by so much; `false` when that is known.
///
/// # Errors
/// When the database cannot.
pub async fn exceeded(tx: &mut Tx, id: AccountId, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query("update accounts set exceeded_at = $1 where id = $2 and exceeded_at is null");
    Ok(query.bind(micros(now)).bind(id.to_string()).execute(tx.db()).await?.rows_affected() == 1)
}

/// Notes that it does so no more; `false` when that is known.
///
/// # Errors
/// When the database cannot.
pub async fn exceeds_no_more(tx: &mut Tx, id: AccountId) -> Result<bool, Error> {
    let query = sqlx::query("update accounts set exceeded_at = null where id = $1 and exceeded_at is not null");
    Ok(query.bind(id.to_string()).execute(tx.db()).await?.rows_affected() == 1)
}

/// Suspends an account because of its debt; `false` when it is suspended already.
///
/// # Errors
/// When the database cannot.
pub async fn suspend_for_debt(tx: &mut Tx, id: AccountId, reason: &str, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query(
        "update accounts
         set suspended_at = $1, debt_suspended_at = $1, suspension_reason = $2
         where id = $3 and suspended_at is null",
    );
    let query = query.bind(micros(now)).bind(reason.to_owned()).bind(id.to_string());
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}

/// V12: lets an account in again that its debt has suspended; `false` when that has not, or staff have suspended it as well.
///
/// # Errors
/// When the database cannot.
pub async fn lift_debt_suspension(tx: &mut Tx, id: AccountId) -> Result<bool, Error> {
    let query = sqlx::query(
        "update accounts
         set suspended_at = null, debt_suspended_at = null, suspension_reason = null
         where id = $1 and debt_suspended_at is not null",
    );
    Ok(query.bind(id.to_string()).execute(tx.db()).await?.rows_affected() == 1)
}

/// Accounts that their debt has suspended, in rising order from above `after`, with the place of each.
///
/// # Errors
/// When the database cannot.
pub async fn suspended_by_debt(tx: &mut Tx, after: i64, most: i64) -> Result<Vec<(i64, AccountId)>, Error> {
    let query = sqlx::query(
        "select seq, id
         from accounts
         where debt_suspended_at is not null and seq > $1
         order by seq
         limit $2",
    );
    let rows = query.bind(after).bind(most).fetch_all(tx.db()).await?;
    rows.iter().map(|row| Ok((row.int("seq")?, row.parsed("id")?))).collect()
}
