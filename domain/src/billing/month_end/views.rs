//! What the screens show of a month.

use serde::{Deserialize, Serialize};

use super::{Month, MonthEnd, Spend};
use crate::AccountId;

/// Which month is shown, as it stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MonthQuery {
    /// The month; none for the one that runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month: Option<Month>,
    /// Where the page of a list starts: what the page before said was next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<i64>,
}

/// The end of a month of one reseller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthPage {
    /// Whose it is.
    pub account: AccountId,
    /// The same by name.
    pub name: String,
    /// The month.
    pub month_end: MonthEnd,
    /// The month before, if there was the account then.
    pub before: Option<Month>,
    /// The month after, unless this one still runs.
    pub after: Option<Month>,
    /// This month and the eleven before it.
    pub year: Vec<Spend>,
}

/// A reseller in the list of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeMonth {
    /// Whose it is.
    pub account: AccountId,
    /// The same by name.
    pub name: String,
    /// The month.
    pub month_end: MonthEnd,
}

/// A page of the resellers with the end of one month each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeMonths {
    /// The month.
    pub month: Month,
    /// The month before, if there was the operator then.
    pub before: Option<Month>,
    /// The month after, unless this one still runs.
    pub later: Option<Month>,
    /// Up to 20 resellers, the newest first.
    pub rows: Vec<OfficeMonth>,
    /// The `after` of the next page, if there is one.
    pub next: Option<i64>,
}

impl MonthQuery {
    /// Reads a view from an address; what makes no sense is left out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            month: get("month").and_then(|word| Month::from_word(&word)),
            after: get("after").and_then(|after| after.parse().ok()),
        }
    }

    /// The query part of the address, without the question mark; empty for the month that runs.
    pub fn address(&self) -> String {
        let month = self.month.map(|month| format!("month={}", month.word()));
        let after = self.after.map(|after| format!("after={after}"));
        [month, after].into_iter().flatten().collect::<Vec<_>>().join("&")
    }
}

impl Month {
    /// A month that was asked for, kept between the first there was and the one that runs.
    pub fn asked(asked: Option<Self>, first: Self, running: Self) -> Self {
        asked.unwrap_or(running).max(first).min(running)
    }

    /// Its neighbours, of those between the first there was and the one that runs.
    pub fn neighbors(self, first: Self, running: Self) -> (Option<Self>, Option<Self>) {
        ((self > first).then(|| self.before(1)), (self < running).then(|| self.next()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(word: &str) -> Month {
        Month::from_word(word).expect("a month")
    }

    #[test]
    fn a_month_is_read_from_the_address_and_written_into_it() {
        let read = |month: &str, after: &str| {
            let query = MonthQuery::read(|name| match name {
                "month" => Some(month.to_owned()),
                _ => Some(after.to_owned()),
            });
            query.address()
        };
        assert_eq!(read("2026-11", "17"), "month=2026-11&after=17");
        assert_eq!(["2026-13", "now", ""].map(|wrong| read(wrong, "x")), [""; 3]);
        assert_eq!(MonthQuery::read(|_| None), MonthQuery::default());
    }

    #[test]
    fn a_month_is_neither_before_the_first_nor_after_the_running_one() {
        let (first, running) = (month("2026-03"), month("2026-11"));
        let asked = |word: &str| Month::asked(Month::from_word(word), first, running).word();
        assert_eq!(["", "2026-05", "1999-01", "2200-01"].map(asked), ["2026-11", "2026-05", "2026-03", "2026-11"]);
        let around = |word| month(word).neighbors(first, running);
        assert_eq!(around("2026-03"), (None, Some(month("2026-04"))));
        assert_eq!(around("2026-11"), (Some(month("2026-10")), None));
        assert_eq!(first.neighbors(first, first), (None, None));
    }
}
