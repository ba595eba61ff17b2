//! What a changed price list makes of a line of the basket: told line by line, and to be confirmed (P3).

use serde::{Deserialize, Serialize};

use super::{BasketLine, basket::price_of_one};
use crate::{Money, OptionId, licenses::Type, products::Offer};

/// A line of the basket that is not what was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineChange {
    /// The option.
    pub option: OptionId,
    /// What was to be bought of it.
    pub license_type: Type,
    /// The price of one that was seen.
    pub seen: Money,
    /// What it is now.
    pub now: Now,
}

/// What a line is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Now {
    /// It costs something else.
    Costs {
        /// Product and option in one line.
        name: String,
        /// The price of one.
        unit: Money,
    },
    /// It is not offered any more, or not in this type.
    NotOffered,
}

impl LineChange {
    /// What has changed about a line; `offer` is its option as it is offered now.
    pub(super) fn of(line: BasketLine, offer: Option<&Offer>) -> Option<Self> {
        let unit = |offer| price_of_one(offer, line.license_type, line.quantity);
        let now = match offer.and_then(|offer| Some((offer, unit(offer)?))) {
            Some((_, unit)) if unit == line.seen => return None,
            Some((offer, unit)) => Now::Costs { name: offer.full_name(), unit },
            None => Now::NotOffered,
        };
        Some(Self { option: line.option, license_type: line.license_type, seen: line.seen, now })
    }

    /// In a sentence.
    pub fn sentence(&self) -> String {
        match &self.now {
            Now::Costs { name, unit } => format!("{name} costs {unit} each now, not {}.", self.seen),
            Now::NotOffered => format!("An option at {} each is not offered to you any more.", self.seen),
        }
    }

    /// All of them, one sentence after the other.
    pub(crate) fn sentences(changes: &[Self]) -> String {
        changes.iter().map(Self::sentence).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Currency, products::tests::offer};

    #[test]
    fn p3_only_a_line_whose_own_price_changed_is_told() {
        let line = BasketLine {
            option: offer().option,
            license_type: Type::Permanent,
            quantity: 10,
            seen: Money::new(9_950, Currency::EUR),
        };
        assert_eq!(LineChange::of(line, Some(&offer())), None);
        let fewer = BasketLine { quantity: 9, ..line };
        let change = LineChange::of(fewer, Some(&offer())).expect("another tier");
        assert_eq!(
            change.sentence(),
            "Store Manager for PrestaShop, Primary license costs € 139.30 each now, not € 99.50."
        );
        let gone = LineChange::of(line, None).expect("gone");
        assert_eq!(gone.sentence(), "An option at € 99.50 each is not offered to you any more.");
        let subscription = BasketLine { license_type: Type::Subscription, ..line };
        assert_eq!(LineChange::of(subscription, Some(&offer())).map(|change| change.now), Some(Now::NotOffered));
    }
}
