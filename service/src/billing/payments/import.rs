//! Many receipts at once from the bank's table: a dry run first, then all or none (B7). What was recorded before is passed over.

use domain::{
    Deed, DraftId, FieldErrors, FormKey,
    billing::{Dry, DryReceipt, DryRun, ReceiptForm, ReceiptLine, read_receipts},
};
use std::collections::HashSet;
use store::{Tx, drafts::Kind};

use super::receipts::{Landing, announce, keep};
use crate::{
    Cx, Error, accounts, drafts,
    idempotency::{draft_of, key_of},
};

/// How many lines a page shows.
const SHOWN: usize = 200;
/// The deed, beside its key.
const IMPORTED: &str = "receipts.imported";

/// Reads the bank's table and keeps its lines for the dry run; nothing else comes of it.
///
/// # Errors
/// A message at `file` when it is no table of receipts.
pub async fn upload(cx: &Cx, table: &[u8]) -> Result<DraftId, Error> {
    cx.may(Deed::RecordPayments)?;
    let lines: Vec<_> = read_receipts(table)?.into_iter().map(|line| (line.line, line.form)).collect();
    let mut tx = cx.service.store.write().await?;
    let id = drafts::begin(cx, &mut tx, Kind::Receipts, lines, None).await?;
    tx.commit().await?;
    Ok(id)
}

async fn load(cx: &Cx, tx: &mut Tx, draft: DraftId) -> Result<Vec<ReceiptLine>, Error> {
    let (_, lines): (_, Vec<(usize, ReceiptForm)>) = drafts::load(cx, tx, Kind::Receipts, draft).await?;
    Ok(lines.into_iter().map(|(line, form)| ReceiptLine { line, form }).collect())
}

/// The dry run: what would become of each line now, or how many receipts the table has become.
///
/// # Errors
/// [`domain::Refusal::FormUnknown`] when there is no such draft of the actor.
pub async fn dry_run(cx: &Cx, draft: DraftId) -> Result<DryRun, Error> {
    cx.may(Deed::RecordPayments)?;
    let mut tx = cx.service.store.read().await?;
    let lines = load(cx, &mut tx, draft).await?;
    let made = store::idempotency::outcome(&mut tx, cx.actor.contact, key_of(draft)).await?;
    let made = made.and_then(|made| made.parse().ok());
    let dry = if made.is_none() { dry(cx, &mut tx, &lines).await? } else { Vec::new() };
    let count = |which: fn(&Dry) -> bool| dry.iter().filter(|line| which(&line.becomes)).count();
    let counts = [
        count(|dry| matches!(dry, Dry::Of { .. } | Dry::Waits(_))),
        count(|dry| matches!(dry, Dry::Waits(_))),
        count(|dry| matches!(dry, Dry::Known)),
        count(|dry| matches!(dry, Dry::Wrong(_))),
    ];
    let more = dry.len().saturating_sub(SHOWN);
    // What is wrong is what has to be read first.
    let (wrong, fine): (Vec<_>, Vec<_>) = dry.into_iter().partition(|line| matches!(line.becomes, Dry::Wrong(_)));
    Ok(DryRun { draft, lines: wrong.into_iter().chain(fine).take(SHOWN).collect(), more, counts, made })
}

async fn dry(cx: &Cx, tx: &mut Tx, lines: &[ReceiptLine]) -> Result<Vec<DryReceipt>, Error> {
    let (_, zone) = accounts::own(cx, tx).await?;
    let (today, mut seen, mut all) = (zone.day(cx.now()), HashSet::new(), Vec::new());
    for ReceiptLine { line, form } in lines {
        let (amount, becomes) = match form.check(today) {
            Err(errors) => (format!("{} {}", form.amount, form.currency), Dry::Wrong(words(&errors))),
            Ok(receipt) => {
                let known = match &receipt.bank_id {
                    Some(id) => !seen.insert(id.clone()) || store::receipts::is_known(tx, id).await?,
                    None => false,
                };
                let landing = match receipt.reference.filter(|_| !known) {
                    Some(reference) => Landing::of(tx, reference).await?,
                    None => None,
                };
                let becomes = match (known, receipt.reference, landing) {
                    (true, ..) => Dry::Known,
                    (_, None, _) => Dry::Waits("It has no reference of ours.".to_owned()),
                    (_, Some(reference), None) => Dry::Waits(format!("{reference} is nothing of ours.")),
                    (_, _, Some(landing)) if !landing.takes(receipt.amount) => {
                        let currency = landing.account.currency.code();
                        Dry::Waits(format!("{} is charged in {currency}.", landing.account.name))
                    }
                    (_, _, Some(landing)) => Dry::Of { account: landing.account.name, what: landing.what },
                };
                (receipt.amount.to_string(), becomes)
            }
        };
        let (received_on, text) = (form.received_on.clone(), form.text.clone());
        all.push(DryReceipt { line: *line, received_on, amount, text, becomes });
    }
    Ok(all)
}

fn words(errors: &FieldErrors) -> String {
    errors.iter().map(|error| error.message.clone()).collect::<Vec<_>>().join(" ")
}

/// Records all receipts of a table that were not recorded before, and gives how many these are. The same draft sent again records none.
///
/// # Errors
/// A message at `table` while a line is wrong; then nothing is recorded.
pub async fn import(cx: &Cx, key: FormKey) -> Result<usize, Error> {
    cx.may(Deed::RecordPayments)?;
    let mut tx = cx.service.store.write().await?;
    let lines = load(cx, &mut tx, draft_of(key)).await?;
    if let Some(made) = cx.once(&mut tx, key, IMPORTED, ()).await? {
        return made.parse().map_err(|_| Error::NotFound);
    }
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let today = zone.day(cx.now());
    let receipts: Result<Vec<_>, _> = lines.iter().map(|line| line.form.check(today)).collect();
    let receipts = receipts.map_err(|_| {
        FieldErrors::at("table", "Nothing was recorded: a line of the table is wrong. Correct it, and send it again.")
    })?;
    // Accounts are held in one order, whatever the order of the lines, so that two imports at once do not wait for each other.
    let mut accounts = Vec::new();
    for reference in receipts.iter().filter_map(|receipt| receipt.reference) {
        accounts.extend(Landing::of(&mut tx, reference).await?.map(|landing| landing.account.id));
    }
    accounts.sort_unstable();
    accounts.dedup();
    for account in accounts {
        store::accounts::hold(&mut tx, account).await?;
    }
    let (mut made, mut changes) = (0, Vec::new());
    for receipt in &receipts {
        let (id, change) = keep(cx, &mut tx, receipt).await?;
        made += usize::from(id.is_some());
        changes.extend(change);
    }
    cx.settle(&mut tx, key, made).await?;
    tx.commit().await?;
    announce(cx, changes);
    Ok(made)
}
