//! Adding up a month, on the calendar of its reseller.

use std::ops::Range;

use domain::{
    Refusal, Timestamp,
    billing::{Fact, Month, MonthEnd, MonthPage, OpenFact, Spend, Tally, What, spend},
};
use store::{Tx, accounts::Account, month_end, month_end::Whose};

use crate::{Cx, Error, moment::Zone};

/// How many months the chart shows.
const CHARTED: u32 = 12;

/// A reseller with its calendar.
pub(super) struct Calendar<'a> {
    account: &'a Account,
    whose: Whose,
    zone: Zone,
    now: Timestamp,
}

impl<'a> Calendar<'a> {
    /// Of an account, for those who may look at it.
    pub(super) fn of(cx: &Cx, account: &'a Account) -> Result<Self, Error> {
        let whose = Whose::of(&cx.scope(), account).ok_or(Error::NotFound)?;
        Ok(Self { account, whose, zone: Zone::of(account), now: cx.now() })
    }

    /// The month that was asked for, between the one in which the account was made and the one that runs.
    pub(super) fn asked(&self, month: Option<Month>) -> Month {
        let (first, running) = bounds(self.account, self.zone, self.now);
        Month::asked(month, first, running)
    }

    /// All that is shown of a month.
    pub(super) async fn page(&self, tx: &mut Tx, asked: Option<Month>) -> Result<MonthPage, Error> {
        let month = self.asked(asked);
        let (first, running) = bounds(self.account, self.zone, self.now);
        let (before, after) = month.neighbors(first, running);
        Ok(MonthPage {
            account: self.account.id,
            name: self.account.name.clone(),
            month_end: self.month_end(tx, month).await?,
            before,
            after,
            year: self.year(tx, month).await?,
        })
    }

    /// The sums of a month.
    pub(super) async fn month_end(&self, tx: &mut Tx, month: Month) -> Result<MonthEnd, Error> {
        let (whose, today, time) = (self.whose, self.zone.day(self.now), self.time(month));
        let opening = month_end::owed_at(tx, whose, time.start).await?;
        let mut facts = self.entries(tx, month).await?;
        let paid = month_end::customer_paid(tx, whose, (month.first(), month.last())).await?;
        let ending = month_end::ending(tx, whose, &ends(self.zone, month)).await?;
        facts
            .extend([(What::CustomerPaid, paid), (What::Ending, ending)].map(|(what, tally)| fact(month, what, tally)));
        let (charged, settled) = OpenFact::days(month, today);
        let tally = month_end::open_at(tx, whose, self.zone.start_of(charged), self.zone.start_of(settled)).await?;
        let open = charged.pred_opt().map(|charged| OpenFact { charged, settled: None, tally });
        let open: Vec<_> = open.into_iter().collect();
        Ok(MonthEnd::of(month, today, opening, &facts, &open).map_err(Refusal::from)?)
    }

    /// What the chart shows: the month, and those before it.
    async fn year(&self, tx: &mut Tx, last: Month) -> Result<Vec<Spend>, Error> {
        let mut facts = Vec::new();
        for back in 0..CHARTED {
            facts.extend(self.entries(tx, last.before(back)).await?);
        }
        Ok(spend(CHARTED, last, self.whose.currency, &facts).map_err(Refusal::from)?)
    }

    /// What stands in the ledger of a month.
    async fn entries(&self, tx: &mut Tx, month: Month) -> Result<Vec<Fact>, Error> {
        let entries = month_end::entries(tx, self.whose, &self.time(month)).await?;
        Ok(entries.into_iter().map(|(what, tally)| fact(month, what, tally)).collect())
    }

    /// From the beginning of a month to that of the next.
    fn time(&self, month: Month) -> Range<Timestamp> {
        self.zone.start_of(month.first())..self.zone.start_of(month.next().first())
    }
}

/// L10: when what is over in that time has its last whole day in the month: the days after those of the month.
pub(super) fn ends(zone: Zone, month: Month) -> Range<Timestamp> {
    zone.end_of(month.first())..zone.end_of(month.next().first())
}

/// The month in which an account was made, and the one that runs.
pub(super) fn bounds(account: &Account, zone: Zone, now: Timestamp) -> (Month, Month) {
    (Month::of(zone.day(account.created_at)), Month::of(zone.day(now)))
}

/// What the database has added up already, on a day of its month.
const fn fact(month: Month, what: What, tally: Tally) -> Fact {
    Fact { on: month.first(), what, tally }
}
