//! Money that came in by bank transfer, recorded by finance: one by hand, or many from the bank's table (B7).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Reference;
use crate::{FieldErrors, Money, csv, money, text, words::words};

words! {
    /// A column of the table: a field of the form.
    ReceiptColumn {
        /// Required.
        ReceivedOn = "received_on", "Received on";
        /// Required.
        Amount = "amount", "Amount";
        /// Required.
        Currency = "currency", "Currency";
        /// What the payer wrote.
        Text = "text", "Text";
        /// By what the bank knows the transfer.
        BankId = "bank_id", "Bank id";
    }
}

/// How many receipts one table may have.
pub const RECEIPTS_MOST: usize = 5_000;

/// A receipt as typed, or as a line of the table has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReceiptForm {
    /// `Received on`, `2026-11-21`.
    pub received_on: String,
    /// `Amount`, more than nothing.
    pub amount: String,
    /// `Currency`: three letters.
    pub currency: String,
    /// `Text`: what the payer wrote, in which our reference is looked for.
    pub text: String,
    /// `Bank id`: by what the bank knows the transfer; the same one is never recorded twice.
    pub bank_id: String,
}

/// Money that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// On which day.
    pub received_on: NaiveDate,
    /// How much, more than nothing.
    pub amount: Money,
    /// What it is for; without one, somebody has to say whose it is.
    pub reference: Option<Reference>,
    /// What the payer wrote.
    pub text: Option<String>,
    /// By what the bank knows it.
    pub bank_id: Option<String>,
}

/// A line of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptLine {
    /// Where it stands, counted from 1.
    pub line: usize,
    /// Its cells.
    pub form: ReceiptForm,
}

impl ReceiptForm {
    /// The receipt. `today` is the day in the operator's time zone.
    ///
    /// # Errors
    /// A message for each wrong field.
    pub fn check(&self, today: NaiveDate) -> Result<Receipt, FieldErrors> {
        let mut errors = FieldErrors::default();
        let received_on = errors.take("received_on", past_day(&self.received_on, today));
        let currency = errors.take("currency", money::currency(&self.currency));
        let amount = currency.and_then(|currency| errors.take("amount", Money::typed(&self.amount, currency)));
        if amount.is_some_and(|amount| !amount.is_positive()) {
            errors.add("amount", "Enter an amount of more than nothing.");
        }
        let text = errors.take("text", text::line(&self.text, 500));
        let bank_id = errors.take("bank_id", text::line(&self.bank_id, 100));
        match (received_on, amount, text, bank_id) {
            (Some(received_on), Some(amount), Some(text), Some(bank_id)) if errors.is_empty() => {
                let reference = text.as_deref().and_then(Reference::find_in);
                Ok(Receipt { received_on, amount, reference, text, bank_id })
            }
            _ => Err(errors),
        }
    }
}

fn past_day(typed: &str, today: NaiveDate) -> Result<NaiveDate, &'static str> {
    match NaiveDate::parse_from_str(typed.trim(), "%Y-%m-%d") {
        Ok(day) if day > today => Err("This date is in the future."),
        Ok(day) => Ok(day),
        Err(_) => Err("Enter a date like 2026-11-21."),
    }
}

/// Reads a table: a header with the names of the columns in any order, and a line for each receipt. Columns that are
/// not ours are passed over, since banks have many.
///
/// # Errors
/// A message at `file` when it is no table, or lacks a column.
pub fn read_receipts(bytes: &[u8]) -> Result<Vec<ReceiptLine>, FieldErrors> {
    table(bytes).map_err(|problem| FieldErrors::at("file", problem))
}

fn table(bytes: &[u8]) -> Result<Vec<ReceiptLine>, String> {
    let mut lines = csv::lines(csv::decoded(bytes)?);
    let header = lines.next().transpose()?.ok_or("This table is empty. Choose a file, or paste its lines.")?;
    let columns: Vec<_> = header.cells.iter().map(|name| column(name)).collect();
    for required in [ReceiptColumn::ReceivedOn, ReceiptColumn::Amount, ReceiptColumn::Currency] {
        match columns.iter().filter(|column| **column == Some(required)).count() {
            1 => {}
            0 => return Err(format!("The column \"{}\" is missing in the first line.", required.label())),
            _ => return Err(format!("The column \"{}\" is there twice.", required.label())),
        }
    }
    let mut read = Vec::new();
    for line in lines {
        if read.len() == RECEIPTS_MOST {
            return Err(
                "This table has more than 5,000 receipts. Split it, and import one part after the other.".into()
            );
        }
        read.push(receipt(line?, &columns));
    }
    if read.is_empty() { Err("There is no receipt below the header.".to_owned()) } else { Ok(read) }
}

