//! What an invoice says beside its amounts: who writes to whom, and where to pay (B5, B7).

use serde::{Deserialize, Serialize};

use crate::{Money, accounts::AccountDetails};

/// Who an invoice comes from or goes to. It is kept with the invoice as it was on its day: who moves house later, does not
/// change what was issued.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The organisation, or the person buying as one.
    pub name: String,
    /// Whom to ask for there.
    pub person: Option<String>,
    /// Street, town and country, each a line.
    pub address: Vec<String>,
    /// VAT or other.
    pub tax_number: Option<String>,
    /// Where to write to.
    pub email: Option<String>,
}

/// Where to pay by bank transfer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankDetails {
    /// Whose account it is.
    pub holder: String,
    /// The number of the account, with or without spaces.
    pub iban: String,
    /// The code of the bank, for transfers from abroad.
    pub bic: Option<String>,
    /// Its name.
    pub bank: Option<String>,
}

/// Everything that an invoice or a credit note says beside its amounts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letterhead {
    /// The operator.
    pub from: Party,
    /// The account that is billed.
    pub to: Party,
    /// Whose licenses these are, where the account has an invoice for each customer.
    pub customer: Option<String>,
    /// Where to pay; none where nobody takes bank transfers.
    pub bank: Option<BankDetails>,
    /// What the operator's law wants said, for example that the customer owes the tax.
    pub note: Option<String>,
    /// V6: what a credit note that is issued together with an invoice settles of it, so that the invoice does not ask for it.
    #[serde(default)]
    pub by_credit: Option<Money>,
}

impl Party {
    /// An account, as its details are now.
    pub fn of(details: &AccountDetails) -> Self {
        let AccountDetails { person, billing, .. } = details;
        let joined = |parts: [&Option<String>; 2]| {
            let parts: Vec<_> = parts.into_iter().flatten().map(String::as_str).collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        };
        let street = billing.address.iter().flat_map(|lines| lines.lines()).map(|line| line.trim().to_owned());
        let town = joined([&billing.postal_code, &billing.city]);
        let address = street.chain(town).chain(billing.country.clone()).filter(|line| !line.is_empty());
        Self {
            name: person.name.clone(),
            person: joined([&person.first_name, &person.last_name]),
            address: address.collect(),
            tax_number: billing.tax_number.clone(),
            email: person.email.clone(),
        }
    }
}

impl BankDetails {
    /// The number of the account in groups of four, as it is printed: `DE89 3704 0044 0532 0130 00`.
    pub fn grouped_iban(&self) -> String {
        let letters: Vec<_> = self.iban.chars().filter(|c| !c.is_whitespace()).collect();
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        groups.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Currency, accounts::AccountForm};

    #[test]
    fn b5_an_account_is_billed_at_its_address_without_empty_lines() {
        let form = AccountForm {
            name: "ACME".to_owned(),
            first_name: "Ada".to_owned(),
            address: "Main Road 1\n\n Back yard ".to_owned(),
            postal_code: "10115".to_owned(),
            city: "Berlin".to_owned(),
            country: "DE".to_owned(),
            ..AccountForm::blank("UTC", Currency::EUR)
        };
        let party = Party::of(&form.check().expect("an account"));
        assert_eq!(party.address, ["Main Road 1", "Back yard", "10115 Berlin", "DE"]);
        assert_eq!((party.name.as_str(), party.person.as_deref(), party.tax_number), ("ACME", Some("Ada"), None));
    }

    #[test]
    fn b7_the_number_of_a_bank_account_is_printed_in_groups() {
        let bank = BankDetails { iban: " de89370400440532013000 ".to_owned(), ..BankDetails::default() };
        assert_eq!(bank.grouped_iban(), "de89 3704 0044 0532 0130 00");
    }
}
