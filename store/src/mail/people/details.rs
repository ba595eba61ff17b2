//! Mails with the details of licenses: each says which licenses it is about, so that what became of it is told at those.

use domain::{
    ContactId, LicenseId, MailId, OrderId, Scope, Timestamp,
    mail::{Lane, Purpose},
};

use super::{COLUMNS, Latest, NO_LONGER_NEEDED, assign, known_to, read};
use crate::{Error, Tx, row::micros, tx::pieces};

/// Which licenses a mail with details is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// All of an order.
    Order(OrderId),
    /// One, of that order.
    License(LicenseId, OrderId),
    /// Several, of one order or more.
    Several,
}

impl Of {
    /// The order and the license, as they are stored.
    fn ids(self) -> (Option<String>, Option<String>) {
        match self {
            Self::Order(order) => (Some(order.to_string()), None),
            Self::License(license, order) => (Some(order.to_string()), Some(license.to_string())),
            Self::Several => (None, None),
        }
    }
}

/// A mail with the details of licenses goes to that person, as by [`super::address`]. It replaces those about the same ones, and those of
/// which nobody knows which they are about; but these are still sent, as they have other keys as well. What became of another order's is
/// reported on.
///
/// # Errors
/// When the database cannot.
pub async fn address_details(
    tx: &mut Tx,
    id: MailId,
    contact: ContactId,
    of: Of,
    lane: Lane,
    now: Timestamp,
) -> Result<(), Error> {
    let (order, license) = of.ids();
    // All of an order stands for each of it; one license stands for its order where that has no other one.
    let sql = format!(
        "update outbox
         set {NO_LONGER_NEEDED}
         where contact_id = $2 and purpose = $3 and replaced_at is null
           and ((order_id is null and coalesce(sent_at, failed_at) is not null)
                or license_id = $5
                or (order_id = $4 and $5 = '')
                or (order_id = $4 and license_id is null
                    and not exists (select 1
                                    from licenses l
                                    join order_lines ol on ol.id = l.order_line_id
                                    where ol.order_id = $4 and l.id <> $5)))"
    );
    let query = sqlx::query(pieces(sql)).bind(micros(now)).bind(contact.to_string()).bind(Purpose::Details.word());
    let query = query.bind(order.clone().unwrap_or_default()).bind(license.clone().unwrap_or_default());
    query.execute(tx.db()).await?;
    assign(tx, id, contact, Purpose::Details, lane).await?;
    let query = sqlx::query("update outbox set order_id = $1, license_id = $2 where id = $3");
    query.bind(order).bind(license).bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// The last mail with the details of all licenses of an order, or of its only one, also when it is no longer needed. The order is known
/// to be the reader's.
///
/// # Errors
/// When the database cannot.
pub async fn of_order(tx: &mut Tx, scope: &Scope, order: OrderId, only_one: bool) -> Result<Option<Latest>, Error> {
    last(tx, scope, order, "(license_id is null or $3 = '1')", i64::from(only_one).to_string()).await
}

/// The last mail with the details of a license: its own, or that of all of its order. Both are known to be the reader's.
///
/// # Errors
/// When the database cannot.
pub async fn of_license(
    tx: &mut Tx,
    scope: &Scope,
    order: OrderId,
    license: LicenseId,
) -> Result<Option<Latest>, Error> {
    last(tx, scope, order, "(license_id is null or license_id = $3)", license.to_string()).await
}

async fn last(tx: &mut Tx, scope: &Scope, order: OrderId, which: &str, third: String) -> Result<Option<Latest>, Error> {
    let Some(own) = known_to(scope) else { return Ok(None) };
    let sql = format!(
        "select {COLUMNS}
         from outbox
         where order_id = $1 and ($2 = '' or account_id = $2) and {which}
         order by seq desc
         limit 1"
    );
    let query = sqlx::query(pieces(sql)).bind(order.to_string()).bind(own).bind(third);
    query.fetch_optional(tx.db()).await?.as_ref().map(read).transpose()
}
