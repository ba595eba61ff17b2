//! The basket: what somebody wants to order, at the prices that they saw (O1, P3). It is a draft and owes nothing.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::LineChange;
use crate::{
    Currency, Money, OptionId, Refusal, Timestamp,
    licenses::{QUANTITY_MOST, Type},
    products::Offer,
};

/// O2: for how many days of 24 hours a draft is kept after it was last touched.
pub const DRAFT_DAYS: u32 = 7;

/// O2: whether a draft is gone that was last touched then.
pub fn draft_expired(touched: Timestamp, now: Timestamp) -> bool {
    now >= touched.checked_add_signed(Duration::days(DRAFT_DAYS.into())).unwrap_or(Timestamp::MAX_UTC)
}

/// One line of a basket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BasketLine {
    /// The option.
    pub option: OptionId,
    /// What is bought of it.
    pub license_type: Type,
    /// How many, 1 to 1000; a trial is one.
    pub quantity: u32,
    /// The price of one that was seen when the line was last touched, or confirmed.
    pub seen: Money,
}

/// Lines of different options or types, all in one currency.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Basket {
    lines: Vec<BasketLine>,
}

impl Basket {
    /// The lines, in the order in which they were added.
    pub fn lines(&self) -> &[BasketLine] {
        &self.lines
    }

    /// The currency of all its lines; `None` while it is empty.
    pub fn currency(&self) -> Option<Currency> {
        self.lines.first().map(|line| line.seen.currency)
    }

    /// Puts an option into the basket. What is in it already in that type becomes more, at the price of the sum, up to
    /// 1000; a trial stays one.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] for a type that the option has not; [`Refusal::MixedCurrencies`].
    pub fn add(&mut self, offer: &Offer, license_type: Type, quantity: u32) -> Result<(), Refusal> {
        let there = self.place(offer.option, license_type).map_or(0, |at| self.lines[at].quantity);
        self.set(offer, license_type, there.saturating_add(quantity))
    }

    /// Sets how many of an option are wanted; none takes the line out.
    ///
    /// # Errors
    /// As [`Basket::add`].
    pub fn set(&mut self, offer: &Offer, license_type: Type, quantity: u32) -> Result<(), Refusal> {
        let most = if license_type == Type::Trial { 1 } else { QUANTITY_MOST };
        let quantity = quantity.min(most);
        let seen = price_of_one(offer, license_type, quantity).ok_or(Refusal::NotOffered)?;
        let line = BasketLine { option: offer.option, license_type, quantity, seen };
        match self.place(offer.option, license_type) {
            Some(at) if quantity == 0 => {
                self.lines.remove(at);
            }
            Some(at) if self.lines.len() == 1 => self.lines[at] = line,
            at => {
                let one = self.currency().unwrap_or(seen.currency);
                if one != seen.currency {
                    return Err(Refusal::MixedCurrencies { one, other: seen.currency });
                }
                match at {
                    Some(at) => self.lines[at] = line,
                    None if quantity > 0 => self.lines.push(line),
                    None => {}
                }
            }
        }
        Ok(())
    }

    /// Takes a line out, also of an option that is not offered any more.
    pub fn remove(&mut self, option: OptionId, license_type: Type) {
        self.lines.retain(|line| (line.option, line.license_type) != (option, license_type));
    }

    /// P3: what has changed since the prices were seen. `offers` are those of now. While there is something, the order
    /// is not placed; it is shown, and has to be confirmed.
    pub fn changes(&self, offers: &[Offer]) -> Vec<LineChange> {
        let change = |line: &BasketLine| LineChange::of(*line, offer_of(offers, line.option));
        self.lines.iter().filter_map(change).collect()
    }

    /// The basket after its changes were confirmed: the prices of now, and without what is not offered any more.
    pub fn confirmed(&self, offers: &[Offer]) -> Self {
        let now = |line: &BasketLine| {
            let offer = offer_of(offers, line.option)?;
            Some(BasketLine { seen: price_of_one(offer, line.license_type, line.quantity)?, ..*line })
        };
        Self { lines: self.lines.iter().filter_map(now).collect() }
    }

    /// Whether the order may be placed at the prices that were seen.
    ///
    /// # Errors
    /// [`Refusal::BasketEmpty`], [`Refusal::BasketChanged`].
    pub fn check(&self, offers: &[Offer]) -> Result<&[BasketLine], Refusal> {
        match self.changes(offers) {
            _ if self.lines.is_empty() => Err(Refusal::BasketEmpty),
            changes if changes.is_empty() => Ok(&self.lines),
            changes => Err(Refusal::BasketChanged { changes }),
        }
    }

