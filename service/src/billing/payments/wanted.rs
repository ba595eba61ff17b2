//! What is to be paid, found among what is open of an account (B6).

use domain::{
    AccountId, ChargeId, Currency, Money, Refusal,
    billing::{Checkout, PaidFor, Payable, Purpose, ToPay, open_amount},
};
use store::{Tx, payments::Due};

use crate::{Cx, Error, moment::Zone};

/// What is to be paid, charge by charge.
pub(super) struct Wanted {
    pub(super) purpose: Purpose,
    pub(super) due: Vec<Due>,
    pub(super) total: Money,
    /// What is open of the same invoices, and being paid by another payment.
    pub(super) elsewhere: Money,
    /// L7: how many unpaid slots it frees.
    pub(super) frees: u32,
    /// Why it cannot be paid.
    pub(super) refusal: Option<Refusal>,
}

impl Wanted {
    /// Of an account of which it is known that the actor may pay for it.
    pub(super) async fn of(cx: &Cx, tx: &mut Tx, account: AccountId, zone: Zone, asked: &ToPay) -> Result<Self, Error> {
        let billed = store::accounts::billed(tx, account).await?.ok_or(Error::NotFound)?;
        let nothing = Money::zero(billed.balance.currency);
        let (due, elsewhere, checked) = match asked {
            ToPay::Licenses(ids) => {
                let (mut due, mut ticked) = (Vec::new(), Vec::new());
                for id in ids {
                    let named = store::licenses::find(tx, &cx.scope(), *id).await?.ok_or(Error::NotFound)?;
                    let open = store::payments::of_license(tx, account, *id).await?;
                    let left = open_amount(nothing.currency, &open.iter().map(Due::open).collect::<Vec<_>>());
                    let being_paid = open.iter().any(|due| due.paying.is_some());
                    let payment = named.license.payment;
                    ticked.push(Payable { license: *id, payment, open: left.map_err(Refusal::from)?, being_paid });
                    due.extend(open);
                }
                (due, Vec::new(), Checkout::of(&ticked).map(|checkout| checkout.frees))
            }
            ToPay::Invoice(number) => {
                let open = store::payments::of_invoice(tx, account, *number).await?;
                free(tx, account, open).await?
            }
            ToPay::Overdue => {
                let open = store::payments::overdue(tx, account, zone.day(cx.now())).await?;
                free(tx, account, open).await?
            }
        };
        let sum = |due: &[Due]| Money::sum(nothing.currency, due.iter().map(|due| due.open)).map_err(Refusal::from);
        let (total, elsewhere) = (sum(&due)?, sum(&elsewhere)?);
        let (frees, refusal) = match checked {
            Ok(frees) => (frees, None),
            Err(refusal) => (0, Some(refusal)),
        };
        Ok(Self { purpose: asked.purpose(), due, total, elsewhere, frees, refusal })
    }

    /// An address that names nothing.
    pub(super) fn nothing(currency: Currency, refusal: Refusal) -> Self {
        let nothing = Money::zero(currency);
        let (purpose, due) = (Purpose::Licenses, Vec::new());
        Self { purpose, due, total: nothing, elsewhere: nothing, frees: 0, refusal: Some(refusal) }
    }

    /// A line for each license or each invoice.
    pub(super) fn lines(&self) -> Result<Vec<PaidFor>, Error> {
        lines(self.purpose, &self.due)
    }

    /// Each charge with what is open of it.
    pub(super) fn charges(&self) -> impl Iterator<Item = (ChargeId, Money)> {
        self.due.iter().map(|due| (due.charge, due.open))
    }
}

/// What can be paid, what is being paid elsewhere, and how many slots that frees, or why it cannot be paid.
type Free = (Vec<Due>, Vec<Due>, Result<u32, Refusal>);

/// Of invoices is paid what nobody is paying already; the rest is beside it.
async fn free(tx: &mut Tx, account: AccountId, open: Vec<Due>) -> Result<Free, Error> {
    let of = open.len();
    let (due, elsewhere): (Vec<_>, Vec<_>) = open.into_iter().partition(|due| due.paying.is_none());
    let checked = match (of, due.is_empty()) {
        (0, _) => Err(Refusal::NothingIsOpen),
        (_, true) => Err(Refusal::InvoiceBeingPaid),
        _ => {
            let paid: Vec<_> = due.iter().map(|due| due.charge).collect();
            Ok(Checkout::slots_freed(&paid, &store::payments::open_licenses(tx, account).await?))
        }
    };
    Ok((due, elsewhere, checked))
}

/// A line for each license, or each invoice.
pub(super) fn lines(purpose: Purpose, due: &[Due]) -> Result<Vec<PaidFor>, Error> {
    let mut lines: Vec<PaidFor> = Vec::new();
    for due in due {
        let (name, detail) = match (purpose, due.invoice) {
            (Purpose::Invoices, Some((number, day))) => {
                (number.to_string(), format!("due on {}", domain::time::day(day)))
            }
            _ => {
                let key = due.key.abridged();
                (format!("{}, {}", due.product, due.option), format!("{}, {key}", due.customer))
            }
        };
        match lines.iter_mut().find(|line| line.name == name && line.detail == detail) {
            Some(line) => line.amount = line.amount.plus(due.amount).map_err(Refusal::from)?,
            None => lines.push(PaidFor { name, detail, amount: due.amount }),
        }
    }
    Ok(lines)
}
