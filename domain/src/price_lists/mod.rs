//! Price lists: one price applies, and it can say why (P1 to P5).

mod forms;
mod resale;
mod seen;
mod views;

pub use forms::{EntryForm, PriceListForm, Terms};
pub use resale::{BelowFloor, FLOOR, Resale, ResaleForm, ResalePage};
pub use seen::{Hidden, NoPrices, OnSale, Seen};
pub use views::{AssignedTo, EntryPage, EntryRow, PriceListPage, PriceListRow, PriceLists, SeenAs, SeenOption};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{BasisPoints, Currency, Money, PriceListId, words::words};

/// A price list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceList {
    /// Its id.
    pub id: PriceListId,
    /// What the operator calls it.
    pub name: String,
    /// All its prices are in this currency.
    pub currency: Currency,
    /// The first day on which it holds.
    pub starts: NaiveDate,
    /// The last day on which it holds; `None` for open end.
    pub ends: Option<NaiveDate>,
    /// Not switched off.
    pub active: bool,
    /// Off the list price of every option without an entry of its own.
    pub percent_off: Option<BasisPoints>,
}

words! {
    /// Whether a price list holds on a day, and why not (P2).
    State {
        /// Switched on, and within its dates.
        Active = "active", "Active";
        /// Switched off.
        Inactive = "inactive", "Inactive";
        /// Its first day is still to come.
        NotYet = "not_yet", "Not yet";
        /// Its last day is over.
        Ended = "ended", "Ended";
    }
}

impl PriceList {
    /// P2: active and within its dates, both days included.
    pub fn holds_on(&self, today: NaiveDate) -> bool {
        self.state(today) == State::Active
    }

    /// Whether it holds on a day, and why not.
    pub fn state(&self, today: NaiveDate) -> State {
        if !self.active {
            State::Inactive
        } else if today < self.starts {
            State::NotYet
        } else if self.ends.is_some_and(|end| end < today) {
            State::Ended
        } else {
            State::Active
        }
    }
}

/// What a price list says of one option, from a quantity on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// From this quantity on; 1 for all.
    pub from: u32,
    /// The price.
    pub rule: Rule,
}

/// A fixed price or a percentage off the list price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// This price.
    Fixed(Money),
    /// Off the list price.
    PercentOff(BasisPoints),
}

/// The price of one from a quantity on, and why it is that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// From this quantity on.
    pub from: u32,
    /// The price of one, rounded half up (P5); a line is that times the quantity.
    pub unit: Money,
    /// Which rule gave it.
    pub because: Because,
}

/// Which rule gave a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// A price of its own in the price list.
    FixedPrice,
    /// A percentage of its own in the price list.
    PercentOff(BasisPoints),
    /// The percentage of the whole price list.
    ListPercentOff(BasisPoints),
    /// The list price.
    ListPrice,
}

/// The prices of one option under one price list, smallest quantity first; `None` when the
/// price list does not offer it (P2). No stacking: an entry takes the place of the default
/// percentage (P3). Below the first entry's quantity the default percentage holds, or the
/// list price where there is none.
pub fn tiers(list: &PriceList, entries: &[Entry], list_price: Money) -> Option<Vec<Tier>> {
    if list_price.currency != list.currency || (entries.is_empty() && list.percent_off.is_none()) {
        return None;
    }
    let mut tiers: Vec<Tier> = entries.iter().map(|entry| entry.tier(list_price)).collect();
    tiers.sort_by_key(|tier| tier.from);
    if tiers.first().is_none_or(|tier| tier.from > 1) {
        let (unit, because) = match list.percent_off {
            Some(off) => (list_price.less(off), Because::ListPercentOff(off)),
            None => (list_price, Because::ListPrice),
        };
        tiers.insert(0, Tier { from: 1, unit, because });
    }
    Some(tiers)
}

impl Rule {
    /// In words: `€ 45.50` or `30 % off`.
    pub fn words(self) -> String {
        match self {
            Self::Fixed(price) => price.to_string(),
            Self::PercentOff(off) => format!("{off} off"),
        }
    }
}

