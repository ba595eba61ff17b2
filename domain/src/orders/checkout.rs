//! Checkout: for whom the basket is ordered, and what is written for the licenses (O1).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{LineChange, TermsOfUse, Written};
use crate::{
    AccountId, DraftId, FieldErrors, Moment, Money, OptionId, Refusal,
    accounts::Unpaid,
    billing::{Credit, Shortfall},
    customers::Picked,
    licenses::{CustomerPaid, TEXT_MOST, Type},
    text,
};

/// The checkout as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckoutForm {
    /// `User`: the id of the customer, or of the reseller's own account.
    pub user: String,
    /// `Reseller notes`.
    pub reseller_notes: String,
    /// `Customer paid`: a box, `on` when ticked.
    pub customer_paid: String,
    /// `Customer paid date`, as browsers post it.
    pub customer_paid_date: String,
    /// `Customer details`.
    pub customer_details: String,
}

/// What was typed, and cannot be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkout {
    /// Whose licenses they will be.
    pub user: AccountId,
    /// What is written for them.
    pub written: Written,
}

impl CheckoutForm {
    /// The whole form. `today` is the day in the reseller's time zone.
    ///
    /// # Errors
    /// A message for each wrong field.
    pub fn check(&self, today: NaiveDate) -> Result<Checkout, FieldErrors> {
        let mut errors = FieldErrors::default();
        let user = errors.take("user", self.user.parse::<AccountId>().map_err(|_| "Choose the user."));
        let reseller_notes = errors.take("reseller_notes", text::lines(&self.reseller_notes, TEXT_MOST));
        let customer_paid = errors
            .take("customer_paid_date", CustomerPaid::check(&self.customer_paid, &self.customer_paid_date, today));
        let customer_details = errors.take("customer_details", text::lines(&self.customer_details, TEXT_MOST));
        match (user, reseller_notes, customer_paid, customer_details) {
            (Some(user), Some(reseller_notes), Some(customer_paid), Some(customer_details)) => {
                Ok(Checkout { user, written: Written { reseller_notes, customer_details, customer_paid } })
            }
            _ => Err(errors),
        }
    }
}

/// A line of the basket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BasketRow {
    /// The option.
    pub option: OptionId,
    /// Product and option.
    pub name: String,
    /// What is bought of it.
    pub license_type: Type,
    /// How many.
    pub quantity: u32,
    /// How the net amount comes about.
    pub explained: String,
    /// Without tax.
    pub net: Money,
    /// The tax.
    pub tax: Money,
}

/// The basket as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BasketPage {
    /// The draft, whose id is the idempotency key of the order; none while nothing was put into it.
    pub draft: Option<DraftId>,
    /// Its lines, at the prices that were seen.
    pub rows: Vec<BasketRow>,
    /// Whether something stood in it that another release wrote, and that cannot be read.
    pub unread: bool,
    /// P3: what has changed since, to be confirmed.
    pub changes: Vec<LineChange>,
    /// What it takes of the credit, with tax.
    pub takes: Money,
    /// C3: why the order would be held.
    pub held: Option<Shortfall>,
    /// A2: why nothing can be ordered.
    pub refusal: Option<Refusal>,
    /// C1.
    pub credit: Credit,
    /// L7.
    pub unpaid: Unpaid,
    /// L7: how many unpaid slots it takes.
    pub slots: i64,
    /// The day in the reseller's time zone.
    pub today: NaiveDate,
    /// The reseller's own organisation.
    pub own: Picked,
    /// O2: until when it is kept, unless it is touched.
    pub kept_until: Option<Moment>,
    /// What was typed into the checkout so far.
    pub checkout: CheckoutForm,
    /// Whom it is for, as far as that was chosen.
    pub user: Option<Picked>,
    /// O1: what has to be accepted.
    pub terms: Option<TermsOfUse>,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn o1_the_checkout_takes_a_user_and_what_is_written_for_the_licenses() {
        let today = "2026-11-21".parse().expect("a date");
        let form = CheckoutForm {
            user: Uuid::from_u128(9).to_string(),
            reseller_notes: " PO 2026-118 ".to_owned(),
            ..CheckoutForm::default()
        };
        let written = Written { reseller_notes: Some("PO 2026-118".to_owned()), ..Written::default() };
        assert_eq!(form.check(today), Ok(Checkout { user: Uuid::from_u128(9).into(), written }));
        let nonsense = CheckoutForm {
            user: "x".to_owned(),
            reseller_notes: "x".repeat(10_240),
            customer_paid: "on".to_owned(),
            customer_details: "\u{7}".to_owned(),
            ..CheckoutForm::default()
        };
        let errors = nonsense.check(today).expect_err("nonsense");
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["user", "reseller_notes", "customer_paid_date", "customer_details"]);
    }
}
