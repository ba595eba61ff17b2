//! What the operator says once about billing.

use domain::billing::{BankDetails, BillingSettings};
use sqlx::any::AnyRow;

use crate::{Error, Tx, row::Read};

/// The operator's settings; what holds by itself where nobody has said anything.
///
/// # Errors
/// When the database cannot.
pub async fn find(tx: &mut Tx) -> Result<BillingSettings, Error> {
    let query = sqlx::query(
        "select bank_holder, bank_iban, bank_bic, bank_name, invoice_note, terms, reminders, resale_floor
         from billing_settings",
    );
    let settings = query.fetch_optional(tx.db()).await?.as_ref().map(read).transpose()?;
    Ok(settings.unwrap_or_default())
}

fn read(row: &AnyRow) -> Result<BillingSettings, Error> {
    let bank = match (row.maybe_text("bank_holder")?, row.maybe_text("bank_iban")?) {
        (Some(holder), Some(iban)) => {
            Some(BankDetails { holder, iban, bic: row.maybe_text("bank_bic")?, bank: row.maybe_text("bank_name")? })
        }
        _ => None,
    };
    let days = |words: &str| words.split_whitespace().map(|day| day.parse().ok()).collect();
    Ok(BillingSettings {
        bank,
        note: row.maybe_text("invoice_note")?,
        terms: row.text("terms")?,
        reminders: row.word("reminders", days)?,
        floor: row.rate("resale_floor")?,
    })
}
