//! Payments and receipts in the back office (B7).

use domain::{
    Deed, ReceiptId,
    billing::{PaymentNumber, PaymentPage, Payments, PaymentsQuery, ReceiptPage, ReceiptRow, Receipts, ReceiptsQuery},
    licenses::SearchText,
    time,
};
use store::receipts::Listed;

use super::list;
use crate::{Cx, Error, accounts, moment::Zone};

const PAGE: usize = 50;
/// How many accounts a search shows.
const FOUND: i64 = 10;

/// A page of the payments of all resellers, newest first.
///
/// # Errors
/// When the actor may not see them.
pub async fn list_all(cx: &Cx, query: &PaymentsQuery) -> Result<Payments, Error> {
    cx.may(Deed::SeeInvoices)?;
    list::page(cx, query).await
}

/// The page of a payment of any reseller.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn find_any(cx: &Cx, number: PaymentNumber) -> Result<PaymentPage, Error> {
    cx.may(Deed::SeeInvoices)?;
    list::one(cx, number).await
}

/// A page of receipts, newest first.
///
/// # Errors
/// When the actor may not see them.
pub async fn receipts(cx: &Cx, query: &ReceiptsQuery) -> Result<Receipts, Error> {
    cx.may(Deed::SeeInvoices)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let after = query.after.as_deref().and_then(|after| after.parse().ok());
    let mut listed = store::receipts::page(&mut tx, query.show, after, PAGE as i64 + 1).await?;
    let more = listed.len() > PAGE;
    listed.truncate(PAGE);
    Ok(Receipts {
        next: listed.last().filter(|_| more).map(|listed| listed.receipt.id.to_string()),
        rows: listed.into_iter().map(|listed| row(listed, zone)).collect(),
        unassigned: store::receipts::unassigned(&mut tx).await?,
        may_record: cx.actor.may(Deed::RecordPayments),
    })
}

/// The page of one receipt, with the accounts that a search finds.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn find_receipt(cx: &Cx, id: ReceiptId, q: &str) -> Result<ReceiptPage, Error> {
    cx.may(Deed::SeeInvoices)?;
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let listed = store::receipts::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let person = store::contacts::by_id(&mut tx, listed.receipt.recorded_by).await?;
    let rest = match listed.receipt.entry {
        Some(entry) => store::ledger::rest_of(&mut tx, entry).await?,
        None => None,
    };
    let found = match SearchText::of(q) {
        Some(search) => store::accounts::page(&mut tx, &cx.scope(), Some(&search), None, cx.now(), None, FOUND).await?,
        None => Vec::new(),
    };
    Ok(ReceiptPage {
        row: row(listed, zone),
        recorded_by: person.map(|person| person.name()).unwrap_or_default(),
        rest: rest.filter(|rest| rest.is_positive()),
        found: found.into_iter().map(|listed| (listed.account.id, listed.account.name)).collect(),
        may_record: cx.actor.may(Deed::RecordPayments),
    })
}

fn row(listed: Listed, zone: Zone) -> ReceiptRow {
    let receipt = listed.receipt;
    ReceiptRow {
        id: receipt.id,
        received_on: time::day(receipt.received_on),
        amount: receipt.amount,
        text: receipt.text,
        bank_id: receipt.bank_id,
        account: receipt.account.zip(listed.organisation),
        payment: listed.payment,
        invoice: listed.invoice,
        taken_back: receipt.taken_back_at.map(|at| zone.moment(at)),
        recorded: zone.moment(receipt.created_at),
    }
}
