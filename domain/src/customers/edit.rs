//! Correcting a customer that was created by hand (A12, N2): strings from the form, checked into what the customer becomes.

use serde::{Deserialize, Serialize};

use super::{NewCustomer, NewCustomerForm};
use crate::{AccountId, FieldErrors, contacts::NewPassword};

/// What the page for correcting a customer shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerEdit {
    /// The customer.
    pub id: AccountId,
    /// What it is called now.
    pub name: String,
    /// What stands in the form at first.
    pub form: CustomerForm,
    /// Raised by every change; a form that was made before the last one is refused.
    pub edition: i64,
    /// What the reader may change of the sign-in, and what comes of it.
    pub sign_in: SignInEdit,
}

/// A12: whether the address and the username can be corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInEdit {
    /// The customer has never signed in: what was mistyped is corrected, and what was sent to the wrong address opens nothing.
    NotYet,
    /// The customer has signed in, and the operator corrects it; the former address is told.
    ByOperator,
    /// The customer has signed in: only the operator changes it now.
    Closed,
}

/// The form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerForm {
    /// `E-mail address`.
    pub email: String,
    /// `Username`; empty means the e-mail address.
    pub username: String,
    /// `First name`.
    pub first_name: String,
    /// `Last name`.
    pub last_name: String,
    /// `Company`, optional.
    pub company: String,
    /// `Phone`, optional.
    pub phone: String,
}

impl CustomerForm {
    /// The customer as it becomes, by the rules for a new one (A10).
    ///
    /// # Errors
    /// A message for each wrong field.
    pub fn check(&self) -> Result<NewCustomer, FieldErrors> {
        let Self { email, username, first_name, last_name, company, phone } = self.clone();
        let form =
            NewCustomerForm { username, email, first_name, last_name, company, phone, send_link: "on".to_owned() };
        form.check(&NewPassword::default())
    }
}

/// The message at the address, or the username, of a customer who has signed in.
pub const SIGN_IN_CLOSED: &str = "This customer has signed in. Only the operator can change how they sign in.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a12_a_customer_is_corrected_by_the_rules_of_a_new_one() {
        let form = CustomerForm {
            email: "anna@northwind.example".to_owned(),
            first_name: "Anna".to_owned(),
            last_name: "Berg".to_owned(),
            company: " Northwind ".to_owned(),
            ..CustomerForm::default()
        };
        let becomes = form.check().expect("a customer");
        assert_eq!(
            (becomes.username.as_str(), becomes.account_name().as_str()),
            ("anna@northwind.example", "Northwind")
        );
        let wrong =
            CustomerForm { email: "anna".to_owned(), last_name: String::new(), phone: "none".to_owned(), ..form };
        let fields: Vec<_> = wrong.check().expect_err("wrong").iter().map(|error| error.field.clone()).collect();
        assert_eq!(fields, ["email", "last_name", "phone"]);
    }
}
