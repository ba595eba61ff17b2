//! Many customers at once from a table: a dry run first, then all or none (A10, A11).

mod accepted;
mod make;

pub use make::go_on;

use std::collections::HashSet;

use domain::{
    Deed, DraftId, FieldErrors, FormKey,
    audit::What,
    customers::import::{self, Column, EMAIL_TAKEN, Finding, ImportLine, ImportPage, OWN_ALREADY, USERNAME_TAKEN},
};
use serde_json::json;
use store::{
    Tx,
    drafts::Kind,
    imports::{Import, Line},
};

use self::accepted::Customer;
use crate::{
    Cx, Error,
    contacts::names::{TOLD_A_PERSON, question},
    drafts,
    idempotency::{draft_of, key_of},
    security_log::{self, Who},
};

/// How many findings a page shows.
const SHOWN: usize = 200;
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

/// The dry run: what is wrong with the table now, or how many customers it becomes and how many of them are still to be made.
///
/// # Errors
/// [`domain::Refusal::FormUnknown`] when there is no such draft of the actor.
pub async fn dry_run(cx: &Cx, draft: DraftId) -> Result<ImportPage, Error> {
    cx.may(Deed::CreateCustomers)?;
    let mut tx = cx.service.store.read().await?;
    let (_, lines): (_, Vec<ImportLine>) = drafts::load(cx, &mut tx, Kind::Import, draft).await?;
    let made = store::idempotency::outcome(&mut tx, cx.actor.contact, key_of(draft)).await?;
    let made = made.and_then(|made| made.parse().ok());
    let left = store::imports::left(&mut tx, draft).await? as usize;
    let mut findings = if made.is_none() { findings(cx, &mut tx, &lines).await? } else { Vec::new() };
    let wrong: HashSet<_> = findings.iter().map(|finding| finding.line).collect();
    let more = findings.len().saturating_sub(SHOWN);
    findings.truncate(SHOWN);
    Ok(ImportPage { draft, lines: lines.len(), fine: lines.len() - wrong.len(), findings, more, made, left })
}

/// Accepts a table as a whole and creates its customers, each with an activation link; gives how many they are. The same draft sent again
/// makes none. From its acceptance on, the names in it are taken and nothing of it is refused; the customers are made some at a time, so
/// that others can write meanwhile (`make.rs`), and when that is interrupted, [`go_on`] makes the rest.
///
/// # Errors
/// A message at `table` while there is a finding, or a refusal when one address would get too many mails; then nothing is made.
pub async fn import(cx: &Cx, key: FormKey) -> Result<usize, Error> {
    cx.may(Deed::CreateCustomers)?;
    let mut tx = cx.service.store.read().await?;
    let (_, lines): (_, Vec<ImportLine>) = drafts::load(cx, &mut tx, Kind::Import, draft_of(key)).await?;
    let before = store::idempotency::outcome(&mut tx, cx.actor.contact, key).await?;
    if before.is_none() && !findings(cx, &mut tx, &lines).await?.is_empty() {
        return Err(changed().into());
    }
    drop(tx);
    // What was accepted is not looked at again: a later release may check more.
    let count = match before {
        Some(made) => made.parse().map_err(|_| Error::NotFound)?,
        None => accept(cx, key, &lines).await?,
    };
    make::rest(&cx.service, draft_of(key)).await;
    Ok(count)
}

/// Takes the names of all lines, and says that they will be customers.
async fn accept(cx: &Cx, key: FormKey, lines: &[ImportLine]) -> Result<usize, Error> {
    let (import, stored) = accepted(cx, draft_of(key), lines)?;
    let mut tx = cx.service.store.write().await?;
    // Before the key, which refers to who sends it.
    store::contacts::hold_names(&mut tx).await?;
    if let Some(made) = cx.once(&mut tx, key, What::CustomersImported.word(), ()).await? {
        return made.parse().map_err(|_| Error::NotFound);
    }
    let addresses = lines.iter().map(|line| line.form.email.trim());
    cx.may_mail_each(&mut tx, addresses)?;
    if !store::imports::accept(&mut tx, &import, &stored).await? {
        // Somebody took a name after it was looked for.
        return Err(changed().into());
    }
    let detail = json!({ "lines": lines.len() });
    cx.write_down(&mut tx, What::CustomersImported, import.id, import.account, detail).await?;
    cx.settle(&mut tx, key, lines.len()).await?;
    tx.commit().await?;
    Ok(lines.len())
}

fn accepted(cx: &Cx, draft: DraftId, lines: &[ImportLine]) -> Result<(Import, Vec<Line>), Error> {
    let import = Import {
        id: draft,
        contact: cx.actor.contact,
        account: cx.actor.account,
        who: cx.actor.name.clone(),
        address: cx.origin.address.clone(),
        request: cx.origin.request.to_string(),
        lines: lines.len() as i64,
    };
    let stored = |line: &ImportLine| {
        let customer = Customer::from(line.check()?);
        Ok(Line {
            line: line.line as i64,
            username: line.username_folded(),
            email: line.email_folded(),
            fields: serde_json::to_string(&customer).map_err(|e| Error::Internal(e.to_string()))?,
        })
    };
    Ok((import, lines.iter().map(stored).collect::<Result<_, Error>>()?))
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
