//! What is typed now into the form of an account, so that it is checked while somebody types.

use domain::{
    Currency, FieldErrors,
    accounts::{AccountForm, CreditForm},
};
use leptos::prelude::*;

/// A text field.
pub type Text = RwSignal<String>;
/// A box.
pub type Tick = RwSignal<bool>;

/// The fields of the form, one signal each.
#[derive(Clone, Copy, Default)]
pub struct Live {
    pub name: Text,
    pub first_name: Text,
    pub last_name: Text,
    pub email: Text,
    pub phone: Text,
    pub website: Text,
    pub time_zone: Text,
    pub address: Text,
    pub postal_code: Text,
    pub city: Text,
    pub country: Text,
    pub tax_number: Text,
    pub currency: Text,
    pub payment_days: Text,
    pub ordering: Tick,
    pub reselling: Tick,
    pub prorate: Tick,
    pub billing_day: Text,
    pub partial_invoicing: Text,
    pub unpaid_cap: Text,
    pub credit: LiveCredit,
}

/// What may be owed, as typed now.
#[derive(Clone, Copy, Default)]
pub struct LiveCredit {
    pub limit: Text,
    pub unlimited: Tick,
}

impl Live {
    /// What is wrong with it now; the limit belongs to it where it is a new account's.
    pub fn errors(self, with_credit: bool) -> FieldErrors {
        match with_credit {
            true => self.form().check_new(&self.credit.form(), true).err().unwrap_or_default(),
            false => self.form().check().err().unwrap_or_default(),
        }
    }

    fn form(self) -> AccountForm {
        AccountForm {
            name: self.name.get(),
            first_name: self.first_name.get(),
            last_name: self.last_name.get(),
            email: self.email.get(),
            phone: self.phone.get(),
            website: self.website.get(),
            time_zone: self.time_zone.get(),
            address: self.address.get(),
            postal_code: self.postal_code.get(),
            city: self.city.get(),
            country: self.country.get(),
            tax_number: self.tax_number.get(),
            currency: self.currency.get(),
            payment_days: self.payment_days.get(),
            ordering: on(self.ordering),
            reselling: on(self.reselling),
            prorate: on(self.prorate),
            billing_day: self.billing_day.get(),
            partial_invoicing: self.partial_invoicing.get(),
            unpaid_cap: self.unpaid_cap.get(),
        }
    }
}

impl LiveCredit {
    /// What is wrong with it now.
    pub fn errors(self, currency: Currency) -> FieldErrors {
        self.form().check(currency).err().unwrap_or_default()
    }

    fn form(self) -> CreditForm {
        CreditForm { credit_limit: self.limit.get(), credit_unlimited: on(self.unlimited) }
    }
}

/// A box as it is posted.
fn on(tick: Tick) -> String {
    if tick.get() { "on".to_owned() } else { String::new() }
}
