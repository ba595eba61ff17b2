//! Products and options as staff see and change them, also those that are not sold any more. A change
//! names the edition that it was made from, and does nothing when there is another.

use std::collections::HashMap;

use domain::{
    Currency, Money, OptionId, ProductId, Timestamp,
    accounts::BillingDay,
    billing::{OptionBilling, Proration, Timing},
    price_lists::OnSale,
    products::{Billing, Kind},
};
use sqlx::any::AnyRow;

use super::Product;
use crate::{
    Error, Tx,
    row::{Read, maybe_micros},
    tx::pieces,
};

/// A product with what only staff see of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditedProduct {
    /// Its place in the list.
    pub seq: i64,
    /// The product.
    pub product: Product,
    /// Not sold any more since.
    pub deactivated_at: Option<Timestamp>,
    /// How often it was changed.
    pub edition: i64,
    /// How many options it has.
    pub options: i64,
}

/// A license option with what only staff see of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditedOption {
    /// Its id.
    pub id: OptionId,
    /// Its product.
    pub product: ProductId,
    /// Its name.
    pub name: String,
    /// Primary or additional.
    pub kind: Kind,
    /// How it is charged.
    pub billing: Billing,
    /// L11.
    pub activations: u32,
    /// Its place among the options of its product.
    pub position: i64,
    /// Not sold any more since.
    pub deactivated_at: Option<Timestamp>,
    /// How often it was changed.
    pub edition: i64,
    /// It was ordered at least once.
    pub sold: bool,
    /// The list price of one, in each currency that it has one in.
    pub prices: Vec<Money>,
    /// B4: what it says of its own billing.
    pub own: OptionBilling,
    /// O1: what has to be accepted before it is ordered.
    pub terms_of_use: Option<String>,
}

const PRODUCT: &str = "seq, id, name, description, add_on_of, trial_days, deactivated_at, edition,
    (select count(*) from license_options o where o.product_id = products.id) as options";

fn read_product(row: &AnyRow) -> Result<EditedProduct, Error> {
    let trial_days = row.maybe_int("trial_days")?;
    Ok(EditedProduct {
        seq: row.int("seq")?,
        product: Product {
            id: row.parsed("id")?,
            name: row.text("name")?,
            description: row.text("description")?,
            add_on_of: row.maybe_parsed("add_on_of")?,
            trial_days: trial_days.and_then(|days| u32::try_from(days).ok()),
        },
        deactivated_at: row.maybe_time("deactivated_at")?,
        edition: row.int("edition")?,
        options: row.int("options")?,
    })
}

/// A page of products, newest first, from below `after`.
///
/// # Errors
/// When the database cannot.
pub async fn page(tx: &mut Tx, after: Option<i64>, most: i64) -> Result<Vec<EditedProduct>, Error> {
    let sql = format!("select {PRODUCT} from products where seq < $1 order by seq desc limit $2");
    let query = sqlx::query(pieces(sql)).bind(after.unwrap_or(i64::MAX)).bind(most);
    query.fetch_all(tx.db()).await?.iter().map(read_product).collect()
}

/// One of them.
///
/// # Errors
/// When the database cannot.
pub async fn product(tx: &mut Tx, id: ProductId) -> Result<Option<EditedProduct>, Error> {
    let sql = format!("select {PRODUCT} from products where id = $1");
    let row = sqlx::query(pieces(sql)).bind(id.to_string()).fetch_optional(tx.db()).await?;
    row.as_ref().map(read_product).transpose()
}

/// The products that are applications and no add-ons, by name: what an add-on may be of.
///
/// # Errors
/// When the database cannot.
pub async fn applications(tx: &mut Tx) -> Result<Vec<(ProductId, String)>, Error> {
    let query = sqlx::query("select id, name from products where add_on_of is null order by name, id");
    let read = |row: &AnyRow| Ok((row.parsed("id")?, row.text("name")?));
    query.fetch_all(tx.db()).await?.iter().map(read).collect()
}

