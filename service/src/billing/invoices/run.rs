//! What has come due is invoiced, in all accounts: a transaction for each, so that one that fails stops no other (B3).

use chrono::Days;
use domain::AccountId;

use super::issue::{Issuer, issue};
use crate::{Error, Origin, Service, live::Change, moment::Zone};

/// Accounts that are looked for at once.
const ACCOUNTS: i64 = 100;

/// Charges on one invoice: what is more goes on the next one, so that no transaction grows without end.
const CHARGES: i64 = 5_000;

/// Invoices what has come due and says how many invoices that were. Exactly once, however often and by however many it is called: who
/// comes second finds the charges on an invoice.
///
/// # Errors
/// When the database does not answer, after all other accounts were tried.
pub async fn run(service: &Service) -> Result<usize, Error> {
    // Somewhere it is tomorrow already; each account is asked for its own day.
    let day = service.clock.now().date_naive();
    let by = day.checked_add_days(Days::new(1)).unwrap_or(day);
    let (mut issued, mut after, mut failed) = (0, None, None);
    loop {
        let accounts = {
            let mut tx = service.store.read().await?;
            store::invoices::accounts_due(&mut tx, by, after, ACCOUNTS).await?
        };
        for account in &accounts {
            if service.closing.has_begun() {
                return failed.map_or(Ok(issued), Err);
            }
            match of_account(service, *account).await {
                Ok(count) => issued += count,
                Err(error) => {
                    tracing::error!(account.id = %account, %error, "an account cannot be invoiced");
                    failed = Some(error);
                }
            }
        }
        after = accounts.last().copied();
        if after.is_none() {
            break;
        }
    }
    failed.map_or(Ok(issued), Err)
}

/// Invoices what has come due in one account, part by part.
async fn of_account(service: &Service, account: AccountId) -> Result<usize, Error> {
    let mut issued = 0;
    while !service.closing.has_begun() {
        match part_of_account(service, account).await? {
            0 => return Ok(issued),
            count => issued += count,
        }
    }
    Ok(issued)
}

async fn part_of_account(service: &Service, id: AccountId) -> Result<usize, Error> {
    if !is_due(service, id).await? {
        return Ok(0);
    }
    let mut tx = service.store.write().await?;
    store::accounts::hold(&mut tx, id).await?;
    let account = store::accounts::by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let today = Zone::of(&account).day(service.clock.now());
    let waiting = store::invoices::waiting(&mut tx, id, today, None, CHARGES).await?;
    let origin = Origin::clockwork(service);
    let issuer = Issuer { service, origin: &origin, actor: None };
    let issued = issue(&issuer, &mut tx, id, waiting, &[], today).await?;
    let Some(last) = issued.last() else { return Ok(0) };
    let words = format!("Invoice {} was issued", last.invoice.number());
    let version = store::accounts::raise_version(&mut tx, id).await?;
    tx.commit().await?;
    service.post.notify_one();
    service.live.announce(Change { account: id, version, words });
    Ok(issued.len())
}

/// Looks by reading: where the day has not come yet, nobody has to wait for a transaction that writes nothing.
async fn is_due(service: &Service, id: AccountId) -> Result<bool, Error> {
    let mut tx = service.store.read().await?;
    let account = store::accounts::by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let today = Zone::of(&account).day(service.clock.now());
    Ok(!store::invoices::waiting(&mut tx, id, today, None, 1).await?.is_empty())
}
