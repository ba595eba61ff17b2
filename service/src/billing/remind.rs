//! Looks every minute at what nobody does by hand: reminders of overdue invoices, and debts that suspend an account (B8, C8).

use chrono::{Duration, NaiveDate};
use domain::billing::{Overdue, overdue};
use store::overdue::Due;

use super::{suspend, tell};
use crate::{Error, Service, moment::Zone};

/// How many are read at once.
const PART: i64 = 100;

/// Does all that is due now, each in a transaction of its own. However many do so at once, each reminder goes out once. Says how much was done.
///
/// # Errors
/// When the database does not answer; the rest is done when it is called again.
pub async fn run(service: &Service) -> Result<usize, Error> {
    let mut tx = service.store.read().await?;
    let days = store::billing_settings::find(&mut tx).await?.reminders;
    drop(tx);
    let mut done = 0;
    for sent in 0..days.len() {
        done += remind_next(service, &days, sent).await?;
    }
    done += note(service, &days).await?;
    done += suspend::over_limit(service).await?;
    done += suspend::within_limit(service).await?;
    if done > 0 {
        service.post.notify_one();
    }
    Ok(done)
}

/// The day that it is where it is latest; nothing is due anywhere that is not due then.
fn latest(service: &Service) -> NaiveDate {
    (service.clock.now() + Duration::hours(14)).date_naive()
}

/// Invoices of which so many reminders were sent, and of which the next is due.
async fn remind_next(service: &Service, days: &[u16], sent: usize) -> Result<usize, Error> {
    let due_by = latest(service) - Duration::days(i64::from(days[sent]));
    let (mut done, mut last) = (0, None);
    loop {
        let mut tx = service.store.read().await?;
        let part = store::overdue::to_remind(&mut tx, counted(sent), due_by, last.as_ref(), PART).await?;
        drop(tx);
        let Some(end) = part.last().copied() else { return Ok(done) };
        for due in &part {
            if service.closing.has_begun() {
                return Ok(done);
            }
            done += usize::from(remind(service, days, due).await?);
        }
        last = Some(end);
    }
}

/// Reminds of one, if the rule says so and nobody else was faster.
async fn remind(service: &Service, days: &[u16], due: &Due) -> Result<bool, Error> {
    let mut tx = service.store.write().await?;
    let Overdue::Remind { count } = decide(service, &mut tx, days, due).await? else { return Ok(false) };
    let Some(open) = store::overdue::remind(&mut tx, due, counted(count)).await? else { return Ok(false) };
    tell::overdue(service, &mut tx, due, open, count == days.len()).await?;
    tx.commit().await?;
    Ok(true)
}

/// Notes which accounts may be suspended by now, and which may not any more.
async fn note(service: &Service, days: &[u16]) -> Result<usize, Error> {
    let (reminders, due_by) = (counted(days.len()), latest(service));
    let mut done = forget(service, reminders, due_by).await?;
    let mut after = 0;
    loop {
        let mut tx = service.store.read().await?;
        let part = store::overdue::to_note(&mut tx, reminders, due_by, after, PART).await?;
        drop(tx);
        let Some(end) = part.last() else { return Ok(done) };
        after = end.number.0;
        for due in &part {
            let mut tx = service.store.write().await?;
            if decide(service, &mut tx, days, due).await? == Overdue::MaySuspend {
                done += usize::from(store::overdue::note(&mut tx, due.account, service.clock.now()).await?);
                tx.commit().await?;
            }
        }
    }
}

/// Which may not be suspended any more. It is looked by reading first.
async fn forget(service: &Service, reminders: i64, due_by: NaiveDate) -> Result<usize, Error> {
    let mut tx = service.store.read().await?;
    let paid_up = store::overdue::paid_up(&mut tx, reminders, due_by, PART).await?;
    drop(tx);
    let mut done = 0;
    for account in paid_up {
        let mut tx = service.store.write().await?;
        done += usize::from(store::overdue::forget(&mut tx, account, reminders, due_by).await?);
        tx.commit().await?;
    }
    Ok(done)
}

/// What the rule says of an invoice, on the day that it is where its account is.
async fn decide(service: &Service, tx: &mut store::Tx, days: &[u16], due: &Due) -> Result<Overdue, Error> {
    let account = store::accounts::by_id(tx, due.account).await?.ok_or(Error::NotFound)?;
    let today = Zone::of(&account).day(service.clock.now());
    Ok(overdue(due.due_on, today, days, usize::try_from(due.reminded).unwrap_or_default()))
}

/// How many reminders, as it is stored.
fn counted(reminders: usize) -> i64 {
    i64::try_from(reminders).unwrap_or(i64::MAX)
}
