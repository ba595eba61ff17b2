//! What the screens show of price lists.

use serde::{Deserialize, Serialize};

use super::{Entry, NoPrices, PriceListForm, Seen, State};
use crate::{AccountId, Currency, Money, OptionId, PriceListId, ProductId, accounts::Missing};

/// A price list in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceListRow {
    /// The price list.
    pub id: PriceListId,
    /// What the operator calls it.
    pub name: String,
    /// All its prices are in this currency.
    #[serde(with = "crate::money::code")]
    pub currency: Currency,
    /// Its first day.
    pub starts: String,
    /// Its last day.
    pub ends: Option<String>,
    /// Whether it holds today.
    pub state: State,
    /// To how many accounts it is assigned; counted up to 1,000.
    pub accounts: i64,
}

/// One page of price lists, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceLists {
    /// Up to 50.
    pub rows: Vec<PriceListRow>,
    /// The `after` of the next page, if there is one.
    pub next: Option<PriceListId>,
    /// Whether the reader may add and change them.
    pub may_edit: bool,
}

/// The page of one price list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceListPage {
    /// The price list.
    pub id: PriceListId,
    /// As it would be typed.
    pub form: PriceListForm,
    /// All its prices are in this currency.
    #[serde(with = "crate::money::code")]
    pub currency: Currency,
    /// It has prices or is assigned, so that its currency is fixed.
    pub currency_fixed: bool,
    /// How often it was changed: two who change it at once are told.
    pub edition: i64,
    /// Whether it holds today.
    pub state: State,
    /// Its prices, by product, option and quantity.
    pub entries: Vec<EntryRow>,
    /// The accounts that it is assigned to, up to 20.
    pub assigned: Vec<AssignedTo>,
    /// To how many it is assigned; counted up to 1,000.
    pub accounts: i64,
    /// Where the accounts go on.
    pub more_assigned: Option<i64>,
    /// Whether the reader may change it.
    pub may_edit: bool,
}

/// One price of a price list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRow {
    /// The option.
    pub option: OptionId,
    /// Its product and its name.
    pub name: String,
    /// The price.
    pub entry: Entry,
    /// The list price of one, if there is one in that currency.
    pub list_price: Option<Money>,
    /// What one costs; `None` where it is not offered.
    pub unit: Option<Money>,
}

/// An account that a price list is assigned to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignedTo {
    /// The account.
    pub id: AccountId,
    /// Its name.
    pub name: String,
}

/// The page of one price, or of a new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryPage {
    /// The price list.
    pub list: PriceListId,
    /// What the operator calls it.
    pub list_name: String,
    /// All its prices are in this currency.
    #[serde(with = "crate::money::code")]
    pub currency: Currency,
    /// How often the price list was changed.
    pub edition: i64,
    /// The price as it stands; `None` for a new one.
    pub entry: Option<EntryRow>,
    /// What a new price may be of: the id and the name of each option, with its list price.
    pub options: Vec<(OptionId, String)>,
}

/// What a reseller sees, as the operator sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenAs {
    /// The reseller.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// The price list assigned to it, by id and name.
    pub list: Option<(PriceListId, String)>,
    /// Why that gives no prices today.
    pub no_prices: Option<NoPrices>,
    /// What else keeps the reseller from ordering (A2).
    pub missing: Vec<Missing>,
    /// Every option there is, by product and position.
    pub options: Vec<SeenOption>,
}

/// An option as one reseller sees it, or does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenOption {
    /// Its product.
    pub product: ProductId,
    /// The product's name.
    pub product_name: String,
    /// The option's name.
    pub name: String,
    /// The list price of one in the price list's currency.
    pub list_price: Option<Money>,
    /// The prices, or why there are none.
    pub seen: Seen,
}
