//! What a document says beside its amounts, as it is on its day (B5).

use domain::{
    Refusal,
    billing::{Letterhead, Party, Taxed},
    money::AmountError,
};
use store::{Tx, accounts::Invoiced};

use crate::Error;

/// Who writes to whom, and where to pay, as that is today. `customer` is whose licenses these are, where each has an invoice.
pub(super) async fn letterhead(tx: &mut Tx, to: &Invoiced, customer: Option<String>) -> Result<Letterhead, Error> {
    let operator = match store::accounts::operator(tx).await? {
        Some(operator) => store::accounts::invoiced(tx, operator.id).await?,
        None => None,
    };
    let settings = store::billing_settings::find(tx).await?;
    Ok(Letterhead {
        from: operator.map(|operator| Party::of(&operator.details)).unwrap_or_default(),
        to: Party::of(&to.details),
        customer,
        bank: settings.bank,
        note: settings.note,
        by_credit: None,
    })
}

/// An amount that can be counted.
pub(super) fn amount(amount: Result<Taxed, AmountError>) -> Result<Taxed, Error> {
    Ok(amount.map_err(Refusal::from)?)
}
