//! What the operator says once about billing.

use domain::{
    AccountId,
    billing::{BankDetails, BillingSettings},
};
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

/// Makes sure that the operator has settings to change: those that hold by themselves.
///
/// # Errors
/// When the database cannot.
pub async fn begin(tx: &mut Tx, operator: AccountId) -> Result<(), Error> {
    let query = sqlx::query(
        "insert into billing_settings (account_id, terms)
         values ($1, $2)
         on conflict (account_id) do nothing",
    );
    query.bind(operator.to_string()).bind(BillingSettings::TERMS).execute(tx.db()).await?;
    Ok(())
}

/// Stores the settings of the operator, who has begun them.
///
/// # Errors
/// When the database cannot.
pub async fn save(tx: &mut Tx, operator: AccountId, settings: &BillingSettings) -> Result<(), Error> {
    let bank = settings.bank.as_ref();
    let days: Vec<_> = settings.reminders.iter().map(u16::to_string).collect();
    let query = sqlx::query(
        "update billing_settings
         set bank_holder = $1, bank_iban = $2, bank_bic = $3, bank_name = $4, invoice_note = $5, terms = $6,
             reminders = $7, resale_floor = $8
         where account_id = $9",
    )
    .bind(bank.map(|bank| bank.holder.clone()))
    .bind(bank.map(|bank| bank.iban.clone()))
    .bind(bank.and_then(|bank| bank.bic.clone()))
    .bind(bank.and_then(|bank| bank.bank.clone()))
    .bind(settings.note.clone())
    .bind(settings.terms.clone())
    .bind(days.join(" "))
    .bind(i64::from(settings.floor.get()))
    .bind(operator.to_string());
    query.execute(tx.db()).await?;
    Ok(())
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
