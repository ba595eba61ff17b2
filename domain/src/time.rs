//! Times: stored in UTC to the microsecond, shown in the reader's time zone (X4).

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A point in time, UTC.
pub type Timestamp = DateTime<Utc>;

/// A time made readable for one reader: the server knows their zone and writes it out, so
/// that browser and server show the same and the zone tables stay off the phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The time itself, for the `datetime` attribute.
    #[serde(with = "compact")]
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

/// The months as people read them.
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A calendar day as people read it, `21 Nov 2026`. A page holds a hundred of them, so no pattern is read for each.
pub fn day(date: NaiveDate) -> String {
    format!("{} {}", date.day(), month(date))
}

/// The month of a day as people read it, `Nov 2026`.
pub(crate) fn month(date: NaiveDate) -> String {
    format!("{} {}", MONTHS[date.month0() as usize], date.year())
}

/// A time travels as a number of microseconds where only programs read it, and as text where people do. Reading text takes more of the
/// browser's program.
pub(crate) mod compact {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    use super::Timestamp;

    /// As its microseconds, or as text.
    pub fn serialize<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return at.serialize(serializer);
        }
        serializer.serialize_i64(at.timestamp_micros())
    }

    /// The time of so many microseconds, or of a text.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        if deserializer.is_human_readable() {
            return Timestamp::deserialize(deserializer);
        }
        let micros = i64::deserialize(deserializer)?;
        Timestamp::from_timestamp_micros(micros).ok_or_else(|| D::Error::custom("there is no such time"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_august_plus_six_months_is_the_last_of_february() {
        let august: NaiveDate = "2026-08-31".parse().expect("a day");
        assert_eq!(day_after_months(august, 6).to_string(), "2027-02-28");
    }

    #[test]
    fn a_day_is_read_with_the_month_in_letters() {
        let shown = ["2026-01-01", "2028-02-29", "1999-12-31"].map(|written| day(written.parse().expect("a day")));
        assert_eq!(shown, ["1 Jan 2026", "29 Feb 2028", "31 Dec 1999"]);
    }

    #[test]
    fn a_time_is_text_in_json() {
        let moment = Moment { at: Timestamp::UNIX_EPOCH, date: "1 Jan 1970".to_owned(), exact: String::new() };
        let json = serde_json::to_string(&moment).expect("JSON");
        assert_eq!(json, r#"{"at":"1970-01-01T00:00:00Z","date":"1 Jan 1970","exact":""}"#);
        assert_eq!(serde_json::from_str::<Moment>(&json).expect("a moment"), moment);
    }
}
