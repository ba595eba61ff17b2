//! Products and their license options: what is sold, and in which rows it is picked.

mod forms;
mod views;

pub use forms::{OptionForm, OptionTerms, ProductForm, ProductTerms, TRIAL_DAYS, allowed, price_lines};
pub use views::{OptionPage, OptionRow, ProductPage, ProductRow, Products};

use serde::{Deserialize, Serialize};

use crate::{
    Money, OptionId, ProductId,
    billing::Every,
    licenses::Type,
    price_lists::{NoPrices, Resale, Tier},
    words::words,
};

words! {
    /// L6: what a license covers.
    Kind {
        /// The application and its add-ons, on one computer.
        Primary = "primary", "Primary";
        /// The application only, one more computer, beside a live primary.
        Additional = "additional", "Additional";
    }
}

words! {
    /// How an option is charged.
    Billing {
        /// Once; the license is permanent.
        OneTime = "one_time", "one-time";
        /// Every month.
        Monthly = "monthly", "per month";
        /// Every year.
        Yearly = "yearly", "per year";
    }
}

impl Billing {
    /// The months of one period; `None` for what is charged once.
    pub const fn months(self) -> Option<u32> {
        match self {
            Self::OneTime => None,
            Self::Monthly => Some(1),
            Self::Yearly => Some(12),
        }
    }

    /// How long a period is (B1); `None` for what is charged once.
    pub const fn every(self) -> Option<Every> {
        match self {
            Self::OneTime => None,
            Self::Monthly => Some(Every::Month),
            Self::Yearly => Some(Every::Year),
        }
    }

    /// The license type that is sold, trials aside (L1).
    pub const fn sold_as(self) -> Type {
        match self {
            Self::OneTime => Type::Permanent,
            Self::Monthly | Self::Yearly => Type::Subscription,
        }
    }
}

/// L10: for how many months updates are included.
pub const UPDATE_MONTHS: u32 = 6;

/// A license option as one reseller sees it: what it is and at which price (P2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The option.
    pub option: OptionId,
    /// Its product.
    pub product: ProductId,
    /// The product's name.
    pub product_name: String,
    /// The option's name, "Primary license".
    pub name: String,
    /// Primary or additional.
    pub kind: Kind,
    /// The product is an add-on of another.
    pub add_on: bool,
    /// How it is charged.
    pub billing: Billing,
    /// L4: how many days a trial lives; `None` where there is no trial.
    pub trial_days: Option<u32>,
    /// L11: on how many computers one license works.
    pub activations: u32,
    /// The list price of one.
    pub list_price: Money,
    /// This reseller's prices, by quantity, smallest quantity first; the first is from 1.
    pub tiers: Vec<Tier>,
}

impl Offer {
    /// What one costs when `quantity` are bought.
    pub fn unit_price(&self, quantity: u32) -> Money {
        self.tiers.iter().rev().find(|tier| tier.from <= quantity.max(1)).map_or(self.list_price, |tier| tier.unit)
    }

    /// The types that may be chosen: what is sold, and a trial where there is one.
    pub fn types(&self) -> Vec<Type> {
        let trial = (self.trial_days.is_some() && self.kind == Kind::Primary).then_some(Type::Trial);
        std::iter::once(self.billing.sold_as()).chain(trial).collect()
    }

    /// Product and option in one line.
    pub fn full_name(&self) -> String {
        format!("{}, {}", self.product_name, self.name)
    }
}

/// A product with the options a reseller sees of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelf {
    /// The product.
    pub product: ProductId,
    /// Its name.
    pub name: String,
    /// What it is, one sentence.
    pub description: String,
    /// Its options; never empty.
    pub offers: Vec<Offer>,
}

/// All that a reseller may order now, or why it may not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalog {
    /// Products in the order of their names.
    pub shelves: Vec<Shelf>,
    /// A2, P2: why it is empty.
    pub refusal: Option<crate::Refusal>,
    /// P2: what is the matter with the price list, where that is the reason.
    pub no_prices: Option<NoPrices>,
    /// P4: the resale prices that are recorded.
    pub resale: Vec<Resale>,
}

#[cfg(test)]
pub(crate) mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{Currency, price_lists::Because};

    pub(crate) fn offer() -> Offer {
        Offer {
            option: Uuid::from_u128(1).into(),
            product: Uuid::from_u128(2).into(),
            product_name: "Store Manager for PrestaShop".to_owned(),
            name: "Primary license".to_owned(),
            kind: Kind::Primary,
            add_on: false,
            billing: Billing::OneTime,
            trial_days: Some(30),
            activations: 1,
            list_price: Money::new(19_900, Currency::EUR),
            tiers: vec![
                Tier { from: 1, unit: Money::new(13_930, Currency::EUR), because: Because::ListPrice },
                Tier { from: 10, unit: Money::new(9_950, Currency::EUR), because: Because::ListPrice },
            ],
        }
    }

    #[test]
    fn p1_the_tier_of_the_quantity_gives_the_price_of_each() {
        let unit = |quantity| offer().unit_price(quantity).minor;
        assert_eq!([unit(0), unit(1), unit(9), unit(10), unit(1_000)], [13_930, 13_930, 13_930, 9_950, 9_950]);
    }

    #[test]
    fn l1_a_recurring_option_is_a_subscription_and_an_additional_one_has_no_trial() {
        assert_eq!(offer().types(), [Type::Permanent, Type::Trial]);
        let monthly = Offer { billing: Billing::Monthly, trial_days: None, ..offer() };
        assert_eq!(monthly.types(), [Type::Subscription]);
        let additional = Offer { kind: Kind::Additional, ..offer() };
        assert_eq!(additional.types(), [Type::Permanent]);
    }
}