/// Whether a product has add-ons.
///
/// # Errors
/// When the database cannot.
pub async fn has_add_ons(tx: &mut Tx, id: ProductId) -> Result<bool, Error> {
    let query = sqlx::query("select id from products where add_on_of = $1 limit 1");
    Ok(query.bind(id.to_string()).fetch_optional(tx.db()).await?.is_some())
}

/// Saves a product that was changed from `edition`; `false` when there is another by now.
///
/// # Errors
/// When the database cannot.
pub async fn save(
    tx: &mut Tx,
    product: &Product,
    deactivated_at: Option<Timestamp>,
    edition: i64,
) -> Result<bool, Error> {
    let query = sqlx::query(
        "update products
         set name = $1, description = $2, add_on_of = $3, trial_days = $4, deactivated_at = $5, edition = edition + 1
         where id = $6 and edition = $7",
    )
    .bind(product.name.clone())
    .bind(product.description.clone())
    .bind(product.add_on_of.map(|id| id.to_string()))
    .bind(product.trial_days.map(i64::from))
    .bind(maybe_micros(deactivated_at))
    .bind(product.id.to_string())
    .bind(edition);
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}

const OPTION: &str = "select id, product_id, name, kind, billing, activations, position, deactivated_at, edition,
    timing, proration, billing_day, terms_of_use,
    case when exists (select 1 from order_lines l where l.option_id = license_options.id) then 1 else 0 end as sold
    from license_options";

fn read_option(row: &AnyRow, prices: &mut HashMap<OptionId, Vec<Money>>) -> Result<EditedOption, Error> {
    let id = row.parsed("id")?;
    Ok(EditedOption {
        id,
        product: row.parsed("product_id")?,
        name: row.text("name")?,
        kind: row.word("kind", Kind::from_word)?,
        billing: row.word("billing", Billing::from_word)?,
        activations: row.small("activations")?,
        position: row.int("position")?,
        deactivated_at: row.maybe_time("deactivated_at")?,
        edition: row.int("edition")?,
        sold: row.int("sold")? == 1,
        prices: prices.remove(&id).unwrap_or_default(),
        own: OptionBilling {
            timing: row.word("timing", Timing::from_word)?,
            proration: row.word("proration", Proration::from_word)?,
            billing_day: row.maybe_word("billing_day", BillingDay::from_word)?,
        },
        terms_of_use: row.maybe_text("terms_of_use")?,
    })
}

/// The list prices of all options, or of one product, or of one option, by currency.
async fn prices(tx: &mut Tx, which: &str, id: String) -> Result<HashMap<OptionId, Vec<Money>>, Error> {
    let sql = format!("select option_id, currency, amount from option_prices where {which} order by currency");
    let mut prices = HashMap::<_, Vec<_>>::new();
    for row in sqlx::query(pieces(sql)).bind(id).fetch_all(tx.db()).await? {
        let price = Money::new(row.int("amount")?, row.currency("currency")?);
        prices.entry(row.parsed("option_id")?).or_default().push(price);
    }
    Ok(prices)
}

/// The options of a product, in their order.
///
/// # Errors
/// When the database cannot.
pub async fn options_of(tx: &mut Tx, product: ProductId) -> Result<Vec<EditedOption>, Error> {
    let of = "option_id in (select id from license_options where product_id = $1)";
    let mut prices = prices(tx, of, product.to_string()).await?;
    let sql = format!("{OPTION} where product_id = $1 order by position, name, id");
    let rows = sqlx::query(pieces(sql)).bind(product.to_string()).fetch_all(tx.db()).await?;
    rows.iter().map(|row| read_option(row, &mut prices)).collect()
}

/// One option.
///
/// # Errors
/// When the database cannot.
pub async fn option(tx: &mut Tx, id: OptionId) -> Result<Option<EditedOption>, Error> {
    let mut prices = prices(tx, "option_id = $1", id.to_string()).await?;
    let sql = format!("{OPTION} where id = $1");
    let row = sqlx::query(pieces(sql)).bind(id.to_string()).fetch_optional(tx.db()).await?;
    row.as_ref().map(|row| read_option(row, &mut prices)).transpose()
}

