//! What the back office shows of accounts.

use serde::{Deserialize, Serialize};

use super::{AccountForm, CreditForm, CreditLimit, Missing, Unpaid};
use crate::{
    AccountId, Currency, Moment, PriceListId, audit::HistoryEntry, contacts::FactorRule, customers::CustomerRow,
    licenses::ResellerRow, orders::OfficeRow, words::words,
};

words! {
    /// A part of the list of accounts.
    Part {
        /// Nothing is missing (A2).
        Ready = "ready", "Ready";
        /// Something is missing, and it is not suspended.
        NotReady = "not-ready", "Not ready";
        /// Nobody of it signs in.
        Suspended = "suspended", "Suspended";
        /// All reminders of an overdue invoice were sent: it may be suspended (B8).
        Overdue = "overdue", "May be suspended";
        /// Ordering is on.
        Ordering = "ordering", "Ordering on";
        /// Ordering is off.
        NotOrdering = "not-ordering", "Ordering off";
    }
}

impl Part {
    /// Whether an account that lacks this is of that part, as far as what it lacks decides it.
    pub fn fits(self, missing: &[Missing]) -> bool {
        match self {
            Self::Ready => missing.is_empty(),
            Self::NotReady => !missing.is_empty() && !missing.contains(&Missing::Reactivation),
            Self::Suspended | Self::Overdue | Self::Ordering | Self::NotOrdering => true,
        }
    }
}

/// The list's view, as it stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountsQuery {
    /// Words of the name, the person or the e-mail address, from their starts.
    pub q: String,
    /// Only these.
    pub show: Option<Part>,
    /// Where the page starts: what the page before said was next.
    pub after: Option<i64>,
}

impl AccountsQuery {
    /// From an address; what makes no sense is left out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            q: get("q").map(|q| q.trim().to_owned()).unwrap_or_default(),
            show: get("show").as_deref().and_then(Part::from_word),
            after: get("after").and_then(|after| after.parse().ok()),
        }
    }

    /// The query part of the address, without the question mark; empty for the plain list.
    pub fn address(&self) -> String {
        crate::query::address(self)
    }
}

/// An account in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRow {
    /// The account.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// Where to write to.
    pub email: Option<String>,
    /// Nobody of it signs in.
    pub suspended: bool,
    /// Nothing is missing (A2).
    pub ready: bool,
    /// How many customers it has.
    pub customers: i64,
    /// How many licenses.
    pub licenses: i64,
    /// Since when.
    pub created: Moment,
}

/// One page of accounts, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accounts {
    /// Up to 50.
    pub rows: Vec<AccountRow>,
    /// The `after` of the next page, if there is one.
    pub next: Option<i64>,
    /// Whether who asks may add one, and change them.
    pub may_edit: bool,
    /// Those that can be assigned to the ticked ones: id, and name with currency. Nothing for those who may not.
    pub price_lists: Vec<(PriceListId, String)>,
}

/// The form of a new account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAccount {
    /// What stands in it at first.
    pub form: AccountForm,
    /// What there is to choose from.
    pub choices: Choices,
    /// Whether who asks may say what it may owe.
    pub may_set_limit: bool,
}

/// What the form offers and only the server knows: pairs of a word and what is read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// IANA names.
    pub time_zones: Vec<String>,
    /// By their names.
    pub countries: Vec<(String, String)>,
}

/// What stands at the top of each page of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountHead {
    /// The account.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// Since when.
    pub created: Moment,
    /// Since when nobody of it signs in, and why.
    pub suspended: Option<(Moment, String)>,
    /// What is missing before it can order (A2).
    pub missing: Vec<Missing>,
    /// Whether who asks may change it.
    pub may_edit: bool,
}

/// The page of one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountPage {
    /// Its top.
    pub head: AccountHead,
    /// What stands in its form.
    pub form: AccountForm,
    /// The name of its country.
    pub country: Option<String>,
    /// The number that each change raises.
    pub edition: i64,
    /// What there is to choose from, for those who may change it.
    pub choices: Option<Choices>,
    /// What it is charged in.
    #[serde(with = "crate::money::code")]
    pub currency: Currency,
    /// What it may owe.
    pub limit: CreditLimit,
    /// The same as it stands in the form, for those who may set it.
    pub limit_form: Option<CreditForm>,
    /// L7.
    pub unpaid: Unpaid,
    /// How many customers it has.
    pub customers: i64,
    /// How many licenses.
    pub licenses: i64,
    /// Whether all its people need a second factor.
    pub factor_rule: FactorRule,
}

