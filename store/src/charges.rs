//! Charges: what a reseller owes the operator for a license.

mod replaced;

pub use replaced::{OfToday, of_today, replace};

use chrono::NaiveDate;
use domain::{
    AccountId, BasisPoints, ChargeId, InvoiceId, LicenseId, Money, OrderId, OrderLineId, Timestamp,
    billing::{Open, Taxed},
};

use crate::{
    Error, Tx, ledger,
    row::{Read, maybe_day, maybe_micros, micros},
};

/// A charge as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// Its id.
    pub id: ChargeId,
    /// Who owes it.
    pub account: AccountId,
    /// For which license.
    pub license: LicenseId,
    /// By which order line.
    pub order_line: OrderLineId,
    /// The price of one, at once or for a whole period.
    pub unit: Money,
    /// How much.
    pub amount: Taxed,
    /// The rate of the tax in it.
    pub rate: BasisPoints,
    /// The period of a subscription that it pays for, as the license is valid.
    pub period: Option<(Timestamp, Timestamp)>,
    /// The days of that, the second not included.
    pub part: Option<(NaiveDate, NaiveDate)>,
    /// B3: from which day on it is invoiced, where that is not at once.
    pub invoice_from: Option<NaiveDate>,
    /// P3: the charge whose place it takes, at another price.
    pub replaces: Option<ChargeId>,
    /// Since when.
    pub created_at: Timestamp,
}

/// Stores a new charge, all of it open, with its entry in the ledger. What costs nothing has no entry. What the account owes
/// is raised by whoever takes the credit for it, in the same transaction.
///
/// # Errors
/// When the database cannot.
pub async fn insert(tx: &mut Tx, charge: &Charge) -> Result<(), Error> {
    let gross = charge.amount.gross();
    let query = sqlx::query(
        "insert into charges (id, account_id, license_id, order_line_id, amount, currency, net, tax, rate, open,
             period_start, period_end, part_start, part_end, invoice_from, created_at, unit_amount, replaces)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
    )
    .bind(charge.id.to_string())
    .bind(charge.account.to_string())
    .bind(charge.license.to_string())
    .bind(charge.order_line.to_string())
    .bind(gross.minor)
    .bind(gross.currency.code())
    .bind(charge.amount.net().minor)
    .bind(charge.amount.tax().minor)
    .bind(i64::from(charge.rate.get()))
    .bind(gross.minor)
    .bind(maybe_micros(charge.period.map(|(start, _)| start)))
    .bind(maybe_micros(charge.period.map(|(_, end)| end)))
    .bind(maybe_day(charge.part.map(|(start, _)| start)))
    .bind(maybe_day(charge.part.map(|(_, end)| end)))
    .bind(maybe_day(charge.invoice_from))
    .bind(micros(charge.created_at))
    .bind(charge.unit.minor)
    .bind(charge.replaces.map(|charge| charge.to_string()));
    query.execute(tx.db()).await?;
    match gross.is_zero() {
        true => Ok(()),
        false => ledger::insert_charge(tx, charge).await,
    }
}

/// What is open of an account, oldest first.
///
/// # Errors
/// When the database cannot.
pub async fn open(tx: &mut Tx, account: AccountId) -> Result<Vec<Open<ChargeId>>, Error> {
    let query = sqlx::query(
        "select id, open, currency
         from charges
         where account_id = $1 and open > 0
         order by created_at, id",
    );
    let rows = query.bind(account.to_string()).fetch_all(tx.db()).await?;
    let open = |row: &sqlx::any::AnyRow| Ok(Open { what: row.parsed("id")?, left: row.money("open", "currency")? });
    rows.iter().map(open).collect()
}

/// What is open of a license, oldest first.
///
/// # Errors
/// When the database cannot.
pub async fn open_of_license(tx: &mut Tx, license: LicenseId) -> Result<Vec<Open<ChargeId>>, Error> {
    let query = sqlx::query(
        "select id, open, currency
         from charges
         where license_id = $1 and open > 0
         order by created_at, id",
    );
    let rows = query.bind(license.to_string()).fetch_all(tx.db()).await?;
    let open = |row: &sqlx::any::AnyRow| Ok(Open { what: row.parsed("id")?, left: row.money("open", "currency")? });
    rows.iter().map(open).collect()
}

/// What is open of all that an order has charged so far, in minor units of its currency.
///
/// # Errors
/// When the database cannot.
pub async fn open_of_order(tx: &mut Tx, order: OrderId) -> Result<i64, Error> {
    let query = sqlx::query_scalar::<_, i64>(
        "select cast(coalesce(sum(c.open), 0) as bigint)
         from order_lines t
         join licenses l on l.order_line_id = t.id
         join charges c on c.license_id = l.id and c.order_line_id = t.id
         where t.order_id = $1",
    );
    Ok(query.bind(order.to_string()).fetch_one(tx.db()).await?)
}

/// A charge of a license, and where it is invoiced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfLicense {
    /// Its id.
    pub id: ChargeId,
    /// How much, without what another price took the place of (P3).
    pub amount: Taxed,
    /// Which line of which invoice it is on, counted from 0; none before it is invoiced.
    pub invoiced: Option<(InvoiceId, usize)>,
}

/// All that was charged for a license, oldest first; what costs nothing is left out.
///
/// # Errors
/// When the database cannot.
pub async fn of_license(tx: &mut Tx, license: LicenseId) -> Result<Vec<OfLicense>, Error> {
    let query = sqlx::query(
        "select id, net - replaced_net as net, tax - replaced_tax as tax, currency, invoice_id, invoice_line
         from charges
         where license_id = $1 and amount > 0
         order by created_at, id",
    );
    let rows = query.bind(license.to_string()).fetch_all(tx.db()).await?;
    rows.iter()
        .map(|row| {
            let line = row.maybe_int("invoice_line")?.map(|line| usize::try_from(line).unwrap_or(usize::MAX));
            Ok(OfLicense {
                id: row.parsed("id")?,
                amount: row.taxed("net", "tax", "currency")?,
                invoiced: row.maybe_parsed("invoice_id")?.zip(line),
            })
        })
        .collect()
}

/// The charges of some lines of an invoice, and then those of its others: what a credit note settles first (B5).
///
/// # Errors
/// When the database cannot.
pub async fn of_invoice(tx: &mut Tx, invoice: InvoiceId, first: &[usize]) -> Result<Vec<ChargeId>, Error> {
    let query = sqlx::query(
        "select id, invoice_line
         from charges
         where invoice_id = $1
         order by invoice_line, created_at, id",
    );
    let rows = query.bind(invoice.to_string()).fetch_all(tx.db()).await?;
    let read = |row: &sqlx::any::AnyRow| Ok((row.int("invoice_line")?, row.parsed("id")?));
    let mut charges = rows.iter().map(read).collect::<Result<Vec<(i64, ChargeId)>, Error>>()?;
    charges.sort_by_key(|(line, _)| !usize::try_from(*line).is_ok_and(|line| first.contains(&line)));
    Ok(charges.into_iter().map(|(_, charge)| charge).collect())
}