/// Stores a new option of a stored product, with its list prices.
///
/// # Errors
/// When the database cannot.
pub async fn insert_edited_option(tx: &mut Tx, option: &EditedOption) -> Result<(), Error> {
    let query = sqlx::query(
        "insert into license_options (id, product_id, name, kind, billing, activations, position, timing, proration,
             billing_day, terms_of_use)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(option.id.to_string())
    .bind(option.product.to_string())
    .bind(option.name.clone())
    .bind(option.kind.word())
    .bind(option.billing.word())
    .bind(i64::from(option.activations))
    .bind(option.position)
    .bind(option.own.timing.word())
    .bind(option.own.proration.word())
    .bind(option.own.billing_day.map(BillingDay::word))
    .bind(option.terms_of_use.clone());
    query.execute(tx.db()).await?;
    set_prices(tx, option).await
}

/// Saves an option that was changed from its `edition`; `false` when there is another by now. Kind and
/// billing of an option that was sold do not change.
///
/// # Errors
/// When the database cannot.
pub async fn save_option(tx: &mut Tx, option: &EditedOption) -> Result<bool, Error> {
    let query = sqlx::query(
        "update license_options
         set name = $1, kind = $2, billing = $3, activations = $4, position = $5, deactivated_at = $6,
             timing = $9, proration = $10, billing_day = $11, terms_of_use = $12, edition = edition + 1
         where id = $7 and edition = $8
             and (kind = $2 and billing = $3 or not exists (select 1 from order_lines where option_id = $7))",
    )
    .bind(option.name.clone())
    .bind(option.kind.word())
    .bind(option.billing.word())
    .bind(i64::from(option.activations))
    .bind(option.position)
    .bind(maybe_micros(option.deactivated_at))
    .bind(option.id.to_string())
    .bind(option.edition)
    .bind(option.own.timing.word())
    .bind(option.own.proration.word())
    .bind(option.own.billing_day.map(BillingDay::word))
    .bind(option.terms_of_use.clone());
    if query.execute(tx.db()).await?.rows_affected() == 0 {
        return Ok(false);
    }
    set_prices(tx, option).await?;
    Ok(true)
}

async fn set_prices(tx: &mut Tx, option: &EditedOption) -> Result<(), Error> {
    let gone = sqlx::query("delete from option_prices where option_id = $1");
    gone.bind(option.id.to_string()).execute(tx.db()).await?;
    for price in &option.prices {
        let query = sqlx::query("insert into option_prices (option_id, currency, amount) values ($1, $2, $3)");
        let query = query.bind(option.id.to_string()).bind(price.currency.code()).bind(price.minor);
        query.execute(tx.db()).await?;
    }
    Ok(())
}

/// An option with its product, sold or not, and its list price in one currency where it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnyOption {
    /// The option.
    pub id: OptionId,
    /// Its product.
    pub product: ProductId,
    /// The product's name.
    pub product_name: String,
    /// Its name.
    pub name: String,
    /// Whether both are sold, as far as the price list is concerned.
    pub sale: OnSale,
}

/// Every option there is, by product and position, whatever a price list says.
///
/// # Errors
/// When the database cannot.
pub async fn every_option(tx: &mut Tx, currency: Currency) -> Result<Vec<AnyOption>, Error> {
    let query = sqlx::query(
        "select o.id, o.name, p.id as product_id, p.name as product_name, v.amount,
             o.deactivated_at as option_off, p.deactivated_at as product_off
         from license_options o
         join products p on p.id = o.product_id
         left join option_prices v on v.option_id = o.id and v.currency = $1
         order by p.name, p.id, o.position",
    );
    let rows = query.bind(currency.code()).fetch_all(tx.db()).await?;
    let read = |row: &AnyRow| {
        Ok(AnyOption {
            id: row.parsed("id")?,
            product: row.parsed("product_id")?,
            product_name: row.text("product_name")?,
            name: row.text("name")?,
            sale: OnSale {
                product: row.maybe_int("product_off")?.is_none(),
                option: row.maybe_int("option_off")?.is_none(),
                list_price: row.maybe_int("amount")?.map(|amount| Money::new(amount, currency)),
            },
        })
    };
    rows.iter().map(read).collect()
}
