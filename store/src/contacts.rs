//! The people of an account: their names, how they sign in, what they may.

mod names;
mod people;

pub use names::{Clash, Taken, clash, hold as hold_names, own_names, taken};
pub use people::{Saved, change, find, page};

use std::slice;

use domain::{AccountId, ContactId, Roles, Timestamp, contacts::State};
use sqlx::any::AnyRow;

use crate::{
    Error, Tx,
    accounts::Account,
    row::{Read, maybe_micros, micros},
    tx::{pieces, rows},
};

/// A contact as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// The account it belongs to.
    pub account: AccountId,
    /// The name to sign in with.
    pub username: String,
    /// Where mail goes.
    pub email: String,
    /// The person.
    pub first_name: String,
    /// The person.
    pub last_name: String,
    /// A telephone number, as typed.
    pub phone: Option<String>,
    /// What the person does.
    pub job_title: Option<String>,
    /// What the person may (A8, A9).
    pub roles: Roles,
    /// Since when the person is a Storefront user: only one can sign in.
    pub storefront_since: Option<Timestamp>,
    /// None before activation.
    pub password_hash: Option<String>,
    /// A10: since when the password is one that somebody else chose.
    pub password_given_at: Option<Timestamp>,
    /// A6: wrong passwords in a row.
    pub wrong_passwords: i64,
    /// Since when it has a second factor.
    pub second_factor_since: Option<Timestamp>,
    /// Since when it can sign in.
    pub activated_at: Option<Timestamp>,
    /// Since when it may not any more.
    pub deactivated_at: Option<Timestamp>,
    /// Since when it is locked.
    pub locked_at: Option<Timestamp>,
    /// When it signed in for the first time.
    pub first_signed_in_at: Option<Timestamp>,
    /// Raised by every change of details or roles.
    pub edition: i64,
    /// Since when it is there.
    pub created_at: Timestamp,
}

impl Contact {
    /// Somebody who signs in with their e-mail address, and cannot yet; with all rights of the account.
    pub fn new(id: ContactId, account: &Account, email: &str, [first, last]: [&str; 2], created_at: Timestamp) -> Self {
        Self {
            id,
            account: account.id,
            username: email.to_owned(),
            email: email.to_owned(),
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            phone: None,
            job_title: None,
            roles: Roles::chief(account.kind),
            storefront_since: Some(created_at),
            password_hash: None,
            password_given_at: None,
            wrong_passwords: 0,
            second_factor_since: None,
            activated_at: None,
            deactivated_at: None,
            locked_at: None,
            first_signed_in_at: None,
            edition: 0,
            created_at,
        }
    }

    /// As it is compared: only a Storefront user takes a username.
    fn username_folded(&self) -> String {
        match self.storefront_since {
            Some(_) => self.username.to_lowercase(),
            None => self.id.to_string(),
        }
    }

    /// A6.
    pub fn state(&self) -> State {
        State::of(self.activated_at, self.deactivated_at, self.locked_at)
    }

    /// First and last name.
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

const COLUMNS: &str = "id, account_id, username, email, first_name, last_name, phone, job_title, roles, storefront_since, \
    password_hash, password_given_at, wrong_passwords, second_factor_since, activated_at, deactivated_at, locked_at, first_signed_in_at, edition, \
    created_at";

fn read(row: &AnyRow) -> Result<Contact, Error> {
    Ok(Contact {
        id: row.parsed("id")?,
        account: row.parsed("account_id")?,
        username: row.text("username")?,
        email: row.text("email")?,
        first_name: row.text("first_name")?,
        last_name: row.text("last_name")?,
        phone: row.maybe_text("phone")?,
        job_title: row.maybe_text("job_title")?,
        roles: row.word("roles", Roles::from_words)?,
        storefront_since: row.maybe_time("storefront_since")?,
        password_hash: row.maybe_text("password_hash")?,
        password_given_at: row.maybe_time("password_given_at")?,
        wrong_passwords: row.int("wrong_passwords")?,
        second_factor_since: row.maybe_time("second_factor_since")?,
        activated_at: row.maybe_time("activated_at")?,
        deactivated_at: row.maybe_time("deactivated_at")?,
        locked_at: row.maybe_time("locked_at")?,
        first_signed_in_at: row.maybe_time("first_signed_in_at")?,
        edition: row.int("edition")?,
        created_at: row.time("created_at")?,
    })
}

/// Stores a new contact; `false` when somebody signs in by one of its names (A10).
///
/// # Errors
/// When the database cannot.
pub async fn insert(tx: &mut Tx, contact: &Contact) -> Result<bool, Error> {
    insert_all(tx, slice::from_ref(contact)).await
}

/// Stores new contacts by one statement; `false` when somebody signs in by a name of one of them (A10): that one is not stored.
/// The guards are the unique column and the `where`: of two at once, one gets it. Whoever gives several has seen to it that none
/// of them has the address of another one as its username.
///
/// # Errors
/// When the database cannot.
pub async fn insert_all(tx: &mut Tx, contacts: &[Contact]) -> Result<bool, Error> {
    if contacts.is_empty() {
        return Ok(true);
    }
    if contacts.iter().any(|contact| contact.storefront_since.is_some()) {
        names::hold(tx).await?;
    }
    let sql = format!(
        "insert into contacts (id, account_id, username, username_folded, email, email_folded,
            first_name, last_name, phone, job_title, roles, storefront_since, password_hash, password_given_at,
            activated_at, created_at)
         select *
         from (values {}) as new
         where column12 is null or ({})
         on conflict (username_folded) do nothing",
        rows(0, 16, &[(12, "bigint"), (14, "bigint"), (15, "bigint")], contacts.len()),
        names::FREE
    );
    let query = contacts.iter().fold(sqlx::query(pieces(sql)), |query, contact| {
        query
            .bind(contact.id.to_string())
            .bind(contact.account.to_string())
            .bind(contact.username.clone())
            .bind(contact.username_folded())
            .bind(contact.email.clone())
            .bind(contact.email.to_lowercase())
            .bind(contact.first_name.clone())
            .bind(contact.last_name.clone())
            .bind(contact.phone.clone())
            .bind(contact.job_title.clone())
            .bind(contact.roles.words())
            .bind(maybe_micros(contact.storefront_since))
            .bind(contact.password_hash.clone())
            .bind(maybe_micros(contact.password_given_at))
            .bind(maybe_micros(contact.activated_at))
            .bind(micros(contact.created_at))
    });
    Ok(query.execute(tx.db()).await?.rows_affected() == contacts.len() as u64)
}

