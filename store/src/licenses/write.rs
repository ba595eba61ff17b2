//! Storing a license, putting it into the search, changing it.

use chrono::NaiveDate;
use domain::{
    LicenseId, Scope,
    licenses::{PaymentStatus, words_of},
    orders::OrderNumber,
};

use super::{License, list};
use crate::{
    Error, Tx,
    row::{maybe_day, maybe_micros, micros},
    search::{self, Index},
};

/// Stores a new license and gives its place in the lists.
///
/// # Errors
/// When the database cannot.
pub async fn insert(tx: &mut Tx, license: &License) -> Result<i64, Error> {
    let query = sqlx::query_scalar(
        "insert into licenses (id, license_key, order_line_id, reseller_id, customer_id, product_id, option_id,
            kind, license_type, payment_status, customer_paid_on, reseller_notes, customer_details,
            created_at, valid_until, updates_until)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         returning seq",
    )
    .bind(license.id.to_string())
    .bind(license.key.grouped())
    .bind(license.order_line.to_string())
    .bind(license.reseller.to_string())
    .bind(license.customer.to_string())
    .bind(license.product.to_string())
    .bind(license.option.to_string())
    .bind(license.kind.word())
    .bind(license.license_type.word())
    .bind(license.payment.map(PaymentStatus::word))
    .bind(maybe_day(license.customer_paid.0))
    .bind(license.reseller_notes.clone())
    .bind(license.customer_details.clone())
    .bind(micros(license.created_at))
    .bind(maybe_micros(license.life.valid_until))
    .bind(maybe_micros(license.updates_until));
    let seq = query.fetch_one(tx.db()).await?;
    list::note_day(tx, license, seq).await?;
    Ok(seq)
}

/// Puts a license into the search: its key, its notes, its order's number and the customer.
///
/// # Errors
/// When the database cannot.
pub async fn index(
    tx: &mut Tx,
    seq: i64,
    license: &License,
    order: OrderNumber,
    customer_words: &str,
) -> Result<(), Error> {
    let own = format!("{} {order} {}", license.key.grouped(), license.reseller_notes.as_deref().unwrap_or_default());
    let words = words_of(&own).chain(customer_words.split(' ').map(str::to_owned));
    search::put(tx, Index::Licenses, seq, license.reseller, words).await
}

/// Stores what a reseller may change: notes, details, customer paid.
///
/// # Errors
/// When the database cannot.
pub async fn save(tx: &mut Tx, license: &License) -> Result<(), Error> {
    let query = sqlx::query(
        "update licenses
         set reseller_notes = $1, customer_details = $2, customer_paid_on = $3
         where id = $4",
    );
    query
        .bind(license.reseller_notes.clone())
        .bind(license.customer_details.clone())
        .bind(maybe_day(license.customer_paid.0))
        .bind(license.id.to_string())
        .execute(tx.db())
        .await?;
    Ok(())
}

/// The customer has paid for a license of whoever asks (L8). `false` when it is another's, is marked already, or
/// nothing changes it any more.
///
/// # Errors
/// When the database cannot.
pub async fn set_customer_paid(tx: &mut Tx, scope: &Scope, id: LicenseId, on: NaiveDate) -> Result<bool, Error> {
    let Some(reseller) = scope.reseller() else {
        return Ok(false);
    };
    let query = sqlx::query(
        "update licenses
         set customer_paid_on = $1
         where id = $2 and reseller_id = $3 and customer_paid_on is null
           and revoked_at is null and transferred_at is null",
    );
    let done = query.bind(on.to_string()).bind(id.to_string()).bind(reseller.to_string()).execute(tx.db()).await?;
    Ok(done.rows_affected() == 1)
}
