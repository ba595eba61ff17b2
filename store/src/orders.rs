//! Orders and their lines.

mod consent;
mod queue;
mod upgrades;

pub use consent::{accept, accepted};
pub use queue::{LINES_SHOWN, Listed, decided, held_of, page};
pub use upgrades::held_upgrade;

use domain::{
    AccountId, BasisPoints, ContactId, DraftId, LicenseId, Money, OptionId, OrderId, OrderLineId, Scope, Timestamp,
    billing::{Shortfall, Taxed},
    licenses::{CustomerPaid, Type},
    orders::{OrderNumber, State, Written},
};
use sqlx::any::AnyRow;

use crate::{
    Error, Tx,
    clauses::{Clauses, Value},
    row::{Read, maybe_day, maybe_micros, micros},
    tx::pieces,
};

/// An order as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// Its number; zero before it is stored.
    pub number: OrderNumber,
    /// The wizard's draft that became it (O2).
    pub draft: DraftId,
    /// Who is charged.
    pub reseller: AccountId,
    /// Whose licenses they are.
    pub customer: AccountId,
    /// Who placed it.
    pub placed_by: ContactId,
    /// Where it stands.
    pub state: State,
    /// When it was placed.
    pub submitted_at: Timestamp,
    /// C3: why it was held when it was placed, if it was.
    pub held: Option<Shortfall>,
    /// When it was executed.
    pub executed_at: Option<Timestamp>,
    /// When it was canceled.
    pub canceled_at: Option<Timestamp>,
    /// C4: why staff executed it over the credit, or canceled it.
    pub reason: Option<String>,
    /// What was written for its licenses.
    pub written: Written,
    /// When its keys were last sent to the customer.
    pub sent_at: Option<Timestamp>,
}

/// One line of an order, with the price that it was executed at (P3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: OrderLineId,
    /// Its order.
    pub order: OrderId,
    /// What was bought.
    pub option: OptionId,
    /// As what.
    pub license_type: Type,
    /// How many.
    pub quantity: u32,
    /// The price of one.
    pub unit: Money,
    /// What it comes to: as it was placed, and since it was executed as it was charged.
    pub amount: Taxed,
    /// The rate of the tax in it.
    pub rate: BasisPoints,
    /// B2: the line of the running subscription to which it is added.
    pub added_to: Option<OrderLineId>,
    /// L5: the trial that it upgrades, in place of a new license.
    pub upgrades: Option<LicenseId>,
}

/// Stores a new order and gives its number.
///
/// # Errors
/// When the database cannot; also when the draft is an order already.
pub async fn insert(tx: &mut Tx, order: &Order) -> Result<OrderNumber, Error> {
    let query = sqlx::query_scalar(
        "insert into orders (id, draft_id, reseller_id, customer_id, placed_by, state, submitted_at, executed_at,
             held_total, held_available, held_missing, reseller_notes, customer_details, customer_paid_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         returning number",
    )
    .bind(order.id.to_string())
    .bind(order.draft.to_string())
    .bind(order.reseller.to_string())
    .bind(order.customer.to_string())
    .bind(order.placed_by.to_string())
    .bind(order.state.word())
    .bind(micros(order.submitted_at))
    .bind(maybe_micros(order.executed_at))
    .bind(order.held.map(|held| held.total.minor))
    .bind(order.held.map(|held| held.available.minor))
    .bind(order.held.map(|held| held.missing.minor))
    .bind(order.written.reseller_notes.clone())
    .bind(order.written.customer_details.clone())
    .bind(maybe_day(order.written.customer_paid.0));
    Ok(OrderNumber(query.fetch_one(tx.db()).await?))
}

