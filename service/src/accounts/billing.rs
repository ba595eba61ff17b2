//! The billing of an account, as the operator reads it: credit with its parts, terms, and the ledger.

use domain::{
    AccountId, Deed, Refusal,
    billing::{AccountBilling, AccountEntry, AccountTermsForm},
    orders::OrderNumber,
};
use store::ledger::Stored;

use super::page::opened;
use crate::{
    Cx, Error,
    export::{self, PART, next},
    moment::Zone,
};

const PAGE: usize = 50;

/// The columns of the ledger as a table.
pub const LEDGER_COLUMNS: [&str; 8] =
    ["Entry", "Day", "What", "Order", "Note", "More is owed", "Less is owed", "Currency"];

/// The billing of an account, with a part of its ledger.
///
/// # Errors
/// [`Error::NotFound`] when there is no such account, or the actor may not see what it owes.
pub async fn billing(cx: &Cx, id: AccountId, after: Option<&str>) -> Result<AccountBilling, Error> {
    cx.may(Deed::SeeInvoices)?;
    let mut tx = cx.service.store.read().await?;
    let (kept, head, zone) = opened(cx, &mut tx, id).await?;
    let terms = store::accounts::terms(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let billed = store::accounts::billed(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let reminders = store::credit_reminders::of(&mut tx, id).await?.into_iter();
    let after = after.and_then(|after| after.parse().ok());
    let mut entries = store::ledger::page(&mut tx, &cx.scope(), id, after, PAGE as i64 + 1).await?;
    let next = next(&mut entries, PAGE, |entry| entry.seq.to_string());
    Ok(AccountBilling {
        head,
        credit: billed.credit().map_err(Refusal::from)?,
        unpaid: kept.account.unpaid,
        form: cx.actor.may(Deed::SetBilling).then(|| AccountTermsForm::of(&terms)),
        terms,
        edition: kept.edition,
        reminders: reminders.map(|reminder| (reminder, reminder.sent.map(|at| zone.moment(at)))).collect(),
        entries: entries.into_iter().map(|stored| entry(stored, zone)).collect(),
        next,
    })
}

fn entry(stored: Stored, zone: Zone) -> AccountEntry {
    AccountEntry {
        number: stored.seq,
        at: zone.moment(stored.at),
        entry: stored.entry,
        order: stored.order.map(OrderNumber),
        note: stored.note,
    }
}

/// The part of the ledger of an account that begins below `after`.
///
/// # Errors
/// [`Error::NotFound`] when there is no such account, or the actor may not see what it owes.
pub async fn ledger(cx: &Cx, id: AccountId, after: Option<i64>) -> Result<export::Part<8>, Error> {
    cx.may(Deed::SeeInvoices)?;
    let mut tx = cx.service.store.read().await?;
    let (_, _, zone) = opened(cx, &mut tx, id).await?;
    let mut entries = store::ledger::page(&mut tx, &cx.scope(), id, after, PART as i64 + 1).await?;
    let next = next(&mut entries, PART, |entry| entry.seq.to_string());
    let rows = entries.into_iter().map(|stored| row(stored, zone)).collect::<Result<_, _>>()?;
    Ok(export::Part { rows, next })
}

fn row(stored: Stored, zone: Zone) -> Result<[String; 8], Error> {
    let owed = stored.entry.owed().map_err(Refusal::from)?;
    let less = owed.opposite().map_err(Refusal::from)?;
    let if_more = |amount: domain::Money| if amount.is_positive() { amount.plain() } else { String::new() };
    Ok([
        stored.seq.to_string(),
        zone.day(stored.at).to_string(),
        stored.entry.words(),
        stored.order.map(|number| OrderNumber(number).to_string()).unwrap_or_default(),
        stored.note.unwrap_or_default(),
        if_more(owed),
        if_more(less),
        owed.currency.code().to_owned(),
    ])
}
