//! For how long something is told by whoever takes cards, and how long it is remembered that it was heard (B7).

use chrono::Duration;

use crate::{Error, Service, card::Event};

/// Stripe tells an event again for three days by itself, and for thirty when somebody asks it to.
const TOLD_FOR: Duration = Duration::days(30);
/// An event that was heard is remembered until it is too old to be heard again, and a day longer, since clocks differ.
const REMEMBERED_FOR: Duration = Duration::days(31);
/// For how long something that comes before what it follows from may be told again. Then it follows from nothing.
const BEHIND: Duration = Duration::hours(1);

/// Whether it is from so long ago that it is not heard any more: nobody remembers whether it was heard before.
pub(super) fn is_too_old(service: &Service, event: &Event) -> bool {
    event.at < service.clock.now() - TOLD_FOR
}

/// Whether what it follows from may still be on its way.
pub(super) fn may_be_early(service: &Service, event: &Event) -> bool {
    event.at > service.clock.now() - BEHIND
}

/// Forgets what was heard so long ago that it would not be heard again; says how much.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep(service: &Service) -> Result<u64, Error> {
    let mut tx = service.store.write().await?;
    let swept = store::payments::forget_heard(&mut tx, service.clock.now() - REMEMBERED_FOR).await?;
    tx.commit().await?;
    Ok(swept)
}
