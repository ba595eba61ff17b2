//! The home of the staff: what waits for somebody.

use domain::{Deed, accounts::OfficeHome};

use crate::{Cx, Error, accounts};

/// What waits, as far as the actor may see it.
///
/// # Errors
/// When the actor is not of the staff.
pub async fn home(cx: &Cx) -> Result<OfficeHome, Error> {
    cx.may(Deed::SeeOffice)?;
    let mut tx = cx.service.store.read().await?;
    let not_ready = match cx.actor.may(Deed::SeeAccounts) {
        true => Some(accounts::unready(cx, &mut tx).await?),
        false => None,
    };
    let failed_mails = match cx.actor.may(Deed::SeeMail) {
        true => Some(store::mail::failing(&mut tx, 100).await?),
        false => None,
    };
    Ok(OfficeHome { not_ready, failed_mails })
}
