//! What the screens show and ask of a running subscription: what it costs, what comes next, and how many licenses.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Charge, Every, Period, Shortfall, Timing};
use crate::{FieldErrors, Money, Refusal, accounts::Unpaid, licenses::QUANTITY_MOST, orders::OrderNumber};

/// How many licenses, as typed: to add, or to renew.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuantityForm {
    /// `Quantity`.
    pub quantity: String,
}

impl QuantityForm {
    /// From 1 to so many.
    ///
    /// # Errors
    /// A message at `quantity`.
    pub fn check(&self, most: u32) -> Result<u32, FieldErrors> {
        let typed = self.quantity.trim();
        let digits = !typed.is_empty() && typed.bytes().all(|byte| byte.is_ascii_digit());
        let number = typed.parse().ok().filter(|number| digits && (1..=most).contains(number));
        number.ok_or_else(|| FieldErrors::at("quantity", format!("Enter a whole number from 1 to {most}.")))
    }

    /// How many are added (B2).
    ///
    /// # Errors
    /// As [`QuantityForm::check`].
    pub fn check_more(&self) -> Result<u32, FieldErrors> {
        self.check(QUANTITY_MOST)
    }
}

/// A charge that is to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextCharge {
    /// On which day.
    pub on: NaiveDate,
    /// What is charged then, at the tax of today.
    pub charge: Charge,
}

/// A subscription on the page of one of its licenses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscribed {
    /// The order that it began with.
    pub order: OrderNumber,
    /// The price of one for a whole period.
    pub unit: Money,
    /// Since when that holds, where it was another before (P3).
    pub since: Option<NaiveDate>,
    /// The price of one from a day on that is to come, where another has been agreed (P3).
    pub coming: Option<(NaiveDate, Money)>,
    /// How long a period is.
    pub every: Every,
    /// Whether it is charged before a period or after it.
    pub timing: Timing,
    /// How many licenses run in it today.
    pub quantity: u32,
    /// How many are renewed.
    pub renewed: u32,
    /// Up to how many can be.
    pub most: u32,
    /// The days that run today; `None` when it has ended.
    pub running: Option<Period>,
    /// What is charged next; `None` when nothing is to come.
    pub next: Option<NextCharge>,
    /// Its last day, when it was canceled.
    pub last: Option<NaiveDate>,
}

/// Licenses that would be added to a subscription today (B2): what they come to, before anything is ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct More {
    /// Product and option.
    pub name: String,
    /// Whose licenses they will be.
    pub customer: String,
    /// How many.
    pub quantity: u32,
    /// What they cost, and why that.
    pub charge: Charge,
    /// Whether that is charged after the period.
    pub timing: Timing,
    /// C3: by how much it exceeds the available credit.
    pub held: Option<Shortfall>,
    /// L7.
    pub unpaid: Unpaid,
    /// L7: how many slots they take.
    pub slots: i64,
    /// Why nothing can be added.
    pub refusal: Option<Refusal>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b2_a_quantity_is_a_whole_number_within_its_bounds() {
        let check = |typed: &str| {
            QuantityForm { quantity: typed.to_owned() }
                .check(3)
                .map_err(|errors| errors.get("quantity").map(str::to_owned))
        };
        assert_eq!((check(" 1 "), check("3")), (Ok(1), Ok(3)));
        for wrong in ["", "0", "4", "-1", "+1", "1.5", "1e0", "99999999999", "one"] {
            assert_eq!(check(wrong), Err(Some("Enter a whole number from 1 to 3.".to_owned())), "{wrong}");
        }
    }
}
