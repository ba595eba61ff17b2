//! Applications of those who want to become resellers (A3).

use domain::{
    AccountId, ApplicationId, ContactId, FormKey, Scope, Timestamp,
    applications::{NewApplication, State},
};
use sqlx::any::AnyRow;

use crate::{
    Error, Tx,
    clauses::Clauses,
    row::{Read, micros},
    tx::pieces,
};

/// An application as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Its place in the list.
    pub seq: i64,
    /// Its id.
    pub id: ApplicationId,
    /// Where it stands.
    pub state: State,
    /// What the applicant wrote; erased when it is rejected.
    pub wrote: Option<NewApplication>,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// Who decided, by name.
    pub decided_by: Option<String>,
    /// The account that it has become.
    pub account: Option<AccountId>,
}

const SELECT: &str = "select p.seq, p.id, p.state, p.organisation, p.first_name, p.last_name, p.email, p.phone, p.country, \
    p.website, p.message, p.created_at, p.decided_at, p.account_id, c.first_name as by_first, c.last_name as by_last \
    from applications p left join contacts c on c.id = p.decided_by";

fn read(row: &AnyRow) -> Result<Application, Error> {
    let by = (row.maybe_text("by_first")?, row.maybe_text("by_last")?);
    Ok(Application {
        seq: row.int("seq")?,
        id: row.parsed("id")?,
        state: row.word("state", State::from_word)?,
        wrote: wrote(row)?,
        created_at: row.time("created_at")?,
        decided_at: row.maybe_time("decided_at")?,
        decided_by: by.0.zip(by.1).map(|(first, last)| format!("{first} {last}")),
        account: row.maybe_parsed("account_id")?,
    })
}

fn wrote(row: &AnyRow) -> Result<Option<NewApplication>, Error> {
    let Some(email) = row.maybe_text("email")? else { return Ok(None) };
    Ok(Some(NewApplication {
        organisation: row.text("organisation")?,
        first_name: row.text("first_name")?,
        last_name: row.text("last_name")?,
        email,
        phone: row.text("phone")?,
        country: row.text("country")?,
        website: row.maybe_text("website")?,
        message: row.maybe_text("message")?,
    }))
}

/// Stores a new application; `false` when the same form was sent before. The guard is the unique column.
///
/// # Errors
/// When the database cannot.
pub async fn insert(
    tx: &mut Tx,
    id: ApplicationId,
    key: FormKey,
    wrote: &NewApplication,
    now: Timestamp,
) -> Result<bool, Error> {
    let query = sqlx::query(
        "insert into applications (id, form_key, state, organisation, first_name, last_name, email, phone, country,
            website, message, created_at)
         values ($1, $2, 'applied', $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (form_key) do nothing",
    )
    .bind(id.to_string())
    .bind(key.to_string())
    .bind(wrote.organisation.clone())
    .bind(wrote.first_name.clone())
    .bind(wrote.last_name.clone())
    .bind(wrote.email.clone())
    .bind(wrote.phone.clone())
    .bind(wrote.country.clone())
    .bind(wrote.website.clone())
    .bind(wrote.message.clone())
    .bind(micros(now));
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}

/// A page of applications: those that wait oldest first, those that were decided newest first. Empty for all but the operator.
///
/// # Errors
/// When the database cannot.
pub async fn page(
    tx: &mut Tx,
    scope: &Scope,
    state: State,
    after: Option<i64>,
    most: i64,
) -> Result<Vec<Application>, Error> {
    if !scope.operator() {
        return Ok(Vec::new());
    }
    let (beyond, order) = if state == State::Applied { (">", "asc") } else { ("<", "desc") };
    let mut clauses = Clauses::default();
    clauses.and("p.state = ?", [state.word().into()]);
    if let Some(after) = after {
        clauses.and(&format!("p.seq {beyond} ?"), [after.into()]);
    }
    let sql = format!("{SELECT} where {} order by p.seq {order} limit {most}", clauses.text());
    let rows = clauses.rows(sql).fetch_all(tx.db()).await?;
    rows.iter().map(read).collect()
}

/// Holds an application still until the end of the transaction.
///
/// # Errors
/// When the database cannot.
pub async fn hold(tx: &mut Tx, id: ApplicationId) -> Result<(), Error> {
    let sql = format!("select id from applications where id = $1 {}", tx.dialect().for_update());
    sqlx::query(pieces(sql)).bind(id.to_string()).fetch_optional(tx.db()).await?;
    Ok(())
}

/// One application; there is none for all but the operator.
///
/// # Errors
/// When the database cannot.
pub async fn find(tx: &mut Tx, scope: &Scope, id: ApplicationId) -> Result<Option<Application>, Error> {
    if !scope.operator() {
        return Ok(None);
    }
    let sql = format!("{SELECT} where p.id = $1");
    let row = sqlx::query(pieces(sql)).bind(id.to_string()).fetch_optional(tx.db()).await?;
    row.as_ref().map(read).transpose()
}

/// How many wait, counted up to `most`.
///
/// # Errors
/// When the database cannot.
pub async fn waiting_count(tx: &mut Tx, scope: &Scope, most: i64) -> Result<i64, Error> {
    if scope.operator() { count_waiting(tx, most).await } else { Ok(0) }
}

/// Whether more than so many wait: by the index of those that do, whoever asks.
///
/// # Errors
/// When the database cannot.
pub async fn more_wait_than(tx: &mut Tx, most: i64) -> Result<bool, Error> {
    Ok(count_waiting(tx, most + 1).await? > most)
}

async fn count_waiting(tx: &mut Tx, most: i64) -> Result<i64, Error> {
    let query = sqlx::query_scalar(
        "select count(*) from (select 1 from applications where state = 'applied' limit $1) as waiting",
    );
    Ok(query.bind(most).fetch_one(tx.db()).await?)
}

/// An application becomes this account; `false` when it was decided before. The guard is the `where`: of two at once, one
/// decides.
///
/// # Errors
/// When the database cannot.
pub async fn approve(
    tx: &mut Tx,
    id: ApplicationId,
    account: AccountId,
    by: ContactId,
    now: Timestamp,
) -> Result<bool, Error> {
    let query = sqlx::query(
        "update applications
         set state = 'approved', account_id = $1, decided_by = $2, decided_at = $3
         where id = $4 and state = 'applied'",
    );
    let done = query
        .bind(account.to_string())
        .bind(by.to_string())
        .bind(micros(now))
        .bind(id.to_string())
        .execute(tx.db())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// An application is rejected, and what the applicant wrote is erased; `false` when it was decided before.
///
/// # Errors
/// When the database cannot.
pub async fn reject(tx: &mut Tx, id: ApplicationId, by: ContactId, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query(
        "update applications
         set state = 'rejected', decided_by = $1, decided_at = $2, organisation = null, first_name = null,
             last_name = null, email = null, phone = null, country = null, website = null, message = null
         where id = $3 and state = 'applied'",
    );
    let done = query.bind(by.to_string()).bind(micros(now)).bind(id.to_string()).execute(tx.db()).await?;
    Ok(done.rows_affected() == 1)
}
