//! To whom an account's invoices are made out, and whether there is one for each of its customers (B5).

use domain::{AccountId, accounts::AccountDetails, billing::InvoicePer};

use super::{
    COLUMNS,
    details::{MORE, details},
};
use crate::{Error, Tx, row::Read, tx::pieces};

/// What an invoice needs to know of who is billed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoiced {
    /// Name, address, and how many days there are to pay.
    pub details: AccountDetails,
    /// One invoice for all customers, or one for each.
    pub per: InvoicePer,
}

/// How an account is invoiced of which it is already known that it may be read.
///
/// # Errors
/// When the database cannot.
pub async fn invoiced(tx: &mut Tx, id: AccountId) -> Result<Option<Invoiced>, Error> {
    let sql = format!("select {COLUMNS}, {MORE}, invoice_per from accounts where id = $1");
    let row = sqlx::query(pieces(sql)).bind(id.to_string()).fetch_optional(tx.db()).await?;
    row.map(|row| Ok(Invoiced { details: details(&row)?, per: row.word("invoice_per", InvoicePer::from_word)? }))
        .transpose()
}

/// Sets whether an account has one invoice for all its customers, or one for each (B5).
///
/// # Errors
/// When the database cannot.
pub async fn set_invoice_per(tx: &mut Tx, id: AccountId, per: InvoicePer) -> Result<(), Error> {
    let query = sqlx::query("update accounts set invoice_per = $1 where id = $2");
    query.bind(per.word()).bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}
