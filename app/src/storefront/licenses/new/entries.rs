//! What stands in the step `Details` while somebody types.

use domain::licenses::{NewLicensesForm, Wizard};
use leptos::prelude::*;

/// The fields, each followed as it is typed.
#[derive(Clone, Copy)]
pub struct Entries {
    /// `License type`.
    pub license_type: RwSignal<String>,
    /// `Quantity`.
    pub quantity: RwSignal<String>,
    /// `Reseller notes`.
    pub notes: RwSignal<String>,
    /// `Customer paid`.
    pub paid: RwSignal<bool>,
    /// `Customer paid date`.
    pub date: RwSignal<String>,
    /// `Customer details`.
    pub details: RwSignal<String>,
}

impl Entries {
    /// As they stand in the draft.
    pub fn of(form: &NewLicensesForm) -> Self {
        let text = |text: &String| RwSignal::new(text.clone());
        Self {
            license_type: text(&form.license_type),
            quantity: text(&form.quantity),
            notes: text(&form.reseller_notes),
            paid: RwSignal::new(form.customer_paid == "on"),
            date: text(&form.customer_paid_date),
            details: text(&form.customer_details),
        }
    }

    /// The whole wizard as it would be sent now.
    pub fn form(self, wizard: &Wizard) -> NewLicensesForm {
        NewLicensesForm {
            option: wizard.form.option.clone(),
            user: wizard.form.user.clone(),
            license_type: self.license_type.get(),
            quantity: self.quantity.get(),
            reseller_notes: self.notes.get(),
            customer_paid: if self.paid.get() { "on".to_owned() } else { String::new() },
            customer_paid_date: self.date.get(),
            customer_details: self.details.get(),
        }
    }
}
