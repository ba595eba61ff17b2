//! Where an account's invoices go, as its own people change it (A8). What it is charged in, and when it has to pay, stays the operator's.

use serde::{Deserialize, Serialize};

use super::{AccountForm, Billing};
use crate::{Currency, FieldErrors, editions::Changed};

/// Where an account's invoices go.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillingAddress {
    /// Street and house, in lines.
    pub address: Option<String>,
    /// As typed.
    pub postal_code: Option<String>,
    /// The town.
    pub city: Option<String>,
    /// ISO 3166, two letters.
    pub country: Option<String>,
    /// VAT or other.
    pub tax_number: Option<String>,
}

/// The same as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BillingAddressForm {
    /// `Address`, in lines.
    pub address: String,
    /// `Postal code`.
    pub postal_code: String,
    /// `City`.
    pub city: String,
    /// `Country`: two letters, or empty.
    pub country: String,
    /// `Tax number`.
    pub tax_number: String,
}

/// The page on which an account's own people change it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnBilling {
    /// What stands in the form.
    pub form: BillingAddressForm,
    /// The countries there are, by their names.
    pub countries: Vec<(String, String)>,
    /// The number that each change of the account raises.
    pub edition: i64,
}

impl BillingAddress {
    /// The names of what it says, as a change of it is told.
    pub const NAMES: [&'static str; 5] = ["address", "postal code", "city", "country", "tax number"];

    /// What differs between `self` and what it becomes, in the order of the form.
    pub fn changes(&self, becomes: &Self) -> Vec<Changed> {
        let pairs = Self::NAMES.into_iter().zip(self.words().into_iter().zip(becomes.words()));
        let changed = pairs.filter(|(_, (before, after))| before != after);
        changed.map(|(name, (before, after))| Changed::new(name, before, after)).collect()
    }

    fn words(&self) -> [String; 5] {
        let form = BillingAddressForm::of(self);
        [form.address, form.postal_code, form.city, form.country, form.tax_number]
    }
}

impl BillingAddressForm {
    /// What stands in the form.
    pub fn of(address: &BillingAddress) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            address: text(&address.address),
            postal_code: text(&address.postal_code),
            city: text(&address.city),
            country: text(&address.country),
            tax_number: text(&address.tax_number),
        }
    }

    /// The address, by the rule of the back office's form. Whether there is such a country only the server knows.
    ///
    /// # Errors
    /// A message for each wrong field.
    pub fn check(&self) -> Result<BillingAddress, FieldErrors> {
        let Self { address, postal_code, city, country, tax_number } = self.clone();
        let form =
            AccountForm { address, postal_code, city, country, tax_number, ..AccountForm::blank("UTC", Currency::EUR) };
        let mut errors = FieldErrors::default();
        match form.billing(&mut errors) {
            Some(Billing { address, postal_code, city, country, tax_number, .. }) => {
                Ok(BillingAddress { address, postal_code, city, country, tax_number })
            }
            None => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a8_an_address_reads_as_the_form_that_shows_it_and_a_change_is_told_by_name() {
        let form = BillingAddressForm {
            address: "Hafenstr. 1\nHinterhaus".to_owned(),
            city: "Hamburg".to_owned(),
            country: "DE".to_owned(),
            ..BillingAddressForm::default()
        };
        let address = form.check().expect("an address");
        assert_eq!(BillingAddressForm::of(&address), form);
        let moved = BillingAddress { city: Some("Bonn".to_owned()), ..address.clone() };
        assert_eq!(address.changes(&moved), [Changed::new("city", "Hamburg", "Bonn")]);
    }

    #[test]
    fn x3_each_wrong_field_has_its_message() {
        let wrong = BillingAddressForm {
            address: "a\u{0}b".to_owned(),
            postal_code: "1".repeat(21),
            country: "Germany".to_owned(),
            ..BillingAddressForm::default()
        };
        let errors = wrong.check().expect_err("wrong");
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["address", "postal_code", "country"]);
    }
}
