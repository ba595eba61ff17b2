//! Credit reminders: each is sent in the transaction in which the credit comes down to it, and once for each crossing (C7).

use domain::{AccountId, Refusal, billing::remind};
use store::Tx;

use super::tell;
use crate::{Error, Service};

/// What an account owes or may owe has changed, and all of the change is stored: reminders that are due go out, those that the credit has
/// risen above wait again. Whoever calls it holds the account.
pub(crate) async fn credit_changed(service: &Service, tx: &mut Tx, account: AccountId) -> Result<(), Error> {
    let before = store::credit_reminders::of(tx, account).await?;
    if before.is_empty() {
        return Ok(());
    }
    let billed = store::accounts::billed(tx, account).await?.ok_or(Error::NotFound)?;
    let credit = billed.credit().map_err(Refusal::from)?;
    let after = remind(&before, &credit, service.clock.now());
    for (before, after) in before.into_iter().zip(after).filter(|(before, after)| before != after) {
        store::credit_reminders::mark(tx, account, after).await?;
        if before.sent.is_none() {
            tell::credit(service, tx, account, after.at, &credit).await?;
        }
    }
    Ok(())
}
