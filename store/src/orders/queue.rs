//! Lists of orders: a reseller's own, and for the operator those of everybody.

use std::collections::HashMap;

use domain::{
    AccountId, Money, OrderId, Scope,
    orders::{OrderNumber, State},
};
use sqlx::any::AnyRow;

use super::{COLUMNS, Order, read};
use crate::{
    Error, Tx,
    clauses::Clauses,
    row::Read,
    tx::{pieces, places},
};

/// So many lines of an order are named in a list.
pub const LINES_SHOWN: usize = 3;

/// An order in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The order.
    pub order: Order,
    /// Who is charged, by name.
    pub reseller: String,
    /// Whose licenses they are, by name.
    pub customer: String,
    /// Its first lines, up to [`LINES_SHOWN`]: how many of what, by the names of product and option.
    pub first: Vec<(i64, String)>,
    /// How many lines it has.
    pub lines: usize,
    /// How many licenses.
    pub licenses: i64,
    /// What it comes to, with tax.
    pub total: Money,
}

/// A page of orders of whoever asks, newest first, from below `after`; of the operator, those of all resellers. With a state, only
/// those in it.
///
/// # Errors
/// When the database cannot.
pub async fn page(
    tx: &mut Tx,
    scope: &Scope,
    state: Option<State>,
    after: Option<OrderNumber>,
    most: i64,
) -> Result<Vec<Listed>, Error> {
    let mut clauses = Clauses::default();
    match (scope.reseller(), scope.operator()) {
        (Some(reseller), _) => clauses.and("r.reseller_id = ?", [reseller.to_string().into()]),
        (None, true) => {}
        (None, false) => return Ok(Vec::new()),
    }
    if let Some(state) = state {
        clauses.and("r.state = ?", [state.word().into()]);
    }
    listed(tx, clauses, after, most).await
}

/// A page of the orders of all resellers that are not held, newest first, from below `after`; for the operator alone.
///
/// # Errors
/// When the database cannot.
pub async fn decided(tx: &mut Tx, scope: &Scope, after: Option<OrderNumber>, most: i64) -> Result<Vec<Listed>, Error> {
    if !scope.operator() {
        return Ok(Vec::new());
    }
    let mut clauses = Clauses::default();
    clauses.and("r.state <> 'submitted'", []);
    listed(tx, clauses, after, most).await
}

async fn listed(
    tx: &mut Tx,
    mut clauses: Clauses,
    after: Option<OrderNumber>,
    most: i64,
) -> Result<Vec<Listed>, Error> {
    clauses.and("r.number < ?", [after.map_or(i64::MAX, |after| after.0).into()]);
    let sql = format!(
        "select {COLUMNS}, a.name as reseller_name, c.name as customer_name,
             (select cast(coalesce(sum(t.quantity), 0) as bigint) from order_lines t where t.order_id = r.id) as licenses,
             (select count(*) from order_lines t where t.order_id = r.id) as lines,
             (select cast(coalesce(sum(t.net + t.tax), 0) as bigint) from order_lines t where t.order_id = r.id) as total
         from orders r
         join accounts a on a.id = r.reseller_id
         join accounts c on c.id = r.customer_id
         where {}
         order by r.number desc
         limit {most}",
        clauses.text()
    );
    let rows = clauses.rows(sql).fetch_all(tx.db()).await?;
    let orders = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let mut first = first_lines(tx, &orders).await?;
    let listed = |(order, row): (Order, &AnyRow)| {
        Ok(Listed {
            first: first.remove(&order.id).unwrap_or_default(),
            order,
            reseller: row.text("reseller_name")?,
            customer: row.text("customer_name")?,
            lines: usize::try_from(row.int("lines")?).unwrap_or(usize::MAX),
            licenses: row.int("licenses")?,
            total: row.money("total", "currency")?,
        })
    };
    orders.into_iter().zip(&rows).map(listed).collect()
}

/// How many of what, by the names of product and option.
type Lines = Vec<(i64, String)>;

/// The first lines of each of these orders, as they stood in the basket.
async fn first_lines(tx: &mut Tx, orders: &[Order]) -> Result<HashMap<OrderId, Lines>, Error> {
    let mut first = HashMap::<OrderId, Lines>::new();
    if orders.is_empty() {
        return Ok(first);
    }
    let sql = format!(
        "select order_id, quantity, product_name, option_name
         from (select t.order_id, t.quantity, p.name as product_name, o.name as option_name,
                   row_number() over (partition by t.order_id order by t.position, t.id) as place
               from order_lines t
               join license_options o on o.id = t.option_id
               join products p on p.id = o.product_id
               where t.order_id in ({})) as lines
         where place <= $1
         order by order_id, place",
        places(1, orders.len())
    );
    let query = sqlx::query(pieces(sql)).bind(LINES_SHOWN as i64);
    let query = orders.iter().fold(query, |query, order| query.bind(order.id.to_string()));
    for row in &query.fetch_all(tx.db()).await? {
        let name = format!("{}, {}", row.text("product_name")?, row.text("option_name")?);
        first.entry(row.parsed("order_id")?).or_default().push((row.int("quantity")?, name));
    }
    Ok(first)
}

/// How many orders are held, up to 1,000: of one reseller, or of all.
///
/// # Errors
/// When the database cannot.
pub async fn held_of(tx: &mut Tx, reseller: Option<AccountId>) -> Result<i64, Error> {
    let mut clauses = Clauses::default();
    clauses.and("state = 'submitted'", []);
    if let Some(reseller) = reseller {
        clauses.and("reseller_id = ?", [reseller.to_string().into()]);
    }
    let sql = format!("select count(*) from (select 1 from orders where {} limit 1000) as found", clauses.text());
    Ok(clauses.number(sql).fetch_one(tx.db()).await?)
}
