//! Many customers at once from a table: a dry run first, then all or none (A10, A11).

use std::collections::HashSet;

use domain::{
    Deed, DraftId, FieldErrors, FormKey,
    audit::What,
    customers::import::{self, Column, EMAIL_TAKEN, Finding, ImportLine, ImportPage, OWN_ALREADY, USERNAME_TAKEN},
};
use store::{Tx, accounts::Account, contacts::Contact, drafts::Kind};

use super::create::{new_customer, write_down_created};
use crate::{
    Cx, Error, accounts,
    contacts::{
        Invitations,
        names::{TOLD_A_PERSON, question},
    },
    drafts,
    idempotency::{draft_of, key_of},
    live::Change,
    security_log::{self, Who},
};

/// How many findings a page shows.
const SHOWN: usize = 200;
/// The deed, beside its key.
const IMPORTED: &str = "customer.imported";

/// Reads a table and keeps its lines for the dry run; nothing else comes of it.
///
/// # Errors
/// A message at `file` when it is no table of customers.
pub async fn upload(cx: &Cx, table: &[u8]) -> Result<DraftId, Error> {
    cx.may(Deed::CreateCustomers)?;
    let lines = import::read(table)?;
    let mut tx = cx.service.store.write().await?;
    let id = drafts::begin(cx, &mut tx, Kind::Import, lines, None).await?;
    tx.commit().await?;
    Ok(id)
}

/// The dry run: what is wrong with the table now, or how many customers it has become.
///
/// # Errors
/// [`domain::Refusal::FormUnknown`] when there is no such draft of the actor.
pub async fn dry_run(cx: &Cx, draft: DraftId) -> Result<ImportPage, Error> {
    cx.may(Deed::CreateCustomers)?;
    let mut tx = cx.service.store.read().await?;
    let (_, lines): (_, Vec<ImportLine>) = drafts::load(cx, &mut tx, Kind::Import, draft).await?;
    let made = store::idempotency::outcome(&mut tx, cx.actor.contact, key_of(draft)).await?;
    let made = made.and_then(|made| made.parse().ok());
    let mut findings = if made.is_none() { findings(cx, &mut tx, &lines).await? } else { Vec::new() };
    let wrong: HashSet<_> = findings.iter().map(|finding| finding.line).collect();
    let more = findings.len().saturating_sub(SHOWN);
    findings.truncate(SHOWN);
    Ok(ImportPage { draft, lines: lines.len(), fine: lines.len() - wrong.len(), findings, more, made })
}

/// How many are stored by one statement.
const AT_ONCE: usize = 100;

/// Creates all customers of a table, each with an activation link, and gives how many they are. The
/// same draft sent again makes none.
///
/// # Errors
/// A message at `table` while there is a finding, or a refusal when one address would get too many mails; then nothing is made.
pub async fn import(cx: &Cx, key: FormKey) -> Result<usize, Error> {
    cx.may(Deed::CreateCustomers)?;
    // The table is read and looked through, and its customers and their mails are made, before anything is written: nobody
    // else writes to SQLite meanwhile, and 5,000 lines take a while.
    let mut tx = cx.service.store.read().await?;
    let (_, lines): (_, Vec<ImportLine>) = drafts::load(cx, &mut tx, Kind::Import, draft_of(key)).await?;
    let imported = store::idempotency::outcome(&mut tx, cx.actor.contact, key).await?.is_some();
    if !imported && !findings(cx, &mut tx, &lines).await?.is_empty() {
        return Err(changed().into());
    }
    let (reseller, _) = accounts::own(cx, &mut tx).await?;
    drop(tx);
    let batches = if imported { Vec::new() } else { make(cx, &reseller, &lines)? };
    let mut tx = cx.service.store.write().await?;
    if let Some(made) = cx.once(&mut tx, key, IMPORTED, ()).await? {
        return made.parse().map_err(|_| Error::NotFound);
    }
    let (now, _) = accounts::own(cx, &mut tx).await?;
    // What was made of it is not of now: it is made anew when the form is sent again.
    if (&now.name, &now.time_zone, now.currency) != (&reseller.name, &reseller.time_zone, reseller.currency) {
        return Err(changed().into());
    }
    let addresses = batches.iter().flat_map(|batch| &batch.people).map(|person| person.email.as_str());
    cx.may_mail_each(&mut tx, addresses)?;
    for batch in &batches {
        batch.store(cx, &mut tx, &reseller).await?;
    }
    store::accounts::count_customers(&mut tx, reseller.id, lines.len() as i64).await?;
    let version = store::accounts::raise_version(&mut tx, reseller.id).await?;
    cx.settle(&mut tx, key, lines.len()).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    let words = match lines.len() {
        1 => "1 customer was imported".to_owned(),
        n => format!("{n} customers were imported"),
    };
    cx.service.live.announce(Change { account: reseller.id, version, words });
    Ok(lines.len())
}

