//! Issuing invoices.

use chrono::NaiveDate;
use domain::{
    ChargeId, OrderLineId,
    billing::{self, Charge, Invoice, InvoiceLine, InvoicePer},
};
use store::{
    Tx,
    accounts::Account,
    invoices::{New, ToInvoice},
};

use crate::{
    Cx, Error,
    billing::paper::{Paper, amount},
    moment::Zone,
};

/// Invoices what is not invoiced yet of these charges, whenever it would be due (B5): before something of it is given back. Whoever
/// calls it holds the account.
pub(crate) async fn issue_now(cx: &Cx, tx: &mut Tx, account: &Account, charges: &[ChargeId]) -> Result<(), Error> {
    let today = Zone::of(account).day(cx.now());
    let mut found = Vec::new();
    for charge in charges {
        if let Some(charge) = store::invoices::to_invoice(tx, account.id, *charge).await? {
            let of = (charge.order_line, charge.line.charge.part().map(|part| part.days().start));
            let ToInvoice { id, customer, line, .. } = charge;
            found.push(billing::ToInvoice { what: (id, of), customer, invoiced_on: today, line });
        }
    }
    if found.is_empty() {
        return Ok(());
    }
    let paper = Paper::of(tx, account).await?;
    for collected in billing::collect(found, InvoicePer::Reseller, today) {
        let (lines, charges) = lines(collected.charges)?;
        let number = store::invoices::next_number(tx).await?;
        let invoice = Invoice::issue(number, collected.currency, lines, today, paper.payment_days)
            .map_err(|why| Error::Internal(why.to_string()))?;
        let new = New {
            id: cx.service.random.id(cx.now()),
            account: account.id,
            customer: None,
            invoice: &invoice,
            letterhead: &paper.letterhead,
            charges: &charges,
            created_at: cx.now(),
        };
        store::invoices::insert(tx, &new).await?;
    }
    Ok(())
}

type Named = (ChargeId, (OrderLineId, Option<NaiveDate>));

/// The charges of one order line for the same days are one line.
fn lines(charges: Vec<billing::ToInvoice<Named>>) -> Result<(Vec<InvoiceLine>, Vec<Vec<ChargeId>>), Error> {
    let mut lines: Vec<(_, InvoiceLine, Vec<ChargeId>)> = Vec::new();
    for billing::ToInvoice { what: (id, of), line, .. } in charges {
        match lines.iter_mut().find(|(other, ..)| *other == of) {
            Some((_, sum, charges)) => {
                let (one, more) = (sum.charge, line.charge);
                let both = amount(one.amount().plus(more.amount()))?;
                sum.charge = Charge::made_before(one.quantity() + 1, one.unit(), one.part(), one.rate(), both);
                charges.push(id);
            }
            None => lines.push((of, line, vec![id])),
        }
    }
    Ok(lines.into_iter().map(|(_, line, charges)| (line, charges)).unzip())
}
