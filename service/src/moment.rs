//! Times as one account reads them (X4): the zone tables stay on the server.

use chrono::{Duration, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use domain::{Moment, Timestamp, time};
use store::accounts::Account;

/// The zone in which somebody reads times.
#[derive(Debug, Clone, Copy)]
pub struct Zone(Tz);

impl Zone {
    /// The zone of an account; UTC when its name says nothing.
    pub fn of(account: &Account) -> Self {
        Self::named(&account.time_zone)
    }

    /// The zone of that name; UTC when it says nothing.
    pub fn named(name: &str) -> Self {
        Self(name.parse().unwrap_or(Tz::UTC))
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
        let quarters = (0..=96).map_while(|quarter| midnight.checked_add_signed(Duration::minutes(15 * quarter)));
        let mut times = quarters.filter_map(|time| self.0.from_local_datetime(&time).earliest());
        times.next().map_or_else(|| Utc.from_utc_datetime(&midnight), |at| at.with_timezone(&Utc))
    }

    /// On that day, as long after it begins as `at` is after its own day began: so never before the day, also where the clocks are
    /// set in between.
    pub fn at_the_time_of(self, at: Timestamp, day: NaiveDate) -> Timestamp {
        self.start_of(day) + (at - self.start_of(self.day(at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn x4_a_day_begins_at_midnight_or_where_the_clocks_skip_it_at_the_first_time_there_is() {
        let berlin = Zone(Tz::Europe__Berlin);
        assert_eq!(berlin.start_of(day("2026-10-25")), at("2026-10-24T22:00:00Z"));
        // On 24 April 2026, 00:00 is followed by 01:00 in Cairo, and on 6 September in Santiago.
        for (zone, skips, begins) in [
            (Tz::Africa__Cairo, "2026-04-24", "2026-04-23T22:00:00Z"),
            (Tz::America__Santiago, "2026-09-06", "2026-09-06T04:00:00Z"),
        ] {
            let zone = Zone(zone);
            assert_eq!(zone.start_of(day(skips)), at(begins));
            assert_eq!(zone.day(at(begins)), day(skips));
            assert_eq!(zone.day(at(begins) - Duration::seconds(1)), day(skips).pred_opt().expect("a day"));
        }
    }

    #[test]
    fn x4_the_same_time_of_another_day_is_never_before_that_day() {
        let berlin = Zone(Tz::Europe__Berlin);
        // Half past midnight in summer.
        let bought = at("2026-10-09T22:30:00Z");
        assert_eq!(berlin.at_the_time_of(bought, day("2026-11-10")), at("2026-11-09T23:30:00Z"));
        assert_eq!(berlin.day(berlin.at_the_time_of(bought, day("2026-11-10"))), day("2026-11-10"));
    }
}
