//! The next periods of subscriptions: each is charged when it has come due, once, also after a week's silence, after a crash, and
//! with two processes at it (B1). A subscription is charged in a transaction of its own, all its missing periods together.

use chrono::NaiveDate;
use domain::{
    LicenseId, Money, OrderLineId, Refusal, Timestamp,
    audit::What,
    billing::{Charge, Part, Subscription, Taxed, Timing},
};
use serde_json::json;
use store::{
    Tx,
    accounts::{Account, Billed},
    subscriptions::{Due, Kept, Stored},
};

use super::credit_changed;
use crate::{Error, Origin, Service, audit, ledger, live::Change, moment::Zone};

/// How many are looked up together.
const PAGE: i64 = 200;

/// Charges what has come due. Gives how many subscriptions were charged. One that cannot be charged is told in the log and tried
/// again the next time; the others do not wait for it. When the program is about to stop, the rest is left for the next time.
///
/// # Errors
/// When the database does not answer.
pub async fn run(service: &Service) -> Result<usize, Error> {
    let (mut charged, mut last) = (0, None);
    loop {
        let mut tx = service.store.read().await?;
        let page = store::subscriptions::due(&mut tx, service.clock.now(), last, PAGE).await?;
        drop(tx);
        let Some(end) = page.last() else { return Ok(charged) };
        last = Some(*end);
        for due in page {
            if service.closing.has_begun() {
                return Ok(charged);
            }
            match charge(service, due).await {
                Ok(done) => charged += usize::from(done),
                Err(error) => tracing::error!(%error, order_line.id = %due.line, "a subscription cannot be charged"),
            }
        }
    }
}

/// Charges what has come due of one subscription, before somebody changes what runs of it.
pub(crate) async fn catch_up(service: &Service, line: OrderLineId) -> Result<(), Error> {
    let mut tx = service.store.read().await?;
    let stored = store::subscriptions::find(&mut tx, line).await?.ok_or(Error::NotFound)?;
    drop(tx);
    match stored.kept.due_at.filter(|at| *at <= service.clock.now()) {
        Some(at) => charge(service, Due { at, line, account: stored.account }).await.map(|_| ()),
        None => Ok(()),
    }
}

/// Charges one. `false` when there is nothing to charge, or another process did it meanwhile.
async fn charge(service: &Service, due: Due) -> Result<bool, Error> {
    let mut tx = service.store.write().await?;
    store::accounts::hold(&mut tx, due.account).await?;
    let Some(run) = Run::begin(service, &mut tx, due).await? else { return Ok(false) };
    let charges = run.stored.subscription.due(run.today, run.billed.tax).map_err(Refusal::from)?;
    let becomes = run.charged(&charges)?;
    if !store::subscriptions::save(&mut tx, &run.stored, &becomes.0, becomes.1).await? {
        return Ok(false);
    }
    run.prolong(&mut tx).await?;
    let more = becomes.1.arrears.minus(run.stored.kept.arrears).map_err(Refusal::from)?;
    let total = run.keep(service, &mut tx, &charges).await?;
    store::accounts::owe(&mut tx, run.account.id, total.gross(), more).await?;
    if charges.is_empty() {
        credit_changed(service, &mut tx, run.account.id).await?;
        tx.commit().await?;
        return Ok(false);
    }
    ledger::settle(service, &mut tx, run.account.id, &[], run.now).await?;
    run.write_down(service, &mut tx, &charges, total).await?;
    let version = store::accounts::raise_version(&mut tx, run.account.id).await?;
    tx.commit().await?;
    service.post.notify_one();
    let words = format!("The subscription of order {} was charged", run.stored.number);
    service.live.announce(Change { account: run.account.id, version, words });
    Ok(true)
}

/// One subscription on the day on which it is looked at.
struct Run {
    stored: Stored,
    account: Account,
    billed: Billed,
    zone: Zone,
    now: Timestamp,
    today: NaiveDate,
}

impl Run {
    /// `None` when another process was faster: then it is not due any more.
    async fn begin(service: &Service, tx: &mut Tx, due: Due) -> Result<Option<Self>, Error> {
        let now = service.clock.now();
        let stored = store::subscriptions::find(tx, due.line).await?.ok_or(Error::NotFound)?;
        if stored.kept.due_at.is_none_or(|at| at > now) {
            return Ok(None);
        }
        let account = store::accounts::by_id(tx, due.account).await?.ok_or(Error::NotFound)?;
        let billed = store::accounts::billed(tx, due.account).await?.ok_or(Error::NotFound)?;
        let zone = Zone::of(&account);
        Ok(Some(Self { stored, account, billed, zone, now, today: zone.day(now) }))
    }

    /// What becomes of it, and what is kept beside it.
    fn charged(&self, charges: &[Charge]) -> Result<(Subscription, Kept), Error> {
        let until = charges.last().and_then(Charge::part).map(|part| part.days().end);
        let mut becomes = self.stored.subscription.clone();
        becomes.charged = until.or(becomes.charged);
        let kept = kept(&becomes, self.today, self.billed, self.zone)?;
        Ok((becomes, kept))
    }

    /// Its licenses are valid to the end of what has begun, at the time of the day at which each was created.
    async fn prolong(&self, tx: &mut Tx) -> Result<(), Error> {
        for (part, quantity) in self.stored.subscription.begun(self.today) {
            for (license, created) in store::subscriptions::renewable(tx, self.stored.line, quantity).await? {
                store::subscriptions::prolong(tx, license, self.at(part.days().end, created)).await?;
            }
        }
        Ok(())
    }