    fn place(&self, option: OptionId, license_type: Type) -> Option<usize> {
        self.lines.iter().position(|line| (line.option, line.license_type) == (option, license_type))
    }
}

/// The price of one when so many are bought: nothing for a trial (L4), `None` for a type that the option has not.
pub(super) fn price_of_one(offer: &Offer, license_type: Type, quantity: u32) -> Option<Money> {
    offer.types().contains(&license_type).then(|| match license_type {
        Type::Trial => Money::zero(offer.list_price.currency),
        Type::Permanent | Type::Subscription => offer.unit_price(quantity),
    })
}

fn offer_of(offers: &[Offer], option: OptionId) -> Option<&Offer> {
    offers.iter().find(|offer| offer.option == option)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{price_lists::Because, price_lists::Tier, products::tests::offer};

    fn in_dollars() -> Offer {
        let list_price = Money::new(19_900, Currency::USD);
        Offer { option: Uuid::from_u128(7).into(), list_price, tiers: vec![], ..offer() }
    }

    #[test]
    fn o1_the_same_option_becomes_more_at_the_price_of_the_sum() {
        let mut basket = Basket::default();
        basket.add(&offer(), Type::Permanent, 9).expect("added");
        assert_eq!(basket.lines()[0].seen.minor, 13_930);
        basket.add(&offer(), Type::Permanent, 1).expect("added");
        let line = basket.lines()[0];
        assert_eq!((basket.lines().len(), line.quantity, line.seen.minor), (1, 10, 9_950));
        basket.add(&offer(), Type::Permanent, u32::MAX).expect("added");
        assert_eq!(basket.lines()[0].quantity, QUANTITY_MOST);
        basket.set(&offer(), Type::Permanent, 0).expect("taken out");
        assert_eq!(basket, Basket::default());
    }

    #[test]
    fn l4_a_trial_stays_one_and_costs_nothing() {
        let mut basket = Basket::default();
        basket.add(&offer(), Type::Trial, 1).expect("added");
        basket.add(&offer(), Type::Trial, 1).expect("added");
        assert_eq!((basket.lines()[0].quantity, basket.lines()[0].seen.minor), (1, 0));
        assert_eq!(basket.add(&offer(), Type::Subscription, 1), Err(Refusal::NotOffered));
    }

    #[test]
    fn o1_a_basket_keeps_to_one_currency() {
        let mut basket = Basket::default();
        basket.add(&offer(), Type::Permanent, 1).expect("added");
        let refused = basket.add(&in_dollars(), Type::Permanent, 1).expect_err("mixed");
        assert_eq!(refused, Refusal::MixedCurrencies { one: Currency::EUR, other: Currency::USD });
        assert_eq!(basket.lines().len(), 1);
        basket.remove(offer().option, Type::Permanent);
        assert_eq!(basket.add(&in_dollars(), Type::Permanent, 1), Ok(()));
        assert_eq!(basket.currency(), Some(Currency::USD));
    }

    #[test]
    fn p3_a_price_that_changed_or_an_option_that_is_gone_has_to_be_confirmed() {
        let mut basket = Basket::default();
        basket.add(&offer(), Type::Permanent, 2).expect("added");
        assert_eq!(basket.check(&[offer()]).map(<[BasketLine]>::len), Ok(1));
        let dearer = Tier { from: 1, unit: Money::new(15_000, Currency::EUR), because: Because::FixedPrice };
        let now = Offer { tiers: vec![dearer], ..offer() };
        let refused = basket.check(std::slice::from_ref(&now)).expect_err("changed");
        assert_eq!(
            refused.to_string(),
            "Your price list has changed since you filled the basket: Store Manager for PrestaShop, Primary license costs \
             € 150.00 each now, not € 139.30. Confirm this, or change the basket."
        );
        let confirmed = basket.confirmed(std::slice::from_ref(&now));
        assert_eq!(confirmed.check(&[now]).map(|lines| lines[0].seen.minor), Ok(15_000));
        assert!(matches!(confirmed.check(&[]), Err(Refusal::BasketChanged { .. })));
        assert_eq!(confirmed.confirmed(&[]).check(&[]), Err(Refusal::BasketEmpty));
    }

    #[test]
    fn o2_a_draft_is_gone_seven_days_after_it_was_last_touched() {
        let touched: Timestamp = "2026-11-21T10:00:00Z".parse().expect("a time");
        let after = |seconds| draft_expired(touched, touched + Duration::days(7) + Duration::seconds(seconds));
        assert_eq!([after(-1), after(0)], [false, true]);
        assert!(!draft_expired(Timestamp::MAX_UTC, touched));
    }
}
