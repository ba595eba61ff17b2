//! What the screens show of a month.

use serde::{Deserialize, Serialize};

use super::{Month, MonthEnd, Spend, Tally, What};
use crate::{AccountId, Currency, money::AmountError};

/// Which month is shown, as it stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MonthQuery {
    /// The month; none for the one that runs.
    pub month: Option<Month>,
    /// Where the page of a list starts: what the page before said was next.
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

/// What happened in a month in all resellers of one currency together: of what is told of each of them, what lies in the month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthTotal {
    /// The currency.
    #[serde(with = "crate::money::code")]
    pub currency: Currency,
    /// One for each of [`What::ALL`].
    tallies: Vec<Tally>,
}

impl MonthTotal {
    /// Adds up, for each currency in which there was something, by its code.
    ///
    /// # Errors
    /// [`AmountError::TooLarge`] for sums that cannot be counted.
    pub fn of(facts: &[(What, Tally)]) -> Result<Vec<Self>, AmountError> {
        let mut currencies: Vec<_> = facts.iter().map(|(_, tally)| tally.amount.currency).collect();
        currencies.sort_unstable_by_key(Currency::code);
        currencies.dedup();
        let total = |currency| {
            let sum =
                |what: &What| Tally::sum(currency, facts.iter().filter(|(of, _)| of == what).map(|(_, tally)| *tally));
            Ok(Self { currency, tallies: What::ALL.iter().map(sum).collect::<Result<_, _>>()? })
        };
        currencies.into_iter().map(total).collect()
    }

    /// How many and how much of it there was.
    pub fn tally(&self, what: What) -> Tally {
        let at = What::ALL.iter().position(|of| *of == what);
        at.and_then(|at| self.tallies.get(at)).copied().unwrap_or(Tally::zero(self.currency))
    }
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
    /// All resellers together, on the first page; one for each currency in which something happened.
    pub totals: Vec<MonthTotal>,
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
    fn a_month_of_all_is_added_up_by_currency() {
        let tally = |count, minor, currency| Tally { count, amount: crate::Money::new(minor, currency) };
        let facts = [
            (What::Bought, tally(2, 700, Currency::USD)),
            (What::Bought, tally(1, 500, Currency::EUR)),
            (What::Paid, tally(1, 300, Currency::USD)),
            (What::Bought, tally(3, -200, Currency::USD)),
        ];
        let totals = MonthTotal::of(&facts).expect("countable");
        let told: Vec<_> = totals.iter().map(|total| (total.currency.code(), total.tally(What::Bought))).collect();
        assert_eq!(told, [("EUR", tally(1, 500, Currency::EUR)), ("USD", tally(5, 500, Currency::USD))]);
        assert_eq!(totals.iter().map(|total| total.tally(What::Paid).count).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(MonthTotal::of(&[]), Ok(Vec::new()));
        let most = (What::Paid, tally(1, i64::MAX, Currency::EUR));
        assert_eq!(MonthTotal::of(&[most, most]), Err(AmountError::TooLarge));
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
