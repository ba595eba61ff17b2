//! Orders and their lines.

use domain::{
    AccountId, ContactId, DraftId, Money, OptionId, OrderId, OrderLineId, Scope, Timestamp,
    licenses::Type,
    orders::{OrderNumber, State},
};
use sqlx::any::AnyRow;

use crate::{
    Error, Tx,
    clauses::Clauses,
    row::{Read, maybe_micros, micros},
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
    /// When it was executed.
    pub executed_at: Option<Timestamp>,
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
}

/// Stores a new order and gives its number.
///
/// # Errors
/// When the database cannot; also when the draft is an order already.
pub async fn insert(tx: &mut Tx, order: &Order) -> Result<OrderNumber, Error> {
    let query = sqlx::query_scalar(
        "insert into orders (id, draft_id, reseller_id, customer_id, placed_by, state, submitted_at, executed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         returning number",
    )
    .bind(order.id.to_string())
    .bind(order.draft.to_string())
    .bind(order.reseller.to_string())
    .bind(order.customer.to_string())
    .bind(order.placed_by.to_string())
    .bind(order.state.word())
    .bind(micros(order.submitted_at))
    .bind(maybe_micros(order.executed_at));
    Ok(OrderNumber(query.fetch_one(tx.db()).await?))
}

/// Stores a line of a stored order.
///
/// # Errors
/// When the database cannot.
pub async fn insert_line(tx: &mut Tx, line: &Line) -> Result<(), Error> {
    let query = sqlx::query(
        "insert into order_lines (id, order_id, option_id, license_type, quantity, unit_amount, currency)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(line.id.to_string())
    .bind(line.order.to_string())
    .bind(line.option.to_string())
    .bind(line.license_type.word())
    .bind(i64::from(line.quantity))
    .bind(line.unit.minor)
    .bind(line.unit.currency.code());
    query.execute(tx.db()).await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<Order, Error> {
    Ok(Order {
        id: row.parsed("id")?,
        number: OrderNumber(row.int("number")?),
        draft: row.parsed("draft_id")?,
        reseller: row.parsed("reseller_id")?,
        customer: row.parsed("customer_id")?,
        placed_by: row.parsed("placed_by")?,
        state: row.word("state", State::from_word)?,
        submitted_at: row.time("submitted_at")?,
        executed_at: row.maybe_time("executed_at")?,
        sent_at: row.maybe_time("sent_at")?,
    })
}

/// An order of the reseller who asks.
///
/// # Errors
/// When the database cannot.
pub async fn find(tx: &mut Tx, scope: &Scope, id: OrderId) -> Result<Option<Order>, Error> {
    one(tx, scope, "id = ?", id.to_string()).await
}

/// The order that a draft has become.
///
/// # Errors
/// When the database cannot.
pub async fn of_draft(tx: &mut Tx, scope: &Scope, draft: DraftId) -> Result<Option<Order>, Error> {
    one(tx, scope, "draft_id = ?", draft.to_string()).await
}

async fn one(tx: &mut Tx, scope: &Scope, condition: &'static str, value: String) -> Result<Option<Order>, Error> {
    let Some(reseller) = scope.reseller() else {
        return Ok(None);
    };
    let mut clauses = Clauses::default();
    clauses.and(condition, [value.into()]);
    clauses.and("reseller_id = ?", [reseller.to_string().into()]);
    let sql = format!(
        "select id, number, draft_id, reseller_id, customer_id, placed_by, state, submitted_at, executed_at, sent_at
         from orders where {}",
        clauses.text()
    );
    let row = clauses.rows(sql).fetch_optional(tx.db()).await?;
    row.as_ref().map(read).transpose()
}

/// The lines of an order that has been found in scope.
///
/// # Errors
/// When the database cannot.
pub async fn lines(tx: &mut Tx, order: &Order) -> Result<Vec<Line>, Error> {
    let query = sqlx::query(
        "select id, order_id, option_id, license_type, quantity, unit_amount, currency
         from order_lines
         where order_id = $1
         order by id",
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
                unit: Money::new(row.int("unit_amount")?, row.currency("currency")?),
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
