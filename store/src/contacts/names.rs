//! The names by which people sign in: usernames and addresses. A username is one person's, anywhere; several may have one address,
//! but nobody's address is another one's username (A10): otherwise whoever names somebody so would take the other one's sign-in. The
//! lines of an import that are customers in a moment have theirs already.

use std::collections::HashSet;

use domain::{AccountId, ContactId};

use crate::{
    Error, Tx,
    tx::{pieces, places},
};

/// Which of somebody's names somebody else signs in by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Clash {
    /// The username is another one's username or address.
    pub username: bool,
    /// The address is another one's username.
    pub email: bool,
}

/// Which of many names people sign in by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Those that are usernames.
    pub usernames: HashSet<String>,
    /// Those that are addresses of people who sign in.
    pub addresses: HashSet<String>,
}

/// Nobody but the one with the id `$id` signs in by the username, or has the address as a username. For the `where` of a
/// statement with these numbers of its values; [`hold`] comes before it.
pub(super) fn free(username: u8, email: u8, id: u8) -> String {
    format!(
        "not exists (select 1 from contacts others
                     where others.username_folded in (${username}, ${email}) and others.id <> ${id})
         and not exists (select 1 from contacts others
                         where others.email_folded = ${username} and others.storefront_since is not null
                           and others.id <> ${id})
         and not exists (select 1 from import_lines lines where lines.username_folded in (${username}, ${email}))
         and not exists (select 1 from import_lines lines where lines.email_folded = ${username})"
    )
}

/// The same for new contacts: the usernames stand in `column4`, the addresses in `column6`.
pub(super) const FREE: &str =
    "not exists (select 1 from contacts others where others.username_folded in (column4, column6))
           and not exists (select 1 from contacts others
                           where others.email_folded = column4 and others.storefront_since is not null)
           and not exists (select 1 from import_lines lines where lines.username_folded in (column4, column6))
           and not exists (select 1 from import_lines lines where lines.email_folded = column4)";

/// Holds the names until the transaction ends, so that a name that is free stays free until it is given. Whoever holds accounts as
/// well holds the names first, so that no two wait for each other. On SQLite whoever writes is alone anyway.
///
/// # Errors
/// When the database cannot.
pub async fn hold(tx: &mut Tx) -> Result<(), Error> {
    if !*tx.holds_names() {
        let sql = format!("select id from sign_in_names where id = 1 {}", tx.dialect().for_update());
        sqlx::query(pieces(sql)).fetch_one(tx.db()).await?;
        *tx.holds_names() = true;
    }
    Ok(())
}

/// Which of these names somebody signs in by who is not `whose`.
///
/// # Errors
/// When the database cannot.
pub async fn clash(tx: &mut Tx, whose: Option<ContactId>, username: &str, email: &str) -> Result<Clash, Error> {
    let [username, email] = [username, email].map(|name| name.trim().to_lowercase());
    let id = whose.map(|id| id.to_string()).unwrap_or_default();
    let usernames = sqlx::query_scalar::<_, String>(
        "select username_folded from contacts where username_folded in ($1, $2) and id <> $3
         union all
         select username_folded from import_lines where username_folded in ($1, $2)",
    );
    let usernames = usernames.bind(username.clone()).bind(email.clone()).bind(id.clone()).fetch_all(tx.db()).await?;
    let addresses = sqlx::query_scalar::<_, i64>(
        "select count(*)
         from (select 1 from contacts
               where email_folded = $1 and storefront_since is not null and id <> $2
               union all
               select 1 from import_lines where email_folded = $1
               limit 1) as found",
    );
    let addresses = addresses.bind(username.clone()).bind(id).fetch_one(tx.db()).await?;
    Ok(Clash {
        username: addresses > 0 || usernames.contains(&username),
        email: username != email && usernames.contains(&email),
    })
}

/// Which of these names people sign in by, anywhere; given and told as they are compared.
///
/// # Errors
/// When the database cannot.
pub async fn taken(tx: &mut Tx, folded: &[String]) -> Result<Taken, Error> {
    let mut taken = Taken::default();
    for some in folded.chunks(500) {
        let places = places(0, some.len());
        let sql = format!(
            "select username_folded from contacts where username_folded in ({places})
             union all
             select username_folded from import_lines where username_folded in ({places})"
        );
        taken.usernames.extend(names(tx, sql, some, None).await?);
        let sql = format!(
            "select email_folded from contacts where email_folded in ({places}) and storefront_since is not null
             union all
             select email_folded from import_lines where email_folded in ({places})"
        );
        taken.addresses.extend(names(tx, sql, some, None).await?);
    }
    Ok(taken)
}

/// Which of these names are usernames or addresses of the account's own people and those of its own customers.
///
/// # Errors
/// When the database cannot.
pub async fn own_names(tx: &mut Tx, account: AccountId, folded: &[String]) -> Result<HashSet<String>, Error> {
    let mut own = HashSet::new();
    for some in folded.chunks(500) {
        let places = places(0, some.len());
        let last = some.len() + 1;
        for column in ["username_folded", "email_folded"] {
            let sql = format!(
                "select {column}
                 from contacts join accounts on accounts.id = contacts.account_id
                 where {column} in ({places}) and storefront_since is not null
                   and (accounts.reseller_id = ${last} or accounts.id = ${last})
                 union all
                 select {column}
                 from import_lines join imports on imports.id = import_lines.import_id
                 where {column} in ({places}) and imports.account_id = ${last}"
            );
            own.extend(names(tx, sql, some, Some(account)).await?);
        }
    }
    Ok(own)
}

async fn names(tx: &mut Tx, sql: String, some: &[String], last: Option<AccountId>) -> Result<Vec<String>, Error> {
    let query = sqlx::query_scalar::<_, String>(pieces(sql));
    let query = some.iter().fold(query, |query, name| query.bind(name.clone()));
    let query = last.into_iter().fold(query, |query, id| query.bind(id.to_string()));
    Ok(query.fetch_all(tx.db()).await?)
}
