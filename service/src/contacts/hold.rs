//! Holding what a change of somebody's sign-in touches, always in the same order, so that no two who change it wait for each other.

use store::{Tx, contacts::Contact};

use crate::Error;

/// Forgets the wrong tries of somebody, and gives the person as they are now. The account and the person are held until the transaction
/// ends: in that order, and the tries between them, as a sign-in does it.
pub(super) async fn hold_and_forget_tries(tx: &mut Tx, contact: &Contact) -> Result<Contact, Error> {
    store::accounts::hold(tx, contact.account).await?;
    store::sign_in_tries::forget_contact(tx, contact.id).await?;
    store::contacts::held(tx, contact.id).await?.ok_or(Error::NotFound)
}
