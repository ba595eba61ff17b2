//! What an account may owe (C1, C2).

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
                Self { credit_limit: Money::new(minor, currency).plain(), credit_unlimited: String::new() }
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
        match Money::typed(&self.credit_limit, currency) {
            Ok(limit) => Ok(CreditLimit::Amount(limit.minor)),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(typed: &str, currency: Currency) -> Result<CreditLimit, String> {
        let form = CreditForm { credit_limit: typed.to_owned(), credit_unlimited: String::new() };
        form.check(currency).map_err(|errors| errors.get("credit_limit").unwrap_or_default().to_owned())
    }

    #[test]
    fn c2_a_limit_is_read_as_people_write_it() {
        for (typed, minor) in [
            ("0", 0),
            (" 5000 ", 500_000),
            ("5,000.00", 500_000),
            ("1.000,00", 100_000),
            ("5000.5", 500_050),
            ("5,00", 500),
            (".5", -1),
        ] {
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
        assert_eq!(wrong("-1"), "An amount cannot be below nothing.");
        assert_eq!(wrong("0.001"), "EUR has 2 decimals, not more.");
        assert_eq!(wrong("5.000"), "This can be read in two ways. Write 5000 or 5.00.");
        assert_eq!(wrong("5000,000"), "EUR has 2 decimals, not more.");
        assert_eq!(wrong("99999999999999999999"), "Enter € 10,000,000,000.00 at most.");
        for typed in ["1e9", "5000 EUR", "٥", "1.2.3", ",500", "NaN"] {
            assert_eq!(wrong(typed), "Enter an amount like 139.30 or 139,30.", "{typed}");
        }
        assert_eq!(wrong(""), "Enter an amount, 0 for none, or tick Unlimited.");
        assert_eq!(limit("1.5", Currency::JPY), Err("JPY has no decimals.".to_owned()));
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
