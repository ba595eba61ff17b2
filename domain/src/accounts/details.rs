//! What the operator keeps of an account (A1), and what a change of it changes.

use serde::{Deserialize, Serialize};

use super::{BillingDay, PartialInvoicing};
use crate::{Currency, editions::Changed};

/// All of an account that its form holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountDetails {
    /// Who it is.
    pub person: Person,
    /// Where its invoices go.
    pub billing: Billing,
    /// What it may do.
    pub ordering: Ordering,
}

/// Who an account is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The organisation, or the person buying as one.
    pub name: String,
    /// Whom to ask for.
    pub first_name: Option<String>,
    /// Whom to ask for.
    pub last_name: Option<String>,
    /// Where to write to.
    pub email: Option<String>,
    /// As typed.
    pub phone: Option<String>,
    /// As typed.
    pub website: Option<String>,
    /// IANA name of the zone in which its people read times.
    pub time_zone: String,
}

/// Where an account's invoices go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Billing {
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
    /// What it is charged in.
    #[serde(with = "crate::money::code")]
    pub currency: Currency,
    /// How many days it has to pay an invoice (B5).
    pub payment_days: i64,
}

/// What an account may do, and how it is billed for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ordering {
    /// The master switch.
    pub ordering: bool,
    /// It may sell to customers of its own; requires ordering.
    pub reselling: bool,
    /// B1: the first charge covers the days of the cycle that are left.
    pub prorate: bool,
    /// B1.
    pub billing_day: BillingDay,
    /// B3.
    pub partial_invoicing: PartialInvoicing,
    /// L7.
    pub unpaid_cap: i64,
}

impl AccountDetails {
    /// The fields in which `self` and what it becomes differ, in the order of the form.
    pub fn changes(&self, becomes: &Self) -> Vec<Changed> {
        let pairs = self.words().into_iter().zip(becomes.words());
        let changed = pairs.filter(|((_, before), (_, after))| before != after);
        changed.map(|((name, before), (_, after))| Changed::new(name, before, after)).collect()
    }

    /// Each field in words.
    fn words(&self) -> [(&'static str, String); 20] {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let switch = |on: bool| if on { "on".to_owned() } else { "off".to_owned() };
        let Self { person, billing, ordering } = self;
        [
            ("organisation", person.name.clone()),
            ("first name", text(&person.first_name)),
            ("last name", text(&person.last_name)),
            ("e-mail address", text(&person.email)),
            ("phone", text(&person.phone)),
            ("website", text(&person.website)),
            ("time zone", person.time_zone.clone()),
            ("address", text(&billing.address)),
            ("postal code", text(&billing.postal_code)),
            ("city", text(&billing.city)),
            ("country", text(&billing.country)),
            ("tax number", text(&billing.tax_number)),
            ("currency", billing.currency.code().to_owned()),
            ("payment days", billing.payment_days.to_string()),
            ("ordering", switch(ordering.ordering)),
            ("reselling", switch(ordering.reselling)),
            ("prorate billing", switch(ordering.prorate)),
            ("billing day", ordering.billing_day.label()),
            ("partial charges invoicing", ordering.partial_invoicing.label().to_owned()),
            ("unpaid licenses", ordering.unpaid_cap.to_string()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::AccountForm;

    #[test]
    fn a1_a_change_is_told_by_the_names_of_the_fields_and_what_stands_in_them() {
        let form = AccountForm { name: "ACME".to_owned(), ..AccountForm::blank("UTC", Currency::EUR) };
        let before = form.check().expect("an account");
        let form = AccountForm { city: "Berlin".to_owned(), prorate: "on".to_owned(), ..form };
        let after = form.check().expect("an account");
        let told = [Changed::new("city", "", "Berlin"), Changed::new("prorate billing", "off", "on")];
        assert_eq!(before.changes(&after), told);
        assert_eq!(after.changes(&after), []);
    }
}
