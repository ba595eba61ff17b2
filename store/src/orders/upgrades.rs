//! The order that waits to upgrade a trial (L5).

use domain::{LicenseId, Scope, orders::OrderNumber};

use crate::{Error, Tx};

/// The newest held order of the reseller who asks by which a license will be upgraded.
///
/// # Errors
/// When the database cannot.
pub async fn held_upgrade(tx: &mut Tx, scope: &Scope, license: LicenseId) -> Result<Option<OrderNumber>, Error> {
    let Some(reseller) = scope.reseller() else {
        return Ok(None);
    };
    let query = sqlx::query_scalar(
        "select d.number
         from order_lines t
         join orders d on d.id = t.order_id
         where t.upgrades = $1 and d.reseller_id = $2 and d.state = 'submitted'
         order by d.number desc
         limit 1",
    );
    let number = query.bind(license.to_string()).bind(reseller.to_string()).fetch_optional(tx.db()).await?;
    Ok(number.map(OrderNumber))
}
