//! What the screens show of licenses: one set of types per viewer, so that a field which a
//! viewer may not see has nowhere to travel in (L16).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{CustomerFacts, LicenseKey, NewLicensesForm, PaymentStatus, State, Type};
use crate::{
    AccountId, DraftId, LicenseId, Moment, Money, OrderId,
    accounts::Unpaid,
    audit::HistoryEntry,
    billing::{Credit, GiveBack, OptionBilling, Subscribed},
    customers::Picked,
    mail::{Delivery, Undelivered},
    orders::{BilledTo, OrderNumber, TermsOfUse},
    price_lists::Resale,
    products::{Kind, Offer},
};

/// A license in the reseller's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResellerRow {
    /// The license.
    pub id: LicenseId,
    /// The beginning and the end of the key.
    pub key: String,
    /// The product's name.
    pub product: String,
    /// The option's name.
    pub option: String,
    /// Primary or additional.
    pub kind: Kind,
    /// Permanent, trial, subscription.
    pub license_type: Type,
    /// Computed from time.
    pub state: State,
    /// Whether the operator has been paid; none for a trial.
    pub payment: Option<PaymentStatus>,
    /// Whether the customer has paid the reseller.
    pub customer_paid: bool,
    /// Whose it is.
    pub customer_id: AccountId,
    /// Whose it is, by name.
    pub customer: String,
    /// Since when.
    pub created: Moment,
    /// Until when, if it ends.
    pub valid_until: Option<Moment>,
}

/// A license with its key, as its reseller sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResellerLicense {
    /// What the list shows.
    pub row: ResellerRow,
    /// The whole key.
    pub key: LicenseKey,
    /// L10: until when updates are included.
    pub updates_until: Option<Moment>,
    /// Seen by the customer.
    pub customer_details: Option<String>,
}

/// The reseller's page of one license.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicensePage {
    /// The license.
    pub license: ResellerLicense,
    /// Seen by the reseller only.
    pub reseller_notes: Option<String>,
    /// L8.
    pub customer_paid: Option<NaiveDate>,
    /// The day in the reseller's time zone.
    pub today: NaiveDate,
    /// Its order.
    pub order: OrderId,
    /// Its order's number.
    pub order_number: OrderNumber,
    /// What it cost the reseller; none for a trial.
    pub price: Option<Money>,
    /// What comes next of it; none for what is charged once.
    pub subscription: Option<Subscribed>,
    /// The address that details are sent to.
    pub customer_email: String,
    /// What became of the last mail with its details, alone or with those of its order; none where nothing is sent any more.
    pub delivery: Option<Delivery>,
    /// It is the reseller's own.
    pub own: bool,
    /// B9: what giving it back does, as long as it can be done.
    pub give_back: Option<GiveBack>,
    /// L5: the order that waits to upgrade it.
    pub upgrade_held: Option<OrderNumber>,
    /// What was done with it, newest first.
    pub history: Vec<HistoryEntry>,
}

/// A license in the list of the customer who owns it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerRow {
    /// The license.
    pub id: LicenseId,
    /// The key.
    pub key: LicenseKey,
    /// The product's name.
    pub product: String,
    /// The option's name.
    pub option: String,
    /// Permanent, trial, subscription.
    pub license_type: Type,
    /// Computed from time.
    pub state: State,
    /// Until when, if it ends.
    pub valid_until: Option<Moment>,
    /// L10: until when updates are included.
    pub updates_until: Option<Moment>,
}

/// The customer's page of one license.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerLicense {
    /// What the list shows.
    pub row: CustomerRow,
    /// Primary or additional.
    pub kind: Kind,
    /// Since when.
    pub created: Moment,
    /// L11: on how many computers it works.
    pub activations: u32,
    /// What the reseller wrote for this customer.
    pub customer_details: Option<String>,
}

/// The reseller's home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResellerHome {
    /// L7, C5.
    pub unpaid: Unpaid,
    /// C1, C5: what it can order for, with its parts.
    pub credit: Credit,
    /// How many of its orders are held, up to 1,000.
    pub held: i64,
    /// How many trials end within the next seven days.
    pub trials_ending: i64,
    /// All licenses of the account.
    pub licenses: i64,
    /// All customers of the account.
    pub customers: i64,
    /// Mails to customers and to the team that could not be delivered, as far as the reader may see to it; up to 20, newest first.
    pub undelivered: Vec<Undelivered>,
    /// How many more could not be delivered than are named, counted among the newest 1,000 mails.
    pub undelivered_more: usize,
    /// The newest licenses, up to 10.
    pub newest: Vec<ResellerRow>,
    /// A2: why nothing can be ordered, in words.
    pub not_ready: Option<String>,
    /// The account's version, for the live banner.
    pub version: i64,
}

/// What the wizard shows of the dates that a license will have, if created now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// L4: when a trial would end.
    pub trial_until: Option<Moment>,
    /// When the first period of a subscription would end.
    pub period_until: Option<Moment>,
    /// L10: until when updates are included.
    pub updates_until: Option<Moment>,
}

/// The create-license wizard as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wizard {
    /// The draft, whose id is the idempotency key of the order.
    pub draft: DraftId,
    /// What was typed so far.
    pub form: NewLicensesForm,
    /// The option that was picked.
    pub offer: Offer,
    /// The user that was picked.
    pub user: Option<Picked>,
    /// What that user has of the product.
    pub facts: CustomerFacts,
    /// The reseller's own organisation.
    pub own: Picked,
    /// L7.
    pub unpaid: Unpaid,
    /// The day in the reseller's time zone.
    pub today: NaiveDate,
    /// The dates.
    pub preview: Preview,
    /// How the account is charged.
    pub billed_to: BilledTo,
    /// What the option says of its billing (B4).
    pub billing: OptionBilling,
    /// C1: what the account can order for.
    pub credit: Credit,
    /// O1: what has to be accepted.
    pub terms: Option<TermsOfUse>,
    /// P4: what the reseller takes itself for one.
    pub resale: Option<Resale>,
    /// The order that this draft has become already.
    pub executed: Option<OrderId>,
}
