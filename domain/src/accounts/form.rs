//! The form of an account: strings, checked into its details (A1).

use serde::{Deserialize, Serialize};

use super::{
    AccountDetails, Billing, BillingDay, CURRENCIES, CreditForm, CreditLimit, Ordering, PartialInvoicing, Person,
    UNPAID_CAP,
};
use crate::{Currency, FieldErrors, customers, text};

/// An account as typed. What it may owe is a form of its own: [`super::CreditForm`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountForm {
    /// `Organisation`.
    pub name: String,
    /// `First name`.
    pub first_name: String,
    /// `Last name`.
    pub last_name: String,
    /// `E-mail address`.
    pub email: String,
    /// `Phone`.
    pub phone: String,
    /// `Website`.
    pub website: String,
    /// `Time zone`: its IANA name.
    pub time_zone: String,
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
    /// `Currency`: three letters.
    pub currency: String,
    /// `Payment days`.
    pub payment_days: String,
    /// `Ordering`: a box.
    pub ordering: String,
    /// `Reselling`: a box.
    pub reselling: String,
    /// `Prorate billing`: a box.
    pub prorate: String,
    /// `Billing day`.
    pub billing_day: String,
    /// `Partial charges invoicing`.
    pub partial_invoicing: String,
    /// `Unpaid licenses`: how many there may be (L7).
    pub unpaid_cap: String,
}

/// How many days a new account has to pay an invoice.
pub(crate) const PAYMENT_DAYS: i64 = 14;
/// The most unpaid licenses that can be allowed.
const MOST_UNPAID: i64 = 1_000_000;

impl AccountForm {
    /// What stands in the form of a new account.
    pub fn blank(time_zone: &str, currency: Currency) -> Self {
        Self {
            time_zone: time_zone.to_owned(),
            currency: currency.code().to_owned(),
            payment_days: PAYMENT_DAYS.to_string(),
            ordering: "on".to_owned(),
            reselling: "on".to_owned(),
            billing_day: BillingDay::First.word(),
            partial_invoicing: PartialInvoicing::OrderDay.word().to_owned(),
            unpaid_cap: UNPAID_CAP.to_string(),
            ..Self::default()
        }
    }

    /// What stands in the form of an account that is there.
    pub fn of(details: &AccountDetails) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let tick = |on: bool| if on { "on".to_owned() } else { String::new() };
        let AccountDetails { person, billing, ordering } = details;
        Self {
            name: person.name.clone(),
            first_name: text(&person.first_name),
            last_name: text(&person.last_name),
            email: text(&person.email),
            phone: text(&person.phone),
            website: text(&person.website),
            time_zone: person.time_zone.clone(),
            address: text(&billing.address),
            postal_code: text(&billing.postal_code),
            city: text(&billing.city),
            country: text(&billing.country),
            tax_number: text(&billing.tax_number),
            currency: billing.currency.code().to_owned(),
            payment_days: billing.payment_days.to_string(),
            ordering: tick(ordering.ordering),
            reselling: tick(ordering.reselling),
            prorate: tick(ordering.prorate),
            billing_day: ordering.billing_day.word(),
            partial_invoicing: ordering.partial_invoicing.word().to_owned(),
            unpaid_cap: ordering.unpaid_cap.to_string(),
        }
    }

    /// The whole form. Whether there is such a time zone and such a country only the server knows.
    ///
    /// # Errors
    /// A message for each wrong field.
    pub fn check(&self) -> Result<AccountDetails, FieldErrors> {
        let mut errors = FieldErrors::default();
        let person = self.person(&mut errors);
        let billing = self.billing(&mut errors);
        let ordering = self.ordering(&mut errors);
        match (person, billing, ordering) {
            (Some(person), Some(billing), Some(ordering)) if errors.is_empty() => {
                Ok(AccountDetails { person, billing, ordering })
            }
            _ => Err(errors),
        }
    }

    /// The form of a new account together with what it may owe; `None` for those who may not say that: then both
    /// fields must be empty, and it may owe nothing.
    ///
    /// # Errors
    /// A message for each wrong field.
    pub fn check_new(
        &self,
        credit: &CreditForm,
        may_set_limit: bool,
    ) -> Result<(AccountDetails, CreditLimit), FieldErrors> {
        let currency = Currency::from_code(self.currency.trim()).unwrap_or(Currency::EUR);
        let mut errors = FieldErrors::default();
        let details = errors.take_all(self.check());
        let limit = errors.take_all(credit.check_new(currency, may_set_limit));
        details.zip(limit).ok_or(errors)
    }

    fn person(&self, errors: &mut FieldErrors) -> Option<Person> {
        let name = errors.take("name", text::required_name(&self.name, "name of the organisation or person", 200));
        let first_name = errors.take("first_name", text::name(&self.first_name, 100));
        let last_name = errors.take("last_name", text::name(&self.last_name, 100));
        let email = match self.email.trim() {
            "" => Some(None),
            _ => errors.take("email", customers::email(&self.email)).map(Some),
        };
        let phone = errors.take("phone", customers::phone(&self.phone));
        let website = errors.take("website", text::website(&self.website));
        let time_zone = errors.take("time_zone", text::required(&self.time_zone, "time zone", 60));
        Some(Person {
            name: name?,
            first_name: first_name?,
            last_name: last_name?,
            email: email?,
            phone: phone?,
            website: website?,
            time_zone: time_zone?,
        })
    }

    pub(super) fn billing(&self, errors: &mut FieldErrors) -> Option<Billing> {
        let address = errors.take("address", text::lines(&self.address, 500));
        let postal_code = errors.take("postal_code", text::line(&self.postal_code, 20));
        let city = errors.take("city", text::line(&self.city, 100));
        let country = errors.take("country", country(&self.country));
        let tax_number = errors.take("tax_number", text::line(&self.tax_number, 40));
        let currency = Currency::from_code(self.currency.trim()).filter(|currency| CURRENCIES.contains(currency));
        let currency = errors.take("currency", currency.ok_or("Choose one of the currencies."));
        let days = whole(&self.payment_days).filter(|days| (0..=365).contains(days));
        let payment_days = errors.take("payment_days", days.ok_or("Enter a number of days from 0 to 365."));
        Some(Billing {
            address: address?,
            postal_code: postal_code?,
            city: city?,
            country: country?,
            tax_number: tax_number?,
            currency: currency?,
            payment_days: payment_days?,
        })
    }

    pub(crate) fn ordering(&self, errors: &mut FieldErrors) -> Option<Ordering> {
        let on = |typed: &str| typed == "on";
        if on(&self.reselling) && !on(&self.ordering) {
            errors.add("reselling", "Reselling needs Ordering: tick both, or untick Reselling.");
        }
        let day = BillingDay::from_word(self.billing_day.trim());
        let billing_day = errors.take("billing_day", day.ok_or("Choose one of the billing days."));
        let invoicing = PartialInvoicing::from_word(self.partial_invoicing.trim());
        let partial_invoicing = errors.take("partial_invoicing", invoicing.ok_or("Choose one of the two."));
        let cap = whole(&self.unpaid_cap).filter(|cap| (0..=MOST_UNPAID).contains(cap));
        let unpaid_cap = errors.take("unpaid_cap", cap.ok_or("Enter a number from 0 to 1,000,000."));
        Some(Ordering {
            ordering: on(&self.ordering),
            reselling: on(&self.reselling),
            prorate: on(&self.prorate),
            billing_day: billing_day?,
            partial_invoicing: partial_invoicing?,
            unpaid_cap: unpaid_cap?,
        })
    }
}