fn column(name: &str) -> Option<ReceiptColumn> {
    let same = |column: &&ReceiptColumn| column.label().eq_ignore_ascii_case(name.trim());
    ReceiptColumn::ALL.iter().find(same).copied()
}

fn receipt(line: csv::Line, columns: &[Option<ReceiptColumn>]) -> ReceiptLine {
    let mut form = ReceiptForm::default();
    for (column, cell) in columns.iter().zip(line.cells) {
        match column {
            Some(ReceiptColumn::ReceivedOn) => form.received_on = cell,
            Some(ReceiptColumn::Amount) => form.amount = cell,
            Some(ReceiptColumn::Currency) => form.currency = cell,
            Some(ReceiptColumn::Text) => form.text = cell,
            Some(ReceiptColumn::BankId) => form.bank_id = cell,
            None => {}
        }
    }
    ReceiptLine { line: line.number, form }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Currency,
        billing::{InvoiceNumber, cycle::tests::day},
    };

    fn today() -> NaiveDate {
        day("2026-11-21")
    }

    #[test]
    fn b7_the_banks_table_is_read_with_the_reference_that_the_payer_wrote() {
        let reference = Reference::Invoice(InvoiceNumber(42));
        let table = format!(
            "Payer;Amount;Text;received on;Currency;Bank id\nAcme;165.77;Invoice {reference};2026-11-20;EUR;B-1\n"
        );
        let lines = read_receipts(table.as_bytes()).expect("a table");
        let receipt = Receipt {
            received_on: day("2026-11-20"),
            amount: Money::new(16_577, Currency::EUR),
            reference: Some(reference),
            text: Some(format!("Invoice {reference}")),
            bank_id: Some("B-1".to_owned()),
        };
        assert_eq!((lines.len(), lines[0].line, lines[0].form.check(today())), (1, 2, Ok(receipt)));
    }

    #[test]
    fn x3_every_wrong_field_of_a_receipt_has_its_message() {
        let form = |amount: &str, on: &str| ReceiptForm {
            received_on: on.to_owned(),
            amount: amount.to_owned(),
            currency: "EUR".to_owned(),
            ..ReceiptForm::default()
        };
        let wrong = |form: ReceiptForm| {
            form.check(today()).map_err(|errors| errors.iter().map(|e| e.field.clone()).collect::<Vec<_>>())
        };
        assert_eq!(wrong(form("0", "2026-11-22")), Err(vec!["received_on".to_owned(), "amount".to_owned()]));
        assert_eq!(wrong(form("-5", "21.11.2026")), Err(vec!["received_on".to_owned(), "amount".to_owned()]));
        assert_eq!(wrong(form(&"9".repeat(30), "2026-11-21")), Err(vec!["amount".to_owned()]));
        let unknown = ReceiptForm { currency: "€".to_owned(), text: "\u{7}".to_owned(), ..form("5", "2026-11-21") };
        assert_eq!(wrong(unknown), Err(vec!["currency".to_owned(), "text".to_owned()]));
        assert_eq!(wrong(form("5", "2026-11-21")).map(|receipt| receipt.reference), Ok(None));
    }

    #[test]
    fn x3_what_is_no_table_of_receipts_is_refused_whole() {
        let read = |text: &str| {
            read_receipts(text.as_bytes()).map_err(|errors| errors.get("file").unwrap_or_default().to_owned())
        };
        assert_eq!(
            read("Amount,Currency\n1,EUR"),
            Err("The column \"Received on\" is missing in the first line.".to_owned())
        );
        assert_eq!(
            read("Amount,Amount,Currency,Received on\n"),
            Err("The column \"Amount\" is there twice.".to_owned())
        );
        assert_eq!(read("Amount,Currency,Received on\n"), Err("There is no receipt below the header.".to_owned()));
        let many = format!("Amount,Currency,Received on\n{}", "1,EUR,2026-11-21\n".repeat(RECEIPTS_MOST + 1));
        assert!(read(&many).is_err() && read("").is_err());
    }
}
