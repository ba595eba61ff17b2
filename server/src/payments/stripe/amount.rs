//! What Stripe counts money in: the smallest unit of a currency, with the exceptions that
//! <https://docs.stripe.com/currencies#minor-units> lists.
//!
//! A card is charged exactly what is owed or not at all: nothing is rounded on the way, or the payment would not be the one
//! that was asked for.

use domain::{Currency, Money};
use service::card::CardError;

/// How Stripe counts a currency, beside how ISO 4217 and we do.
enum Counted {
    /// Alike.
    Alike,
    /// As if it had two decimals, which have to be 00: "special cases".
    Hundredfold,
    /// Without decimals, though ISO 4217 has two.
    Whole,
    /// With three decimals, of which the last has to be 0: "three-decimal currencies".
    Tens,
    /// Not at all.
    Never,
}

fn counted(currency: Currency) -> Counted {
    match (currency, currency.exponent()) {
        (Currency::ISK | Currency::UGX, _) => Counted::Hundredfold,
        (Currency::MGA, _) => Counted::Whole,
        (Currency::BHD | Currency::JOD | Currency::KWD | Currency::OMR | Currency::TND, _) => Counted::Tens,
        (_, Some(0 | 2)) => Counted::Alike,
        _ => Counted::Never,
    }
}

/// The amount as Stripe counts it.
///
/// # Errors
/// [`CardError::Amount`] with a sentence for the payer, when a card cannot be charged exactly that.
pub fn to_stripe(money: Money) -> Result<i64, CardError> {
    let refused = |why: &str| {
        Err(CardError::Amount(format!(
            "{money} cannot be paid by card: {why}. Nothing was charged. Pay by bank transfer."
        )))
    };
    if !money.is_positive() {
        return refused("it is nothing to pay");
    }
    let code = money.currency.code();
    match counted(money.currency) {
        Counted::Alike => Ok(money.minor),
        Counted::Hundredfold => money.minor.checked_mul(100).map_or_else(|| refused("it is too much"), Ok),
        Counted::Whole if money.minor % 100 == 0 => Ok(money.minor / 100),
        Counted::Whole => refused(&format!("cards are charged {code} without decimals")),
        Counted::Tens if money.minor % 10 == 0 => Ok(money.minor),
        Counted::Tens => refused(&format!("cards are charged {code} with a last digit of 0")),
        Counted::Never => refused(&format!("cards are not charged {code}")),
    }
}

/// The amount as we count it; none when it cannot be one that we asked for.
pub fn from_stripe(code: &str, units: i64) -> Option<Money> {
    let currency = Currency::from_code(&code.to_ascii_uppercase())?;
    let minor = match counted(currency) {
        Counted::Alike | Counted::Tens => units,
        Counted::Hundredfold if units % 100 == 0 => units / 100,
        Counted::Whole => units.checked_mul(100)?,
        Counted::Hundredfold | Counted::Never => return None,
    };
    Some(Money::new(minor, currency))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn p5_each_currency_is_counted_as_stripe_counts_it() {
        for (minor, currency, units) in [
            (16_577, Currency::EUR, 16_577),
            (500, Currency::JPY, 500),
            (500, Currency::KRW, 500),
            (5, Currency::ISK, 500),
            (5, Currency::UGX, 500),
            (1_045, Currency::HUF, 1_045),
            (80_045, Currency::TWD, 80_045),
            (500, Currency::MGA, 5),
            (5_120, Currency::KWD, 5_120),
        ] {
            let money = Money::new(minor, currency);
            assert_eq!(to_stripe(money), Ok(units), "{money}");
            assert_eq!(from_stripe(&currency.code().to_lowercase(), units), Some(money));
        }
    }

    #[test]
    fn p5_what_a_card_cannot_be_charged_exactly_is_refused_with_the_way_out() {
        let refused = |minor, currency| to_stripe(Money::new(minor, currency)).map_err(|error| error.to_string());
        let dinars = refused(5_124, Currency::KWD).expect_err("a last digit of 4");
        assert!(dinars.ends_with(
            "5.124 cannot be paid by card: cards are charged KWD with a last digit of 0. Nothing was charged. Pay by bank transfer."
        ), "{dinars}");
        for (minor, currency) in [
            (0, Currency::EUR),
            (-1, Currency::EUR),
            (501, Currency::MGA),
            (i64::MAX, Currency::ISK),
            (1_000, Currency::IQD),
            (1_000, Currency::LYD),
            (1_000, Currency::XAU),
        ] {
            assert!(refused(minor, currency).is_err(), "{minor} {}", currency.code());
        }
        for (code, units) in [("isk", 501), ("xxx", 5), ("", 5), ("\u{20ac}", 5), ("mga", i64::MAX)] {
            assert_eq!(from_stripe(code, units), None, "{code}");
        }
    }

    /// Every currency that there is.
    fn all() -> Vec<Currency> {
        let letters = || b'A'..=b'Z';
        let codes = letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| [a, b, c])));
        codes.filter_map(|code| Currency::from_code(std::str::from_utf8(&code).ok()?)).collect()
    }

    proptest! {
        #[test]
        fn p5_what_can_be_charged_comes_back_the_same(
            minor in 1..=i64::MAX,
            currency in proptest::sample::select(all()),
        ) {
            let money = Money::new(minor, currency);
            if let Ok(units) = to_stripe(money) {
                prop_assert_eq!(from_stripe(currency.code(), units), Some(money));
            }
        }
    }
}
