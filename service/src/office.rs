//! The home of the staff: what waits for somebody.

use chrono::Duration;
use domain::{
    Deed, Moment,
    accounts::{OfficeHome, PaymentsToRecord},
};
use store::Tx;

use crate::{Cx, Error, accounts};

/// How far a queue is counted.
const COUNTED: i64 = 100;

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
        true => Some(store::mail::failed_count(&mut tx, &cx.scope(), COUNTED).await?),
        false => None,
    };
    let mail_waits_since = match cx.actor.may(Deed::SeeMail) {
        true => mail_waits_since(cx, &mut tx).await?,
        false => None,
    };
    let applications = match cx.actor.may(Deed::DecideApplications) {
        true => Some(store::applications::waiting_count(&mut tx, &cx.scope(), COUNTED).await?),
        false => None,
    };
    let held = match cx.actor.may(Deed::SeeOrders) {
        true => Some(store::orders::held_of(&mut tx, None).await?),
        false => None,
    };
    let payments = match cx.actor.may(Deed::SeeInvoices) {
        true => {
            let (transfers, problems) = store::payments::waiting(&mut tx).await?;
            Some(PaymentsToRecord { receipts: store::receipts::unassigned(&mut tx).await?, transfers, problems })
        }
        false => None,
    };
    let overdue = match cx.actor.may(Deed::SeeAccounts) {
        true => Some(store::overdue::count(&mut tx, &cx.scope(), COUNTED).await?),
        false => None,
    };
    Ok(OfficeHome { applications, held, payments, overdue, not_ready, failed_mails, mail_waits_since })
}

/// How long a mail may wait before somebody should look.
fn usual() -> Duration {
    Duration::minutes(5)
}

/// Since when the oldest mail waits to be sent, if that is longer than usual.
async fn mail_waits_since(cx: &Cx, tx: &mut Tx) -> Result<Option<Moment>, Error> {
    let oldest = store::mail::oldest_unsent(tx, &cx.scope()).await?;
    let Some(oldest) = oldest.filter(|since| cx.now() - since > usual()) else { return Ok(None) };
    let (_, zone) = accounts::own(cx, tx).await?;
    Ok(Some(zone.moment(oldest)))
}
