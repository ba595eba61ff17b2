//! The consent to terms of use, kept with the order that it was given for (O1).

use domain::{OrderId, orders::Consent};

use super::Order;
use crate::{
    Error, Tx,
    row::{Read, micros},
};

/// Keeps the consent that was given with an order.
///
/// # Errors
/// When the database cannot.
pub async fn accept(tx: &mut Tx, order: OrderId, consent: &Consent) -> Result<(), Error> {
    let query = sqlx::query(
        "update orders
         set consent_by = $1, consent_at = $2, consent_address = $3, consent_browser = $4, consent_terms = $5
         where id = $6",
    );
    query
        .bind(consent.by.to_string())
        .bind(micros(consent.at))
        .bind(consent.address.clone())
        .bind(consent.browser.clone())
        .bind(consent.terms.clone())
        .bind(order.to_string())
        .execute(tx.db())
        .await?;
    Ok(())
}

/// The consent of an order that has been found in scope; none where there was nothing to accept.
///
/// # Errors
/// When the database cannot.
pub async fn accepted(tx: &mut Tx, order: &Order) -> Result<Option<Consent>, Error> {
    let query = sqlx::query(
        "select consent_by, consent_at, consent_address, consent_browser, consent_terms
         from orders
         where id = $1 and consent_at is not null",
    );
    let row = query.bind(order.id.to_string()).fetch_optional(tx.db()).await?;
    row.map(|row| {
        Ok(Consent {
            by: row.parsed("consent_by")?,
            at: row.time("consent_at")?,
            address: row.text("consent_address")?,
            browser: row.text("consent_browser")?,
            terms: row.text("consent_terms")?,
        })
    })
    .transpose()
}
