//! Times as one account reads them (X4): the zone tables stay on the server.

use chrono::{NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use domain::{Moment, Timestamp, time};
use store::accounts::Account;

/// The zone in which somebody reads times.
#[derive(Debug, Clone, Copy)]
pub struct Zone(Tz);

impl Zone {
    /// The zone of an account; UTC when its name says nothing.
    pub fn of(account: &Account) -> Self {
        Self(account.time_zone.parse().unwrap_or(Tz::UTC))
    }

    /// A time, written out.
    pub fn moment(self, at: Timestamp) -> Moment {
        let local = at.with_timezone(&self.0);
        Moment { at, date: time::day(local.date_naive()), exact: local.format("%-d %b %Y, %H:%M:%S %Z").to_string() }
    }

    /// The day it is there.
    pub fn day(self, at: Timestamp) -> NaiveDate {
        at.with_timezone(&self.0).date_naive()
    }

    /// When a day begins there. Where the clocks skip midnight, the first time there is.
    pub fn start_of(self, day: NaiveDate) -> Timestamp {
        let midnight = day.and_time(NaiveTime::MIN);
        self.0
            .from_local_datetime(&midnight)
            .earliest()
            .map_or_else(|| Utc.from_utc_datetime(&midnight), |at| at.with_timezone(&Utc))
    }
}
