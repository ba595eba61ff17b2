//! Tables of customers that were accepted and are being made, some at a time (A10). Their names are taken from the moment at which
//! they were accepted: see `contacts/names.rs`.

use domain::{AccountId, ContactId, DraftId};

use crate::{
    Error, Tx, contacts,
    row::Read,
    tx::{pieces, places, rows},
};

/// An import as it is stored, until its last line is a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The id of the draft that the table was looked through in.
    pub id: DraftId,
    /// Who accepted it.
    pub contact: ContactId,
    /// Whose customers they will be.
    pub account: AccountId,
    /// The name of who accepted it, then.
    pub who: String,
    /// From which network address.
    pub address: String,
    /// By which request.
    pub request: String,
    /// How many customers it makes in all.
    pub lines: i64,
}

/// A line that will be a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Where it stands in the table.
    pub line: i64,
    /// Its username as it is compared.
    pub username: String,
    /// Its address as it is compared.
    pub email: String,
    /// The line, as JSON.
    pub fields: String,
}

/// How many lines are stored by one statement.
const AT_ONCE: usize = 500;

/// Accepts a table and takes the names of its lines, which are free among themselves. `false` when one of them is somebody's: then
/// nobody may commit this.
///
/// # Errors
/// When the database cannot.
pub async fn accept(tx: &mut Tx, import: &Import, lines: &[Line]) -> Result<bool, Error> {
    contacts::hold_names(tx).await?;
    let query = sqlx::query(
        "insert into imports (id, contact_id, account_id, who, address, request_id, lines)
         values ($1, $2, $3, $4, $5, $6, $7)",
    );
    query
        .bind(import.id.to_string())
        .bind(import.contact.to_string())
        .bind(import.account.to_string())
        .bind(import.who.clone())
        .bind(import.address.clone())
        .bind(import.request.clone())
        .bind(import.lines)
        .execute(tx.db())
        .await?;
    for some in lines.chunks(AT_ONCE) {
        if !insert(tx, import.id, some).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Stores those of the lines whose names are free; `false` when that is not all of them.
async fn insert(tx: &mut Tx, import: DraftId, lines: &[Line]) -> Result<bool, Error> {
    let sql = format!(
        "insert into import_lines (import_id, line, username_folded, email_folded, fields)
         select $1, new.column1, new.column2, new.column3, new.column4
         from (values {}) as new
         where not exists (select 1 from contacts others where others.username_folded in (new.column2, new.column3))
           and not exists (select 1 from contacts others
                           where others.email_folded = new.column2 and others.storefront_since is not null)
           and not exists (select 1 from import_lines others
                           where others.username_folded = new.column3 and others.import_id <> $1)
           and not exists (select 1 from import_lines others
                           where others.email_folded = new.column2 and others.import_id <> $1)
         on conflict (username_folded) do nothing",
        rows(1, 4, &[(1, "bigint")], lines.len())
    );
    let query = lines.iter().fold(sqlx::query(pieces(sql)).bind(import.to_string()), |query, line| {
        query.bind(line.line).bind(line.username.clone()).bind(line.email.clone()).bind(line.fields.clone())
    });
    Ok(query.execute(tx.db()).await?.rows_affected() == lines.len() as u64)
}

/// Those that are not done.
///
/// # Errors
/// When the database cannot.
pub async fn open(tx: &mut Tx) -> Result<Vec<Import>, Error> {
    let query =
        sqlx::query("select id, contact_id, account_id, who, address, request_id, lines from imports order by id");
    let imports = query.fetch_all(tx.db()).await?;
    let import = |row: &sqlx::any::AnyRow| {
        Ok(Import {
            id: row.parsed("id")?,
            contact: row.parsed("contact_id")?,
            account: row.parsed("account_id")?,
            who: row.text("who")?,
            address: row.text("address")?,
            request: row.text("request_id")?,
            lines: row.int("lines")?,
        })
    };
    imports.iter().map(import).collect()
}

/// How many lines of an import are no customers yet.
///
/// # Errors
/// When the database cannot.
pub async fn left(tx: &mut Tx, import: DraftId) -> Result<i64, Error> {
    let query = sqlx::query_scalar("select count(*) from import_lines where import_id = $1");
    Ok(query.bind(import.to_string()).fetch_one(tx.db()).await?)
}

/// The first so many lines of an import that are no customers yet: where they stand, and what is in them.
///
/// # Errors
/// When the database cannot.
pub async fn next(tx: &mut Tx, import: DraftId, most: usize) -> Result<Vec<(i64, String)>, Error> {
    let sql = format!("select line, fields from import_lines where import_id = $1 order by line limit {most}");
    let lines = sqlx::query(pieces(sql)).bind(import.to_string()).fetch_all(tx.db()).await?;
    lines.iter().map(|row| Ok((row.int("line")?, row.text("fields")?))).collect()
}

/// Takes these lines out, which become customers in this transaction; the import as well, after its last line. `false` when another one
/// has made some of them meanwhile: then nobody may commit this.
///
/// # Errors
/// When the database cannot.
pub async fn take(tx: &mut Tx, import: DraftId, lines: &[i64]) -> Result<bool, Error> {
    contacts::hold_names(tx).await?;
    let sql = format!("delete from import_lines where import_id = $1 and line in ({})", places(1, lines.len()));
    let query = lines.iter().fold(sqlx::query(pieces(sql)).bind(import.to_string()), |query, line| query.bind(*line));
    if query.execute(tx.db()).await?.rows_affected() != lines.len() as u64 {
        return Ok(false);
    }
    let query = sqlx::query(
        "delete from imports
         where id = $1 and not exists (select 1 from import_lines where import_lines.import_id = imports.id)",
    );
    query.bind(import.to_string()).execute(tx.db()).await?;
    Ok(true)
}
