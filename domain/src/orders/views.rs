//! What the screens show of orders.

use serde::{Deserialize, Serialize};

use super::{Accepted, Executed, OrderNumber, State};
use crate::{
    AccountId, Moment, Money, OrderId,
    accounts::Unpaid,
    audit::HistoryEntry,
    billing::{Credit, Decision, Shortfall},
    licenses::Type,
};

/// The view of a list of orders, as it stands in the address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrdersQuery {
    /// Only those in this state.
    pub state: Option<State>,
    /// Where the page starts: what the page before said was next.
    pub after: Option<i64>,
}

impl OrdersQuery {
    /// The query part of the address, without the question mark; empty for the plain list.
    pub fn address(&self) -> String {
        crate::query::address(self)
    }
}

/// An order in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRow {
    /// Its number.
    pub number: OrderNumber,
    /// Where it stands.
    pub state: State,
    /// Whose licenses they are, by name.
    pub customer: String,
    /// What was ordered, in a few words.
    pub what: String,
    /// How many licenses.
    pub licenses: i64,
    /// What it comes to, with tax.
    pub total: Money,
    /// When it was placed.
    pub placed: Moment,
}

/// One page of the orders of a reseller, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orders {
    /// Up to 50.
    pub rows: Vec<OrderRow>,
    /// The `after` of the next page, if there is one.
    pub next: Option<i64>,
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// Product and option.
    pub name: String,
    /// What is bought of it.
    pub license_type: Type,
    /// How the net amount comes about: `10 × € 139.30, 22 of 31 days, …`.
    pub explained: String,
    /// Without tax.
    pub net: Money,
    /// The tax.
    pub tax: Money,
}

/// The page of one order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderPage {
    /// The order, with its licenses.
    pub order: Executed,
    /// Who placed it.
    pub placed_by: String,
    /// When it was placed.
    pub placed: Moment,
    /// When it was canceled, and why.
    pub canceled: Option<(Moment, String)>,
    /// Its lines.
    pub lines: Vec<OrderLine>,
    /// Seen by the reseller only.
    pub reseller_notes: Option<String>,
    /// O1: the terms of use that were accepted with it.
    pub accepted: Option<Accepted>,
    /// What was done with it, newest first.
    pub history: Vec<HistoryEntry>,
}

/// An order in the queue of the back office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeRow {
    /// What the reseller's list shows.
    pub row: OrderRow,
    /// Who is charged.
    pub reseller_id: AccountId,
    /// Who is charged, by name.
    pub reseller: String,
    /// C4: for a held order, what the credit says of it now.
    pub now: Option<Decision>,
}

/// One page of the orders of all resellers: what is held first, then the others, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeOrders {
    /// Up to 50 held ones, at the top of the first page of all.
    pub waiting: Vec<OfficeRow>,
    /// Up to 50.
    pub rows: Vec<OfficeRow>,
    /// The `after` of the next page, if there is one.
    pub next: Option<i64>,
    /// How many are held.
    pub held: i64,
}

/// The page of one order in the back office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeOrder {
    /// The order.
    pub id: OrderId,
    /// What the list shows.
    pub row: OfficeRow,
    /// Its lines: of a held order, as they would be charged today.
    pub lines: Vec<OrderLine>,
    /// C3: why it was held.
    pub held: Option<Shortfall>,
    /// When it was executed.
    pub executed: Option<Moment>,
    /// When it was canceled.
    pub canceled: Option<Moment>,
    /// Why it was executed over the credit, or canceled.
    pub reason: Option<String>,
    /// C1: what its reseller can order for now.
    pub credit: Credit,
    /// L7.
    pub unpaid: Unpaid,
    /// O1: the terms of use that were accepted with it.
    pub accepted: Option<Accepted>,
    /// Whether the reader may execute or cancel it.
    pub may_decide: bool,
    /// What was done with it, newest first.
    pub history: Vec<HistoryEntry>,
}
