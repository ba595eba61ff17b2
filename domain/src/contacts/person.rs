//! A person as typed: into the back office, the team, the staff (A4).

use serde::{Deserialize, Serialize};

use super::username;
use crate::{
    FieldErrors,
    customers::{email, phone},
    text,
};

/// A person as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonForm {
    /// `First name`.
    pub first_name: String,
    /// `Last name`.
    pub last_name: String,
    /// `E-mail address`.
    pub email: String,
    /// `Phone`, optional.
    pub phone: String,
    /// `Job title`, optional.
    pub job_title: String,
    /// `Storefront user`: a box, `on` when ticked. Of a team everybody is one, and nobody asks.
    pub storefront_user: String,
}

/// A person that can be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// Where mail goes.
    pub email: String,
    /// A telephone number, as typed.
    pub phone: Option<String>,
    /// What the person does.
    pub job_title: Option<String>,
    /// Whether the person is to sign in.
    pub storefront_user: bool,
}

impl PersonForm {
    /// Whether the box is ticked.
    pub fn wants_storefront(&self) -> bool {
        self.storefront_user == "on"
    }

    /// The person.
    ///
    /// # Errors
    /// A message for each wrong field.
    pub fn check(&self) -> Result<Person, FieldErrors> {
        let mut errors = FieldErrors::default();
        let first_name = errors.take("first_name", text::required_name(&self.first_name, "first name", 100));
        let last_name = errors.take("last_name", text::required_name(&self.last_name, "last name", 100));
        let email = errors.take("email", email(&self.email).and_then(|email| username(&email)));
        let phone = errors.take("phone", phone(&self.phone));
        let job_title = errors.take("job_title", text::line(&self.job_title, 100));
        match (first_name, last_name, email, phone, job_title) {
            (Some(first_name), Some(last_name), Some(email), Some(phone), Some(job_title)) => {
                let storefront_user = self.wants_storefront();
                Ok(Person { first_name, last_name, email, phone, job_title, storefront_user })
            }
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a4_a_person_has_names_and_an_address_and_the_rest_is_optional() {
        let typed = PersonForm {
            first_name: " Bo ".to_owned(),
            last_name: "Lind".to_owned(),
            email: "bo@acme.example".to_owned(),
            storefront_user: "on".to_owned(),
            ..PersonForm::default()
        };
        let bo = Person {
            first_name: "Bo".to_owned(),
            last_name: "Lind".to_owned(),
            email: "bo@acme.example".to_owned(),
            phone: None,
            job_title: None,
            storefront_user: true,
        };
        assert_eq!(typed.check(), Ok(bo));
    }

    #[test]
    fn x3_a_wrong_person_names_each_wrong_field_once() {
        let long = "x".repeat(101);
        let typed =
            PersonForm { email: "bo@".to_owned(), phone: "none".to_owned(), job_title: long, ..PersonForm::default() };
        let errors = typed.check().expect_err("five fields are wrong");
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["first_name", "last_name", "email", "phone", "job_title"]);
    }
}
