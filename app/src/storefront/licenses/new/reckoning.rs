//! What a wizard comes to: price, dates, slots, and what the rules say. Reckoned by the
//! domain's own functions, on both sides, from what stands in the form.

use crate::ui::count_of;
use domain::{
    Moment, Money, Refusal,
    billing::{Decision, Shortfall},
    licenses::{NewLicensesForm, Type, Wizard, allow},
    orders::{Basket, Quote, QuotedLine},
    products::Billing,
};

/// What the licenses of a form would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reckoning {
    /// How many, as far as it can be read.
    pub quantity: Option<u32>,
    /// As what, if the option has it.
    pub license_type: Option<Type>,
    /// What one costs.
    pub unit: Money,
    /// What all cost and why, as far as the quantity can be read.
    pub quote: Option<Quote>,
    /// What that comes to.
    pub total: Option<Money>,
    /// C3: why the order would be held.
    pub held: Option<Shortfall>,
    /// The rule that refuses, if one does (L4, L6, L7).
    pub refusal: Option<Refusal>,
}

impl Reckoning {
    /// Reckons a form.
    pub fn of(wizard: &Wizard, form: &NewLicensesForm) -> Self {
        let (offer, quantity, license_type) = (&wizard.offer, form.quantity().ok(), form.license_type(&wizard.offer));
        let nothing = Money::zero(offer.list_price.currency);
        let unit = if license_type == Some(Type::Trial) { nothing } else { offer.unit_price(quantity.unwrap_or(1)) };
        let refusal = license_type.zip(quantity).and_then(|(license_type, quantity)| {
            allow(offer, license_type, quantity, wizard.facts, wizard.unpaid).err()
        });
        let quote = license_type.zip(quantity).map(|(license_type, quantity)| quote(wizard, license_type, quantity));
        let (quote, refusal) = match quote {
            Some(Ok(quote)) => (Some(quote), refusal),
            Some(Err(uncounted)) => (None, refusal.or(Some(uncounted))),
            None => (None, refusal),
        };
        let total = quote.as_ref().map(|quote| quote.takes);
        let held = total.and_then(|total| match wizard.credit.decide(total) {
            Ok(Decision::Hold(shortfall)) => Some(shortfall),
            Ok(Decision::Execute) | Err(_) => None,
        });
        Self { quantity, license_type, unit, quote, total, held, refusal }
    }

    /// The lines of the sum: the price of one, how many, for which days, and the tax.
    pub fn lines(&self, name: &str) -> Vec<(String, String)> {
        let quantity = self.quantity.map_or_else(|| "–".to_owned(), |quantity| format!("× {quantity}"));
        let mut lines = vec![(name.to_owned(), self.unit.to_string()), ("Quantity".to_owned(), quantity)];
        for line in self.quote.iter().flat_map(|quote| &quote.lines) {
            let charge = line.charge;
            if let Some(part) = charge.part() {
                let when =
                    if line.is_charged_at_once() { part.to_string() } else { format!("{part}, charged afterwards") };
                lines.push((when, charge.amount().net().to_string()));
            }
            if charge.rate().get() > 0 {
                lines.push((format!("Tax, {}", charge.rate()), charge.amount().tax().to_string()));
            }
        }
        lines
    }

    /// `€ 696.50`, or a dash while the quantity cannot be read.
    pub fn total_words(&self) -> String {
        self.total.map_or_else(|| "–".to_owned(), |total| total.to_string())
    }

    /// `5 × € 139.30`.
    pub fn sum_words(&self) -> String {
        match self.quantity {
            Some(quantity) => format!("{quantity} × {}", self.unit),
            None => self.unit.to_string(),
        }
    }
}

/// What so many cost, by the functions that charge them.
fn quote(wizard: &Wizard, license_type: Type, quantity: u32) -> Result<Quote, Refusal> {
    let mut basket = Basket::default();
    basket.add(&wizard.offer, license_type, quantity)?;
    let line = |line| QuotedLine::of(line, &wizard.offer, wizard.billing, &wizard.billed_to);
    let lines = basket.lines().iter().copied().map(line).collect::<Result<_, _>>()?;
    Ok(Quote::of(wizard.offer.list_price.currency, lines)?)
}

/// What a type means for this offer: its price and its dates, in a line. The price is that of the quantity; before that is known, an
/// offer that has several says so.
pub fn type_words(wizard: &Wizard, license_type: Type, quantity: Option<u32>) -> String {
    let until = |moment: &Option<Moment>| moment.as_ref().map(|moment| moment.date.clone()).unwrap_or_default();
    let offer = &wizard.offer;
    let one = offer.unit_price(quantity.unwrap_or(1));
    let by_quantity = quantity.is_none() && offer.tiers.iter().any(|tier| tier.unit != one);
    let price = if by_quantity { format!("{one} for one, by quantity") } else { format!("{one} each") };
    match license_type {
        Type::Trial => {
            let days = count_of(offer.trial_days.unwrap_or_default(), "day", "days");
            format!("{days}, free, until {}", until(&wizard.preview.trial_until))
        }
        Type::Permanent => {
            format!("{price}, updates until {}", until(&wizard.preview.updates_until))
        }
        Type::Subscription => {
            let every = if offer.billing == Billing::Yearly { "a year" } else { "a month" };
            format!("{price} {every}, the first until {}", until(&wizard.preview.period_until))
        }
    }
}

#[cfg(test)]
mod tests;
