//! What a reseller takes from its customers: recorded by itself, with a warning below the floor (P4).

use serde::{Deserialize, Serialize};

use crate::{BasisPoints, Currency, FieldErrors, Money, OptionId};

/// P4: the floor that holds unless the operator sets another, 90 % of the list price.
pub const FLOOR: BasisPoints = BasisPoints::new(9_000).expect("90 % is a percentage");

/// The reseller's own price as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ResaleForm {
    /// `Resale price` of one; empty for none.
    pub resale_price: String,
}

/// A resale price that is recorded, as its reseller sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resale {
    /// Of which option.
    pub option: OptionId,
    /// What the reseller takes for one.
    pub price: Money,
    /// The warning, where it is below the floor.
    pub below: Option<BelowFloor>,
}

/// The page on which a reseller records it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResalePage {
    /// The option.
    pub option: OptionId,
    /// Product and option.
    pub name: String,
    /// The list price of one.
    pub list_price: Money,
    /// What the reseller pays for one.
    pub unit: Money,
    /// P4: below this share of the list price it is warned.
    pub floor: BasisPoints,
    /// What is recorded.
    pub resale: Option<Resale>,
}

/// A resale price that is below the floor. It warns and never refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BelowFloor {
    /// The lowest price that does not warn, rounded half up (P5).
    pub floor: Money,
    /// Which part of the list price that is.
    pub percent: BasisPoints,
}

impl ResaleForm {
    /// The price; `None` when there is none.
    ///
    /// # Errors
    /// A message at `resale_price`.
    pub fn check(&self, currency: Currency) -> Result<Option<Money>, FieldErrors> {
        match self.resale_price.trim() {
            "" => Ok(None),
            typed => Money::typed_price(typed, currency)
                .map(Some)
                .map_err(|message| FieldErrors::at("resale_price", message)),
        }
    }
}

impl BelowFloor {
    /// P4: the warning for a resale price of one; `None` at the floor and above, and for another currency, in which
    /// there is nothing to compare.
    pub fn of(resale: Money, list_price: Money, percent: BasisPoints) -> Option<Self> {
        let floor = list_price.share(percent);
        let below = resale.currency == floor.currency && resale.minor < floor.minor;
        below.then_some(Self { floor, percent })
    }

    /// In a sentence.
    pub fn words(self) -> String {
        format!("This is below {}, {} of the list price. You can keep it.", self.floor, self.percent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: Money = Money::new(19_900, Currency::EUR);

    #[test]
    fn p4_a_resale_price_below_the_floor_warns_and_at_it_does_not() {
        let warning = |minor| BelowFloor::of(Money::new(minor, Currency::EUR), LIST, FLOOR);
        assert_eq!(warning(17_910), None);
        let below = warning(17_909).expect("below");
        assert_eq!(below.words(), "This is below € 179.10, 90 % of the list price. You can keep it.");
        assert_eq!(BelowFloor::of(Money::new(1, Currency::USD), LIST, FLOOR), None);
        assert_eq!(BelowFloor::of(Money::zero(Currency::EUR), Money::zero(Currency::EUR), FLOOR), None);
    }

    #[test]
    fn p4_a_resale_price_is_an_amount_or_nothing() {
        let check = |typed: &str| ResaleForm { resale_price: typed.to_owned() }.check(Currency::EUR);
        assert_eq!(check(" "), Ok(None));
        assert_eq!(check("185"), Ok(Some(Money::new(18_500, Currency::EUR))));
        assert!(check("-1").is_err() && check("1.999").is_err());
    }
}
