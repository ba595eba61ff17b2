//! Crediting an invoice by hand: all of it, or some lines (B5).

use domain::{
    Deed, FormKey, Refusal,
    audit::What,
    billing::{CreditForm, CreditLine, CreditNote, CreditNoteNumber, CreditPage, CreditableLine, Given, InvoiceNumber},
};
use store::{Tx, accounts::Account, invoices::Stored as Invoiced};

use super::{Credit, issue, notes, payers};
use crate::{Cx, Error, billing::paper::amount, live::Change, mail};

/// An invoice with what is left of its lines, for finance.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the actor may not credit it.
pub async fn page(cx: &Cx, number: InvoiceNumber) -> Result<CreditPage, Error> {
    cx.may(Deed::CreditInvoices)?;
    let mut tx = cx.service.store.read().await?;
    let invoice = store::invoices::of_number(&mut tx, &cx.scope(), number).await?.ok_or(Error::NotFound)?;
    let account = store::accounts::by_id(&mut tx, invoice.account).await?.ok_or(Error::NotFound)?;
    let left = left(&mut tx, &invoice).await?;
    let lines = invoice.invoice.lines().iter().zip(left).map(|(line, left)| CreditableLine {
        text: line.text.clone(),
        how: line.charge.to_string(),
        amount: line.charge.amount(),
        left,
    });
    let given = store::credit_notes::of_invoice(&mut tx, &invoice).await?.into_iter().map(|note| Given {
        number: note.number,
        issued_on: note.issued_on,
        total: note.total,
        reason: note.reason,
    });
    Ok(CreditPage {
        number,
        issued_on: invoice.invoice.issued_on(),
        account: account.id,
        name: account.name,
        total: invoice.invoice.total(),
        lines: lines.collect(),
        given: given.collect(),
    })
}

/// Credits all that is left of the ticked lines of an invoice. The licenses in them stay.
///
/// # Errors
/// Messages at the fields; [`Error::Unconfirmed`], [`Refusal::NothingToCredit`], [`Refusal::MoreThanLeft`].
pub async fn credit(
    cx: &Cx,
    key: FormKey,
    number: InvoiceNumber,
    form: &CreditForm,
) -> Result<CreditNoteNumber, Error> {
    cx.may(Deed::CreditInvoices)?;
    let to_credit = form.check()?;
    cx.confirmed()?;
    let mut tx = cx.service.store.write().await?;
    let found = store::invoices::of_number(&mut tx, &cx.scope(), number).await?.ok_or(Error::NotFound)?;
    if let Some(done) = cx.once(&mut tx, key, What::InvoiceCredited.word(), (found.id, form)).await? {
        return done.parse().map_err(|_| Error::NotFound);
    }
    store::accounts::hold(&mut tx, found.account).await?;
    let account = store::accounts::by_id(&mut tx, found.account).await?.ok_or(Error::NotFound)?;
    let invoice = store::invoices::by_id(&mut tx, found.id).await?.ok_or(Error::NotFound)?;
    let left = left(&mut tx, &invoice).await?;
    let mut lines = Vec::new();
    for line in to_credit.lines {
        let amount = *left.get(line).ok_or(Refusal::MoreThanLeft { line: line.saturating_add(1) })?;
        if amount.gross().is_positive() {
            lines.push(CreditLine { line, amount });
        }
    }
    let credit = Credit { account: &account, invoice: &invoice, lines, first: &[], reason: &to_credit.reason };
    let note = issue(cx, &mut tx, credit).await?;
    tell(cx, &mut tx, &account, &note, &to_credit.reason).await?;
    cx.settle(&mut tx, key, note.number()).await?;
    let version = store::accounts::raise_version(&mut tx, account.id).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    let words = format!("Invoice {number} was credited");
    cx.service.live.announce(Change { account: account.id, version, words });
    Ok(note.number())
}

async fn left(tx: &mut Tx, invoice: &Invoiced) -> Result<Vec<domain::billing::Taxed>, Error> {
    let before = notes(tx, invoice).await?;
    Ok(CreditNote::left_of(&invoice.invoice, &before).map_err(Refusal::from)?)
}

async fn tell(cx: &Cx, tx: &mut Tx, account: &Account, note: &CreditNote, reason: &str) -> Result<(), Error> {
    let (number, invoice) = (note.number().to_string(), note.invoice().to_string());
    let link = format!("{}/billing/invoices/{invoice}", cx.service.settings.base_url);
    let total = amount(note.total().opposite())?.gross().to_string();
    for person in payers(tx, account.id).await? {
        let letter = mail::CreditNoteIssued {
            name: &person.first_name,
            number: &number,
            invoice: &invoice,
            amount: &total,
            reason,
            link: &link,
        };
        mail::post_person(&cx.service, tx, &person, &format!("Credit note {number}"), &letter).await?;
    }
    Ok(())
}
