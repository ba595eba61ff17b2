//! Topping up: a payment without an invoice, which raises the available credit (C6).

use serde::{Deserialize, Serialize};

use crate::{Currency, FieldErrors, Money, Refusal, accounts::CreditLimit};

/// The amount as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TopUpForm {
    /// `Amount`, in the account's currency.
    pub amount: String,
}

impl TopUpForm {
    /// What stands in the form at first: what a held order lacks, so that one tap pays it.
    pub fn of(missing: Money) -> Self {
        Self { amount: missing.plain() }
    }

    /// What is to be paid: more than nothing.
    ///
    /// # Errors
    /// A message at `amount`.
    pub fn check(&self, currency: Currency) -> Result<Money, FieldErrors> {
        let amount = Money::typed(&self.amount, currency).map_err(|message| FieldErrors::at("amount", message))?;
        match amount.is_positive() {
            true => Ok(amount),
            false => Err(FieldErrors::at("amount", "Enter an amount of more than nothing.")),
        }
    }
}

/// C6: topping up is not offered where nothing is limited.
///
/// # Errors
/// [`Refusal::TopUpUnlimited`].
pub const fn may_top_up(limit: CreditLimit) -> Result<(), Refusal> {
    match limit {
        CreditLimit::Amount(_) => Ok(()),
        CreditLimit::Unlimited => Err(Refusal::TopUpUnlimited),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c6_a_top_up_is_an_amount_of_more_than_nothing() {
        let check = |typed: &str, currency| {
            let checked = TopUpForm { amount: typed.to_owned() }.check(currency);
            checked.map_err(|errors| errors.get("amount").unwrap_or_default().to_owned())
        };
        assert_eq!(check("250.50", Currency::EUR), Ok(Money::new(25_050, Currency::EUR)));
        assert_eq!(check("1.234", Currency::KWD), Ok(Money::new(1_234, Currency::KWD)));
        assert_eq!(check("0", Currency::EUR), Err("Enter an amount of more than nothing.".to_owned()));
        assert!(check("-5", Currency::EUR).is_err() && check("1.5", Currency::JPY).is_err());
        assert!(check(&"9".repeat(40), Currency::EUR).is_err());
        let missing = Money::new(10_001, Currency::EUR);
        assert_eq!(TopUpForm::of(missing).check(Currency::EUR), Ok(missing));
    }

    #[test]
    fn c6_who_has_no_limit_needs_no_top_up() {
        assert_eq!(may_top_up(CreditLimit::Amount(0)), Ok(()));
        assert_eq!(may_top_up(CreditLimit::Unlimited), Err(Refusal::TopUpUnlimited));
    }
}
