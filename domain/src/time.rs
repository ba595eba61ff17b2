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

/// The same day and time `months` later; the day clamps to the month's end (B1).
pub fn months_after(at: Timestamp, months: u32) -> Timestamp {
    at.checked_add_months(Months::new(months)).unwrap_or(Timestamp::MAX_UTC)
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
        let august: Timestamp = "2026-08-31T10:00:00Z".parse().expect("a time");
        assert_eq!(months_after(august, 6).to_rfc3339(), "2027-02-28T10:00:00+00:00");
    }
}