/// A number without sign or decimals.
fn whole(typed: &str) -> Option<i64> {
    let typed = typed.trim();
    typed.chars().all(|c| c.is_ascii_digit()).then(|| typed.parse().ok()).flatten()
}

pub(crate) fn country(typed: &str) -> Result<Option<String>, String> {
    match typed.trim() {
        "" => Ok(None),
        code if code.len() == 2 && code.chars().all(|c| c.is_ascii_uppercase()) => Ok(Some(code.to_owned())),
        _ => Err("Choose one of the countries.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> AccountForm {
        AccountForm { name: "ACME Ltd".to_owned(), ..AccountForm::blank("Europe/Berlin", Currency::EUR) }
    }

    #[test]
    fn a1_a_form_reads_as_the_account_that_it_shows() {
        let typed = AccountForm {
            email: "office@acme.example".to_owned(),
            address: "Hafenstr. 1\nHinterhaus".to_owned(),
            country: "DE".to_owned(),
            prorate: "on".to_owned(),
            billing_day: "31".to_owned(),
            ..form()
        };
        let details = typed.check().expect("an account");
        assert_eq!(AccountForm::of(&details), typed);
        assert_eq!((details.billing.payment_days, details.ordering.unpaid_cap), (14, 10));
    }

    #[test]
    fn a1_reselling_requires_ordering() {
        let errors = AccountForm { ordering: String::new(), ..form() }.check().expect_err("no ordering");
        assert_eq!(errors, FieldErrors::at("reselling", "Reselling needs Ordering: tick both, or untick Reselling."));
    }

    #[test]
    fn x3_each_wrong_field_has_its_message_in_the_order_of_the_form() {
        let typed = AccountForm {
            name: " ".to_owned(),
            first_name: "x".repeat(10_240),
            email: "nobody".to_owned(),
            phone: "call me".to_owned(),
            website: "initech".to_owned(),
            time_zone: String::new(),
            address: "a\u{0}b".to_owned(),
            country: "Germany".to_owned(),
            currency: "XYZ".to_owned(),
            payment_days: "1.5".to_owned(),
            billing_day: "32".to_owned(),
            partial_invoicing: "never".to_owned(),
            unpaid_cap: "-1".to_owned(),
            ..form()
        };
        let errors = typed.check().expect_err("all wrong");
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "name",
                "first_name",
                "email",
                "phone",
                "website",
                "time_zone",
                "address",
                "country",
                "currency",
                "payment_days",
                "billing_day",
                "partial_invoicing",
                "unpaid_cap"
            ]
        );
        for day in ["0", "32"] {
            assert!(AccountForm { billing_day: day.to_owned(), ..form() }.check().is_err(), "{day}");
        }
    }
}
