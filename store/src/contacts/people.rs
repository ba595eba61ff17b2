//! People as others see and change them: found in scope, listed, and changed without overwriting anybody.

use domain::{AccountId, ContactId, Role, Scope};

use super::{COLUMNS, Contact, names, read};
use crate::{Error, Tx, accounts, row::maybe_micros, tx::pieces};

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It is stored.
    Done,
    /// Somebody else changed the person meanwhile; nothing is stored.
    Stale,
    /// Somebody signs in by that username or address (A10); nothing is stored.
    Taken,
    /// It was the last active one who may do everything (A6); nothing is stored.
    LastChief,
}

/// A person of the own account; the operator finds everybody.
///
/// # Errors
/// When the database cannot.
pub async fn find(tx: &mut Tx, scope: &Scope, id: ContactId) -> Result<Option<Contact>, Error> {
    let found = super::by_id(tx, id).await?;
    Ok(found.filter(|contact| reaches(scope, contact.account)))
}

/// A page of an account's people, who came first first. Nobody of an account that is not the own; the operator sees all.
///
/// # Errors
/// When the database cannot.
pub async fn page(
    tx: &mut Tx,
    scope: &Scope,
    account: AccountId,
    after: Option<ContactId>,
    most: i64,
) -> Result<Vec<Contact>, Error> {
    if !reaches(scope, account) {
        return Ok(Vec::new());
    }
    let sql = format!("select {COLUMNS} from contacts where account_id = $1 and id > $2 order by id limit $3");
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    let query = sqlx::query(pieces(sql)).bind(account.to_string()).bind(after).bind(most);
    let rows = query.fetch_all(tx.db()).await?;
    rows.iter().map(read).collect()
}

fn reaches(scope: &Scope, account: AccountId) -> bool {
    scope.operator() || scope.reseller() == Some(account)
}

/// Somebody who can use an account as its `chief` now; locked ones are counted apart.
const ACTING: &str = "storefront_since is not null and activated_at is not null and deactivated_at is null";

/// Stores what others decide about a person: the details, the roles, whether it may sign in. `contact.edition` is the one
/// that was read before; the stored one is raised.
///
/// The guards are the `where` (A6): an account keeps an active `chief`, also when two of them demote each other at
/// once, since those who change people of one account take turns.
///
/// # Errors
/// When the database cannot.
pub async fn change(tx: &mut Tx, contact: &Contact, chief: Role) -> Result<Saved, Error> {
    if contact.storefront_since.is_some() {
        // Before the account: whoever makes people holds these first, too.
        names::hold(tx).await?;
    }
    accounts::hold(tx, contact.account).await?;
    let stays = contact.roles.has(chief) && contact.storefront_since.is_some() && contact.deactivated_at.is_none();
    let guard = if stays {
        String::new()
    } else {
        format!(
            "and (not ({ACTING} and ' ' || roles || ' ' like '% {chief} %')
                  or exists (select 1 from contacts others
                             where account_id = contacts.account_id and id <> contacts.id and locked_at is null
                               and {ACTING} and ' ' || roles || ' ' like '% {chief} %'))",
            chief = chief.word(),
        )
    };
    let sql = format!(
        "update contacts
         set username = $1, username_folded = $2, email = $3, email_folded = $4, first_name = $5, last_name = $6,
             phone = $7, job_title = $8, roles = $9, storefront_since = $10, deactivated_at = $11, edition = edition + 1
         where id = $12 and edition = $13
           and (username_folded = $2 and email_folded = $4 or $10 is null or {free})
           {guard}",
        free = names::free(2, 4, 12),
    );
    let query = sqlx::query(pieces(sql))
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
        .bind(maybe_micros(contact.deactivated_at))
        .bind(contact.id.to_string())
        .bind(contact.edition);
    match query.execute(tx.db()).await {
        Ok(done) if done.rows_affected() == 1 => Ok(Saved::Done),
        Ok(_) => refused(tx, contact).await,
        // Of two at once who want a name that was free, the second meets the unique column.
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => Ok(Saved::Taken),
        Err(error) => Err(error.into()),
    }
}

/// Which guard it was.
async fn refused(tx: &mut Tx, contact: &Contact) -> Result<Saved, Error> {
    let stored = super::by_id(tx, contact.id).await?;
    if stored.is_none_or(|stored| stored.edition != contact.edition) {
        return Ok(Saved::Stale);
    }
    let taken = contact.storefront_since.is_some()
        && names::clash(tx, Some(contact.id), &contact.username, &contact.email).await? != names::Clash::default();
    Ok(if taken { Saved::Taken } else { Saved::LastChief })
}
