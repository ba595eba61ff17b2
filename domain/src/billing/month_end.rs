//! The end of a month: what was bought, sold on and paid in it, equal to the ledger (C1, L8, P4).

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Month;
use crate::{Currency, Money, money::AmountError, words::words};

mod views;

pub use views::{MonthPage, MonthQuery, MonthTotal, OfficeMonth, OfficeMonths};

/// After more than so many days, what is open counts as unpaid for long.
const LONG: Days = Days::new(30);

words! {
    /// What happened on a day. The first four are what the ledger holds, each of its entries once; the others stand
    /// beside it, between reseller and customer, and change nothing of it (L8).
    What {
        /// Charges for licenses that were bought, with tax; counted are the licenses.
        Bought = "bought", "Bought";
        /// Charges for another period of licenses that were there; counted are the licenses.
        Renewed = "renewed", "Renewed";
        /// Credit notes.
        Credited = "credited", "Credited";
        /// Payments to the operator.
        Paid = "paid", "Paid to the operator";
        /// Licenses that were bought for a customer and not for the own organisation, at the reseller's own price where
        /// one is recorded (P4).
        SoldOn = "sold-on", "Sold on";
        /// Licenses that a customer paid, at the same price, on the day of *Customer paid*.
        CustomerPaid = "customer-paid", "Customer paid";
        /// Licenses that end on that day; the amount is nothing.
        Ending = "ending", "Ending";
    }
}

/// So many, for so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How many.
    pub count: i64,
    /// How much, all together; less than nothing where a mistake was taken back.
    pub amount: Money,
}

/// What happened on a day, already added up as far as the database likes: one entry, or all of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The day.
    pub on: NaiveDate,
    /// What.
    pub what: What,
    /// How many and how much. An entry that takes back another has a count of nothing.
    pub tally: Tally,
}

/// A part of what was charged on a day, and when it was settled. A charge has one for each settlement, and one for what is
/// open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenFact {
    /// The day of the charge.
    pub charged: NaiveDate,
    /// The day on which this part was settled; none while it is open.
    pub settled: Option<NaiveDate>,
    /// The part. The licenses are counted where the last of them is settled, or open.
    pub tally: Tally,
}

/// The sums of one month in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthEnd {
    /// The month.
    pub month: Month,
    /// What was owed when it began.
    pub opening: Money,
    /// One for each of [`What::ALL`].
    tallies: Vec<Tally>,
    /// What was charged more than 30 days before the month's last day, or before today while it runs, and was still open
    /// then.
    pub unpaid: Tally,
}

