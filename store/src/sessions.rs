//! Signed-in browsers.

use domain::{AccountId, ContactId, Roles, SessionId, Timestamp, accounts::Kind, actor::Due};

use crate::{
    Error, Tx,
    row::{Read, micros},
    tx::pieces,
};

/// A session as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Whose it is.
    pub contact: ContactId,
    /// The network address it was last used from.
    pub address: String,
    /// What the browser says it is.
    pub browser: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was last used.
    pub used_at: Timestamp,
    /// Until when, if it is not used.
    pub expires_at: Timestamp,
    /// Since when it owes the second factor.
    pub second_factor_due_at: Option<Timestamp>,
    /// When its holder last proved who they are.
    pub confirmed_at: Timestamp,
}

/// Who comes with a session's token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    /// The session.
    pub session: SessionId,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was last used.
    pub used_at: Timestamp,
    /// The person.
    pub contact: ContactId,
    /// First and last name.
    pub name: String,
    /// What they have to do before anything else.
    pub due: Option<Due>,
    /// When they last proved who they are.
    pub confirmed_at: Timestamp,
    /// The account.
    pub account: AccountId,
    /// What kind of account.
    pub kind: Kind,
    /// What the person may.
    pub roles: Roles,
    /// The account's name.
    pub organisation: String,
}

