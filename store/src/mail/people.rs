//! Mails to one person, and what those who had them sent may know of them: whether they arrived, and never their text.

mod details;

use std::collections::HashSet;

use domain::{
    AccountId, ContactId, MailId, Scope, Timestamp,
    mail::{Lane, Purpose, State},
};
use sqlx::any::AnyRow;

pub use self::details::{Of, address_details, of_license, of_order};
use crate::{
    Error, Tx,
    row::{Read, micros},
    tx::{pieces, places, rows},
};

/// The last mail to a person for a purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latest {
    /// What it is for.
    pub purpose: Purpose,
    /// To which address.
    pub to: String,
    /// The address that the person has now.
    pub now: Option<String>,
    /// What became of it so far.
    pub state: State,
    /// When it was sent, failed or was replaced; of one that is still to be sent, when it is tried next.
    pub at: Timestamp,
    /// What the mail server answered when it did not take it.
    pub answer: Option<String>,
}

/// A mail that could not be delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undelivered {
    /// The person.
    pub contact: ContactId,
    /// The account of the person.
    pub account: AccountId,
    /// First and last name.
    pub name: String,
    /// What it is for.
    pub purpose: Purpose,
}

/// A mail goes to that person for that purpose. The account of the reseller whose customer it is, or else the person's own,
/// hears of it when it cannot be delivered. It replaces those before it, as by [`replace`].
///
/// # Errors
/// When the database cannot.
pub async fn address(
    tx: &mut Tx,
    id: MailId,
    contact: ContactId,
    purpose: Purpose,
    lane: Lane,
    now: Timestamp,
) -> Result<(), Error> {
    replace(tx, contact, Some(purpose), now).await?;
    assign(tx, id, contact, purpose, lane).await
}

async fn assign(tx: &mut Tx, id: MailId, contact: ContactId, purpose: Purpose, lane: Lane) -> Result<(), Error> {
    let query = sqlx::query(
        "update outbox
         set contact_id = $1, purpose = $2, lane = $3,
             account_id = (select coalesce(a.reseller_id, a.id)
                           from contacts c join accounts a on a.id = c.account_id
                           where c.id = $1)
         where id = $4",
    );
    let query = query.bind(contact.to_string()).bind(purpose.word()).bind(lane.number());
    query.bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// A mail to somebody who had none before.
pub struct First {
    /// The mail.
    pub id: MailId,
    /// To whom.
    pub contact: ContactId,
    /// Their address.
    pub recipient: String,
    /// The text without links and keys.
    pub body: String,
    /// What is sent, where it differs.
    pub whole: Option<String>,
}

/// Puts mails to people who had none before into the outbox by one statement, all under one subject and for one account.
///
/// # Errors
/// When the database cannot.
pub async fn insert_first(
    tx: &mut Tx,
    mails: &[First],
    subject: &str,
    (account, purpose, lane): (AccountId, Purpose, Lane),
    now: Timestamp,
) -> Result<(), Error> {
    if mails.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "insert into outbox (subject, account_id, purpose, lane, created_at, due_at, id, contact_id, recipient, body, whole)
         select $1, $2, $3, cast($4 as bigint), cast($5 as bigint), cast($5 as bigint), new.*
         from (values {}) as new",
        rows(5, 5, &[], mails.len())
    );
    let query = sqlx::query(pieces(sql))
        .bind(subject.to_owned())
        .bind(account.to_string())
        .bind(purpose.word())
        .bind(lane.number())
        .bind(micros(now));
    let query = mails.iter().fold(query, |query, mail| {
        query
            .bind(mail.id.to_string())
            .bind(mail.contact.to_string())
            .bind(mail.recipient.clone())
            .bind(mail.body.clone())
            .bind(mail.whole.clone())
    });
    query.execute(tx.db()).await?;
    Ok(())
}