impl Entry {
    fn tier(&self, list_price: Money) -> Tier {
        let (unit, because) = match self.rule {
            Rule::Fixed(price) => (price, Because::FixedPrice),
            Rule::PercentOff(off) => (list_price.less(off), Because::PercentOff(off)),
        };
        Tier { from: self.from, unit, because }
    }
}

impl Because {
    /// In words, beside the price.
    pub fn label(self) -> String {
        match self {
            Self::FixedPrice => "your price".to_owned(),
            Self::PercentOff(off) | Self::ListPercentOff(off) => format!("{off} off"),
            Self::ListPrice => "list price".to_owned(),
        }
    }

    /// For the operator: which part of the price list says so.
    pub fn why(self) -> String {
        match self {
            Self::FixedPrice => "Fixed price in the price list".to_owned(),
            Self::PercentOff(off) => format!("{off} off by a price of its own in the price list"),
            Self::ListPercentOff(off) => format!("{off} off, which the price list gives on everything"),
            Self::ListPrice => "List price: the price list has prices for larger quantities only".to_owned(),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use uuid::Uuid;

    use super::*;

    const LIST: Money = Money::new(19_900, Currency::EUR);

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn off(points: u16) -> BasisPoints {
        BasisPoints::new(points).expect("a percentage")
    }

    pub(crate) fn thirty_off() -> PriceList {
        PriceList {
            id: Uuid::from_u128(1).into(),
            name: "Partner".to_owned(),
            currency: Currency::EUR,
            starts: day("2026-01-01"),
            ends: Some(day("2026-12-31")),
            active: true,
            percent_off: Some(off(3_000)),
        }
    }

    #[test]
    fn p2_a_price_list_holds_on_its_first_and_its_last_day() {
        let holds = |text| thirty_off().holds_on(day(text));
        assert_eq!(
            [holds("2025-12-31"), holds("2026-01-01"), holds("2026-12-31"), holds("2027-01-01")],
            [false, true, true, false]
        );
        let state = |text| thirty_off().state(day(text));
        assert_eq!(
            [state("2025-12-31"), state("2026-12-31"), state("2027-01-01")],
            [State::NotYet, State::Active, State::Ended]
        );
        let off = PriceList { active: false, ..thirty_off() };
        assert_eq!(off.state(day("2026-06-01")), State::Inactive);
        assert!(!off.holds_on(day("2026-06-01")));
        assert!(PriceList { ends: None, ..thirty_off() }.holds_on(day("2099-06-01")));
    }

    #[test]
    fn p1_the_default_percentage_holds_for_every_option() {
        let tier =
            Tier { from: 1, unit: Money::new(13_930, Currency::EUR), because: Because::ListPercentOff(off(3_000)) };
        assert_eq!(tiers(&thirty_off(), &[], LIST), Some(vec![tier]));
    }

    #[test]
    fn p3_an_entry_takes_the_place_of_the_default_percentage_and_never_adds_to_it() {
        let entries = [
            Entry { from: 10, rule: Rule::PercentOff(off(5_000)) },
            Entry { from: 1, rule: Rule::Fixed(Money::new(15_000, Currency::EUR)) },
        ];
        assert_eq!(
            tiers(&thirty_off(), &entries, LIST),
            Some(vec![
                Tier { from: 1, unit: Money::new(15_000, Currency::EUR), because: Because::FixedPrice },
                Tier { from: 10, unit: Money::new(9_950, Currency::EUR), because: Because::PercentOff(off(5_000)) },
            ])
        );
    }

    #[test]
    fn p2_what_a_list_does_not_name_or_prices_in_another_currency_is_not_offered() {
        let entries_only = PriceList { percent_off: None, ..thirty_off() };
        assert_eq!(tiers(&entries_only, &[], LIST), None);
        assert_eq!(tiers(&thirty_off(), &[], Money::new(19_900, Currency::USD)), None);
    }
}
