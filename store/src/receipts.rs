//! Receipts: money that came in by bank transfer (B7).

use chrono::NaiveDate;
use domain::{
    AccountId, ContactId, InvoiceId, Money, PaymentId, ReceiptId, Timestamp,
    billing::{InvoiceNumber, PaymentNumber, ReceiptsShown},
};
use sqlx::any::AnyRow;

use crate::{
    Error, Tx,
    clauses::Clauses,
    row::{Read, micros},
};

/// A receipt as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Its id.
    pub id: ReceiptId,
    /// Whose it is; none while nobody knows.
    pub account: Option<AccountId>,
    /// The payment that it was meant for.
    pub payment: Option<PaymentId>,
    /// The invoice that it was meant for.
    pub invoice: Option<InvoiceId>,
    /// On which day it came in.
    pub received_on: NaiveDate,
    /// How much.
    pub amount: Money,
    /// What the payer wrote.
    pub text: Option<String>,
    /// By what the bank knows it.
    pub bank_id: Option<String>,
    /// Its entry in the ledger.
    pub entry: Option<i64>,
    /// Who recorded it.
    pub recorded_by: ContactId,
    /// When.
    pub created_at: Timestamp,
    /// When it was taken back.
    pub taken_back_at: Option<Timestamp>,
}

/// A receipt with the names that a list shows beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The receipt.
    pub receipt: Receipt,
    /// Whose it is, by name.
    pub organisation: Option<String>,
    /// The number of the payment that it was meant for.
    pub payment: Option<PaymentNumber>,
    /// The number of the invoice that it was meant for.
    pub invoice: Option<InvoiceNumber>,
}

/// Stores a receipt that is nobody's yet; `false` when the bank's id was recorded before.
///
/// # Errors
/// When the database cannot.
pub async fn insert(tx: &mut Tx, receipt: &Receipt) -> Result<bool, Error> {
    let query = sqlx::query(
        "insert into receipts (id, received_on, amount, currency, text, bank_id, recorded_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict do nothing",
    )
    .bind(receipt.id.to_string())
    .bind(receipt.received_on.to_string())
    .bind(receipt.amount.minor)
    .bind(receipt.amount.currency.code())
    .bind(receipt.text.clone())
    .bind(receipt.bank_id.clone())
    .bind(receipt.recorded_by.to_string())
    .bind(micros(receipt.created_at));
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}

/// Says whose a receipt is, and which entry of the ledger it has become; `false` when that was said before.
///
/// # Errors
/// When the database cannot.
pub async fn assign(
    tx: &mut Tx,
    receipt: ReceiptId,
    account: AccountId,
    meant_for: (Option<PaymentId>, Option<InvoiceId>),
    entry: i64,
) -> Result<bool, Error> {
    let query = sqlx::query(
        "update receipts
         set account_id = $1, payment_id = $2, invoice_id = $3, entry_seq = $4
         where id = $5 and account_id is null and taken_back_at is null",
    )
    .bind(account.to_string())
    .bind(meant_for.0.map(|id| id.to_string()))
    .bind(meant_for.1.map(|id| id.to_string()))
    .bind(entry)
    .bind(receipt.to_string());
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}

/// Takes a receipt back; `false` when it was taken back before. Its bank id can be recorded anew.
///
/// # Errors
/// When the database cannot.
pub async fn take_back(tx: &mut Tx, receipt: ReceiptId, by: ContactId, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query(
        "update receipts
         set taken_back_at = $1, taken_back_by = $2, bank_id = null
         where id = $3 and taken_back_at is null",
    );
    let query = query.bind(micros(now)).bind(by.to_string()).bind(receipt.to_string());
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}

/// Whether the bank's id was recorded before.
///
/// # Errors
/// When the database cannot.
pub async fn is_known(tx: &mut Tx, bank_id: &str) -> Result<bool, Error> {
    let query = sqlx::query_scalar::<_, i64>("select count(*) from receipts where bank_id = $1");
    Ok(query.bind(bank_id.to_owned()).fetch_one(tx.db()).await? > 0)
}