/// Customers that are to be stored, each with its person and the person's invitation.
#[derive(Default)]
struct Batch {
    accounts: Vec<Account>,
    people: Vec<Contact>,
    invitations: Invitations,
}

fn make(cx: &Cx, reseller: &Account, lines: &[ImportLine]) -> Result<Vec<Batch>, Error> {
    let batch = |lines: &[ImportLine]| -> Result<Batch, Error> {
        let mut batch = Batch::default();
        for line in lines {
            let (account, person) = new_customer(cx, reseller, &line.check()?, None);
            batch.invitations.add(&cx.service, &person, &reseller.name)?;
            batch.accounts.push(account);
            batch.people.push(person);
        }
        Ok(batch)
    };
    lines.chunks(AT_ONCE).map(batch).collect()
}

impl Batch {
    /// Stores the customers, puts them into the search, and invites them.
    async fn store(&self, cx: &Cx, tx: &mut Tx, reseller: &Account) -> Result<(), Error> {
        // Before the accounts, as everywhere.
        store::contacts::hold_names(tx).await?;
        let places = store::accounts::insert_all(tx, &self.accounts).await?;
        if !store::contacts::insert_all(tx, &self.people).await? {
            // Somebody took a name after it was looked for.
            return Err(changed().into());
        }
        let words: Vec<_> = self
            .all()
            .filter_map(|(account, person)| Some((*places.get(&account.id)?, store::customers::words(account, person))))
            .collect();
        store::customers::index_new(tx, reseller.id, &words).await?;
        self.invitations.send(&cx.service, tx, reseller.id).await?;
        for (account, person) in self.all() {
            write_down_created(cx, tx, reseller, account, person).await?;
        }
        for (account, person) in self.all() {
            cx.write_down(tx, What::Invited, person.id, account.id, ()).await?;
        }
        Ok(())
    }

    fn all(&self) -> impl Iterator<Item = (&Account, &Contact)> {
        self.accounts.iter().zip(&self.people)
    }
}

fn changed() -> FieldErrors {
    FieldErrors::at("table", "Nothing was imported: something in the table needs a change first. Open the page again.")
}

/// What is wrong with the table. Nobody is told of more taken names than [`TOLD_A_PERSON`] an hour: what comes after them is not
/// looked at, whether it is taken or free.
async fn findings(cx: &Cx, tx: &mut Tx, lines: &[ImportLine]) -> Result<Vec<Finding>, Error> {
    let names: Vec<_> = lines
        .iter()
        .flat_map(|line| [line.username_folded(), line.email_folded()])
        .filter(|name| !name.is_empty())
        .collect::<HashSet<_>>()
        .into_iter()
        .collect();
    let taken = store::contacts::taken(tx, &names).await?;
    let own = store::contacts::own_names(tx, cx.actor.account, &names).await?;
    let mut not_looked_at = None;
    let mut findings = import::findings(lines, |line| {
        let (name, email) = (line.username_folded(), line.email_folded());
        let by_name = taken.usernames.contains(&name) || taken.addresses.contains(&name);
        let by_email = name != email && taken.usernames.contains(&email);
        let (column, clashing, message) = match by_name || !by_email {
            true => (line.name_column(), &name, USERNAME_TAKEN),
            false => (Column::Email, &email, EMAIL_TAKEN),
        };
        let is_taken = by_name || by_email;
        if is_taken && own.contains(clashing) {
            return Some((column, OWN_ALREADY.to_owned()));
        }
        match question(cx, &[&name, &email]) {
            None => {
                not_looked_at.get_or_insert(line.line);
                None
            }
            Some(question) if is_taken => {
                question.taken();
                Some((column, message.to_owned()))
            }
            Some(_) => None,
        }
    });
    if let Some(line) = not_looked_at {
        security_log::event("limit.hit", &cx.origin.address, Who::Contact(cx.actor.contact), "taken names");
        let minutes = cx.service.name_probes.seconds(cx).div_ceil(60);
        let message = format!(
            "From here on, usernames were not looked up: no more than {TOLD_A_PERSON} that are taken are told in an hour. \
             Correct the lines above, and open this page again in {minutes} minutes."
        );
        findings.push(Finding { line, column: None, message });
        findings.sort_by_key(|finding| finding.line);
    }
    Ok(findings)
}
