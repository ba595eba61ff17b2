//! What a reseller may change of a license: its notes, the customer's details, customer paid.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{CustomerPaid, TEXT_MOST};
use crate::{FieldErrors, text};

/// The form on the license page, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EditForm {
    /// `Reseller notes`.
    pub reseller_notes: String,
    /// `Customer details`.
    pub customer_details: String,
    /// `Customer paid`: a box, `on` when ticked.
    pub customer_paid: String,
    /// `Customer paid date`.
    pub customer_paid_date: String,
}

/// A change that can be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Seen by the reseller only.
    pub reseller_notes: Option<String>,
    /// Seen by the customer.
    pub customer_details: Option<String>,
    /// L8.
    pub customer_paid: CustomerPaid,
}

impl EditForm {
    /// The checked change. `today` is the day in the reseller's time zone.
    ///
    /// # Errors
    /// A message for each wrong field.
    pub fn check(&self, today: NaiveDate) -> Result<Edit, FieldErrors> {
        let mut errors = FieldErrors::default();
        let reseller_notes = errors.take("reseller_notes", text::lines(&self.reseller_notes, TEXT_MOST));
        let customer_details = errors.take("customer_details", text::lines(&self.customer_details, TEXT_MOST));
        let customer_paid = errors
            .take("customer_paid_date", CustomerPaid::check(&self.customer_paid, &self.customer_paid_date, today));
        match (reseller_notes, customer_details, customer_paid) {
            (Some(reseller_notes), Some(customer_details), Some(customer_paid)) => {
                Ok(Edit { reseller_notes, customer_details, customer_paid })
            }
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l8_customer_paid_can_be_set_and_taken_back_later() {
        let today = "2026-11-21".parse().expect("a date");
        let form = EditForm {
            customer_paid: "on".to_owned(),
            customer_paid_date: "2026-11-01".to_owned(),
            ..EditForm::default()
        };
        let paid = Edit {
            reseller_notes: None,
            customer_details: None,
            customer_paid: CustomerPaid(Some("2026-11-01".parse().expect("a date"))),
        };
        assert_eq!(form.check(today), Ok(paid));
        let back = EditForm::default().check(today).expect("taken back");
        assert_eq!(back.customer_paid, CustomerPaid(None));
    }
}