/// Stores a new session.
///
/// # Errors
/// When the database cannot.
pub async fn insert(tx: &mut Tx, session: &Session, token_hash: &str) -> Result<(), Error> {
    let query = sqlx::query(
        "insert into sessions (id, token_hash, contact_id, address, browser, created_at, used_at, expires_at,
            second_factor_due_at, confirmed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(session.id.to_string())
    .bind(token_hash.to_owned())
    .bind(session.contact.to_string())
    .bind(session.address.clone())
    .bind(session.browser.clone())
    .bind(micros(session.created_at))
    .bind(micros(session.used_at))
    .bind(micros(session.expires_at))
    .bind(session.second_factor_due_at.map(micros))
    .bind(micros(session.confirmed_at));
    query.execute(tx.db()).await?;
    Ok(())
}

/// Whose session came with that token, also when it is over; used since then, so that nobody's old cookie counts for ever.
///
/// # Errors
/// When the database cannot.
pub async fn holder(tx: &mut Tx, token_hash: &str, since: Timestamp) -> Result<Option<ContactId>, Error> {
    let query = sqlx::query_scalar::<_, String>(
        "select contact_id
         from sessions
         where token_hash = $1 and used_at >= $2",
    );
    let id = query.bind(token_hash.to_owned()).bind(micros(since)).fetch_optional(tx.db()).await?;
    id.map(|id| id.parse().map_err(|_| Error::Unreadable { column: "contact_id", value: id })).transpose()
}

/// Who comes with that token: of an open session, active still, and of an account that is not suspended, or by its debt alone (V12).
///
/// # Errors
/// When the database cannot.
pub async fn visitor(tx: &mut Tx, token_hash: &str, now: Timestamp) -> Result<Option<Visitor>, Error> {
    let query = sqlx::query(
        "select s.id as session_id, s.created_at, s.used_at, s.second_factor_due_at, s.confirmed_at,
             c.id as contact_id, c.first_name, c.last_name, c.password_given_at, c.second_factor_since, c.roles,
             a.id as account_id, a.kind, a.name, a.debt_suspended_at,
             coalesce(a.second_factor_required_since, a.second_factor_own_since) as second_factor_asked_since
         from sessions s
         join contacts c on c.id = s.contact_id
         join accounts a on a.id = c.account_id
         where s.token_hash = $1 and s.ended_at is null and s.expires_at > $2
           and c.storefront_since is not null and c.activated_at is not null and c.deactivated_at is null
           and (a.suspended_at is null or a.debt_suspended_at is not null)",
    );
    let row = query.bind(token_hash.to_owned()).bind(micros(now)).fetch_optional(tx.db()).await?;
    row.map(|row| {
        Ok(Visitor {
            session: row.parsed("session_id")?,
            created_at: row.time("created_at")?,
            used_at: row.time("used_at")?,
            contact: row.parsed("contact_id")?,
            name: format!("{} {}", row.text("first_name")?, row.text("last_name")?),
            due: Due::of(
                row.maybe_time("second_factor_due_at")?,
                row.maybe_time("password_given_at")?,
                row.maybe_time("second_factor_asked_since")?,
                row.maybe_time("second_factor_since")?,
            )
            .or(row.maybe_time("debt_suspended_at")?.map(|_| Due::Debt)),
            confirmed_at: row.time("confirmed_at")?,
            account: row.parsed("account_id")?,
            kind: row.word("kind", Kind::from_word)?,
            roles: row.word("roles", Roles::from_words)?,
            organisation: row.text("name")?,
        })
    })
    .transpose()
}

/// The session was used: it lives on.
///
/// # Errors
/// When the database cannot.
pub async fn used(
    tx: &mut Tx,
    id: SessionId,
    address: &str,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), Error> {
    let query = sqlx::query("update sessions set used_at = $1, expires_at = $2, address = $3 where id = $4");
    query
        .bind(micros(now))
        .bind(micros(expires_at))
        .bind(address.to_owned())
        .bind(id.to_string())
        .execute(tx.db())
        .await?;
    Ok(())
}

/// Gives a session another token: the former one is worth nothing any more.
///
/// # Errors
/// When the database cannot.
pub async fn rotate(tx: &mut Tx, id: SessionId, token_hash: &str) -> Result<(), Error> {
    let query = sqlx::query("update sessions set token_hash = $1 where id = $2");
    query.bind(token_hash.to_owned()).bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// The open sessions of a person, last used first; at most fifty.
///
/// # Errors
/// When the database cannot.
pub async fn of_contact(tx: &mut Tx, contact: ContactId, now: Timestamp) -> Result<Vec<Session>, Error> {
    let query = sqlx::query(
        "select id, contact_id, address, browser, created_at, used_at, expires_at, second_factor_due_at, confirmed_at
         from sessions
         where contact_id = $1 and ended_at is null and expires_at > $2
         order by used_at desc, id desc
         limit 50",
    );
    let rows = query.bind(contact.to_string()).bind(micros(now)).fetch_all(tx.db()).await?;
    rows.iter()
        .map(|row| {
            Ok(Session {
                id: row.parsed("id")?,
                contact: row.parsed("contact_id")?,
                address: row.text("address")?,
                browser: row.text("browser")?,
                created_at: row.time("created_at")?,
                used_at: row.time("used_at")?,
                expires_at: row.time("expires_at")?,
                second_factor_due_at: row.maybe_time("second_factor_due_at")?,
                confirmed_at: row.time("confirmed_at")?,
            })
        })
        .collect()
}

/// Whether that is an open session of the person.
///
/// # Errors
/// When the database cannot.
pub async fn is_open(tx: &mut Tx, contact: ContactId, id: SessionId, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query(
        "select id
         from sessions
         where id = $1 and contact_id = $2 and ended_at is null and expires_at > $3",
    );
    let query = query.bind(id.to_string()).bind(contact.to_string()).bind(micros(now));
    Ok(query.fetch_optional(tx.db()).await?.is_some())
}

/// Ends one session of that person; `false` when it is none, or ended already.
///
/// # Errors
/// When the database cannot.
pub async fn end(tx: &mut Tx, contact: ContactId, id: SessionId, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query(
        "update sessions
         set ended_at = $1
         where id = $2 and contact_id = $3 and ended_at is null",
    );
    let done = query.bind(micros(now)).bind(id.to_string()).bind(contact.to_string()).execute(tx.db()).await?;
    Ok(done.rows_affected() == 1)
}

/// One more try of who is signed in to prove who they are: the number of tries in a row that were not right so far, this one
/// among them. `None` when there were `most`, or the session has ended; the guard is the `where`.
///
/// # Errors
/// When the database cannot.
pub async fn try_again(tx: &mut Tx, id: SessionId, most: i64) -> Result<Option<i64>, Error> {
    let query = sqlx::query_scalar(
        "update sessions set wrong_tries = wrong_tries + 1
         where id = $1 and ended_at is null and wrong_tries < $2
         returning wrong_tries",
    );
    Ok(query.bind(id.to_string()).bind(most).fetch_optional(tx.db()).await?)
}

/// Takes such a try back: nobody has looked whether it is right.
///
/// # Errors
/// When the database cannot.
pub async fn take_try_back(tx: &mut Tx, id: SessionId) -> Result<(), Error> {
    let query = sqlx::query("update sessions set wrong_tries = wrong_tries - 1 where id = $1 and wrong_tries > 0");
    query.bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// Whether nobody has ended a session; it stays so until the transaction ends. Those who hold the person as well hold the person first.
///
/// # Errors
/// When the database cannot.
pub async fn held_open(tx: &mut Tx, id: SessionId) -> Result<bool, Error> {
    let lock = tx.dialect().for_no_key_update();
    let sql = format!("select id from sessions where id = $1 and ended_at is null {lock}");
    Ok(sqlx::query(pieces(sql)).bind(id.to_string()).fetch_optional(tx.db()).await?.is_some())
}

/// The holder of a session has proved who they are; wrong tries are forgotten.
///
/// # Errors
/// When the database cannot.
pub async fn confirmed(tx: &mut Tx, id: SessionId, now: Timestamp) -> Result<(), Error> {
    let query = sqlx::query("update sessions set confirmed_at = $1, wrong_tries = 0 where id = $2");
    query.bind(micros(now)).bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// Ends all sessions of everybody of an account.
///
/// # Errors
/// When the database cannot.
pub async fn end_all_of(tx: &mut Tx, account: AccountId, now: Timestamp) -> Result<(), Error> {
    let query = sqlx::query(
        "update sessions
         set ended_at = $1
         where contact_id in (select id from contacts where account_id = $2) and ended_at is null",
    );
    query.bind(micros(now)).bind(account.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// Ends all sessions of a person but one. Says how many have ended by it.
///
/// # Errors
/// When the database cannot.
pub async fn end_others(
    tx: &mut Tx,
    contact: ContactId,
    keep: Option<SessionId>,
    now: Timestamp,
) -> Result<u64, Error> {
    let query = sqlx::query(
        "update sessions
         set ended_at = $1
         where contact_id = $2 and id <> $3 and ended_at is null",
    );
    let keep = keep.map(|id| id.to_string()).unwrap_or_default();
    let done = query.bind(micros(now)).bind(contact.to_string()).bind(keep).execute(tx.db()).await?;
    Ok(done.rows_affected())
}
