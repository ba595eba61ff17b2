//! Orders: the one door through which licenses and charges come into being (O1, O2).

mod allow;
mod basket;
mod consent;
mod quote;
mod repricing;
mod standing;

pub use allow::{Wanted, allow};
pub use basket::{Basket, BasketLine, DRAFT_DAYS, draft_expired};
pub use consent::{Consent, ConsentForm};
pub use quote::{BilledTo, Quote, QuotedLine};
pub use repricing::{LineChange, Now};
pub use standing::{HeldForm, Override, Standing};

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Moment, Money, OptionId, OrderId, customers::Picked, licenses::ResellerLicense, words::words};

words! {
    /// O2: where an order stands. What is typed but not sent is a draft of the wizard, not an order.
    State {
        /// Held: not executed yet.
        Submitted = "submitted", "Submitted";
        /// Licenses and charges exist.
        Executed = "executed", "Executed";
        /// Will never be executed.
        Canceled = "canceled", "Canceled";
    }
}

/// The number of an order, as people say it: `O-1042`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrderNumber(pub i64);

impl fmt::Display for OrderNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "O-{}", self.0)
    }
}

/// What the result page of the license wizard shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Executed {
    /// The order.
    pub id: OrderId,
    /// Its number.
    pub number: OrderNumber,
    /// When it was executed.
    pub at: Moment,
    /// The option that was bought, for `Create another`.
    pub option: OptionId,
    /// Whose licenses they are.
    pub user: Picked,
    /// Charged to the reseller.
    pub total: Money,
    /// The licenses, each with its key.
    pub licenses: Vec<ResellerLicense>,
    /// When the details were last sent to the customer.
    pub sent: Option<Moment>,
}
