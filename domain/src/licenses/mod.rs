//! Licenses: keys, lifetimes, the wizard's form and the rules of creation.

mod edit;
mod groups;
mod key;
mod life;
mod many;
mod new;
mod query;
mod rules;
mod sent;
mod upgrade;
mod upgrade_views;
mod views;

pub use edit::{Edit, EditForm};
pub use groups::{KeyGroup, lines_in_words};
pub use key::{KeyError, LicenseKey, RANDOM_SYMBOLS};
pub use life::{Life, State};
pub use many::{Act, Many, ManyForm, ToDo};
pub use new::{CustomerPaid, LicenseOrder, NewLicensesForm, QUANTITY_MOST};
pub use query::{COUNTED, Licenses, LicensesQuery, PaidFilter, SearchText, Sort, words_of};
pub use rules::{CustomerFacts, allow};
pub use sent::SentSoFar;
pub use upgrade::upgrade;
pub use upgrade_views::{UpgradeForm, UpgradeOffer, UpgradePage, Upgraded};
pub use views::{
    CustomerLicense, CustomerRow, LicensePage, Preview, ResellerHome, ResellerLicense, ResellerRow, Wizard,
};

use crate::words::words;

words! {
    /// L1: what was bought.
    Type {
        /// Works for good.
        Permanent = "permanent", "Permanent";
        /// Works for some days, free of charge (L4).
        Trial = "trial", "Trial";
        /// Works as long as it is paid for.
        Subscription = "subscription", "Subscription";
    }
}

words! {
    /// L8: whether the reseller has paid the operator. A trial has none.
    PaymentStatus {
        /// Not yet.
        Pending = "pending", "Pending";
        /// Yes.
        Paid = "paid", "Paid";
        /// Paid back.
        Refunded = "refunded", "Refunded";
    }
}

/// The most characters of notes and details.
pub const TEXT_MOST: usize = 4_000;
