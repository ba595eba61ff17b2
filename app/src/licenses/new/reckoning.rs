//! What a wizard comes to: price, dates, slots, and what the rules say. Reckoned by the
//! domain's own functions, on both sides, from what stands in the form.

use domain::{
    Moment, Money, Refusal,
    licenses::{NewLicensesForm, Type, Wizard, allow},
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
    /// What all cost, as far as the quantity can be read.
    pub total: Option<Money>,
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
        let total = quantity.and_then(|quantity| unit.times(quantity));
        Self { quantity, license_type, unit, total, refusal }
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

/// What a type means for this offer: its price and its dates, in a line.
pub fn type_words(wizard: &Wizard, license_type: Type) -> String {
    let until = |moment: &Option<Moment>| moment.as_ref().map(|moment| moment.date.clone()).unwrap_or_default();
    let offer = &wizard.offer;
    match license_type {
        Type::Trial => {
            let days = offer.trial_days.unwrap_or_default();
            format!("{days} days, free, until {}", until(&wizard.preview.trial_until))
        }
        Type::Permanent => {
            format!("{} each, updates until {}", offer.unit_price(1), until(&wizard.preview.updates_until))
        }
        Type::Subscription => {
            let each = if offer.billing == Billing::Yearly { "a year" } else { "a month" };
            format!("{} {each}, the first until {}", offer.unit_price(1), until(&wizard.preview.period_until))
        }
    }
}

#[cfg(test)]
mod tests;