    /// When a license is valid until, of what ends with a day.
    fn at(&self, end: NaiveDate, created: Timestamp) -> Timestamp {
        self.zone.at_the_time_of(created, end)
    }

    /// Stores the charges, one for each license. Gives what they come to.
    async fn keep(&self, service: &Service, tx: &mut Tx, charges: &[Charge]) -> Result<Taxed, Error> {
        let mut total = Taxed::zero(self.stored.subscription.first.unit.currency);
        for charge in charges {
            total = total.plus(charge.amount()).map_err(Refusal::from)?;
            self.first_in_arrears(tx, charge).await?;
            let licenses = store::subscriptions::renewable(tx, self.stored.line, charge.quantity()).await?;
            if licenses.len() != charge.quantity() as usize {
                return Err(Error::Internal("a subscription lacks licenses that it is charged for".to_owned()));
            }
            for ((license, created), amount) in licenses.into_iter().zip(charge.each()) {
                self.keep_one(service, tx, charge, (license, created, amount)).await?;
            }
        }
        Ok(total)
    }

    /// The line of an order in arrears says what it is charged first, as it does when that is charged at once.
    async fn first_in_arrears(&self, tx: &mut Tx, charge: &Charge) -> Result<(), Error> {
        let Stored { line, subscription: Subscription { schedule, charged, .. }, .. } = &self.stored;
        let first = charge.part().is_some_and(|part| part.days().start == schedule.starts);
        match schedule.timing == Timing::Arrears && charged.is_none() && first {
            true => Ok(store::orders::charge_line(tx, *line, charge.amount(), charge.rate()).await?),
            false => Ok(()),
        }
    }

    async fn keep_one(
        &self,
        service: &Service,
        tx: &mut Tx,
        charge: &Charge,
        (license, created, amount): (LicenseId, Timestamp, Taxed),
    ) -> Result<(), Error> {
        let days = charge.part().map(Part::days);
        let new = store::charges::Charge {
            id: service.random.id(self.now),
            account: self.account.id,
            license,
            order_line: self.stored.line,
            unit: charge.unit(),
            amount,
            rate: charge.rate(),
            period: days.map(|days| (self.at(days.start, created), self.at(days.end, created))),
            part: days.map(|days| (days.start, days.end)),
            invoice_from: charge.part().map(|part| self.stored.subscription.schedule.invoiced_on(part)),
            replaces: None,
            created_at: self.now,
        };
        store::charges::insert(tx, &new).await?;
        match amount.gross().is_positive() {
            true => store::subscriptions::owe_again(tx, self.account.id, license).await?,
            false => {
                store::ledger::pay_settled(tx, self.account.id, new.id).await?;
            }
        }
        Ok(())
    }

    async fn write_down(&self, service: &Service, tx: &mut Tx, charges: &[Charge], total: Taxed) -> Result<(), Error> {
        let days: Vec<_> = charges.iter().map(ToString::to_string).collect();
        let detail = json!({
            "number": self.stored.number,
            "charged": days.join("; "),
            "total": total.gross().to_string(),
        });
        let origin = Origin::clockwork(service);
        let mut event = audit::event(service, &origin, What::SubscriptionCharged, self.stored.order, detail)?;
        event.account = Some(self.account.id);
        "Keyhouse".clone_into(&mut event.who);
        Ok(store::audit::append(tx, &event).await?)
    }
}

/// What is kept beside a subscription that becomes so: when it is due again, and what it takes of the credit in arrears.
pub(crate) fn kept(becomes: &Subscription, today: NaiveDate, billed: Billed, zone: Zone) -> Result<Kept, Error> {
    let due_at = becomes.next_charge_on().map(|day| zone.start_of(day));
    Ok(Kept { due_at, arrears: becomes.estimate(today, billed.tax).map_err(Refusal::from)? })
}

/// A subscription before and after somebody changed it.
pub(crate) struct Changed {
    /// Before.
    pub stored: Stored,
    /// After.
    pub becomes: Subscription,
}

/// Stores what somebody changes of a subscription, and what that changes of the estimate of its account, with the reminders that are
/// due then (C7). The account is held by whoever does so.
pub(crate) async fn save(
    service: &Service,
    tx: &mut Tx,
    line: OrderLineId,
    change: impl FnOnce(&Subscription, NaiveDate) -> Result<Subscription, Refusal>,
) -> Result<Changed, Error> {
    let stored = store::subscriptions::find(tx, line).await?.ok_or(Error::NotFound)?;
    let account = store::accounts::by_id(tx, stored.account).await?.ok_or(Error::NotFound)?;
    let billed = store::accounts::billed(tx, stored.account).await?.ok_or(Error::NotFound)?;
    let zone = Zone::of(&account);
    let today = zone.day(service.clock.now());
    let becomes = change(&stored.subscription, today)?;
    let kept = kept(&becomes, today, billed, zone)?;
    let more = kept.arrears.minus(stored.kept.arrears).map_err(Refusal::from)?;
    if !store::subscriptions::save(tx, &stored, &becomes, kept).await? {
        return Err(Error::Internal("a subscription of a held account changed".to_owned()));
    }
    store::accounts::owe(tx, account.id, Money::zero(more.currency), more).await?;
    credit_changed(service, tx, account.id).await?;
    Ok(Changed { stored, becomes })
}
