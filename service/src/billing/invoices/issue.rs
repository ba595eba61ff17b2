//! Issuing: charges are collected, numbered, and never on another invoice again (B5).

use chrono::NaiveDate;
use domain::{
    AccountId, Actor, ChargeId, Currency, Money, Refusal, Timestamp,
    audit::What,
    billing::{Collected, Invoice, Taxed, ToInvoice, collect},
};
use serde_json::json;
use store::{
    Tx,
    accounts::Invoiced,
    invoices::{Stored, Waiting},
};

use super::{lines::lines, tell};
use crate::{Cx, Error, Origin, Service, audit, billing::paper::letterhead, moment::Zone};

/// Who issues: somebody whose deed charges something, or the clock.
pub(super) struct Issuer<'a> {
    pub service: &'a Service,
    pub origin: &'a Origin,
    pub actor: Option<&'a Actor>,
}

impl<'a> Issuer<'a> {
    fn of(cx: &'a Cx) -> Self {
        Self { service: &cx.service, origin: &cx.origin, actor: Some(&cx.actor) }
    }

    async fn write_down(&self, tx: &mut Tx, issued: &Stored) -> Result<(), Error> {
        let total = issued.invoice.total().gross().to_string();
        let detail = json!({ "number": issued.invoice.number().to_string(), "total": total });
        let mut event = audit::event(self.service, self.origin, What::InvoiceIssued, issued.id, detail)?;
        event.account = Some(issued.account);
        event.contact = self.actor.map(|actor| actor.contact);
        event.who = self.actor.map_or_else(|| "Keyhouse".to_owned(), |actor| actor.name.clone());
        Ok(store::audit::append(tx, &event).await?)
    }
}

/// Invoices what an order has charged that is invoiced at once (B3); its executing has begun at `since`. Whoever executes it holds the
/// account.
pub(crate) async fn issue_executed(
    cx: &Cx,
    tx: &mut Tx,
    account: AccountId,
    today: NaiveDate,
    since: Timestamp,
) -> Result<(), Error> {
    let waiting = store::invoices::waiting(tx, account, today, Some(since), i64::MAX).await?;
    issue(&Issuer::of(cx), tx, account, waiting, &[], today).await.map(|_| ())
}

/// Invoices these charges of an account today, whenever they would be. Those that are on an invoice already stay there. Whoever calls
/// it holds the account.
///
/// # Errors
/// [`Error::NotFound`] when there is no such account; when the database does not answer.
pub async fn issue_now(cx: &Cx, tx: &mut Tx, account: AccountId, charges: &[ChargeId]) -> Result<(), Error> {
    issue_chosen(cx, tx, account, charges, &[]).await
}

/// The same for charges of which so much is credited in the same transaction: what is given back is invoiced first (B5), and the invoice
/// asks only for what its credit leaves (V6).
pub(in crate::billing) async fn issue_to_credit(
    cx: &Cx,
    tx: &mut Tx,
    account: AccountId,
    back: &[(ChargeId, Taxed)],
) -> Result<(), Error> {
    let charges: Vec<_> = back.iter().map(|(charge, _)| *charge).collect();
    issue_chosen(cx, tx, account, &charges, back).await
}

async fn issue_chosen(
    cx: &Cx,
    tx: &mut Tx,
    account: AccountId,
    charges: &[ChargeId],
    back: &[(ChargeId, Taxed)],
) -> Result<(), Error> {
    let owner = store::accounts::by_id(tx, account).await?.ok_or(Error::NotFound)?;
    let mut waiting = store::invoices::chosen(tx, account, charges).await?;
    for charge in &mut waiting {
        charge.invoice_from = None;
    }
    issue(&Issuer::of(cx), tx, account, waiting, back, Zone::of(&owner).day(cx.now())).await.map(|_| ())
}

/// Issues the invoices of what is due among these charges: one for each currency, and for each customer where the account says so.
/// `back` is what is credited of them in the same transaction.
pub(super) async fn issue(
    issuer: &Issuer<'_>,
    tx: &mut Tx,
    account: AccountId,
    waiting: Vec<Waiting>,
    back: &[(ChargeId, Taxed)],
    today: NaiveDate,
) -> Result<Vec<Stored>, Error> {
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let billed = store::accounts::invoiced(tx, account).await?.ok_or(Error::NotFound)?;
    let mut issued = Vec::new();
    for collected in collect(lines(account, waiting, today)?, billed.per, today) {
        let stored = keep(issuer, tx, account, &billed, collected, back, today).await?;
        issuer.write_down(tx, &stored).await?;
        tell::issued(issuer.service, tx, &stored).await?;
        issued.push(stored);
    }
    Ok(issued)
}

/// Gives it its number and keeps it, with its charges on its lines.
async fn keep(
    issuer: &Issuer<'_>,
    tx: &mut Tx,
    account: AccountId,
    billed: &Invoiced,
    collected: Collected<Vec<Waiting>>,
    back: &[(ChargeId, Taxed)],
    today: NaiveDate,
) -> Result<Stored, Error> {
    let Collected { currency, customer, charges } = collected;
    let whose = customer.and(charges.first()).and_then(|line| line.what.first());
    let mut letterhead = letterhead(tx, billed, whose.map(|charge| charge.customer_name.clone())).await?;
    let (open, mut on_lines, mut lines) = (open(&charges, currency)?, Vec::new(), Vec::new());
    let by_credit = Invoice::settled_by_credit(open, given_back(&charges, back, currency)?);
    letterhead.by_credit = by_credit.is_positive().then_some(by_credit);
    for (at, charge) in (0_i64..).zip(charges) {
        on_lines.extend(charge.what.iter().map(|waiting| (waiting.charge, at)));
        lines.push(charge.line);
    }
    let (number, now) = (store::invoices::next_number(tx).await?, issuer.service.clock.now());
    let days = billed.details.billing.payment_days;
    let invoice = Invoice::issue(number, currency, lines, today, days).map_err(|e| Error::Internal(e.to_string()))?;
    let paid_ahead = invoice.total().gross().minus(open).map_err(Refusal::from)?;
    let stored = Stored {
        id: issuer.service.random.id(now),
        account,
        customer,
        invoice,
        open,
        paid_ahead,
        credited: Money::zero(currency),
        letterhead,
        created_at: now,
    };
    store::invoices::insert(tx, &stored).await?;
    for (charge, line) in on_lines {
        if !store::invoices::take(tx, charge, stored.id, line).await? {
            return Err(Error::Internal(format!("charge {charge} was invoiced by another")));
        }
    }
    Ok(stored)
}

/// What is not settled of these charges.
fn open(charges: &[ToInvoice<Vec<Waiting>>], currency: Currency) -> Result<Money, Error> {
    let open = charges.iter().flat_map(|line| &line.what).map(|charge| charge.open);
    Ok(Money::sum(currency, open).map_err(Refusal::from)?)
}

/// What is credited of these charges.
fn given_back(
    charges: &[ToInvoice<Vec<Waiting>>],
    back: &[(ChargeId, Taxed)],
    currency: Currency,
) -> Result<Money, Error> {
    let is_here = |id: ChargeId| charges.iter().flat_map(|line| &line.what).any(|charge| charge.charge == id);
    let back = back.iter().filter(|(id, _)| is_here(*id)).map(|(_, back)| back.gross());
    Ok(Money::sum(currency, back).map_err(Refusal::from)?)
}
