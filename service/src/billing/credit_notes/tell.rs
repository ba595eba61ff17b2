//! Whom a credit note is told to: who sees what the account owes.

use domain::{AccountId, Deed};
use store::{Tx, contacts::Contact};

use crate::Error;

/// The people of an account who see its invoices.
pub(in crate::billing) async fn payers(tx: &mut Tx, account: AccountId) -> Result<Vec<Contact>, Error> {
    let people = store::contacts::active_of(tx, account).await?;
    Ok(people.into_iter().filter(|person| person.roles.may(Deed::SeeBilling)).collect())
}
