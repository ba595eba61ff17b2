//! Times as one account reads them (X4): the zone tables stay on the server.

use chrono::{Duration, NaiveDate, NaiveTime, TimeZone, Timelike, Utc};
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
        let date = time::day(local.date_naive());
        let (hour, minute, second) = (local.hour(), local.minute(), local.second());
        let exact = format!("{date}, {hour:02}:{minute:02}:{second:02} {}", local.offset());
        Moment { at, date, exact }
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

    /// When a day is over there.
    pub fn end_of(self, day: NaiveDate) -> Timestamp {
        self.start_of(day.succ_opt().unwrap_or(day))
    }

    /// L10: the last day that is included in whole in what is over at `end`.
    pub fn last_day(self, end: Timestamp) -> NaiveDate {
        let day = self.day(end);
        day.pred_opt().unwrap_or(day)
    }

    /// L10: the end of the last day that is included in whole, as it is read: a date that names a day includes it.
    pub fn until(self, end: Timestamp) -> Moment {
        self.moment(self.end_of(self.last_day(end)) - Duration::seconds(1))
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
    fn x4_a_time_is_written_out_with_its_zone() {
        let exact = |zone: Tz, time| Zone(zone).moment(at(time)).exact;
        assert_eq!(exact(Tz::Europe__Berlin, "2026-11-21T13:03:07Z"), "21 Nov 2026, 14:03:07 CET");
        assert_eq!(exact(Tz::Europe__Berlin, "2026-07-01T00:00:00.9Z"), "1 Jul 2026, 02:00:00 CEST");
        assert_eq!(exact(Tz::UTC, "2026-01-02T03:04:05Z"), "2 Jan 2026, 03:04:05 UTC");
        // A zone without a name of its own.
        assert_eq!(exact(Tz::America__Sao_Paulo, "2026-01-02T03:04:05Z"), "2 Jan 2026, 00:04:05 -03");
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

    #[test]
    fn l10_what_is_shown_is_the_last_day_that_is_included_in_whole() {
        let berlin = Zone(Tz::Europe__Berlin);
        let shown = |zone: Zone, end| (zone.until(at(end)).date, zone.until(at(end)).exact);
        let named = |date: &str, exact: &str| (date.to_owned(), exact.to_owned());
        let december = named("5 Dec 2026", "5 Dec 2026, 23:59:59 CET");
        assert_eq!(berlin.end_of(day("2026-12-05")), at("2026-12-05T23:00:00Z"));
        // It ends with the day, or some time in the day after.
        for end in ["2026-12-05T23:00:00Z", "2026-12-05T23:00:00.000001Z", "2026-12-06T22:59:59Z"] {
            assert_eq!(shown(berlin, end), december, "{end}");
        }
        assert_eq!(berlin.last_day(at("2026-12-05T22:59:59Z")), day("2026-12-04"));
        // Where the reader's day is another, it is the last one that is whole there.
        let auckland = Zone(Tz::Pacific__Auckland);
        assert_eq!(shown(auckland, "2026-12-05T23:00:00Z"), named("5 Dec 2026", "5 Dec 2026, 23:59:59 NZDT"));
        let denver = Zone(Tz::America__Denver);
        assert_eq!(shown(denver, "2026-12-05T23:00:00Z"), named("4 Dec 2026", "4 Dec 2026, 23:59:59 MST"));
        // The day before clocks skip midnight is over when there is a time again.
        assert_eq!(Zone(Tz::America__Santiago).end_of(day("2026-09-05")), at("2026-09-06T04:00:00Z"));
    }
}
