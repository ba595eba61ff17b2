//! A trial becomes a license that is bought, under the key that it has (L5).

use domain::{Timestamp, licenses::PaymentStatus};

use super::License;
use crate::{
    Error, Tx,
    row::{maybe_micros, micros},
};

/// A trial is bought by the order line that the license names now. `false` when it is none any more, or nothing changes it: of two
/// who upgrade it at once, one does.
///
/// # Errors
/// When the database cannot.
pub async fn upgrade(tx: &mut Tx, bought: &License, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query(
        "update licenses
         set trial_line_id = order_line_id, order_line_id = $1, option_id = $2, license_type = $3, payment_status = $4,
             valid_until = $5, updates_until = $6, upgraded_at = $7
         where id = $8 and license_type = 'trial' and suspended_at is null and revoked_at is null
           and transferred_at is null",
    )
    .bind(bought.order_line.to_string())
    .bind(bought.option.to_string())
    .bind(bought.license_type.word())
    .bind(bought.payment.map(PaymentStatus::word))
    .bind(maybe_micros(bought.life.valid_until))
    .bind(maybe_micros(bought.updates_until))
    .bind(micros(now))
    .bind(bought.id.to_string());
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}
