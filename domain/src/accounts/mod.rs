//! Accounts: operator, resellers, customers. What a reseller needs before it can order (A2).

mod address;
mod billing;
mod credit;
mod details;
mod form;
mod suspension;
mod views;

pub use address::{BillingAddress, BillingAddressForm, OwnBilling};
pub use billing::{BillingDay, CURRENCIES, PartialInvoicing};
pub use credit::{CreditForm, CreditLimit};
pub use details::{AccountDetails, Billing, Ordering, Person};
pub use form::AccountForm;
pub(crate) use form::{PAYMENT_DAYS, country as country_code};
pub use suspension::SuspensionForm;
pub use views::{
    AccountCustomers, AccountHead, AccountHistory, AccountLicenses, AccountOrders, AccountPage, AccountPrices,
    AccountRow, Accounts, AccountsQuery, AssignedList, Choices, ListState, NewAccount, OfficeHome, Part,
    PaymentsToRecord, Unready,
};

use serde::{Deserialize, Serialize};

use crate::words::words;

words! {
    /// What kind of organisation an account is.
    Kind {
        /// The vendor or distributor who runs this installation.
        Operator = "operator", "Operator";
        /// An account with Reselling on.
        Reseller = "reseller", "Reseller";
        /// An end customer, assigned to one reseller or to the operator.
        Customer = "customer", "Customer";
    }
}

/// What a reseller still needs before it is *ready* (A2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// The master switch is off.
    Ordering,
    /// The account may not resell.
    Reselling,
    /// No price list, or one that is inactive or out of its dates.
    PriceList,
    /// Nobody of the account can sign in.
    StorefrontUser,
    /// The operator has suspended the account.
    Reactivation,
}

impl Missing {
    /// The missing things as one part of a sentence.
    pub fn sentence(missing: &[Self]) -> String {
        missing.iter().map(|m| m.words()).collect::<Vec<_>>().join(", ")
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Ordering => "ordering is switched off for your account",
            Self::Reselling => "reselling is switched off for your account",
            Self::PriceList => "no price list is assigned to you at present",
            Self::StorefrontUser => "nobody of your account can sign in",
            Self::Reactivation => "your account is suspended",
        }
    }

    /// What is to be done, as the back office reads it.
    pub const fn to_do(self) -> &'static str {
        match self {
            Self::Ordering => "Switch Ordering on",
            Self::Reselling => "Switch Reselling on",
            Self::PriceList => "Assign a price list that holds today",
            Self::StorefrontUser => "Add a Storefront user who is active",
            Self::Reactivation => "Reactivate the account",
        }
    }
}

/// The unpaid cap of a new reseller (L7).
pub const UNPAID_CAP: i64 = 10;

/// Unpaid licenses against the cap, `x of 10` (L7, C5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unpaid {
    /// Permanent or subscription licenses whose payment to the operator is pending.
    pub count: i64,
    /// How many there may be.
    pub cap: i64,
}

impl Unpaid {
    /// How many more may be created.
    pub fn left(self) -> i64 {
        (self.cap - self.count).max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l7_a_cap_lowered_below_the_count_leaves_no_slot_rather_than_a_negative_one() {
        assert_eq!(Unpaid { count: 7, cap: 10 }.left(), 3);
        assert_eq!(Unpaid { count: 7, cap: 5 }.left(), 0);
    }
}
