//! Where an account's invoices go, for its own people (A8).

use domain::{AccountId, Scope, accounts::BillingAddress};

use crate::{Error, Tx, row::Read};

/// The address of the reseller that asks, and the edition of its account; `None` for all others.
///
/// # Errors
/// When the database cannot.
pub async fn own_address(tx: &mut Tx, scope: &Scope) -> Result<Option<(BillingAddress, i64)>, Error> {
    let Some(id) = scope.reseller() else { return Ok(None) };
    let query =
        sqlx::query("select address, postal_code, city, country, tax_number, edition from accounts where id = $1");
    let Some(row) = query.bind(id.to_string()).fetch_optional(tx.db()).await? else { return Ok(None) };
    let address = BillingAddress {
        address: row.maybe_text("address")?,
        postal_code: row.maybe_text("postal_code")?,
        city: row.maybe_text("city")?,
        country: row.maybe_text("country")?,
        tax_number: row.maybe_text("tax_number")?,
    };
    Ok(Some((address, row.int("edition")?)))
}

/// Stores where its invoices go from now on.
///
/// # Errors
/// When the database cannot.
pub async fn save_address(tx: &mut Tx, id: AccountId, address: &BillingAddress) -> Result<(), Error> {
    let query = sqlx::query(
        "update accounts
         set address = $1, postal_code = $2, city = $3, country = $4, tax_number = $5
         where id = $6",
    )
    .bind(address.address.clone())
    .bind(address.postal_code.clone())
    .bind(address.city.clone())
    .bind(address.country.clone())
    .bind(address.tax_number.clone())
    .bind(id.to_string());
    query.execute(tx.db()).await?;
    Ok(())
}
