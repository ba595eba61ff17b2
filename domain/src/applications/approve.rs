//! Approving: what the operator decides about the account that an applicant becomes.

use serde::{Deserialize, Serialize};

use super::NewApplication;
use crate::{
    Currency, FieldErrors, PriceListId,
    accounts::{AccountDetails, AccountForm, Billing, Ordering, PAYMENT_DAYS, Person, country_code},
    contacts::username,
    customers::email,
};

/// Approving, as typed. What the account may owe is a form of its own: [`crate::accounts::CreditForm`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ApproveForm {
    /// `Username`: the applicant's e-mail address, unless somebody has that.
    pub username: String,
    /// `E-mail address`: the applicant's, unless somebody signs in with that as a username.
    pub email: String,
    /// `Price list`: its id, or [`ApproveForm::LATER`].
    pub price_list: String,
    /// `Country`: two letters, or empty.
    pub country: String,
    /// `Prorate billing`: a box.
    pub prorate: String,
    /// `Billing day`.
    pub billing_day: String,
    /// `Partial charges invoicing`.
    pub partial_invoicing: String,
    /// `Unpaid licenses at a time`.
    pub unpaid_cap: String,
}

/// What makes an application an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The name to sign in with.
    pub username: String,
    /// Where mail goes.
    pub email: String,
    /// The price list, if one is assigned already.
    pub price_list: Option<PriceListId>,
    /// Where its invoices go: ISO 3166, two letters.
    pub country: Option<String>,
    /// What it may do, and how it is billed for it.
    pub ordering: Ordering,
}

impl ApproveForm {
    /// The word for a price list that is assigned later.
    pub const LATER: &'static str = "later";

    /// What stands in the form at first.
    pub fn suggested(email: &str) -> Self {
        let blank = AccountForm::blank("", Currency::EUR);
        Self {
            username: email.to_owned(),
            email: email.to_owned(),
            price_list: String::new(),
            country: String::new(),
            prorate: blank.prorate,
            billing_day: blank.billing_day,
            partial_invoicing: blank.partial_invoicing,
            unpaid_cap: blank.unpaid_cap,
        }
    }

    /// How the account is billed, as it stands in the form of any account: it may order and resell.
    pub fn account(&self) -> AccountForm {
        AccountForm {
            ordering: "on".to_owned(),
            reselling: "on".to_owned(),
            prorate: self.prorate.clone(),
            billing_day: self.billing_day.clone(),
            partial_invoicing: self.partial_invoicing.clone(),
            unpaid_cap: self.unpaid_cap.clone(),
            ..AccountForm::default()
        }
    }

    /// The whole form; whether the username is free and there are such a price list and such a country only the server
    /// knows.
    ///
    /// # Errors
    /// A message for each wrong field.
    pub fn check(&self) -> Result<Approval, FieldErrors> {
        let mut errors = FieldErrors::default();
        let username = errors.take("username", username(&self.username));
        let email = errors.take("email", email(&self.email));
        let price_list = errors.take(
            "price_list",
            match self.price_list.trim() {
                Self::LATER => Ok(None),
                id => id.parse().map(Some).map_err(|_| "Choose a price list, or to assign one later."),
            },
        );
        let country = errors.take("country", country_code(&self.country));
        let ordering = self.account().ordering(&mut errors);
        match (username, email, price_list, country, ordering) {
            (Some(username), Some(email), Some(price_list), Some(country), Some(ordering)) if errors.is_empty() => {
                Ok(Approval { username, email, price_list, country, ordering })
            }
            _ => Err(errors),
        }
    }
}

impl Approval {
    /// The account of an applicant: what they wrote, and what was decided.
    pub fn details(&self, wrote: &NewApplication, time_zone: &str, currency: Currency) -> AccountDetails {
        AccountDetails {
            person: Person {
                name: wrote.organisation.clone(),
                first_name: Some(wrote.first_name.clone()),
                last_name: Some(wrote.last_name.clone()),
                email: Some(self.email.clone()),
                phone: Some(wrote.phone.clone()),
                website: wrote.website.clone(),
                time_zone: time_zone.to_owned(),
            },
            billing: Billing {
                address: None,
                postal_code: None,
                city: None,
                country: self.country.clone(),
                tax_number: None,
                currency,
                payment_days: PAYMENT_DAYS,
            },
            ordering: self.ordering,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        accounts::{BillingDay, PartialInvoicing},
        applications::Apply,
    };

    fn later() -> ApproveForm {
        ApproveForm { price_list: "later".to_owned(), ..ApproveForm::suggested("ida@initech.example") }
    }

    #[test]
    fn a3_approving_asks_for_a_name_a_price_list_and_how_the_account_is_billed() {
        let form = ApproveForm::suggested("ida@initech.example");
        let missing = FieldErrors::at("price_list", "Choose a price list, or to assign one later.");
        assert_eq!(form.check(), Err(missing));
        let ordering = Ordering {
            ordering: true,
            reselling: true,
            prorate: true,
            billing_day: BillingDay::Fixed(15),
            partial_invoicing: PartialInvoicing::BillingDay,
            unpaid_cap: 25,
        };
        let form = ApproveForm {
            country: "DE".to_owned(),
            prorate: "on".to_owned(),
            billing_day: "15".to_owned(),
            partial_invoicing: "billing-day".to_owned(),
            unpaid_cap: "25".to_owned(),
            ..later()
        };
        let country = Some("DE".to_owned());
        let [username, email] = ["ida@initech.example"; 2].map(ToOwned::to_owned);
        assert_eq!(form.check(), Ok(Approval { username, email, price_list: None, country, ordering }));
    }

    #[test]
    fn a3_each_wrong_field_of_an_approval_has_the_message_that_it_has_in_the_form_of_an_account() {
        let wrong =
            ApproveForm { country: "Germany".to_owned(), billing_day: "32".to_owned(), ..ApproveForm::default() };
        let errors = wrong.check().expect_err("all wrong");
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        let all = ["username", "email", "price_list", "country", "billing_day", "partial_invoicing", "unpaid_cap"];
        assert_eq!(fields, all);
        for wrong in ["", "-1", "1.5", "many", "1000001"] {
            let form = ApproveForm { unpaid_cap: wrong.to_owned(), ..later() };
            let account = form.account().check().expect_err("no account");
            assert_eq!(form.check().expect_err(wrong).get("unpaid_cap"), account.get("unpaid_cap"));
        }
    }

    #[test]
    fn a3_what_the_applicant_wrote_is_what_the_account_begins_with() {
        let wrote = Apply {
            organisation: "Initech".to_owned(),
            first_name: "Ida".to_owned(),
            last_name: "Ng".to_owned(),
            email: "ida@initech.example".to_owned(),
            phone: "+49 30 1234".to_owned(),
            country: "Germany".to_owned(),
            website: "www.initech.example".to_owned(),
            ..Apply::default()
        };
        let wrote = wrote.check().expect("an application");
        let approval = ApproveForm { country: "DE".to_owned(), ..later() }.check().expect("an approval");
        let details = approval.details(&wrote, "Europe/Berlin", Currency::CHF);
        let form = AccountForm::of(&details);
        assert_eq!(form.check(), Ok(details));
        let shown = [form.name, form.email, form.phone, form.website, form.country, form.currency, form.payment_days];
        let expected = ["Initech", "ida@initech.example", "+49 30 1234", "www.initech.example", "DE", "CHF", "14"];
        assert_eq!(shown, expected);
    }
}
