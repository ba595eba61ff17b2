//! Lists of orders: a reseller's own, and for the operator those of everybody.

use domain::{
    AccountId, Money, Scope,
    orders::{OrderNumber, State},
};

use super::{COLUMNS, Order, read};
use crate::{Error, Tx, clauses::Clauses, row::Read};

/// An order in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The order.
    pub order: Order,
    /// Who is charged, by name.
    pub reseller: String,
    /// Whose licenses they are, by name.
    pub customer: String,
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
    rows.iter()
        .map(|row| {
            Ok(Listed {
                order: read(row)?,
                reseller: row.text("reseller_name")?,
                customer: row.text("customer_name")?,
                licenses: row.int("licenses")?,
                total: row.money("total", "currency")?,
            })
        })
        .collect()
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
