//! What a customer has of a product, and its one trial.

use domain::{
    AccountId, ProductId, Timestamp,
    licenses::{CustomerFacts, Type},
    products::Kind,
};

use super::License;
use crate::{
    Error, Tx,
    row::{Read, micros},
};

/// What a customer has of a product (L4, L6).
///
/// # Errors
/// When the database cannot.
pub async fn facts(
    tx: &mut Tx,
    customer: AccountId,
    product: ProductId,
    now: Timestamp,
) -> Result<CustomerFacts, Error> {
    let trial = sqlx::query_scalar::<_, i64>("select count(*) from trials where product_id = $1 and customer_id = $2");
    let trials = trial.bind(product.to_string()).bind(customer.to_string()).fetch_one(tx.db()).await?;
    let live = sqlx::query(
        "select kind, license_type
         from licenses
         where customer_id = $1 and product_id = $2 and revoked_at is null and transferred_at is null
           and suspended_at is null and (valid_until is null or valid_until > $3)
         group by kind, license_type",
    );
    let rows = live.bind(customer.to_string()).bind(product.to_string()).bind(micros(now)).fetch_all(tx.db()).await?;
    let mut facts = CustomerFacts { had_trial: trials > 0, has_live: !rows.is_empty(), has_live_primary: false };
    for row in rows {
        let kind = row.word("kind", Kind::from_word)?;
        let license_type = row.word("license_type", Type::from_word)?;
        facts.has_live_primary |= kind == Kind::Primary && license_type != Type::Trial;
    }
    Ok(facts)
}

/// Notes that a customer has had its trial of a product; `false` when it had one before (L4).
/// The guard is the primary key.
///
/// # Errors
/// When the database cannot.
pub async fn take_trial(tx: &mut Tx, license: &License) -> Result<bool, Error> {
    let query = sqlx::query(
        "insert into trials (product_id, customer_id, license_id)
         values ($1, $2, $3)
         on conflict (product_id, customer_id) do nothing",
    );
    let done = query
        .bind(license.product.to_string())
        .bind(license.customer.to_string())
        .bind(license.id.to_string())
        .execute(tx.db())
        .await?;
    Ok(done.rows_affected() == 1)
}
