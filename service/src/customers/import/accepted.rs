//! A line of a table that was accepted, as it is kept until it is a customer (A10). It was checked, and is not checked again: nothing of it is
//! refused any more, by a later release either.

use domain::customers::{Access, NewCustomer};
use serde::{Deserialize, Serialize};

/// A customer to be. What stands in the database of a former release is read as well: fields are added with a default, and none is renamed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Customer {
    username: String,
    email: String,
    first_name: String,
    last_name: String,
    company: Option<String>,
    phone: Option<String>,
}

impl From<NewCustomer> for Customer {
    fn from(new: NewCustomer) -> Self {
        let NewCustomer { username, email, first_name, last_name, company, phone, access: _ } = new;
        Self { username, email, first_name, last_name, company, phone }
    }
}

impl Customer {
    /// The customer that is made of it, who gets an activation link.
    pub(super) fn into_new(self) -> NewCustomer {
        let Self { username, email, first_name, last_name, company, phone } = self;
        NewCustomer { username, email, first_name, last_name, company, phone, access: Access::Link }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a10_what_a_former_release_has_accepted_is_read() {
        let kept = r#"{"username":"anna","email":"anna@a.example","first_name":"Anna","last_name":"Berg","company":"Northwind","phone":null}"#;
        let customer: Customer = serde_json::from_str(kept).expect("a customer");
        let new = NewCustomer {
            username: "anna".to_owned(),
            email: "anna@a.example".to_owned(),
            first_name: "Anna".to_owned(),
            last_name: "Berg".to_owned(),
            company: Some("Northwind".to_owned()),
            phone: None,
            access: Access::Link,
        };
        assert_eq!(customer.clone().into_new(), new);
        assert_eq!(Customer::from(new), customer);
    }
}
