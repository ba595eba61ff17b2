//! What an account may owe (C1, C2), and how an amount of money is typed.

use serde::{Deserialize, Serialize};

use crate::{Currency, FieldErrors, Money};

/// What an account may owe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CreditLimit {
    /// This much, in minor units of the account's currency; 0 can never owe (C2).
    Amount(i64),
    /// As much as it likes: a word of its own, not a big number.
    Unlimited,
}

impl Default for CreditLimit {
    fn default() -> Self {
        Self::Amount(0)
    }
}

impl CreditLimit {
    /// As it is shown.
    pub fn label(self, currency: Currency) -> String {
        match self {
            Self::Amount(minor) => Money::new(minor, currency).to_string(),
            Self::Unlimited => "Unlimited".to_owned(),
        }
    }
}

/// The limit as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CreditForm {
    /// `Credit limit`, in the account's currency; empty is none.
    pub credit_limit: String,
    /// `Unlimited`: a box, `on` when ticked.
    pub credit_unlimited: String,
}

impl CreditForm {
    /// What a limit looks like in the form.
    pub fn of(limit: CreditLimit, currency: Currency) -> Self {
        match limit {
            CreditLimit::Amount(minor) => {
                Self { credit_limit: typed(Money::new(minor, currency)), credit_unlimited: String::new() }
            }
            CreditLimit::Unlimited => Self { credit_limit: String::new(), credit_unlimited: "on".to_owned() },
        }
    }

    /// The limit.
    ///
    /// # Errors
    /// A message at `credit_limit`: empty, no amount, negative, too precise, too much.
    pub fn check(&self, currency: Currency) -> Result<CreditLimit, FieldErrors> {
        if self.credit_unlimited == "on" {
            return Ok(CreditLimit::Unlimited);
        }
        if self.credit_limit.trim().is_empty() {
            return Err(FieldErrors::at("credit_limit", "Enter an amount, 0 for none, or tick Unlimited."));
        }
        match amount(&self.credit_limit, currency) {
            Ok(minor) => Ok(CreditLimit::Amount(minor)),
            Err(message) => Err(FieldErrors::at("credit_limit", message)),
        }
    }

    /// The limit of a new account. Who may not set limits leaves both fields empty, and it may owe nothing.
    ///
    /// # Errors
    /// As [`CreditForm::check`]; a message at `credit_limit` also for those who may not set one.
    pub fn check_new(&self, currency: Currency, may_set_limit: bool) -> Result<CreditLimit, FieldErrors> {
        match may_set_limit {
            true => self.check(currency),
            false if *self == Self::default() => Ok(CreditLimit::default()),
            false => Err(FieldErrors::at("credit_limit", "Only those who may set credit limits can enter one.")),
        }
    }
}

/// The most that can be typed, in minor units.
const MOST: i64 = 100_000_000_000;

/// An amount as people type it, `5000`, `5,000.00` or `5000.5`, in minor units.
fn amount(typed: &str, currency: Currency) -> Result<i64, String> {
    let decimals = usize::from(currency.exponent().unwrap_or(0));
    let typed = typed.trim();
    if typed.starts_with('-') {
        return Err("An amount cannot be less than 0.".to_owned());
    }
    let (whole, part) = typed.split_once('.').unwrap_or((typed, ""));
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let groups: Vec<_> = whole.split(',').collect();
    let grouped = groups.len() == 1 || (!groups[0].is_empty() && groups[1..].iter().all(|group| group.len() == 3));
    let whole = groups.concat();
    if whole.is_empty() || !digits(&whole) || !digits(part) || !grouped || groups[0].len() > 3 && groups.len() > 1 {
        return Err(format!("Enter an amount like {}.", self::typed(Money::new(500_000, currency))));
    }
    if part.len() > decimals {
        let name = currency.code();
        return Err(match decimals {
            0 => format!("{name} has no decimals; enter a whole amount."),
            _ => format!("{name} has {decimals} decimals; enter no more than these."),
        });
    }
    let minor = format!("{whole}{part:0<decimals$}").parse::<i64>().ok().filter(|minor| *minor <= MOST);
    minor.ok_or_else(|| format!("Enter at most {}.", Money::new(MOST, currency)))
}

/// An amount as it stands in a field, `5000.00`.
fn typed(money: Money) -> String {
    let decimals = usize::from(money.currency.exponent().unwrap_or(0));
    let digits = format!("{:0>width$}", money.minor, width = decimals + 1);
    let (whole, part) = digits.split_at(digits.len() - decimals);
    if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(typed: &str, currency: Currency) -> Result<CreditLimit, String> {
        let form = CreditForm { credit_limit: typed.to_owned(), credit_unlimited: String::new() };
        form.check(currency).map_err(|errors| errors.get("credit_limit").unwrap_or_default().to_owned())
    }

    #[test]
    fn c2_a_limit_is_read_as_people_write_it() {
        for (typed, minor) in [("0", 0), (" 5000 ", 500_000), ("5,000.00", 500_000), ("5000.5", 500_050), (".5", -1)] {
            let expected = (minor >= 0).then_some(CreditLimit::Amount(minor));
            assert_eq!(limit(typed, Currency::EUR).ok(), expected, "{typed}");
        }
        assert_eq!(limit("5000", Currency::JPY), Ok(CreditLimit::Amount(5_000)));
        let unlimited = CreditForm { credit_unlimited: "on".to_owned(), ..CreditForm::default() };
        assert_eq!(unlimited.check(Currency::EUR), Ok(CreditLimit::Unlimited));
    }

    #[test]
    fn x3_a_limit_that_is_no_amount_is_refused_with_the_way_out() {
        let wrong = |typed: &str| limit(typed, Currency::EUR).expect_err(typed);
        assert_eq!(wrong("-1"), "An amount cannot be less than 0.");
        assert_eq!(wrong("0.001"), "EUR has 2 decimals; enter no more than these.");
        assert_eq!(wrong("99999999999999999999"), "Enter at most € 1,000,000,000.00.");
        for typed in ["1.000,00", "5,00", "1e9", "5000 EUR", "٥", "1.2.3", "5,0000", ",500", "5000,000", "NaN"] {
            assert_eq!(wrong(typed), "Enter an amount like 5000.00.", "{typed}");
        }
        assert_eq!(wrong(""), "Enter an amount, 0 for none, or tick Unlimited.");
        assert_eq!(limit("1.5", Currency::JPY), Err("JPY has no decimals; enter a whole amount.".to_owned()));
    }

    #[test]
    fn a_limit_in_the_form_reads_as_the_limit_it_was() {
        for limit in [CreditLimit::Amount(0), CreditLimit::Amount(500_005), CreditLimit::Unlimited] {
            for currency in [Currency::EUR, Currency::JPY, Currency::KWD] {
                assert_eq!(CreditForm::of(limit, currency).check(currency), Ok(limit));
            }
        }
    }
}
