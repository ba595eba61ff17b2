//! Orders: the one door through which licenses and charges come into being (O1, O2).

mod allow;
mod basket;
mod checkout;
mod consent;
mod quote;
mod repricing;
mod standing;
mod terms;
mod views;

pub use allow::{Wanted, allow};
pub use basket::{Basket, BasketLine, DRAFT_DAYS, draft_expired};
pub use checkout::{BasketPage, BasketRow, Checkout, CheckoutForm};
pub use consent::{Consent, ConsentForm};
pub use quote::{BilledTo, Quote, QuotedLine};
pub use repricing::{LineChange, Now};
pub use standing::{HeldForm, Override, Standing};
pub use terms::{Accepted, NotAccepted, Seen, TermsForm, TermsOfUse, TermsPart};
pub use views::{OfficeOrder, OfficeOrders, OfficeRow, OrderLine, OrderPage, OrderRow, Orders, OrdersQuery};

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    Moment, Money, OptionId, OrderId,
    billing::{Decision, Shortfall},
    customers::Picked,
    licenses::{CustomerPaid, ResellerLicense},
    mail::Delivery,
    words::words,
};

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

/// What the reseller writes for the licenses of an order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Seen by the reseller only.
    pub reseller_notes: Option<String>,
    /// Seen by the customer.
    pub customer_details: Option<String>,
    /// When the customer paid the reseller, if it has (L8).
    pub customer_paid: CustomerPaid,
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

impl FromStr for OrderNumber {
    type Err = NotANumber;

    /// As people type it: with or without the letter.
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let digits = text.trim().trim_start_matches(['O', 'o']).trim_start_matches('-');
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse().ok().filter(|_| plain).map(Self).ok_or(NotANumber)
    }
}

/// The text is not the number of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the number of an order")]
pub struct NotANumber;

/// What the result page of the license wizard shows: the order, executed or held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Executed {
    /// The order.
    pub id: OrderId,
    /// Its number.
    pub number: OrderNumber,
    /// When it was executed, or placed.
    pub at: Moment,
    /// Where it stands.
    pub state: State,
    /// C3: why it was held when it was placed; `None` when it was executed at once.
    pub held: Option<Shortfall>,
    /// C4: what the credit says now of an order that is held.
    pub now: Option<Decision>,
    /// L5: it upgrades a trial, in place of making licenses.
    pub upgrade: bool,
    /// The one option that was bought, for `Create another`; `None` where there are several.
    pub option: Option<OptionId>,
    /// Whose licenses they are.
    pub user: Picked,
    /// What its lines come to; of an order that is held, what they come to today.
    pub total: Money,
    /// What is open of all that it has charged so far; `None` where nothing is.
    pub open: Option<Money>,
    /// The licenses, each with its key, in the order of the lines.
    pub licenses: Vec<ResellerLicense>,
    /// When the details of all its licenses that are of use were sent to the customer, together or one by one (L15).
    pub sent: Option<Moment>,
    /// Of how many of its licenses they were sent.
    pub sent_licenses: usize,
    /// What became of the last mail with the details of this order.
    pub delivery: Option<Delivery>,
}
