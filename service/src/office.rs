//! The home of the staff: what waits for somebody.

use domain::{
    Deed,
    accounts::{OfficeHome, PaymentsToRecord},
};

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
    Ok(OfficeHome { applications, held, payments, overdue, not_ready, failed_mails })
}
