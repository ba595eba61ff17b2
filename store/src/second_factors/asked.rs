//! Who asks all people of an account for a second factor, and who of them has none.

use domain::{AccountId, Timestamp, contacts::Asker};

use crate::{
    Error, Tx,
    row::{Read, micros},
    tx::pieces,
};

/// Since when each side asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked {
    /// The operator; of the staff, too.
    pub by_operator: Option<Timestamp>,
    /// The account's own admins.
    pub by_account: Option<Timestamp>,
}

const fn column(by: Asker) -> &'static str {
    match by {
        Asker::Operator => "second_factor_required_since",
        Asker::Account => "second_factor_own_since",
    }
}

/// From now on that side asks everybody of an account for a second factor, or does not any more (`None`); `false` when that
/// was so already.
///
/// # Errors
/// When the database cannot.
pub async fn require(tx: &mut Tx, account: AccountId, by: Asker, since: Option<Timestamp>) -> Result<bool, Error> {
    let column = column(by);
    let was = if since.is_some() { "is null" } else { "is not null" };
    let sql = format!("update accounts set {column} = $1 where id = $2 and {column} {was}");
    let query = sqlx::query(pieces(sql)).bind(since.map(micros)).bind(account.to_string());
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}

/// Who asks the people of an account for a second factor.
///
/// # Errors
/// When the database cannot.
pub async fn asked(tx: &mut Tx, account: AccountId) -> Result<Asked, Error> {
    let query = sqlx::query("select second_factor_required_since, second_factor_own_since from accounts where id = $1");
    let row = query.bind(account.to_string()).fetch_optional(tx.db()).await?;
    let read = |row: sqlx::any::AnyRow| {
        Ok(Asked {
            by_operator: row.maybe_time(column(Asker::Operator))?,
            by_account: row.maybe_time(column(Asker::Account))?,
        })
    };
    row.map_or(Ok(Asked::default()), read)
}

/// Since when an account's people need a second factor, whoever asks.
///
/// # Errors
/// When the database cannot.
pub async fn required(tx: &mut Tx, account: AccountId) -> Result<Option<Timestamp>, Error> {
    let asked = asked(tx, account).await?;
    Ok(asked.by_operator.or(asked.by_account))
}

/// How many of those who sign in for an account have no second factor, counted up to `most`.
///
/// # Errors
/// When the database cannot.
pub async fn without(tx: &mut Tx, account: AccountId, most: i64) -> Result<i64, Error> {
    let query = sqlx::query_scalar(
        "select count(*)
         from (select 1 from contacts
               where account_id = $1 and storefront_since is not null and deactivated_at is null
                 and second_factor_since is null
               limit $2) as found",
    );
    Ok(query.bind(account.to_string()).bind(most).fetch_one(tx.db()).await?)
}
