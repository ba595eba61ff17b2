//! What the screens of staff show of products.

use serde::{Deserialize, Serialize};

use super::{Billing, Kind, OptionForm, ProductForm};
use crate::{Money, OptionId, ProductId};

/// A product in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductRow {
    /// The product.
    pub id: ProductId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// L4.
    pub trial_days: Option<u32>,
    /// It is an add-on of another.
    pub add_on: bool,
    /// Not switched off.
    pub active: bool,
    /// How many options it has.
    pub options: i64,
}

/// One page of products, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Products {
    /// Up to 50.
    pub rows: Vec<ProductRow>,
    /// The `after` of the next page, if there is one.
    pub next: Option<i64>,
}

/// The page of one product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductPage {
    /// The product.
    pub id: ProductId,
    /// As it would be typed.
    pub form: ProductForm,
    /// How often it was changed.
    pub edition: i64,
    /// Not switched off.
    pub active: bool,
    /// Its options, in their order.
    pub options: Vec<OptionRow>,
    /// What it may be an add-on of.
    pub applications: Vec<(ProductId, String)>,
    /// Whether the reader may change it.
    pub may_edit: bool,
}

/// An option on the page of its product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionRow {
    /// The option.
    pub id: OptionId,
    /// Its name.
    pub name: String,
    /// Primary or additional.
    pub kind: Kind,
    /// How it is charged.
    pub billing: Billing,
    /// L11.
    pub activations: u32,
    /// Not switched off.
    pub active: bool,
    /// The list price of one in each currency.
    pub prices: Vec<Money>,
}

/// The page of one option, or of a new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionPage {
    /// Its product.
    pub product: ProductId,
    /// The product's name.
    pub product_name: String,
    /// The product is an add-on, and has no additional licenses (L6).
    pub add_on: bool,
    /// The option; `None` for a new one.
    pub option: Option<OptionId>,
    /// As it would be typed.
    pub form: OptionForm,
    /// How often it was changed.
    pub edition: i64,
    /// Not switched off.
    pub active: bool,
    /// It was ordered, so that kind and billing are fixed.
    pub sold: bool,
}
