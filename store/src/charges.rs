//! Charges: what a reseller owes the operator.

use domain::{AccountId, ChargeId, LicenseId, Money, OrderLineId, Timestamp};

use crate::{
    Error, Tx,
    row::{maybe_micros, micros},
};

/// A charge as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// Its id.
    pub id: ChargeId,
    /// Who owes it.
    pub account: AccountId,
    /// For which license.
    pub license: LicenseId,
    /// By which order line.
    pub order_line: OrderLineId,
    /// How much.
    pub amount: Money,
    /// The period of a subscription that it pays for.
    pub period: Option<(Timestamp, Timestamp)>,
    /// Since when.
    pub created_at: Timestamp,
}

/// Stores a new charge.
///
/// # Errors
/// When the database cannot.
pub async fn insert(tx: &mut Tx, charge: &Charge) -> Result<(), Error> {
    let query = sqlx::query(
        "insert into charges (id, account_id, license_id, order_line_id, amount, currency, period_start, period_end, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(charge.id.to_string())
    .bind(charge.account.to_string())
    .bind(charge.license.to_string())
    .bind(charge.order_line.to_string())
    .bind(charge.amount.minor)
    .bind(charge.amount.currency.code())
    .bind(maybe_micros(charge.period.map(|(start, _)| start)))
    .bind(maybe_micros(charge.period.map(|(_, end)| end)))
    .bind(micros(charge.created_at));
    query.execute(tx.db()).await?;
    Ok(())
}
