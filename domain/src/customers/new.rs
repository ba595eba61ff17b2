//! The create-customer wizard: strings from the form, checked into a customer (A10).

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{
    FieldErrors,
    contacts::{NewPassword, Password, username},
    text,
};

/// The wizard as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewCustomerForm {
    /// `Username`; empty means the e-mail address.
    pub username: String,
    /// `E-mail address`.
    pub email: String,
    /// `First name`.
    pub first_name: String,
    /// `Last name`.
    pub last_name: String,
    /// `Company`, optional.
    pub company: String,
    /// `Phone`, optional.
    pub phone: String,
    /// `Send an activation link instead`: a box, `on` when ticked.
    pub send_link: String,
}

/// A customer that can be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCustomer {
    /// The name to sign in with.
    pub username: String,
    /// Where mail goes.
    pub email: String,
    /// The person.
    pub first_name: String,
    /// The person.
    pub last_name: String,
    /// The organisation; a person buying as one has none.
    pub company: Option<String>,
    /// A telephone number, as typed.
    pub phone: Option<String>,
    /// How that person gets in.
    pub access: Access,
}

/// How a new customer gets in (A10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// With a password that the reseller chose, to be changed at the first sign-in.
    Password(Password),
    /// With an activation link by e-mail (A5).
    Link,
}

impl NewCustomerForm {
    /// The fields of the first step; those of the second are the password and the box.
    pub const PERSON: [&'static str; 6] = ["username", "email", "first_name", "last_name", "company", "phone"];

    /// Whether an activation link is to be sent.
    pub fn wants_link(&self) -> bool {
        self.send_link == "on"
    }

    /// The username and the e-mail address differ: worth a warning, not a refusal (A10).
    pub fn names_differ(&self) -> bool {
        let (name, email) = (self.username.trim(), self.email.trim());
        !name.is_empty() && !email.is_empty() && name.to_lowercase() != email.to_lowercase()
    }

    /// The whole wizard.
    ///
    /// # Errors
    /// A message for each wrong field, `password` and `password_confirmation` among them.
    pub fn check(&self, password: &NewPassword) -> Result<NewCustomer, FieldErrors> {
        let mut errors = FieldErrors::default();
        let typed_name = if self.username.trim().is_empty() { &self.email } else { &self.username };
        let email = errors.take("email", email(&self.email));
        let username = match (self.username.trim().is_empty(), &email) {
            (true, None) => None,
            _ => errors.take("username", username(typed_name)),
        };
        let first_name = errors.take("first_name", text::required_name(&self.first_name, "first name", 100));
        let last_name = errors.take("last_name", text::required_name(&self.last_name, "last name", 100));
        let company = errors.take("company", text::name(&self.company, 200));
        let phone = errors.take("phone", phone(&self.phone));
        let access = if self.wants_link() {
            Some(Access::Link)
        } else {
            match password.check(&[typed_name.trim(), self.email.trim()]) {
                Ok(password) => Some(Access::Password(password)),
                Err(more) => {
                    more.iter().for_each(|e| errors.add(&e.field, e.message.clone()));
                    None
                }
            }
        };
        match (username, email, first_name, last_name, company, phone, access) {
            (
                Some(username),
                Some(email),
                Some(first_name),
                Some(last_name),
                Some(company),
                Some(phone),
                Some(access),
            ) => Ok(NewCustomer { username, email, first_name, last_name, company, phone, access }),
            _ => Err(errors),
        }
    }

    /// The first step alone, before a password is asked for.
    ///
    /// # Errors
    /// Messages at the fields of [`Self::PERSON`].
    pub fn check_person(&self) -> Result<(), FieldErrors> {
        let link = Self { send_link: "on".to_owned(), ..self.clone() };
        link.check(&NewPassword::default()).map(|_| ())
    }
}

impl NewCustomer {
    /// What the account is called: the company, or the person.
    pub fn account_name(&self) -> String {
        self.company.clone().unwrap_or_else(|| format!("{} {}", self.first_name, self.last_name))
    }
}

/// An e-mail address that looks like one.
pub(crate) fn email(typed: &str) -> Result<String, String> {
    let address = text::required(typed, "e-mail address", 254)?;
    let valid = email_address::EmailAddress::from_str(&address).is_ok_and(|e| e.domain().contains('.'))
        && !address.chars().any(text::is_invisible)
        && !address.contains(['"', '<', '>', '(', '[']);
    if valid { Ok(address) } else { Err("Enter an e-mail address like anna@company.com.".to_owned()) }
}

/// A phone number, as typed; none is none.
pub(crate) fn phone(typed: &str) -> Result<Option<String>, String> {
    let phone = text::line(typed, 40)?;
    match &phone {
        Some(number) if !number.chars().any(|c| c.is_ascii_digit()) => {
            Err("Enter a phone number with digits, or leave it empty.".to_owned())
        }
        _ => Ok(phone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anna() -> NewCustomerForm {
        NewCustomerForm {
            email: "anna@northwind.example".to_owned(),
            first_name: "Anna".to_owned(),
            last_name: "Berg".to_owned(),
            send_link: "on".to_owned(),
            ..NewCustomerForm::default()
        }
    }

    #[test]
    fn a10_the_username_is_the_email_address_unless_another_is_typed() {
        let customer = anna().check(&NewPassword::default()).expect("a customer");
        assert_eq!(
            customer,
            NewCustomer {
                username: "anna@northwind.example".to_owned(),
                email: "anna@northwind.example".to_owned(),
                first_name: "Anna".to_owned(),
                last_name: "Berg".to_owned(),
                company: None,
                phone: None,
                access: Access::Link,
            }
        );
        assert_eq!(customer.account_name(), "Anna Berg");
    }

    #[test]
    fn a10_a_username_that_differs_from_the_email_warns_and_does_not_refuse() {
        let form = NewCustomerForm { username: "anna.berg".to_owned(), ..anna() };
        assert!(form.names_differ());
        assert_eq!(form.check(&NewPassword::default()).expect("a customer").username, "anna.berg");
        let same = NewCustomerForm { username: "Anna@Northwind.example".to_owned(), ..anna() };
        assert!(!same.names_differ());
    }

    #[test]
    fn x3_an_empty_wizard_names_each_missing_field_once() {
        let errors = NewCustomerForm::default().check(&NewPassword::default()).expect_err("empty");
        let fields: Vec<_> = errors.iter().map(|e| (e.field.as_str(), e.message.as_str())).collect();
        assert_eq!(
            fields,
            [
                ("email", "Enter the e-mail address."),
                ("first_name", "Enter the first name."),
                ("last_name", "Enter the last name."),
                ("password", "Enter a password."),
            ]
        );
    }

    #[test]
    fn x3_what_is_no_email_address_is_refused() {
        for wrong in [
            "anna",
            "anna@",
            "@x.example",
            "anna@localhost",
            "a b@x.example",
            "a@x..example",
            "\"a\"@x.example",
            "Anna <a@x.example>",
            "a\u{202e}@x.example",
        ] {
            assert!(email(wrong).is_err(), "{wrong:?}");
        }
        for right in ["a@x.example", "first.last+tag@sub.x.example", "jürgen@x.example", "o'neil@x.example"] {
            assert_eq!(email(right), Ok(right.to_owned()));
        }
    }
}
