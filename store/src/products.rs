//! Products, their license options and list prices.

mod editing;
mod sold;

use domain::{
    Currency, Money, OptionId, ProductId,
    products::{Billing, Kind},
};
use sqlx::any::AnyRow;

pub use editing::{
    AnyOption, EditedOption, EditedProduct, applications, every_option, has_add_ons, insert_edited_option, option,
    options_of, page, product, save, save_option,
};
pub use sold::{Sold, sold};

use crate::{Error, Tx, row::Read, tx::pieces};

/// A product as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// Its name.
    pub name: String,
    /// What it is, one sentence.
    pub description: String,
    /// The application that it is an add-on of.
    pub add_on_of: Option<ProductId>,
    /// L4.
    pub trial_days: Option<u32>,
}

/// A license option with its product and its list price in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricedOption {
    /// Its id.
    pub id: OptionId,
    /// Its product.
    pub product: Product,
    /// Its name.
    pub name: String,
    /// Primary or additional.
    pub kind: Kind,
    /// How it is charged.
    pub billing: Billing,
    /// L11.
    pub activations: u32,
    /// The list price of one.
    pub list_price: Money,
}

/// Stores a new product.
///
/// # Errors
/// When the database cannot.
pub async fn insert(tx: &mut Tx, product: &Product) -> Result<(), Error> {
    let query = sqlx::query(
        "insert into products (id, name, description, add_on_of, trial_days)
         values ($1, $2, $3, $4, $5)",
    )
    .bind(product.id.to_string())
    .bind(product.name.clone())
    .bind(product.description.clone())
    .bind(product.add_on_of.map(|id| id.to_string()))
    .bind(product.trial_days.map(i64::from));
    query.execute(tx.db()).await?;
    Ok(())
}

/// Stores a new option of a stored product, with its list price.
///
/// # Errors
/// When the database cannot.
pub async fn insert_option(tx: &mut Tx, option: &PricedOption, position: i64) -> Result<(), Error> {
    let query = sqlx::query(
        "insert into license_options (id, product_id, name, kind, billing, activations, position)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(option.id.to_string())
    .bind(option.product.id.to_string())
    .bind(option.name.clone())
    .bind(option.kind.word())
    .bind(option.billing.word())
    .bind(i64::from(option.activations))
    .bind(position);
    query.execute(tx.db()).await?;
    let price = sqlx::query("insert into option_prices (option_id, currency, amount) values ($1, $2, $3)");
    price
        .bind(option.id.to_string())
        .bind(option.list_price.currency.code())
        .bind(option.list_price.minor)
        .execute(tx.db())
        .await?;
    Ok(())
}

const PRICED: &str = "select o.id, o.name, o.kind, o.billing, o.activations, v.amount, v.currency,
         p.id as product_id, p.name as product_name, p.description, p.add_on_of, p.trial_days
     from license_options o
     join products p on p.id = o.product_id
     join option_prices v on v.option_id = o.id and v.currency = $1
     where o.deactivated_at is null and p.deactivated_at is null";

fn read(row: &AnyRow) -> Result<PricedOption, Error> {
    let trial_days = row.maybe_int("trial_days")?;
    Ok(PricedOption {
        id: row.parsed("id")?,
        product: Product {
            id: row.parsed("product_id")?,
            name: row.text("product_name")?,
            description: row.text("description")?,
            add_on_of: row.maybe_parsed("add_on_of")?,
            trial_days: trial_days.and_then(|days| u32::try_from(days).ok()),
        },
        name: row.text("name")?,
        kind: row.word("kind", Kind::from_word)?,
        billing: row.word("billing", Billing::from_word)?,
        activations: row.small("activations")?,
        list_price: Money::new(row.int("amount")?, row.currency("currency")?),
    })
}

/// All options that are sold and have a list price in that currency, by product and position.
///
/// # Errors
/// When the database cannot.
pub async fn priced(tx: &mut Tx, currency: Currency) -> Result<Vec<PricedOption>, Error> {
    let sql = format!("{PRICED} order by p.name, p.id, o.position");
    let rows = sqlx::query(pieces(sql)).bind(currency.code()).fetch_all(tx.db()).await?;
    rows.iter().map(read).collect()
}

/// The products of these, by name.
///
/// # Errors
/// When the database cannot.
pub async fn names(tx: &mut Tx, currency: Currency) -> Result<Vec<(ProductId, String)>, Error> {
    let query = sqlx::query(
        "select p.id, p.name
         from products p
         where p.deactivated_at is null and exists (
             select 1
             from license_options o
             join option_prices v on v.option_id = o.id and v.currency = $1
             where o.product_id = p.id and o.deactivated_at is null)
         order by p.name, p.id",
    );
    let rows = query.bind(currency.code()).fetch_all(tx.db()).await?;
    rows.iter().map(|row| Ok((row.parsed("id")?, row.text("name")?))).collect()
}

/// One of these options.
///
/// # Errors
/// When the database cannot.
pub async fn priced_one(tx: &mut Tx, id: OptionId, currency: Currency) -> Result<Option<PricedOption>, Error> {
    let sql = format!("{PRICED} and o.id = $2");
    let row = sqlx::query(pieces(sql)).bind(currency.code()).bind(id.to_string()).fetch_optional(tx.db()).await?;
    row.as_ref().map(read).transpose()
}
