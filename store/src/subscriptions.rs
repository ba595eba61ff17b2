//! Subscriptions: how the licenses of an order line are charged, and what was agreed to change (B1 to B4, P3).

mod due;

pub use due::{Due, due, owe_again, prolong, renewable};

use domain::{
    AccountId, Money, OptionId, OrderId, OrderLineId, Timestamp,
    accounts::PartialInvoicing,
    billing::{Cycle, Every, Proration, Schedule, Subscription, Terms, Timing},
    orders::OrderNumber,
};
use sqlx::any::AnyRow;

use crate::{
    Error, Tx,
    row::{Read, maybe_day, maybe_micros},
};

/// What is kept beside a subscription, reckoned from it by whoever stores it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// When the day of its next charge begins; none when nothing is to come.
    pub due_at: Option<Timestamp>,
    /// C1: what it takes of the credit before it is charged.
    pub arrears: Money,
}

/// A subscription as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its order line.
    pub line: OrderLineId,
    /// Its order.
    pub order: OrderId,
    /// That order's number.
    pub number: OrderNumber,
    /// Who is charged.
    pub account: AccountId,
    /// Whose licenses they are.
    pub customer: AccountId,
    /// What was bought.
    pub option: OptionId,
    /// What is charged when.
    pub subscription: Subscription,
    /// What is kept beside it.
    pub kept: Kept,
    /// Raised by every change.
    pub edition: i64,
}

/// Stores a subscription that begins with its order line.
///
/// # Errors
/// When the database cannot.
pub async fn insert(
    tx: &mut Tx,
    line: OrderLineId,
    account: AccountId,
    new: &Subscription,
    kept: Kept,
) -> Result<(), Error> {
    let schedule = new.schedule;
    let query = sqlx::query(
        "insert into subscriptions (order_line_id, account_id, unit_amount, currency, quantity, every, cycle_start,
             cycle_day, starts_on, ends_on, timing, proration, partial_invoicing, charged_until, due_at, arrears)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
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
    .bind(maybe_day(new.charged))
    .bind(maybe_micros(kept.due_at))
    .bind(kept.arrears.minor);
    query.execute(tx.db()).await?;
    Ok(())
}

/// The subscription of an order line that was found in scope; none for what is charged once.
///
/// # Errors
/// When the database cannot.
pub async fn find(tx: &mut Tx, line: OrderLineId) -> Result<Option<Stored>, Error> {
    let query = sqlx::query(
        "select s.account_id, s.unit_amount, s.currency, s.quantity, s.every, s.cycle_start, s.cycle_day, s.starts_on,
             s.ends_on, s.timing, s.proration, s.partial_invoicing, s.charged_until, s.due_at, s.arrears, s.edition,
             t.option_id, d.id as order_id, d.number, d.customer_id
         from subscriptions s
         join order_lines t on t.id = s.order_line_id
         join orders d on d.id = t.order_id
         where s.order_line_id = $1",
    );
    let Some(row) = query.bind(line.to_string()).fetch_optional(tx.db()).await? else { return Ok(None) };
    let mut subscription = read(&row)?;
    subscription.changes = changes(tx, line, &subscription).await?;
    Ok(Some(Stored {
        line,
        order: row.parsed("order_id")?,
        number: OrderNumber(row.int("number")?),
        account: row.parsed("account_id")?,
        customer: row.parsed("customer_id")?,
        option: row.parsed("option_id")?,
        subscription,
        kept: Kept { due_at: row.maybe_time("due_at")?, arrears: row.money("arrears", "currency")? },
        edition: row.int("edition")?,
    }))
}

fn read(row: &AnyRow) -> Result<Subscription, Error> {
    let day = row.small("cycle_day")?;
    let cycle = Cycle {
        every: row.word("every", Every::from_word)?,
        start: row.parsed("cycle_start")?,
        day: u8::try_from(day).map_err(|_| Error::Unreadable { column: "cycle_day", value: day.to_string() })?,
    };
    let schedule = Schedule {
        cycle,
        starts: row.parsed("starts_on")?,
        ends: row.maybe_parsed("ends_on")?,
        timing: row.word("timing", Timing::from_word)?,
        proration: row.word("proration", Proration::from_word)?,
        partial: row.word("partial_invoicing", PartialInvoicing::from_word)?,
    };
    let subscription = Subscription::of(schedule, row.money("unit_amount", "currency")?, row.small("quantity")?);
    Ok(Subscription { charged: row.maybe_parsed("charged_until")?, ..subscription })
}

async fn changes(tx: &mut Tx, line: OrderLineId, of: &Subscription) -> Result<Vec<Terms>, Error> {
    let query = sqlx::query(
        "select from_day, unit_amount, quantity
         from subscription_changes
         where order_line_id = $1
         order by from_day",
    );
    let rows = query.bind(line.to_string()).fetch_all(tx.db()).await?;
    let terms = |row: &AnyRow| {
        let unit = Money::new(row.int("unit_amount")?, of.first.unit.currency);
        Ok(Terms { from: row.parsed("from_day")?, unit, quantity: row.small("quantity")? })
    };
    rows.iter().map(terms).collect()
}

/// Stores what becomes of a subscription: what was charged, what changes, when it ends. `false` when somebody was faster: the
/// guard is the `where`, and then nothing is stored.
///
/// # Errors
/// When the database cannot.
pub async fn save(tx: &mut Tx, stored: &Stored, becomes: &Subscription, kept: Kept) -> Result<bool, Error> {
    let line = stored.line.to_string();
    let query = sqlx::query(
        "update subscriptions
         set ends_on = $1, charged_until = $2, due_at = $3, arrears = $4, edition = edition + 1
         where order_line_id = $5 and edition = $6",
    )
    .bind(maybe_day(becomes.schedule.ends))
    .bind(maybe_day(becomes.charged))
    .bind(maybe_micros(kept.due_at))
    .bind(kept.arrears.minor)
    .bind(line.clone())
    .bind(stored.edition);
    if query.execute(tx.db()).await?.rows_affected() != 1 {
        return Ok(false);
    }
    if becomes.changes != stored.subscription.changes {
        sqlx::query("delete from subscription_changes where order_line_id = $1")
            .bind(line.clone())
            .execute(tx.db())
            .await?;
        for terms in &becomes.changes {
            insert_change(tx, &line, *terms).await?;
        }
    }
    Ok(true)
}

async fn insert_change(tx: &mut Tx, line: &str, terms: Terms) -> Result<(), Error> {
    let query = sqlx::query(
        "insert into subscription_changes (order_line_id, from_day, unit_amount, quantity)
         values ($1, $2, $3, $4)",
    )
    .bind(line.to_owned())
    .bind(terms.from.to_string())
    .bind(terms.unit.minor)
    .bind(i64::from(terms.quantity));
    query.execute(tx.db()).await?;
    Ok(())
}
