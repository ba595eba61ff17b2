//! What can be given back for a license: all that was charged, less what was credited of it before.

use domain::{
    InvoiceId, Refusal,
    billing::{CreditNote, GiveBack, Purchase, Taxed},
    licenses::PaymentStatus,
};
use store::{Tx, accounts::Account, charges::OfLicense, invoices::Stored as Invoiced, licenses::Named};

use crate::{
    Cx, Error,
    billing::{credit_notes::notes, paper::amount},
    moment::Zone,
};

/// A license with what is left of its charges.
pub(super) struct Back {
    /// What the rules ask.
    pub purchase: Purchase,
    /// Its charges, oldest first, each with what is left of it.
    pub charges: Vec<(OfLicense, Taxed)>,
    /// The invoices that they are on.
    pub invoices: Vec<Invoiced>,
}

impl Back {
    /// A license that has been found in scope, of that reseller.
    pub(super) async fn of(cx: &Cx, tx: &mut Tx, account: &Account, named: &Named) -> Result<Self, Error> {
        let license = &named.license;
        let (mut charges, mut invoices, mut left) = (Vec::new(), Vec::new(), Vec::new());
        for charge in store::charges::of_license(tx, license.id).await? {
            let share = match charge.invoiced {
                None => charge.amount,
                Some((invoice, line)) => {
                    let lines = of_invoice(tx, &mut invoices, &mut left, invoice).await?;
                    take(lines.get_mut(line).ok_or(Error::NotFound)?, charge.amount)?
                }
            };
            charges.push((charge, share));
        }
        let charged = amount(Taxed::sum(account.currency, charges.iter().map(|(_, share)| *share)))?;
        let bought = named.upgraded_at.unwrap_or(license.created_at);
        let purchase = Purchase {
            license_type: license.license_type,
            state: license.life.state(cx.now()),
            payment: license.payment,
            bought,
            bought_on: Zone::of(account).day(bought),
            charged,
            waits: charges.is_empty() && license.payment == Some(PaymentStatus::Pending),
        };
        Ok(Self { purchase, charges, invoices })
    }
}

/// What giving a license back does, as a screen says it beforehand; or why it cannot be done.
pub(crate) async fn offer(
    cx: &Cx,
    tx: &mut Tx,
    account: &Account,
    named: &Named,
    zone: Zone,
) -> Result<Result<GiveBack, Refusal>, Error> {
    let Back { purchase, .. } = Back::of(cx, tx, account, named).await?;
    Ok(purchase.refund(cx.now()).map(|refund| GiveBack {
        credit: refund.credit,
        until: zone.moment(purchase.last()),
        unpaid: refund.frees_slot,
    }))
}

/// What is left of the lines of an invoice, which is read once.
pub(in crate::billing) async fn of_invoice<'a>(
    tx: &mut Tx,
    invoices: &mut Vec<Invoiced>,
    left: &'a mut Vec<Vec<Taxed>>,
    id: InvoiceId,
) -> Result<&'a mut Vec<Taxed>, Error> {
    let at = match invoices.iter().position(|invoice| invoice.id == id) {
        Some(at) => at,
        None => {
            let invoice = store::invoices::by_id(tx, id).await?.ok_or(Error::NotFound)?;
            let before = notes(tx, &invoice).await?;
            left.push(CreditNote::left_of(&invoice.invoice, &before).map_err(Refusal::from)?);
            invoices.push(invoice);
            left.len() - 1
        }
    };
    left.get_mut(at).ok_or(Error::NotFound)
}

/// Takes a charge out of what is left of its line: all of it, or what finance has not credited before.
pub(in crate::billing) fn take(left: &mut Taxed, charge: Taxed) -> Result<Taxed, Error> {
    let share = amount(charge.at_most(*left))?;
    *left = amount(share.opposite().and_then(|share| left.plus(share)))?;
    Ok(share)
}