/// The price list of an account, and those that it could have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountPrices {
    /// The top of the page.
    pub head: AccountHead,
    /// The one that is assigned.
    pub assigned: Option<AssignedList>,
    /// Those in its currency that are active: id and name. Nothing for those who may not assign.
    pub lists: Vec<(PriceListId, String)>,
    /// What the account is charged in.
    #[serde(with = "crate::money::code")]
    pub currency: Currency,
    /// The number that each change raises.
    pub edition: i64,
}

/// A price list that is assigned, with its state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignedList {
    /// The price list.
    pub id: PriceListId,
    /// Its name.
    pub name: String,
    /// Its days, in words.
    pub days: String,
    /// Whether it holds today.
    pub state: ListState,
}

words! {
    /// P2: whether a price list holds.
    ListState {
        /// It holds today.
        Holds = "active", "Active";
        /// Its first day is to come.
        Early = "queued", "Not started";
        /// Its last day is over.
        Over = "expired", "Ended";
        /// It is switched off.
        Off = "inactive", "Inactive";
        /// It is of another currency than the account, so it offers nothing.
        OtherCurrency = "failed", "Other currency";
    }
}

/// The customers of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountCustomers {
    /// The top of the page.
    pub head: AccountHead,
    /// Up to 50, newest first.
    pub rows: Vec<CustomerRow>,
    /// The `after` of the next page, if there is one.
    pub next: Option<String>,
}

/// The licenses of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountLicenses {
    /// The top of the page.
    pub head: AccountHead,
    /// Up to 50, newest first.
    pub rows: Vec<ResellerRow>,
    /// The `after` of the next page, if there is one.
    pub next: Option<String>,
    /// Whether the reader may take licenses back (B9).
    pub may_take_back: bool,
}

/// The orders of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountOrders {
    /// The top of the page.
    pub head: AccountHead,
    /// Up to 50, newest first; each held one with what the credit says of it now (C4).
    pub rows: Vec<OfficeRow>,
    /// The `after` of the next page, if there is one.
    pub next: Option<i64>,
}

/// What was done with an account (X1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountHistory {
    /// The top of the page.
    pub head: AccountHead,
    /// Up to 50, newest first.
    pub entries: Vec<HistoryEntry>,
    /// The `after` of the next page, if there is one.
    pub next: Option<String>,
}

/// The home of the staff: what waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeHome {
    /// Applications that wait for an answer, up to 100; `None` for those who may not decide them.
    pub applications: Option<i64>,
    /// Orders that are held, up to 1,000; `None` for those who may not see them.
    pub held: Option<i64>,
    /// Money that finance waits for or has to look at (B7); `None` for those who may not see payments.
    pub payments: Option<PaymentsToRecord>,
    /// Accounts that may be suspended for what is overdue, up to 100 (B8); `None` for those who may not see accounts.
    pub overdue: Option<i64>,
    /// The newest accounts that cannot order yet, up to ten; `None` for those who may not see accounts.
    pub not_ready: Option<Vec<Unready>>,
    /// Mails that could not be sent so far, up to 100; `None` for those who may not see mail.
    pub failed_mails: Option<i64>,
    /// Since when the oldest mail waits to be sent, if that is longer than usual; `None` for those who may not see mail, too.
    pub mail_waits_since: Option<Moment>,
}

/// What is to be done with money that comes in (B7), each up to 1,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentsToRecord {
    /// Receipts of which nobody has said whose they are.
    pub receipts: i64,
    /// Bank transfers that resellers began and that have not come in.
    pub transfers: i64,
    /// Payments that somebody has to look at.
    pub problems: i64,
}

/// An account that cannot order yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unready {
    /// The account.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// What is missing.
    pub missing: Vec<Missing>,
}