/// The invoice that a transfer names, and whose it is.
///
/// # Errors
/// When the database cannot.
pub async fn invoice(tx: &mut Tx, number: InvoiceNumber) -> Result<Option<(InvoiceId, AccountId)>, Error> {
    let query = sqlx::query("select id, account_id from invoices where number = $1");
    let row = query.bind(number.0).fetch_optional(tx.db()).await?;
    row.map(|row| Ok((row.parsed("id")?, row.parsed("account_id")?))).transpose()
}

const SELECT: &str =
    "select r.id, r.account_id, r.payment_id, r.invoice_id, r.received_on, r.amount, r.currency, r.text,
        r.bank_id, r.entry_seq, r.recorded_by, r.created_at, r.taken_back_at, a.name as organisation,
        p.number as payment_number, i.number as invoice_number
    from receipts r
    left join accounts a on a.id = r.account_id
    left join payments p on p.id = r.payment_id
    left join invoices i on i.id = r.invoice_id";

/// A page of receipts, newest first, from behind `after`. Whoever asks is of the operator.
///
/// # Errors
/// When the database cannot.
pub async fn page(
    tx: &mut Tx,
    shown: Option<ReceiptsShown>,
    after: Option<ReceiptId>,
    most: i64,
) -> Result<Vec<Listed>, Error> {
    let mut clauses = Clauses::default();
    match shown {
        Some(ReceiptsShown::Unassigned) => clauses.and("r.account_id is null and r.taken_back_at is null", []),
        Some(ReceiptsShown::All) | None => clauses.and("1 = 1", []),
    }
    if let Some(after) = after {
        let before = "(r.created_at, r.id) < (select s.created_at, s.id from receipts s where s.id = ?)";
        clauses.and(before, [after.to_string().into()]);
    }
    let sql = format!("{SELECT} where {} order by r.created_at desc, r.id desc limit {most}", clauses.text());
    clauses.rows(sql).fetch_all(tx.db()).await?.iter().map(read).collect()
}

/// One receipt.
///
/// # Errors
/// When the database cannot.
pub async fn find(tx: &mut Tx, id: ReceiptId) -> Result<Option<Listed>, Error> {
    let mut clauses = Clauses::default();
    clauses.and("r.id = ?", [id.to_string().into()]);
    let sql = format!("{SELECT} where {}", clauses.text());
    clauses.rows(sql).fetch_optional(tx.db()).await?.as_ref().map(read).transpose()
}

/// How many wait for somebody to say whose they are, up to 1,000.
///
/// # Errors
/// When the database cannot.
pub async fn unassigned(tx: &mut Tx) -> Result<i64, Error> {
    let query = sqlx::query_scalar(
        "select count(*)
         from (select 1 from receipts where account_id is null and taken_back_at is null limit 1000) as found",
    );
    Ok(query.fetch_one(tx.db()).await?)
}

fn read(row: &AnyRow) -> Result<Listed, Error> {
    let receipt = Receipt {
        id: row.parsed("id")?,
        account: row.maybe_parsed("account_id")?,
        payment: row.maybe_parsed("payment_id")?,
        invoice: row.maybe_parsed("invoice_id")?,
        received_on: row.parsed("received_on")?,
        amount: row.money("amount", "currency")?,
        text: row.maybe_text("text")?,
        bank_id: row.maybe_text("bank_id")?,
        entry: row.maybe_int("entry_seq")?,
        recorded_by: row.parsed("recorded_by")?,
        created_at: row.time("created_at")?,
        taken_back_at: row.maybe_time("taken_back_at")?,
    };
    Ok(Listed {
        receipt,
        organisation: row.maybe_text("organisation")?,
        payment: row.maybe_int("payment_number")?.map(PaymentNumber),
        invoice: row.maybe_int("invoice_number")?.map(InvoiceNumber),
    })
}
