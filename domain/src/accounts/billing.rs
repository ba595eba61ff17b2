//! How an account is billed: on which day, and when the part of a cycle is invoiced (A1, B1, B3).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{Currency, words::words};

words! {
    /// B3: when the charge for a part of a cycle is invoiced. It decides when, never how much.
    PartialInvoicing {
        /// At once.
        OrderDay = "order-day", "On order day";
        /// With the next cycle.
        BillingDay = "billing-day", "On billing day";
    }
}

/// B1: the day on which a cycle begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BillingDay {
    /// The first of the month.
    First,
    /// The last of the month.
    Last,
    /// The day of the first order.
    FirstOrder,
    /// A fixed day, 1 to 31; clamps to the month's end.
    Fixed(u8),
}

impl BillingDay {
    /// All of them, as they are chosen.
    pub fn all() -> impl Iterator<Item = Self> {
        [Self::First, Self::Last, Self::FirstOrder].into_iter().chain((1..=31).map(Self::Fixed))
    }

    /// The day of the month that it means, 1 to 31, before it clamps to the month's end. The last of the month is the
    /// 31st, clamped. `first_order` is the day of the account's first order.
    pub fn of_month(self, first_order: NaiveDate) -> u8 {
        match self {
            Self::First => 1,
            Self::Last => 31,
            Self::FirstOrder => u8::try_from(first_order.day()).unwrap_or(31),
            Self::Fixed(day) => day.clamp(1, 31),
        }
    }

    /// The word that is stored and posted.
    pub fn word(self) -> String {
        match self {
            Self::First => "first".to_owned(),
            Self::Last => "last".to_owned(),
            Self::FirstOrder => "order".to_owned(),
            Self::Fixed(day) => day.to_string(),
        }
    }

    /// The words on the screen.
    pub fn label(self) -> String {
        match self {
            Self::First => "First of month".to_owned(),
            Self::Last => "Last of month".to_owned(),
            Self::FirstOrder => "Day of first order".to_owned(),
            Self::Fixed(day) => format!("Day {day} of month"),
        }
    }

    /// The day of a word; `None` for what is no day of a month.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::all().find(|day| day.word() == word)
    }
}

/// The currencies in which an account can be charged.
pub const CURRENCIES: [Currency; 34] = [
    Currency::AED,
    Currency::ARS,
    Currency::AUD,
    Currency::BGN,
    Currency::BRL,
    Currency::CAD,
    Currency::CHF,
    Currency::CLP,
    Currency::CNY,
    Currency::COP,
    Currency::CZK,
    Currency::DKK,
    Currency::EUR,
    Currency::GBP,
    Currency::HKD,
    Currency::HUF,
    Currency::IDR,
    Currency::ILS,
    Currency::INR,
    Currency::ISK,
    Currency::JPY,
    Currency::KRW,
    Currency::MXN,
    Currency::NOK,
    Currency::NZD,
    Currency::PLN,
    Currency::RON,
    Currency::SEK,
    Currency::SGD,
    Currency::THB,
    Currency::TRY,
    Currency::UAH,
    Currency::USD,
    Currency::ZAR,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b1_a_billing_day_is_a_day_of_a_month_or_one_of_three_words() {
        assert!(BillingDay::all().all(|day| BillingDay::from_word(&day.word()) == Some(day)));
        for wrong in ["0", "32", "-1", "01", "", "1.5", "tomorrow"] {
            assert_eq!(BillingDay::from_word(wrong), None, "{wrong}");
        }
    }
}
