//! Another price in a running period (P3): what was charged for the days that are left is credited, and they are charged anew.

use domain::{
    ChargeId, InvoiceId, Money, Refusal,
    billing::{CreditLine, Part, Repriced, Taxed},
};
use store::{Tx, charges::OfToday};

use super::pricing::Pricing;
use crate::{
    Cx, Error,
    billing::{
        credit_notes::{Credit, issue},
        invoices,
        paper::amount,
    },
    ledger,
};

/// What was given back and charged at once.
pub(super) struct Exchanged {
    /// By credit notes.
    pub credited: Money,
    /// At the new price.
    pub charged: Money,
    /// The numbers of the credit notes.
    pub notes: Vec<String>,
}

impl Exchanged {
    /// In words, for the mail.
    pub(super) fn words(&self) -> String {
        let back = match self.notes.is_empty() {
            true => "Nothing is left to give back for the days that are left of the running period".to_owned(),
            false => format!(
                "For the days that are left of the running period, {} is credited by {}",
                self.credited,
                self.notes.join(", ")
            ),
        };
        format!("{back}, and {} is charged at the new price. ", self.charged)
    }
}

/// Credits and charges. Whoever does so holds the account, and has stored what becomes of the subscription.
pub(super) async fn exchange(
    cx: &Cx,
    tx: &mut Tx,
    pricing: &Pricing,
    at_once: &Repriced,
    reason: &str,
) -> Result<Exchanged, Error> {
    let account = pricing.account.id;
    let given: Vec<_> = pricing.running.iter().map(|(charge, _)| charge.id).zip(at_once.back.iter().copied()).collect();
    let back: Vec<_> = given.iter().filter(|(_, back)| back.gross().is_positive()).copied().collect();
    let old: Vec<_> = back.iter().map(|(charge, _)| *charge).collect();
    // What was charged and is given back before it was invoiced is invoiced first (B5), less what is given back (V6).
    invoices::issue_to_credit(cx, tx, account, &back).await?;
    let running = store::charges::of_today(tx, pricing.stored.line, pricing.today).await?;
    let new = charge(cx, tx, pricing, at_once, &given).await?;
    let first = [&old[..], &new[..]].concat();
    let notes = credit(cx, tx, pricing, &running, &back, &first, reason).await?;
    ledger::settle(&cx.service, tx, account, &new, cx.now()).await?;
    if invoiced_on(pricing, at_once).is_some_and(|day| day <= pricing.today) {
        invoices::issue_now(cx, tx, account, &new).await?;
    }
    let credited = amount(at_once.credit())?.gross();
    Ok(Exchanged { credited, charged: at_once.charge.amount().gross(), notes })
}

/// On which day the new charges are invoiced (B3).
fn invoiced_on(pricing: &Pricing, at_once: &Repriced) -> Option<chrono::NaiveDate> {
    at_once.charge.part().map(|part| pricing.stored.subscription.schedule.invoiced_on(part))
}

/// Each license is charged anew for the days that are left, in place of what it was charged for them. Gives the new charges.
async fn charge(
    cx: &Cx,
    tx: &mut Tx,
    pricing: &Pricing,
    at_once: &Repriced,
    given: &[(ChargeId, Taxed)],
) -> Result<Vec<ChargeId>, Error> {
    let (account, days) = (pricing.account.id, at_once.charge.part().map(Part::days).ok_or(Error::NotFound)?);
    let mut new = Vec::new();
    for (((of, _), (_, back)), amount) in pricing.running.iter().zip(given).zip(at_once.charge.each()) {
        if !store::charges::replace(tx, of.id, days.start, *back).await? {
            return Err(Error::Internal(format!("charge {} was replaced by another", of.id)));
        }
        let at = |day| pricing.zone.at_the_time_of(of.created_at, day);
        let charge = store::charges::Charge {
            id: cx.service.random.id(cx.now()),
            account,
            license: of.license,
            order_line: pricing.stored.line,
            unit: at_once.charge.unit(),
            amount,
            rate: at_once.charge.rate(),
            period: Some((at(days.start), of.until.unwrap_or_else(|| at(days.end)))),
            part: Some((days.start, days.end)),
            invoice_from: invoiced_on(pricing, at_once),
            replaces: Some(of.id),
            created_at: cx.now(),
        };
        store::charges::insert(tx, &charge).await?;
        if amount.gross().is_positive() {
            store::subscriptions::owe_again(tx, account, of.license).await?;
        }
        new.push(charge.id);
    }
    let total = at_once.charge.amount().gross();
    store::accounts::owe(tx, account, total, Money::zero(total.currency)).await?;
    Ok(new)
}

/// One credit note for each invoice that the old charges are on. Gives their numbers.
async fn credit(
    cx: &Cx,
    tx: &mut Tx,
    pricing: &Pricing,
    running: &[OfToday],
    back: &[(ChargeId, Taxed)],
    first: &[ChargeId],
    reason: &str,
) -> Result<Vec<String>, Error> {
    let mut of_invoices: Vec<(InvoiceId, Vec<CreditLine>)> = Vec::new();
    for (charge, share) in back {
        let invoiced = running.iter().find(|of| of.id == *charge).and_then(|of| of.invoiced);
        let (invoice, line) = invoiced.ok_or_else(|| Error::Internal(format!("charge {charge} is not invoiced")))?;
        let at = of_invoices.iter().position(|(id, _)| *id == invoice).unwrap_or_else(|| {
            of_invoices.push((invoice, Vec::new()));
            of_invoices.len() - 1
        });
        let Some((_, lines)) = of_invoices.get_mut(at) else { continue };
        match lines.iter_mut().find(|other| other.line == line) {
            Some(other) => other.amount = amount(other.amount.plus(*share))?,
            None => lines.push(CreditLine { line, amount: *share }),
        }
    }
    let mut notes = Vec::new();
    for (id, lines) in of_invoices {
        let invoice = store::invoices::by_id(tx, id).await?.ok_or(Error::NotFound)?;
        let credit = Credit { account: &pricing.account, invoice: &invoice, lines, first, reason };
        notes.push(issue(cx, tx, credit).await.map_err(refused)?.number().to_string());
    }
    Ok(notes)
}

/// What the rules of credit notes refuse here was seen otherwise.
fn refused(error: Error) -> Error {
    match error {
        Error::Refused(Refusal::NothingToCredit | Refusal::MoreThanLeft { .. }) => Refusal::NotAsSeen.into(),
        error => error,
    }
}
