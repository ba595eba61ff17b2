//! What a reseller sees of an option, at which price and why; or why not (P2).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Entry, PriceList, State, Tier, tiers};
use crate::{Currency, Money, time};

/// Why a reseller has no prices at all (P2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoPrices {
    /// No price list is assigned.
    NoneAssigned,
    /// It is switched off.
    Inactive,
    /// It begins on that day.
    NotYet(NaiveDate),
    /// That was its last day.
    Ended(NaiveDate),
}

impl NoPrices {
    /// Why the price list of a reseller gives no prices today; `None` when it does.
    pub fn of(list: Option<&PriceList>, today: NaiveDate) -> Option<Self> {
        let Some(list) = list else { return Some(Self::NoneAssigned) };
        match (list.state(today), list.ends) {
            (State::Active, _) => None,
            (State::NotYet, _) => Some(Self::NotYet(list.starts)),
            (State::Ended, Some(end)) => Some(Self::Ended(end)),
            (State::Inactive | State::Ended, _) => Some(Self::Inactive),
        }
    }

    /// In a sentence that a reseller can act on.
    pub fn words(self) -> String {
        match self {
            Self::NoneAssigned => "No price list is assigned to your account.".to_owned(),
            Self::Inactive => "Your price list is switched off at present.".to_owned(),
            Self::NotYet(start) => format!("Your price list begins on {}.", time::day(start)),
            Self::Ended(end) => format!("Your price list ended on {}.", time::day(end)),
        }
    }

    /// For the operator, who knows which price list it is.
    pub fn why(self) -> String {
        match self {
            Self::NoneAssigned => "No price list is assigned, so nothing is offered.".to_owned(),
            Self::Inactive => "The price list is switched off, so nothing is offered.".to_owned(),
            Self::NotYet(start) => format!("Nothing is offered before the price list begins on {}.", time::day(start)),
            Self::Ended(end) => format!("Nothing is offered since the price list ended on {}.", time::day(end)),
        }
    }
}

/// What there is of an option, whatever any price list says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnSale {
    /// The product is not switched off.
    pub product: bool,
    /// The option is not switched off.
    pub option: bool,
    /// The list price of one in the price list's currency.
    pub list_price: Option<Money>,
}

/// What a price list makes of an option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// It can be ordered at these prices, each of which knows its reason.
    Offered(Vec<Tier>),
    /// It cannot be seen.
    Hidden(Hidden),
}

/// Why an option is not offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hidden {
    /// Its product is switched off.
    ProductOff,
    /// It is switched off.
    OptionOff,
    /// It has no list price in the price list's currency.
    NoListPrice(Currency),
    /// The price list neither names it nor gives a percentage on everything.
    NotInPriceList,
}

impl Seen {
    /// What a price list that holds makes of an option.
    pub fn of(list: &PriceList, entries: &[Entry], sale: OnSale) -> Self {
        let OnSale { product, option, list_price } = sale;
        match list_price {
            _ if !product => Self::Hidden(Hidden::ProductOff),
            _ if !option => Self::Hidden(Hidden::OptionOff),
            None => Self::Hidden(Hidden::NoListPrice(list.currency)),
            Some(price) => tiers(list, entries, price).map_or(Self::Hidden(Hidden::NotInPriceList), Self::Offered),
        }
    }
}

impl Hidden {
    /// In words.
    pub fn why(self) -> String {
        match self {
            Self::ProductOff => "Not offered: the product is switched off".to_owned(),
            Self::OptionOff => "Not offered: the option is switched off".to_owned(),
            Self::NoListPrice(currency) => format!("Not offered: it has no list price in {}", currency.code()),
            Self::NotInPriceList => {
                "Not offered: the price list has no price for it and no percentage off everything".to_owned()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        BasisPoints,
        price_lists::{Because, Rule, tests::thirty_off},
    };

    const SOLD: OnSale = OnSale { product: true, option: true, list_price: Some(Money::new(19_900, Currency::EUR)) };

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn p2_each_price_says_why_it_is_that() {
        let entry = Entry { from: 10, rule: Rule::Fixed(Money::new(9_000, Currency::EUR)) };
        let Seen::Offered(tiers) = Seen::of(&thirty_off(), &[entry], SOLD) else { panic!("offered") };
        let why: Vec<_> =
            tiers.iter().map(|tier| format!("{} from {}: {}", tier.unit, tier.from, tier.because.why())).collect();
        assert_eq!(
            why,
            [
                "€ 139.30 from 1: 30 % off, which the price list gives on everything",
                "€ 90.00 from 10: Fixed price in the price list",
            ]
        );
        assert_eq!(
            Because::PercentOff(BasisPoints::new(5_000).expect("50 %")).why(),
            "50 % off by a price of its own in the price list"
        );
    }

    #[test]
    fn p2_what_is_not_offered_says_why_not() {
        let named_only = PriceList { percent_off: None, ..thirty_off() };
        let hidden = |list: &PriceList, sale| match Seen::of(list, &[], sale) {
            Seen::Hidden(hidden) => hidden,
            Seen::Offered(_) => panic!("offered"),
        };
        assert_eq!(hidden(&thirty_off(), OnSale { product: false, option: false, ..SOLD }), Hidden::ProductOff);
        assert_eq!(hidden(&thirty_off(), OnSale { option: false, ..SOLD }), Hidden::OptionOff);
        let unpriced = hidden(&thirty_off(), OnSale { list_price: None, ..SOLD });
        assert_eq!(unpriced, Hidden::NoListPrice(Currency::EUR));
        assert_eq!(unpriced.why(), "Not offered: it has no list price in EUR");
        assert_eq!(hidden(&named_only, SOLD), Hidden::NotInPriceList);
    }

    #[test]
    fn p2_a_reseller_without_prices_is_told_the_reason() {
        let (list, today) = (thirty_off(), day("2026-06-01"));
        let off = PriceList { active: false, ..list.clone() };
        let why = |list, day| NoPrices::of(list, day).map(NoPrices::words);
        assert_eq!(why(Some(&list), today), None);
        assert_eq!(why(None, today), Some("No price list is assigned to your account.".to_owned()));
        assert_eq!(why(Some(&off), today), Some("Your price list is switched off at present.".to_owned()));
        assert_eq!(why(Some(&list), day("2025-12-31")), Some("Your price list begins on 1 Jan 2026.".to_owned()));
        assert_eq!(why(Some(&list), day("2027-01-01")), Some("Your price list ended on 31 Dec 2026.".to_owned()));
    }
}
