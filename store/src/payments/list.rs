//! Lists of payments: a reseller's own, and for the operator those of everybody.

use domain::{Scope, billing::Waits};

use super::{COLUMNS, Payment, read};
use crate::{Error, Tx, clauses::Clauses, row::Read};

/// A payment in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The payment.
    pub payment: Payment,
    /// Whose it is, by name.
    pub organisation: String,
}

/// How many bank transfers were begun and have not come in, and how many payments somebody has to look at, each up to 1,000. Whoever
/// asks is of the operator.
///
/// # Errors
/// When the database cannot.
pub async fn waiting(tx: &mut Tx) -> Result<(i64, i64), Error> {
    let transfers = sqlx::query_scalar(TRANSFERS).fetch_one(tx.db()).await?;
    let problems = sqlx::query_scalar(PROBLEMS).fetch_one(tx.db()).await?;
    Ok((transfers, problems))
}

const TRANSFERS: &str = "select count(*)
     from (select 1 from payments where state = 'begun' and method = 'bank-transfer' limit 1000) as found";
const PROBLEMS: &str = "select count(*) from (select 1 from payments where problem is not null limit 1000) as found";

/// A page of payments of whoever asks, newest first, from below `after`; of the operator, those of all. Only those that wait in
/// that way, where one is given.
///
/// # Errors
/// When the database cannot.
pub async fn page(
    tx: &mut Tx,
    scope: &Scope,
    waits: Option<Waits>,
    after: Option<i64>,
    most: i64,
) -> Result<Vec<Listed>, Error> {
    let mut clauses = Clauses::default();
    match (scope.reseller(), scope.operator()) {
        (Some(reseller), _) => clauses.and("r.account_id = ?", [reseller.to_string().into()]),
        (None, true) => {}
        (None, false) => return Ok(Vec::new()),
    }
    match waits {
        Some(Waits::Begun) => clauses.and("r.state = 'begun'", []),
        Some(Waits::Problem) => clauses.and("r.problem is not null", []),
        None => {}
    }
    clauses.and("r.number < ?", [after.unwrap_or(i64::MAX).into()]);
    let sql = format!(
        "select {COLUMNS}, a.name as organisation
         from payments r
         join accounts a on a.id = r.account_id
         where {}
         order by r.number desc
         limit {most}",
        clauses.text()
    );
    let rows = clauses.rows(sql).fetch_all(tx.db()).await?;
    rows.iter().map(|row| Ok(Listed { payment: read(row)?, organisation: row.text("organisation")? })).collect()
}
