//! Another price in a running period: which charges hold today, and what takes their place (P3).

use chrono::NaiveDate;
use domain::{BasisPoints, ChargeId, InvoiceId, LicenseId, OrderLineId, Timestamp, billing::Taxed};

use crate::{Error, Tx, row::Read};

/// What a license that runs was charged for a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfToday {
    /// The charge.
    pub id: ChargeId,
    /// Its license.
    pub license: LicenseId,
    /// Since when there is that.
    pub created_at: Timestamp,
    /// How much.
    pub amount: Taxed,
    /// The rate of the tax in it.
    pub rate: BasisPoints,
    /// Until when the license is valid for it.
    pub until: Option<Timestamp>,
    /// Which line of which invoice it is on, counted from 0; none before it is invoiced.
    pub invoiced: Option<(InvoiceId, usize)>,
}

/// What the licenses of an order line were charged for a day, one charge each, the oldest license first. What was given back is left
/// out, and what took the place of another stands for both.
///
/// # Errors
/// When the database cannot.
pub async fn of_today(tx: &mut Tx, line: OrderLineId, today: NaiveDate) -> Result<Vec<OfToday>, Error> {
    let query = sqlx::query(
        "select c.id, c.license_id, l.created_at, c.net, c.tax, c.currency, c.rate, c.period_end, c.invoice_id, c.invoice_line
         from licenses l
         join charges c on c.license_id = l.id
         where l.order_line_id = $1 and l.revoked_at is null and l.transferred_at is null
           and c.part_start <= $2 and c.part_end > $2 and c.replaced_from is null
         order by l.seq",
    );
    let rows = query.bind(line.to_string()).bind(today.to_string()).fetch_all(tx.db()).await?;
    let read = |row: &sqlx::any::AnyRow| {
        let line = row.maybe_int("invoice_line")?.map(|line| usize::try_from(line).unwrap_or(usize::MAX));
        Ok(OfToday {
            id: row.parsed("id")?,
            license: row.parsed("license_id")?,
            created_at: row.time("created_at")?,
            amount: row.taxed("net", "tax", "currency")?,
            rate: row.rate("rate")?,
            until: row.maybe_time("period_end")?,
            invoiced: row.maybe_parsed("invoice_id")?.zip(line),
        })
    };
    rows.iter().map(read).collect()
}

/// From a day on another charge takes the place of this one, and so much of it is given back. `false` when that was done before.
///
/// # Errors
/// When the database cannot.
pub async fn replace(tx: &mut Tx, charge: ChargeId, from: NaiveDate, back: Taxed) -> Result<bool, Error> {
    let query = sqlx::query(
        "update charges
         set replaced_from = $1, replaced_net = $2, replaced_tax = $3
         where id = $4 and replaced_from is null and part_start <= $1 and part_end > $1
           and net >= $2 and tax >= $3",
    )
    .bind(from.to_string())
    .bind(back.net().minor)
    .bind(back.tax().minor)
    .bind(charge.to_string());
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}