/// Stores what changes by choosing a password, by unlocking and by beginning anew: the password and the times that come with it. The
/// contact is read by [`held`] in the same transaction, so that nothing is taken back that another one writes at the same moment.
/// What others decide about somebody is stored by [`change`].
///
/// # Errors
/// When the database cannot.
pub async fn save(tx: &mut Tx, contact: &Contact) -> Result<(), Error> {
    let query = sqlx::query(
        "update contacts
         set password_hash = $1, password_given_at = $2, wrong_passwords = $3, activated_at = $4,
             locked_at = $5, first_signed_in_at = $6
         where id = $7",
    )
    .bind(contact.password_hash.clone())
    .bind(maybe_micros(contact.password_given_at))
    .bind(contact.wrong_passwords)
    .bind(maybe_micros(contact.activated_at))
    .bind(maybe_micros(contact.locked_at))
    .bind(maybe_micros(contact.first_signed_in_at))
    .bind(contact.id.to_string());
    query.execute(tx.db()).await?;
    Ok(())
}

/// Somebody comes in with the password whose hash was read: wrong ones are forgotten, and the first time is noted. `false`, and nothing
/// is stored, when it is not the password any more, or who has it may not come in; the guard is the `where`.
///
/// # Errors
/// When the database cannot.
pub async fn come_in(tx: &mut Tx, read: &Contact, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query(
        "update contacts
         set wrong_passwords = 0, first_signed_in_at = coalesce(first_signed_in_at, $1)
         where id = $2 and password_hash = $3 and storefront_since is not null
           and activated_at is not null and deactivated_at is null and locked_at is null",
    );
    let query = query.bind(micros(now)).bind(read.id.to_string()).bind(read.password_hash.clone());
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}

/// One more wrong password: counts it, and locks at the `locks_at`th in a row over all networks (A6). Gives the count after
/// it; `None` when nobody is active by that id. Counted in the SQL, so that many tries at once are all counted.
///
/// # Errors
/// When the database cannot.
pub async fn count_wrong_password(
    tx: &mut Tx,
    id: ContactId,
    locks_at: i64,
    now: Timestamp,
) -> Result<Option<i64>, Error> {
    let query = sqlx::query_scalar(
        "update contacts
         set wrong_passwords = wrong_passwords + 1,
             locked_at = case when wrong_passwords + 1 >= $1 then $2 else locked_at end
         where id = $3 and activated_at is not null and deactivated_at is null and locked_at is null
         returning wrong_passwords",
    );
    Ok(query.bind(locks_at).bind(micros(now)).bind(id.to_string()).fetch_optional(tx.db()).await?)
}

/// Whether somebody is to be told that wrong passwords are entered: an active contact that was not told since `since` (A6), as far as
/// that time is not still to come, by a clock that was ahead. Of many at once, one tells.
///
/// # Errors
/// When the database cannot.
pub async fn warn(tx: &mut Tx, id: ContactId, since: Timestamp, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query(
        "update contacts
         set warned_at = $1
         where id = $2 and (warned_at is null or warned_at <= $3 or warned_at > $1)
           and activated_at is not null and deactivated_at is null and locked_at is null",
    );
    let query = query.bind(micros(now)).bind(id.to_string()).bind(micros(since));
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}

