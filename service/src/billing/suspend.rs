//! Suspends accounts that owe more than their limit and so many percent of it (C8), once for each time that they come to owe so much: whom
//! staff let in again stays in until the debt has come down in between. Such an account signs in to pay, and is let in again by itself as
//! soon as its debt is within the limit (V12).

use domain::{
    AccountId, Refusal,
    audit::What,
    billing::{Available, Credit},
};
use serde_json::json;
use store::Tx;

use super::tell;
use crate::{Error, Origin, Service, audit, live::Whose};

/// How many are read at once.
const PART: i64 = 100;

/// All of them. Says how many accounts were suspended. It is looked by reading first, so that nobody waits for whom nothing has changed.
pub(super) async fn over_limit(service: &Service) -> Result<usize, Error> {
    let (mut done, mut after) = (0, 0);
    loop {
        let mut tx = service.store.read().await?;
        let part = store::accounts::watched(&mut tx, after, PART).await?;
        let Some(last) = part.last() else { return Ok(done) };
        after = last.seq;
        let mut changed = Vec::new();
        for one in &part {
            if exceeds(&mut tx, one.id).await?.is_some() != one.exceeded {
                changed.push(one.id);
            }
        }
        drop(tx);
        for account in changed {
            done += usize::from(look(service, account).await?);
        }
    }
}

/// V12: all accounts that debt has suspended and whose debt is within the limit again, whatever has brought it there. Says how many were
/// let in.
pub(super) async fn within_limit(service: &Service) -> Result<usize, Error> {
    let (mut done, mut after) = (0, 0);
    loop {
        let mut tx = service.store.read().await?;
        let part = store::accounts::suspended_by_debt(&mut tx, after, PART).await?;
        let Some((last, _)) = part.last() else { return Ok(done) };
        after = *last;
        let mut within = Vec::new();
        for (_, account) in part {
            if is_within(&mut tx, account).await? {
                within.push(account);
            }
        }
        drop(tx);
        for account in within {
            let mut tx = service.store.write().await?;
            store::accounts::hold(&mut tx, account).await?;
            done += usize::from(let_in(service, &mut tx, account).await?);
            tx.commit().await?;
        }
    }
}

/// V12: lets an account in again that debt has suspended, when its debt is within the limit or suspends nothing any more. Says whether it
/// did. Whoever calls it holds the account.
pub(crate) async fn let_in(service: &Service, tx: &mut Tx, id: AccountId) -> Result<bool, Error> {
    let account = store::accounts::by_id(tx, id).await?.ok_or(Error::NotFound)?;
    if account.debt_suspended_at.is_none() || !is_within(tx, id).await? {
        return Ok(false);
    }
    if !store::accounts::lift_debt_suspension(tx, id).await? {
        return Ok(false);
    }
    store::accounts::exceeds_no_more(tx, id).await?;
    let detail = json!({ "reason": "The debt is within the credit limit again." });
    // Nobody asked for it.
    let origin = Origin::clockwork(service);
    let mut event = audit::event(service, &origin, What::AccountReactivated, id, detail)?;
    event.account = Some(id);
    store::audit::append(tx, &event).await?;
    tell::let_in(service, tx, id).await?;
    Ok(true)
}

async fn is_within(tx: &mut Tx, id: AccountId) -> Result<bool, Error> {
    let billed = store::accounts::billed(tx, id).await?.ok_or(Error::NotFound)?;
    let left = billed.credit().map_err(Refusal::from)?.available();
    let within = match left {
        Available::Unlimited => true,
        Available::Amount(left) => left.minor >= 0,
    };
    Ok(within || store::accounts::suspend_over(tx, id).await?.is_none())
}

/// Its credit, where the rule says that its debt is too much.
async fn exceeds(tx: &mut Tx, id: AccountId) -> Result<Option<Credit>, Error> {
    let billed = store::accounts::billed(tx, id).await?.ok_or(Error::NotFound)?;
    let credit = billed.credit().map_err(Refusal::from)?;
    let over = store::accounts::suspend_over(tx, id).await?;
    Ok(Some(credit).filter(|credit| over.is_some_and(|over| credit.exceeds(over))))
}

/// Looks at one anew, while it is held. Says whether it was suspended.
async fn look(service: &Service, id: AccountId) -> Result<bool, Error> {
    let mut tx = service.store.write().await?;
    store::accounts::hold(&mut tx, id).await?;
    let Some(credit) = exceeds(&mut tx, id).await? else {
        store::accounts::exceeds_no_more(&mut tx, id).await?;
        tx.commit().await?;
        return Ok(false);
    };
    let suspended = store::accounts::exceeded(&mut tx, id, service.clock.now()).await?
        && suspend(service, &mut tx, id, &credit).await?;
    tx.commit().await?;
    if suspended {
        service.live.sessions_ended(Whose::Account(id));
    }
    Ok(suspended)
}

/// Suspends it, with the numbers as the reason; `false` when it is suspended already.
async fn suspend(service: &Service, tx: &mut Tx, id: AccountId, credit: &Credit) -> Result<bool, Error> {
    let now = service.clock.now();
    let limit = credit.limit().label(credit.balance().currency);
    let mut owed = credit.balance().to_string();
    if !credit.arrears().is_zero() {
        owed = format!("{owed}, with {} to be charged in arrears", credit.arrears());
    }
    let reason = format!("More is owed than the credit limit allows: {owed}, with a limit of {limit}.");
    if !store::accounts::suspend_for_debt(tx, id, &reason, now).await? {
        return Ok(false);
    }
    store::sessions::end_all_of(tx, id, now).await?;
    // Nobody asked for it.
    let origin = Origin::clockwork(service);
    let mut event = audit::event(service, &origin, What::AccountSuspended, id, json!({ "reason": reason }))?;
    event.account = Some(id);
    store::audit::append(tx, &event).await?;
    tell::suspended(service, tx, id, &reason, credit).await?;
    Ok(true)
}