/// Stores a line of a stored order behind those that it has, with the resale price that its reseller takes today (P4).
///
/// # Errors
/// When the database cannot.
pub async fn insert_line(tx: &mut Tx, line: &Line) -> Result<(), Error> {
    let query = sqlx::query(
        "insert into order_lines (id, order_id, option_id, license_type, quantity, unit_amount, currency, net, tax, rate,
             added_to, upgrades, position, resale_amount)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
             (select count(*) from order_lines t where t.order_id = $2), (
             select p.amount
             from resale_prices p
             join orders d on d.reseller_id = p.account_id
             where d.id = $2 and p.option_id = $3 and p.currency = $7))",
    )
    .bind(line.id.to_string())
    .bind(line.order.to_string())
    .bind(line.option.to_string())
    .bind(line.license_type.word())
    .bind(i64::from(line.quantity))
    .bind(line.unit.minor)
    .bind(line.unit.currency.code())
    .bind(line.amount.net().minor)
    .bind(line.amount.tax().minor)
    .bind(i64::from(line.rate.get()))
    .bind(line.added_to.map(|line| line.to_string()))
    .bind(line.upgrades.map(|license| license.to_string()));
    query.execute(tx.db()).await?;
    Ok(())
}

/// What a line comes to since its order was executed: a part of a period has other days then.
///
/// # Errors
/// When the database cannot.
pub async fn charge_line(tx: &mut Tx, line: OrderLineId, amount: Taxed, rate: BasisPoints) -> Result<(), Error> {
    let query = sqlx::query("update order_lines set net = $1, tax = $2, rate = $3 where id = $4")
        .bind(amount.net().minor)
        .bind(amount.tax().minor)
        .bind(i64::from(rate.get()))
        .bind(line.to_string());
    query.execute(tx.db()).await?;
    Ok(())
}

/// A held order is executed; `false` when it is not held any more. The guard is the `where`: of two who decide at once, one does.
///
/// # Errors
/// When the database cannot.
pub async fn execute(tx: &mut Tx, order: &Order, reason: Option<&str>, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query(
        "update orders
         set state = 'executed', executed_at = $1, reason = $2
         where id = $3 and state = 'submitted'",
    );
    let query = query.bind(micros(now)).bind(reason.map(str::to_owned)).bind(order.id.to_string());
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}

/// A held order is canceled; `false` when it is not held any more.
///
/// # Errors
/// When the database cannot.
pub async fn cancel(tx: &mut Tx, order: &Order, reason: Option<&str>, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query(
        "update orders
         set state = 'canceled', canceled_at = $1, reason = $2
         where id = $3 and state = 'submitted'",
    );
    let query = query.bind(micros(now)).bind(reason.map(str::to_owned)).bind(order.id.to_string());
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}

const COLUMNS: &str = "r.id, r.number, r.draft_id, r.reseller_id, r.customer_id, r.placed_by, r.state, r.submitted_at, \
    r.held_total, r.held_available, r.held_missing, r.executed_at, r.canceled_at, r.reason, r.reseller_notes, \
    r.customer_details, r.customer_paid_on, r.sent_at, a.currency";

fn read(row: &AnyRow) -> Result<Order, Error> {
    let currency = row.currency("currency")?;
    let held = match (row.maybe_int("held_total")?, row.maybe_int("held_available")?, row.maybe_int("held_missing")?) {
        (Some(total), Some(available), Some(missing)) => Some(Shortfall {
            total: Money::new(total, currency),
            available: Money::new(available, currency),
            missing: Money::new(missing, currency),
        }),
        _ => None,
    };
    Ok(Order {
        id: row.parsed("id")?,
        number: OrderNumber(row.int("number")?),
        draft: row.parsed("draft_id")?,
        reseller: row.parsed("reseller_id")?,
        customer: row.parsed("customer_id")?,
        placed_by: row.parsed("placed_by")?,
        state: row.word("state", State::from_word)?,
        submitted_at: row.time("submitted_at")?,
        held,
        executed_at: row.maybe_time("executed_at")?,
        canceled_at: row.maybe_time("canceled_at")?,
        reason: row.maybe_text("reason")?,
        written: Written {
            reseller_notes: row.maybe_text("reseller_notes")?,
            customer_details: row.maybe_text("customer_details")?,
            customer_paid: CustomerPaid(row.maybe_parsed("customer_paid_on")?),
        },
        sent_at: row.maybe_time("sent_at")?,
    })
}