/// A contact of which it is already known that it may be read.
///
/// # Errors
/// When the database cannot.
pub async fn by_id(tx: &mut Tx, id: ContactId) -> Result<Option<Contact>, Error> {
    let sql = format!("select {COLUMNS} from contacts where id = $1");
    let row = sqlx::query(pieces(sql)).bind(id.to_string()).fetch_optional(tx.db()).await?;
    row.as_ref().map(read).transpose()
}

/// The same, held as it is until the transaction ends: for who writes what depends on it. Those who hold the account as well hold
/// that first, and the tries of the contact before the contact.
///
/// # Errors
/// When the database cannot.
pub async fn held(tx: &mut Tx, id: ContactId) -> Result<Option<Contact>, Error> {
    let sql = format!("select {COLUMNS} from contacts where id = $1 {}", tx.dialect().for_no_key_update());
    let row = sqlx::query(pieces(sql)).bind(id.to_string()).fetch_optional(tx.db()).await?;
    row.as_ref().map(read).transpose()
}

/// Who signs in with that name: the username, or an e-mail address that only one has.
///
/// # Errors
/// When the database cannot.
pub async fn by_login(tx: &mut Tx, login: &str) -> Result<Option<Contact>, Error> {
    let folded = login.trim().to_lowercase();
    let sql = format!("select {COLUMNS} from contacts where username_folded = $1");
    let row = sqlx::query(pieces(sql)).bind(folded.clone()).fetch_optional(tx.db()).await?;
    if let Some(row) = row {
        return read(&row).map(Some);
    }
    let sql =
        format!("select {COLUMNS} from contacts where email_folded = $1 and storefront_since is not null limit 2");
    match sqlx::query(pieces(sql)).bind(folded).fetch_all(tx.db()).await?.as_slice() {
        [only] => read(only).map(Some),
        _ => Ok(None),
    }
}

/// For what those are looked up who may be meant by a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup {
    /// To sign in: first those who may come in now.
    SignIn,
    /// To be mailed: first one of each house.
    Mail,
}

/// All who may be meant by what somebody types to sign in, `most` at the most: whose username it is, then whose address. A house, which
/// is a reseller with its customers, or the operator, has its second one looked at after the first one of each other house, so that no
/// house takes the place of another one's people by naming many so. In a house those come first who may come in now, of them those who
/// have signed in before, the oldest first.
///
/// # Errors
/// When the database cannot.
pub async fn all_by_login(tx: &mut Tx, login: &str, most: i64, lookup: Lookup) -> Result<Vec<Contact>, Error> {
    let order = match lookup {
        Lookup::SignIn => "closed, place",
        Lookup::Mail => "place, closed",
    };
    let sql = format!(
        "with meant as (
             select c.*, coalesce(a.reseller_id, a.id) as house,
                    case when c.username_folded = $1 then 0 else 1 end as by_address,
                    case when c.activated_at is not null and c.deactivated_at is null and c.locked_at is null
                         then 0 else 1 end as closed,
                    case when c.first_signed_in_at is null then 1 else 0 end as unseen
             from contacts c join accounts a on a.id = c.account_id
             where c.username_folded = $1 or (c.email_folded = $1 and c.storefront_since is not null)
         ), placed as (
             select meant.*, row_number() over (
                 partition by house order by by_address, closed, unseen, created_at, id) as place
             from meant
         )
         select {COLUMNS} from placed order by by_address, {order}, unseen, created_at, id limit $2"
    );
    let query = sqlx::query(pieces(sql)).bind(login.trim().to_lowercase()).bind(most);
    query.fetch_all(tx.db()).await?.iter().map(read).collect()
}

/// The first person of an account: a customer has one.
///
/// # Errors
/// When the database cannot.
pub async fn first_of(tx: &mut Tx, account: AccountId) -> Result<Option<Contact>, Error> {
    let sql = format!("select {COLUMNS} from contacts where account_id = $1 order by id limit 1");
    let row = sqlx::query(pieces(sql)).bind(account.to_string()).fetch_optional(tx.db()).await?;
    row.as_ref().map(read).transpose()
}

/// The people of an account who can sign in, up to 200; an account has few.
///
/// # Errors
/// When the database cannot.
pub async fn active_of(tx: &mut Tx, account: AccountId) -> Result<Vec<Contact>, Error> {
    let sql = format!(
        "select {COLUMNS} from contacts
         where account_id = $1 and storefront_since is not null and activated_at is not null
           and deactivated_at is null and locked_at is null
         order by id
         limit 200"
    );
    let rows = sqlx::query(pieces(sql)).bind(account.to_string()).fetch_all(tx.db()).await?;
    rows.iter().map(read).collect()
}

/// Whether anybody of the account can sign in (A2).
///
/// # Errors
/// When the database cannot.
pub async fn any_active(tx: &mut Tx, account: AccountId) -> Result<bool, Error> {
    let query = sqlx::query_scalar::<_, i64>(
        "select count(*)
         from (select 1 from contacts
               where account_id = $1 and storefront_since is not null and activated_at is not null
                 and deactivated_at is null and locked_at is null
               limit 1) as found",
    );
    Ok(query.bind(account.to_string()).fetch_one(tx.db()).await? > 0)
}