impl MonthEnd {
    /// The first line of its table.
    pub const COLUMNS: [&'static str; 5] = ["Month", "What", "Count", "Amount", "Currency"];

    /// Adds up a month. Facts of other months and currencies are passed over; the currency is that of `opening`, which is
    /// what was owed on the month's first day.
    ///
    /// # Errors
    /// [`AmountError::TooLarge`] for sums that cannot be counted.
    pub fn of(
        month: Month,
        today: NaiveDate,
        opening: Money,
        facts: &[Fact],
        open: &[OpenFact],
    ) -> Result<Self, AmountError> {
        let currency = opening.currency;
        let tallies = What::ALL.iter().map(|what| {
            let of_month = facts.iter().filter(|fact| fact.what == *what && month.contains(fact.on));
            Tally::sum(currency, of_month.map(|fact| fact.tally))
        });
        let tallies = tallies.collect::<Result<Vec<_>, _>>()?;
        let end = month.last().min(today);
        let unpaid = open.iter().filter(|part| part.is_unpaid_for_long(end)).map(|part| part.tally);
        let month_end = Self { month, opening, tallies, unpaid: Tally::sum(currency, unpaid)? };
        month_end.reckoned_closing().map(|_| month_end)
    }

    /// How many and how much of it there was.
    pub fn tally(&self, what: What) -> Tally {
        let at = What::ALL.iter().position(|of| *of == what);
        at.and_then(|at| self.tallies.get(at)).copied().unwrap_or(Tally::zero(self.opening.currency))
    }

    /// What was owed when it was over: the next month's opening.
    pub fn closing(&self) -> Money {
        self.reckoned_closing().unwrap_or(self.opening)
    }

    /// The rows of its table, in words and figures.
    pub fn rows(&self) -> Vec<[String; 5]> {
        let row = |what: &str, count: Option<i64>, amount: Money| {
            let count = count.map(|count| count.to_string()).unwrap_or_default();
            [self.month.word(), what.to_owned(), count, amount.plain(), amount.currency.code().to_owned()]
        };
        let opening = row("Owed at the beginning", None, self.opening);
        let closing = row("Owed at the end", None, self.closing());
        let unpaid = row("Unpaid for more than 30 days", Some(self.unpaid.count), self.unpaid.amount);
        let tallies = What::ALL.iter().zip(&self.tallies);
        let tallies = tallies.map(|(what, tally)| row(what.label(), Some(tally.count), tally.amount));
        std::iter::once(opening).chain(tallies).chain([unpaid, closing]).collect()
    }

    fn reckoned_closing(&self) -> Result<Money, AmountError> {
        let amount = |what| self.tally(what).amount;
        let charged = self.opening.plus(amount(What::Bought))?.plus(amount(What::Renewed))?;
        charged.minus(amount(What::Credited))?.minus(amount(What::Paid))
    }
}

impl Tally {
    /// None, for nothing.
    pub const fn zero(currency: Currency) -> Self {
        Self { count: 0, amount: Money::zero(currency) }
    }

    /// Those of one currency together.
    ///
    /// # Errors
    /// [`AmountError::TooLarge`].
    pub fn sum(currency: Currency, tallies: impl IntoIterator<Item = Self>) -> Result<Self, AmountError> {
        let of_currency = tallies.into_iter().filter(|tally| tally.amount.currency == currency);
        of_currency.into_iter().try_fold(Self::zero(currency), |sum, tally| {
            let count = sum.count.checked_add(tally.count).ok_or(AmountError::TooLarge)?;
            Ok(Self { count, amount: sum.amount.plus(tally.amount)? })
        })
    }
}

impl OpenFact {
    /// What may be unpaid for long in a month: what was charged before the first of these days and not settled before the
    /// second.
    pub fn days(month: Month, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let end = month.last().min(today);
        (end.checked_sub_days(LONG).unwrap_or(end), end.succ_opt().unwrap_or(end))
    }

    /// Whether it was open on a day, and had been for more than 30 days.
    fn is_unpaid_for_long(&self, day: NaiveDate) -> bool {
        let open = self.settled.is_none_or(|settled| settled > day);
        open && self.charged.checked_add_days(LONG).is_some_and(|until| until < day)
    }
}

/// What a month of the chart shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spend {
    /// The month.
    pub month: Month,
    /// What was charged in it, with tax, whatever was credited since.
    pub spent: Money,
    /// How many licenses were bought in it.
    pub licenses: i64,
}

/// So many months up to one, the earliest first; those in which nothing happened are there, with nothing.
///
/// # Errors
/// [`AmountError::TooLarge`].
pub fn spend(months: u32, last: Month, currency: Currency, facts: &[Fact]) -> Result<Vec<Spend>, AmountError> {
    let of_month = |back| {
        let month = last.before(back);
        let sum = |what| {
            let facts = facts.iter().filter(|fact| fact.what == what && month.contains(fact.on));
            Tally::sum(currency, facts.map(|fact| fact.tally))
        };
        let (bought, renewed) = (sum(What::Bought)?, sum(What::Renewed)?);
        Ok(Spend { month, spent: bought.amount.plus(renewed.amount)?, licenses: bought.count })
    };
    (0..months).rev().map(of_month).collect()
}

#[cfg(test)]
mod tests;
