//! What is open and can be paid: of a license, of an invoice, of all that is overdue; and what a payment is for.

use chrono::NaiveDate;
use domain::{
    AccountId, ChargeId, LicenseId, Money, PaymentId,
    billing::{InvoiceNumber, Open, PaymentNumber},
    licenses::LicenseKey,
};
use sqlx::any::AnyRow;

use crate::{Error, Tx, clauses::Clauses, row::Read};

/// A charge with what is open of it, or was when its payment was begun, and what a person calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The charge.
    pub charge: ChargeId,
    /// What it is paid with.
    pub amount: Money,
    /// What is open of it.
    pub open: Money,
    /// The payment by which it is being paid.
    pub paying: Option<PaymentId>,
    /// Its license.
    pub license: LicenseId,
    /// The key of that.
    pub key: LicenseKey,
    /// What was bought.
    pub product: String,
    /// In which option.
    pub option: String,
    /// Whose it is.
    pub customer: String,
    /// The invoice that it is on, and when that is due.
    pub invoice: Option<(InvoiceNumber, NaiveDate)>,
}

impl Due {
    /// What a settlement needs to know.
    pub const fn open(&self) -> Open<ChargeId> {
        Open { what: self.charge, left: self.open }
    }
}

const JOINED: &str = "join licenses l on l.id = c.license_id
     join products p on p.id = l.product_id
     join license_options o on o.id = l.option_id
     join accounts a on a.id = l.customer_id
     left join invoices i on i.id = c.invoice_id";
const NAMED: &str = "c.id, c.open, c.currency, c.paying, c.license_id, l.license_key, p.name as product_name,
     o.name as option_name, a.name as customer_name, i.number as invoice_number, i.due_on";

async fn open(tx: &mut Tx, account: AccountId, mut clauses: Clauses) -> Result<Vec<Due>, Error> {
    clauses.and("c.account_id = ? and c.open > 0", [account.to_string().into()]);
    let sql = format!(
        "select {NAMED}, c.open as amount from charges c {JOINED} where {} order by c.created_at, c.id",
        clauses.text()
    );
    clauses.rows(sql).fetch_all(tx.db()).await?.iter().map(read).collect()
}

/// What is open of a license of that account, oldest first.
///
/// # Errors
/// When the database cannot.
pub async fn of_license(tx: &mut Tx, account: AccountId, license: LicenseId) -> Result<Vec<Due>, Error> {
    let mut clauses = Clauses::default();
    clauses.and("c.license_id = ?", [license.to_string().into()]);
    open(tx, account, clauses).await
}

/// What is open of an invoice of that account, oldest first.
///
/// # Errors
/// When the database cannot.
pub async fn of_invoice(tx: &mut Tx, account: AccountId, number: InvoiceNumber) -> Result<Vec<Due>, Error> {
    let mut clauses = Clauses::default();
    clauses.and("c.invoice_id = (select id from invoices where number = ?)", [number.0.into()]);
    open(tx, account, clauses).await
}

/// What is open of all invoices of that account that were due before today, oldest first.
///
/// # Errors
/// When the database cannot.
pub async fn overdue(tx: &mut Tx, account: AccountId, today: NaiveDate) -> Result<Vec<Due>, Error> {
    let mut clauses = Clauses::default();
    clauses.and(
        "c.invoice_id in (select id from invoices where account_id = ? and open > 0 and due_on < ?)",
        [account.to_string().into(), today.to_string().into()],
    );
    open(tx, account, clauses).await
}

/// All charges of that account of which something is open, each with its license.
///
/// # Errors
/// When the database cannot.
pub async fn open_licenses(tx: &mut Tx, account: AccountId) -> Result<Vec<(ChargeId, LicenseId)>, Error> {
    let query = sqlx::query(
        "select id, license_id
         from charges
         where account_id = $1 and open > 0
         order by created_at, id",
    );
    let rows = query.bind(account.to_string()).fetch_all(tx.db()).await?;
    rows.iter().map(|row| Ok((row.parsed("id")?, row.parsed("license_id")?))).collect()
}

/// What a payment is for, as it was begun.
///
/// # Errors
/// When the database cannot.
pub async fn of_payment(tx: &mut Tx, payment: PaymentId) -> Result<Vec<Due>, Error> {
    let mut clauses = Clauses::default();
    clauses.and("f.payment_id = ?", [payment.to_string().into()]);
    let sql = format!(
        "select {NAMED}, f.amount from payment_charges f join charges c on c.id = f.charge_id {JOINED}
         where {} order by c.created_at, c.id",
        clauses.text()
    );
    clauses.rows(sql).fetch_all(tx.db()).await?.iter().map(read).collect()
}

/// The payment by card that has settled something of a license; the last one of several.
///
/// # Errors
/// When the database cannot.
pub async fn by_card_for(tx: &mut Tx, license: LicenseId) -> Result<Option<PaymentNumber>, Error> {
    let query = sqlx::query_scalar(
        "select r.number
         from charges c
         join settlements s on s.charge_id = c.id
         join ledger_entries e on e.seq = s.entry_seq
         join payments r on r.id = e.payment_id and r.intent is not null
         where c.license_id = $1
         order by r.number desc
         limit 1",
    );
    Ok(query.bind(license.to_string()).fetch_optional(tx.db()).await?.map(PaymentNumber))
}

fn read(row: &AnyRow) -> Result<Due, Error> {
    let invoice = row.maybe_int("invoice_number")?.map(InvoiceNumber);
    Ok(Due {
        charge: row.parsed("id")?,
        amount: row.money("amount", "currency")?,
        open: row.money("open", "currency")?,
        paying: row.maybe_parsed("paying")?,
        license: row.parsed("license_id")?,
        key: row.word("license_key", |text| LicenseKey::parse(text).ok())?,
        product: row.text("product_name")?,
        option: row.text("option_name")?,
        customer: row.text("customer_name")?,
        invoice: invoice.zip(row.maybe_parsed("due_on")?),
    })
}
