//! Subscriptions: how the licenses of an order line are charged (B1 to B4).

use domain::{AccountId, OrderLineId, billing::Subscription};

use crate::{Error, Tx, row::maybe_day};

/// Stores a subscription that begins with its order line.
///
/// # Errors
/// When the database cannot.
pub async fn insert(tx: &mut Tx, line: OrderLineId, account: AccountId, new: &Subscription) -> Result<(), Error> {
    let schedule = new.schedule;
    let query = sqlx::query(
        "insert into subscriptions (order_line_id, account_id, unit_amount, currency, quantity, every, cycle_start,
             cycle_day, starts_on, ends_on, timing, proration, partial_invoicing, charged_until)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(line.to_string())
    .bind(account.to_string())
    .bind(new.first.unit.minor)
    .bind(new.first.unit.currency.code())
    .bind(i64::from(new.first.quantity))
    .bind(schedule.cycle.every.word())
    .bind(schedule.cycle.start.to_string())
    .bind(i64::from(schedule.cycle.day))
    .bind(schedule.starts.to_string())
    .bind(maybe_day(schedule.ends))
    .bind(schedule.timing.word())
    .bind(schedule.proration.word())
    .bind(schedule.partial.word())
    .bind(maybe_day(new.charged));
    query.execute(tx.db()).await?;
    Ok(())
}
