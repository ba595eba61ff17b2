//! A calendar month, in the time zone of whoever looks.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::time;

/// A month of a year; earlier ones are less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Month(NaiveDate);

impl Month {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Self {
        Self(day.with_day(1).unwrap_or(day))
    }

    /// Its first day.
    pub const fn first(self) -> NaiveDate {
        self.0
    }

    /// Its last day.
    pub fn last(self) -> NaiveDate {
        let next = self.0.checked_add_months(Months::new(1));
        next.and_then(|next| next.pred_opt()).unwrap_or(NaiveDate::MAX)
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX))
    }

    /// So many months before it.
    #[must_use]
    pub fn before(self, months: u32) -> Self {
        Self(self.0.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN))
    }

    /// Whether it is one of its days.
    pub fn contains(self, day: NaiveDate) -> bool {
        Self::of(day) == self
    }

    /// The month of a word in an address: `2026-11`.
    pub fn from_word(word: &str) -> Option<Self> {
        // Exactly as `word` writes it, so that one month has one address.
        format!("{word}-01").parse().ok().map(Self).filter(|month| month.word() == word)
    }

    /// The word that stands in an address and sorts by time: `2026-11`.
    pub fn word(self) -> String {
        self.0.format("%Y-%m").to_string()
    }
}

impl fmt::Display for Month {
    /// As people read it: `Nov 2026`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&time::month(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::billing::cycle::tests::day;

    #[test]
    fn a_month_has_its_days_and_its_neighbours() {
        let february = Month::of(day("2028-02-29"));
        assert_eq!((february.first(), february.last()), (day("2028-02-01"), day("2028-02-29")));
        assert_eq!((february.next().word(), february.before(14).word()), ("2028-03".to_owned(), "2026-12".to_owned()));
        assert!(february.contains(day("2028-02-01")) && !february.contains(day("2027-02-01")));
        assert_eq!(february.to_string(), "Feb 2028");
        assert_eq!(Month::of(NaiveDate::MAX).last(), NaiveDate::MAX);
    }

    #[test]
    fn a_month_in_an_address_is_written_in_one_way() {
        assert_eq!(Month::from_word("2026-11"), Some(Month::of(day("2026-11-21"))));
        for wrong in ["", "2026", "2026-13", "2026-1", "2026-11-01", " 2026-11", "+2026-11", "-1-01", "11.2026"] {
            assert_eq!(Month::from_word(wrong), None, "{wrong:?}");
        }
    }
}
