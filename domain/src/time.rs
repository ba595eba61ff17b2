//! Times: stored in UTC to the microsecond, shown in the reader's time zone (X4).

use chrono::{DateTime, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A point in time, UTC.
pub type Timestamp = DateTime<Utc>;

/// A time made readable for one reader: the server knows their zone and writes it out, so
/// that browser and server show the same and the zone tables stay off the phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The time itself, for the `datetime` attribute.
    pub at: Timestamp,
    /// The date as it is read, `21 Nov 2026`.
    pub date: String,
    /// Date, time and zone, shown on hover, `21 Nov 2026, 14:03:07 CET`.
    pub exact: String,
}

/// The same day `months` later; it clamps to the month's end (B1).
pub fn day_after_months(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// A calendar day as people read it, `21 Nov 2026`.
pub fn day(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_august_plus_six_months_is_the_last_of_february() {
        let august: NaiveDate = "2026-08-31".parse().expect("a day");
        assert_eq!(day_after_months(august, 6).to_string(), "2027-02-28");
    }
}
