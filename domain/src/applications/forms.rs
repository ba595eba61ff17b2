//! The forms: applying, approving, rejecting.

use serde::{Deserialize, Serialize};

use crate::{
    FieldErrors, PriceListId,
    accounts::UNPAID_CAP,
    contacts::username,
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
        let organisation = errors.take("organisation", text::required(&self.organisation, "organisation", 200));
        let first_name = errors.take("first_name", text::required(&self.first_name, "first name", 100));
        let last_name = errors.take("last_name", text::required(&self.last_name, "last name", 100));
        let email = errors.take("email", email(&self.email));
        let phone = errors.take("phone", phone(&self.phone).and_then(|phone| phone.ok_or_else(no_phone)));
        let country = errors.take("country", text::required(&self.country, "country", 100));
        let website = errors.take("website", website(&self.website));
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

/// A name with a dot, with or without `https://` before it.
fn website(typed: &str) -> Result<Option<String>, String> {
    let site = text::line(typed, 200)?;
    let host = |site: &str| {
        let bare = site.strip_prefix("https://").or_else(|| site.strip_prefix("http://")).unwrap_or(site);
        bare.split(['/', '?', '#']).next().unwrap_or_default().to_owned()
    };
    match &site {
        Some(site) if !host(site).contains('.') || site.chars().any(text::is_invisible) || host(site).contains('@') => {
            Err("Enter an address like www.company.com, or leave it empty.".to_owned())
        }
        _ => Ok(site),
    }
}

/// Approving, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ApproveForm {
    /// `Username`: the applicant's e-mail address, unless somebody has that.
    pub username: String,
    /// `Price list`: its id, or [`ApproveForm::LATER`].
    pub price_list: String,
    /// `Unpaid licenses at a time`.
    pub unpaid_cap: String,
}

/// What makes an application an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The name to sign in with.
    pub username: String,
    /// The price list, if one is assigned already.
    pub price_list: Option<PriceListId>,
    /// L7.
    pub unpaid_cap: i64,
}

impl ApproveForm {
    /// The word for a price list that is assigned later.
    pub const LATER: &'static str = "later";

    /// What stands in the form at first.
    pub fn suggested(email: &str) -> Self {
        Self { username: email.to_owned(), price_list: String::new(), unpaid_cap: UNPAID_CAP.to_string() }
    }

    /// The whole form; whether the username is free and the price list is there only the server knows.
    ///
    /// # Errors
    /// A message for each wrong field.
    pub fn check(&self) -> Result<Approval, FieldErrors> {
        let mut errors = FieldErrors::default();
        let username = errors.take("username", username(&self.username));
        let chosen = || "Choose a price list, or to assign one later.".to_owned();
        let price_list = errors.take(
            "price_list",
            match self.price_list.trim() {
                Self::LATER => Ok(None),
                id => id.parse().map(Some).map_err(|_| chosen()),
            },
        );
        let cap = self.unpaid_cap.trim().parse().ok().filter(|cap| (0..=100_000).contains(cap));
        let unpaid_cap =
            errors.take("unpaid_cap", cap.ok_or_else(|| "Enter a whole number from 0 to 100000.".to_owned()));
        match (username, price_list, unpaid_cap) {
            (Some(username), Some(price_list), Some(unpaid_cap)) => Ok(Approval { username, price_list, unpaid_cap }),
            _ => Err(errors),
        }
    }
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
    fn x3_what_is_no_website_is_refused() {
        for right in ["", "initech.example", "https://www.initech.example/shop?a=b"] {
            assert!(website(right).is_ok(), "{right}");
        }
        for wrong in ["initech", "https://", "javascript:alert(1)", "a b.example", "https://me@initech.example"] {
            assert!(website(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a3_approving_asks_for_a_name_a_price_list_and_a_cap() {
        let form = ApproveForm::suggested("ida@initech.example");
        let missing = FieldErrors::at("price_list", "Choose a price list, or to assign one later.");
        assert_eq!(form.check(), Err(missing));
        let later = ApproveForm { price_list: "later".to_owned(), ..form };
        let approval = Approval { username: "ida@initech.example".to_owned(), price_list: None, unpaid_cap: 10 };
        assert_eq!(later.check(), Ok(approval));
        for wrong in ["", "-1", "1.5", "many", "100001"] {
            let form = ApproveForm { unpaid_cap: wrong.to_owned(), ..later.clone() };
            assert!(form.check().expect_err(wrong).get("unpaid_cap").is_some());
        }
    }

    #[test]
    fn a3_nobody_is_rejected_without_a_reason() {
        assert!(RejectForm { reason: "  ".to_owned() }.check().is_err());
        assert_eq!(RejectForm { reason: " No. ".to_owned() }.check(), Ok("No.".to_owned()));
    }
}