/// An order of the reseller who asks.
///
/// # Errors
/// When the database cannot.
pub async fn find(tx: &mut Tx, scope: &Scope, id: OrderId) -> Result<Option<Order>, Error> {
    one(tx, scope, "r.id = ?", id.to_string().into()).await
}

/// The order of that number, of the reseller who asks.
///
/// # Errors
/// When the database cannot.
pub async fn of_number(tx: &mut Tx, scope: &Scope, number: OrderNumber) -> Result<Option<Order>, Error> {
    one(tx, scope, "r.number = ?", number.0.into()).await
}

/// The order of that number, for the operator alone.
///
/// # Errors
/// When the database cannot.
pub async fn of_anybody(tx: &mut Tx, scope: &Scope, number: OrderNumber) -> Result<Option<Order>, Error> {
    if !scope.operator() {
        return Ok(None);
    }
    let sql = format!("select {COLUMNS} from orders r join accounts a on a.id = r.reseller_id where r.number = $1");
    let row = sqlx::query(pieces(sql)).bind(number.0).fetch_optional(tx.db()).await?;
    row.as_ref().map(read).transpose()
}

/// The order that a draft has become.
///
/// # Errors
/// When the database cannot.
pub async fn of_draft(tx: &mut Tx, scope: &Scope, draft: DraftId) -> Result<Option<Order>, Error> {
    one(tx, scope, "r.draft_id = ?", draft.to_string().into()).await
}

async fn one(tx: &mut Tx, scope: &Scope, condition: &'static str, value: Value) -> Result<Option<Order>, Error> {
    let Some(reseller) = scope.reseller() else {
        return Ok(None);
    };
    let mut clauses = Clauses::default();
    clauses.and(condition, [value]);
    clauses.and("r.reseller_id = ?", [reseller.to_string().into()]);
    let sql =
        format!("select {COLUMNS} from orders r join accounts a on a.id = r.reseller_id where {}", clauses.text());
    let row = clauses.rows(sql).fetch_optional(tx.db()).await?;
    row.as_ref().map(read).transpose()
}

/// The lines of an order that has been found in scope, as they stood in the basket.
///
/// # Errors
/// When the database cannot.
pub async fn lines(tx: &mut Tx, order: &Order) -> Result<Vec<Line>, Error> {
    let query = sqlx::query(
        "select id, order_id, option_id, license_type, quantity, unit_amount, currency, net, tax, rate, added_to, upgrades
         from order_lines
         where order_id = $1
         order by position, id",
    );
    let rows = query.bind(order.id.to_string()).fetch_all(tx.db()).await?;
    rows.iter()
        .map(|row| {
            Ok(Line {
                id: row.parsed("id")?,
                order: row.parsed("order_id")?,
                option: row.parsed("option_id")?,
                license_type: row.word("license_type", Type::from_word)?,
                quantity: row.small("quantity")?,
                unit: row.money("unit_amount", "currency")?,
                amount: row.taxed("net", "tax", "currency")?,
                rate: row.rate("rate")?,
                added_to: row.maybe_parsed("added_to")?,
                upgrades: row.maybe_parsed("upgrades")?,
            })
        })
        .collect()
}

/// The keys of the order went to the customer.
///
/// # Errors
/// When the database cannot.
pub async fn sent(tx: &mut Tx, order: &Order, now: Timestamp) -> Result<(), Error> {
    let query = sqlx::query("update orders set sent_at = $1 where id = $2");
    query.bind(micros(now)).bind(order.id.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// Whether that reseller has ever ordered; then its currency stays.
///
/// # Errors
/// When the database cannot.
pub async fn any_of(tx: &mut Tx, reseller: AccountId) -> Result<bool, Error> {
    let query = sqlx::query_scalar::<_, i64>(
        "select count(*) from (select 1 from orders where reseller_id = $1 limit 1) as found",
    );
    Ok(query.bind(reseller.to_string()).fetch_one(tx.db()).await? > 0)
}
