//! What a document says beside its amounts, as it is on its day (B5).

use domain::{
    Refusal,
    billing::{Letterhead, Party, Taxed},
    money::AmountError,
};
use store::{Tx, accounts::Account};

use crate::Error;

/// Who writes to whom, and how long there is to pay.
pub(crate) struct Paper {
    /// As JSON.
    pub letterhead: String,
    /// After how many days an invoice is due.
    pub payment_days: i64,
}

impl Paper {
    /// From the operator to an account.
    pub(crate) async fn of(tx: &mut Tx, account: &Account) -> Result<Self, Error> {
        let operator = store::accounts::operator(tx).await?.ok_or(Error::NotFound)?;
        let from = store::accounts::details_of(tx, operator.id).await?.ok_or(Error::NotFound)?;
        let to = store::accounts::details_of(tx, account.id).await?.ok_or(Error::NotFound)?;
        let settings = store::billing_settings::find(tx).await?;
        let letterhead = Letterhead {
            from: Party::of(&from),
            to: Party::of(&to),
            customer: None,
            bank: settings.bank,
            note: settings.note,
        };
        let letterhead = serde_json::to_string(&letterhead).map_err(|why| Error::Internal(why.to_string()))?;
        Ok(Self { letterhead, payment_days: to.billing.payment_days })
    }
}

/// An amount that can be counted.
pub(crate) fn amount(amount: Result<Taxed, AmountError>) -> Result<Taxed, Error> {
    Ok(amount.map_err(Refusal::from)?)
}