/// A mail goes to that person, and nobody is told what became of it: it has no purpose. Who it is says who answers.
///
/// # Errors
/// When the database cannot.
pub async fn to(tx: &mut Tx, id: MailId, contact: ContactId) -> Result<(), Error> {
    let query = sqlx::query("update outbox set contact_id = $1 where id = $2");
    query.bind(contact.to_string()).bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// What becomes of mails that are no longer needed at `$1`: those that are still to be sent end at that time, as if they had failed for good.
const NO_LONGER_NEEDED: &str = "replaced_at = $1, \
    failed_at = case when sent_at is null then coalesce(failed_at, $1) else failed_at end";

/// The mails to a person, of one purpose or of all, are no longer needed: what is still to be sent of them is not sent, and that the
/// others did not arrive is not reported any more.
///
/// # Errors
/// When the database cannot.
pub async fn replace(tx: &mut Tx, contact: ContactId, purpose: Option<Purpose>, now: Timestamp) -> Result<(), Error> {
    let sql = format!(
        "update outbox {}
         set {NO_LONGER_NEEDED}
         where contact_id = $2 and purpose is not null and replaced_at is null and ($3 = '' or purpose = $3)",
        tx.dialect().by_index("outbox_of_contact")
    );
    let purpose = purpose.map(Purpose::word).unwrap_or_default();
    let query = sqlx::query(pieces(sql)).bind(micros(now)).bind(contact.to_string()).bind(purpose);
    query.execute(tx.db()).await?;
    Ok(())
}

/// Keeps what the mail server answered when it did not take a mail.
///
/// # Errors
/// When the database cannot.
pub async fn answered(tx: &mut Tx, id: MailId, answer: Option<&str>) -> Result<(), Error> {
    let query = sqlx::query("update outbox set answer = $1 where id = $2");
    query.bind(answer.map(str::to_owned)).bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// Whose mails may be known: those of the reseller, or all of them, which is the empty text; `None` for whoever may know of none.
fn known_to(scope: &Scope) -> Option<String> {
    match (scope.operator(), scope.reseller()) {
        (true, _) => Some(String::new()),
        (false, reseller) => reseller.map(|reseller| reseller.to_string()),
    }
}

/// What is read of a mail for those who had it sent.
const COLUMNS: &str = "purpose, recipient, sent_at, failed_at, replaced_at, due_at, error, answer, \
    (select c.email from contacts c where c.id = outbox.contact_id) as email";

fn read(row: &AnyRow) -> Result<Latest, Error> {
    let (sent, failed) = (row.maybe_time("sent_at")?, row.maybe_time("failed_at")?);
    Ok(Latest {
        purpose: row.word("purpose", Purpose::from_word)?,
        to: row.text("recipient")?,
        now: row.maybe_text("email")?,
        state: State::of(sent, row.maybe_time("replaced_at")?, failed, row.maybe_text("error")?.as_ref()),
        at: sent.or(failed).map_or_else(|| row.time("due_at"), Ok)?,
        answer: row.maybe_text("answer")?,
    })
}

/// The last mail to a person for each purpose, and those before it that did not arrive, newest first, without those that are no longer
/// needed. The person is the operator's to know, or one of the own account or of a customer of it.
///
/// # Errors
/// When the database cannot.
pub async fn latest(tx: &mut Tx, scope: &Scope, contact: ContactId) -> Result<Vec<Latest>, Error> {
    let Some(own) = known_to(scope) else { return Ok(Vec::new()) };
    let sql = format!(
        "select {COLUMNS}
         from outbox
         where contact_id = $1 and purpose is not null and replaced_at is null and ($2 = '' or account_id = $2)
         order by seq desc
         limit 50"
    );
    let query = sqlx::query(pieces(sql));
    let rows = query.bind(contact.to_string()).bind(own).fetch_all(tx.db()).await?;
    let mut latest: Vec<Latest> = Vec::new();
    for row in &rows {
        let mail = read(row)?;
        let trouble = matches!(mail.state, State::Retrying | State::Failed);
        // The same trouble of several orders is told once.
        let told = latest.iter().any(|one| one.purpose == mail.purpose && (!trouble || one.state == mail.state));
        if !told {
            latest.push(mail);
        }
    }
    Ok(latest)
}

/// The condition for a mail that nobody tries any more and that is still needed.
const UNDELIVERED: &str =
    "o.purpose is not null and o.sent_at is null and o.failed_at is not null and o.replaced_at is null";

/// The mails of an account that could not be delivered, newest first.
///
/// # Errors
/// When the database cannot.
pub async fn undelivered(tx: &mut Tx, scope: &Scope, most: i64) -> Result<Vec<Undelivered>, Error> {
    let Some(reseller) = scope.reseller() else {
        return Ok(Vec::new());
    };
    let sql = format!(
        "select o.purpose, c.id, c.account_id, c.first_name, c.last_name
         from outbox o
         join contacts c on c.id = o.contact_id
         where o.account_id = $1 and {UNDELIVERED}
         order by o.seq desc
         limit $2"
    );
    let rows = sqlx::query(pieces(sql)).bind(reseller.to_string()).bind(most).fetch_all(tx.db()).await?;
    let read = |row: &AnyRow| {
        Ok(Undelivered {
            contact: row.parsed("id")?,
            account: row.parsed("account_id")?,
            name: format!("{} {}", row.text("first_name")?, row.text("last_name")?),
            purpose: row.word("purpose", Purpose::from_word)?,
        })
    };
    rows.iter().map(read).collect()
}

/// Those of these accounts to one of whose people a mail could not be delivered. The accounts are known to be the reader's.
///
/// # Errors
/// When the database cannot.
pub async fn undelivered_to(tx: &mut Tx, accounts: &[AccountId]) -> Result<HashSet<AccountId>, Error> {
    if accounts.is_empty() {
        return Ok(HashSet::new());
    }
    let sql = format!(
        "select distinct c.account_id
         from contacts c
         join outbox o on o.contact_id = c.id
         where c.account_id in ({}) and {UNDELIVERED}",
        places(0, accounts.len())
    );
    let query = accounts.iter().fold(sqlx::query(pieces(sql)), |query, id| query.bind(id.to_string()));
    query.fetch_all(tx.db()).await?.iter().map(|row| row.parsed("account_id")).collect()
}

/// Those of an account's people to whom a mail could not be delivered. The account is known to be the reader's.
///
/// # Errors
/// When the database cannot.
pub async fn undelivered_in(tx: &mut Tx, account: AccountId) -> Result<HashSet<ContactId>, Error> {
    let sql = format!(
        "select distinct c.id
         from contacts c
         join outbox o on o.contact_id = c.id
         where c.account_id = $1 and {UNDELIVERED}"
    );
    let rows = sqlx::query(pieces(sql)).bind(account.to_string()).fetch_all(tx.db()).await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}
