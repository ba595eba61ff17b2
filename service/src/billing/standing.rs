//! What the own account owes: its credit, its overdue and newest invoices, and its ledger (C1, C5).

use domain::{
    Deed, Money,
    billing::{BillingHome, InvoiceFilter, LedgerPage, LedgerRow},
    orders::OrderNumber,
};
use store::{invoices::View, ledger::Stored};

use super::invoices::row as invoice_row;
use crate::{
    Cx, Error, accounts,
    export::{self, PART, Part},
    moment::Zone,
};

const NEWEST: i64 = 5;
const PAGE: usize = 50;

/// The columns of the ledger. A charge and what takes a payment back raise the balance, all else lowers it.
pub const COLUMNS: [&str; 7] =
    ["Date", "Entry", "Order", "Note", "Currency", "Raises the balance", "Lowers the balance"];

/// What the actor's account owes.
///
/// # Errors
/// When the actor may not see it.
pub async fn home(cx: &Cx) -> Result<BillingHome, Error> {
    cx.may(Deed::SeeBilling)?;
    let mut tx = cx.service.store.read().await?;
    let (account, zone, bill) = accounts::own_bill(cx, &mut tx).await?;
    let today = zone.day(cx.now());
    let overdue = store::invoices::overdue(&mut tx, account.id, today).await?;
    let view = View { filter: InvoiceFilter::All, account: None, after: None, today, most: NEWEST };
    let invoices = store::invoices::page(&mut tx, &cx.scope(), &view).await?;
    let entries = store::ledger::page(&mut tx, &cx.scope(), account.id, None, NEWEST).await?;
    Ok(BillingHome {
        credit: bill.credit,
        unpaid: account.unpaid,
        overdue: (Money::new(overdue.minor, account.currency), overdue.count),
        invoices: invoices.iter().map(|listed| invoice_row(listed, today)).collect(),
        entries: entries.into_iter().map(|entry| row(entry, zone)).collect(),
    })
}

/// A page of the ledger of the actor's account, newest first.
///
/// # Errors
/// When the actor may not see it.
pub async fn ledger(cx: &Cx, after: Option<i64>) -> Result<LedgerPage, Error> {
    cx.may(Deed::SeeBilling)?;
    let mut tx = cx.service.store.read().await?;
    let (account, zone, bill) = accounts::own_bill(cx, &mut tx).await?;
    let mut entries = store::ledger::page(&mut tx, &cx.scope(), account.id, after, PAGE as i64 + 1).await?;
    let next = export::next(&mut entries, PAGE, |last| last.seq.to_string());
    Ok(LedgerPage {
        balance: bill.credit.balance(),
        entries: entries.into_iter().map(|entry| row(entry, zone)).collect(),
        next: next.and_then(|next| next.parse().ok()),
    })
}

/// The part of that ledger below `after`.
///
/// # Errors
/// When the actor may not see it.
pub async fn export(cx: &Cx, after: Option<i64>) -> Result<Part<7>, Error> {
    cx.may(Deed::SeeBilling)?;
    let mut tx = cx.service.store.read().await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let mut entries = store::ledger::page(&mut tx, &cx.scope(), account.id, after, PART as i64 + 1).await?;
    let next = export::next(&mut entries, PART, |last| last.seq.to_string());
    Ok(Part { rows: entries.into_iter().map(|entry| cells(row(entry, zone), zone)).collect(), next })
}

fn row(entry: Stored, zone: Zone) -> LedgerRow {
    LedgerRow {
        kind: entry.entry.kind,
        amount: entry.entry.amount,
        order: entry.order.map(OrderNumber),
        note: entry.note,
        at: zone.moment(entry.at),
    }
}

fn cells(row: LedgerRow, zone: Zone) -> [String; 7] {
    let change = row.change();
    let amount = Money::new(change.minor.abs(), change.currency).plain();
    let (raises, lowers) = if change.is_positive() { (amount, String::new()) } else { (String::new(), amount) };
    [
        zone.day(row.at.at).to_string(),
        row.kind.label().to_owned(),
        row.order.map(|order| order.to_string()).unwrap_or_default(),
        row.note.unwrap_or_default(),
        change.currency.code().to_owned(),
        raises,
        lowers,
    ]
}
