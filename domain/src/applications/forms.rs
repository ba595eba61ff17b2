//! The forms: applying, and rejecting.

use serde::{Deserialize, Serialize};

use crate::{
    FieldErrors,
    customers::{email, phone},
    text,
};

/// The application as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Apply {
    /// `Organisation`.
    pub organisation: String,
    /// `First name`.
    pub first_name: String,
    /// `Last name`.
    pub last_name: String,
    /// `E-mail address`.
    pub email: String,
    /// `Phone`.
    pub phone: String,
    /// `Country`.
    pub country: String,
    /// `Website`, optional.
    pub website: String,
    /// `Message`, optional.
    pub message: String,
}

/// An application that can be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApplication {
    /// The organisation.
    pub organisation: String,
    /// The person.
    pub first_name: String,
    /// The person.
    pub last_name: String,
    /// Where mail goes.
    pub email: String,
    /// A telephone number, as typed.
    pub phone: String,
    /// The country, as typed.
    pub country: String,
    /// The website, as typed.
    pub website: Option<String>,
    /// What else they wrote.
    pub message: Option<String>,
}

impl Apply {
    /// The whole form.
    ///
    /// # Errors
    /// A message for each wrong field.
    pub fn check(&self) -> Result<NewApplication, FieldErrors> {
        let mut errors = FieldErrors::default();
        let organisation = errors.take("organisation", text::required_name(&self.organisation, "organisation", 200));
        let first_name = errors.take("first_name", text::required_name(&self.first_name, "first name", 100));
        let last_name = errors.take("last_name", text::required_name(&self.last_name, "last name", 100));
        let email = errors.take("email", email(&self.email));
        let phone = errors.take("phone", phone(&self.phone).and_then(|phone| phone.ok_or_else(no_phone)));
        let country = errors.take("country", text::required(&self.country, "country", 100));
        let website = errors.take("website", text::website(&self.website));
        let message = errors.take("message", text::lines(&self.message, 2_000));
        match (organisation, first_name, last_name, email, phone, country, website, message) {
            (
                Some(organisation),
                Some(first_name),
                Some(last_name),
                Some(email),
                Some(phone),
                Some(country),
                Some(website),
                Some(message),
            ) => Ok(NewApplication { organisation, first_name, last_name, email, phone, country, website, message }),
            _ => Err(errors),
        }
    }
}

fn no_phone() -> String {
    "Enter the phone number.".to_owned()
}

/// Rejecting, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RejectForm {
    /// `Reason`, which the applicant is told.
    pub reason: String,
}

impl RejectForm {
    /// The reason.
    ///
    /// # Errors
    /// A message at `reason`.
    pub fn check(&self) -> Result<String, FieldErrors> {
        let reason = text::lines(&self.reason, 2_000)
            .and_then(|reason| reason.ok_or_else(|| "Enter the reason: the applicant is told.".to_owned()));
        reason.map_err(|message| FieldErrors::at("reason", message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn initech() -> Apply {
        Apply {
            organisation: "Initech".to_owned(),
            first_name: "Ida".to_owned(),
            last_name: "Ng".to_owned(),
            email: "ida@initech.example".to_owned(),
            phone: "+49 30 1234".to_owned(),
            country: "Germany".to_owned(),
            ..Apply::default()
        }
    }

    #[test]
    fn a3_an_application_needs_who_and_where_and_no_more() {
        let application = initech().check().expect("an application");
        assert_eq!((application.website, application.message), (None, None));
        let errors = Apply::default().check().expect_err("empty");
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["organisation", "first_name", "last_name", "email", "phone", "country"]);
    }

    #[test]
    fn a3_nobody_is_rejected_without_a_reason() {
        assert!(RejectForm { reason: "  ".to_owned() }.check().is_err());
        assert_eq!(RejectForm { reason: " No. ".to_owned() }.check(), Ok("No.".to_owned()));
    }
}
