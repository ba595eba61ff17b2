//! What was typed and not sent: wizards between their steps, and forms that were sent back.

mod limits;

use domain::{ContactId, DraftId, Timestamp};

pub use self::limits::max_bytes_of_nobody;
use crate::{
    Error, Tx,
    cleanup::BATCH,
    row::{Read, micros},
    tx::pieces,
};

/// A draft as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its id; random, and told to nobody but its owner.
    pub id: DraftId,
    /// Its owner; none before signing in.
    pub contact: Option<ContactId>,
    /// Which form.
    pub kind: Kind,
    /// What was typed, as JSON; never a password.
    pub fields: String,
    /// The license wizard that waits for this customer.
    pub parent: Option<DraftId>,
    /// When it was last saved.
    pub updated_at: Timestamp,
}

/// Which form a draft is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The create-license wizard.
    License,
    /// The create-customer wizard.
    Customer,
    /// Customers from a table, before they are imported.
    Import,
    /// The bank's table, before its receipts are recorded.
    Receipts,
    /// What somebody wants to order.
    Basket,
    /// A form that was sent back.
    Returned,
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::License => "license",
            Self::Customer => "customer",
            Self::Import => "import",
            Self::Receipts => "receipts",
            Self::Basket => "basket",
            Self::Returned => "returned",
        }
    }
}

/// Stores a new draft of a person. Their oldest go beyond what one person may have.
///
/// # Errors
/// [`Error::TooLarge`], or when the database cannot.
pub async fn insert(tx: &mut Tx, draft: &Draft) -> Result<(), Error> {
    write(tx, draft, None).await?;
    keep_within_limits(tx, draft).await
}

/// Stores a refused form of nobody in place of the one that the same browser sent before. Those written before `old` go, and of the same
/// form, such as `contacts/forgot`, the oldest beyond a number that is small for a disk: whoever sends one form by the hundred pushes
/// out no other.
///
/// # Errors
/// [`Error::TooLarge`], or when the database cannot.
pub async fn insert_of_nobody(
    tx: &mut Tx,
    draft: &Draft,
    form: &str,
    before: Option<DraftId>,
    old: Timestamp,
) -> Result<(), Error> {
    if let Some(before) = before {
        let query = sqlx::query("delete from drafts where id = $1 and contact_id is null");
        query.bind(before.to_string()).execute(tx.db()).await?;
    }
    write(tx, draft, Some(form)).await?;
    limits::keep_few(tx, draft.id, form, old).await
}

async fn keep_within_limits(tx: &mut Tx, draft: &Draft) -> Result<(), Error> {
    match draft.contact {
        Some(contact) => limits::keep_within(tx, contact, draft.kind, draft.id).await,
        None => Ok(()),
    }
}

fn check_size(draft: &Draft, form: Option<&str>) -> Result<(), Error> {
    let limit = match draft.contact {
        Some(_) => draft.kind.max_bytes(),
        None => max_bytes_of_nobody(form.unwrap_or_default()),
    };
    if draft.fields.len() <= limit { Ok(()) } else { Err(Error::TooLarge) }
}

async fn write(tx: &mut Tx, draft: &Draft, form: Option<&str>) -> Result<(), Error> {
    check_size(draft, form)?;
    let query = sqlx::query(
        "insert into drafts (id, contact_id, kind, fields, parent_id, updated_at, form)
         values ($1, $2, $3, $4, $5, $6, $7)",
    );
    query
        .bind(draft.id.to_string())
        .bind(draft.contact.map(|id| id.to_string()))
        .bind(draft.kind.word())
        .bind(draft.fields.clone())
        .bind(draft.parent.map(|id| id.to_string()))
        .bind(micros(draft.updated_at))
        .bind(form.map(ToOwned::to_owned))
        .execute(tx.db())
        .await?;
    Ok(())
}

/// The draft of that person; a draft without an owner is anybody's who knows its id.
///
/// # Errors
/// When the database cannot.
pub async fn find(tx: &mut Tx, contact: Option<ContactId>, kind: Kind, id: DraftId) -> Result<Option<Draft>, Error> {
    let query = sqlx::query(
        "select id, contact_id, fields, parent_id, updated_at
         from drafts
         where id = $1 and kind = $2 and (contact_id is null or contact_id = $3)",
    );
    let contact = contact.map(|id| id.to_string()).unwrap_or_default();
    let row = query.bind(id.to_string()).bind(kind.word()).bind(contact).fetch_optional(tx.db()).await?;
    row.map(|row| {
        Ok(Draft {
            id: row.parsed("id")?,
            contact: row.maybe_parsed("contact_id")?,
            kind,
            fields: row.text("fields")?,
            parent: row.maybe_parsed("parent_id")?,
            updated_at: row.time("updated_at")?,
        })
    })
    .transpose()
}

/// The draft of a person that was touched last, of those of a kind.
///
/// # Errors
/// When the database cannot.
pub async fn newest(tx: &mut Tx, contact: ContactId, kind: Kind) -> Result<Option<Draft>, Error> {
    let query = sqlx::query_scalar::<_, String>(
        "select id
         from drafts
         where contact_id = $1 and kind = $2
         order by updated_at desc
         limit 1",
    );
    let id = query.bind(contact.to_string()).bind(kind.word()).fetch_optional(tx.db()).await?;
    let Some(id) = id else { return Ok(None) };
    let id = id.parse().map_err(|_| Error::Unreadable { column: "id", value: id })?;
    find(tx, Some(contact), kind, id).await
}

/// Takes out a draft that has become what it was for.
///
/// # Errors
/// When the database cannot.
pub async fn remove(tx: &mut Tx, id: DraftId) -> Result<(), Error> {
    let query = sqlx::query("delete from drafts where id = $1");
    query.bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// Stores what is typed now. The oldest drafts of the person go beyond what one person may have.
///
/// # Errors
/// [`Error::TooLarge`], or when the database cannot.
pub async fn save(tx: &mut Tx, draft: &Draft) -> Result<(), Error> {
    check_size(draft, None)?;
    let query = sqlx::query("update drafts set fields = $1, updated_at = $2 where id = $3");
    query.bind(draft.fields.clone()).bind(micros(draft.updated_at)).bind(draft.id.to_string()).execute(tx.db()).await?;
    keep_within_limits(tx, draft).await
}

/// Sweeps a batch of the drafts that were not touched since then (O2), and gives how many they were; those of nobody have a time of
/// their own. None left means that they were all.
///
/// # Errors
/// When the database cannot.
pub async fn sweep(tx: &mut Tx, before: Timestamp, of_nobody: Timestamp) -> Result<u64, Error> {
    let sql = format!(
        "delete from drafts
         where id in (select id from drafts
                      where updated_at < $1 or (contact_id is null and updated_at < $2)
                      limit {BATCH})"
    );
    let query = sqlx::query(pieces(sql));
    Ok(query.bind(micros(before)).bind(micros(of_nobody)).execute(tx.db()).await?.rows_affected())
}
