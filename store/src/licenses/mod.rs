//! Licenses: storing them, finding one, and what a customer has of a product.

mod facts;
mod give_back;
mod list;
mod listed;
mod upgrade;
mod write;

pub use facts::{facts, take_trial};
pub use give_back::give_back;
pub use list::{Page, Place, count, page, rows};
pub use listed::Listed;
pub use upgrade::upgrade;
pub use write::{index, insert, save, set_customer_paid};

use chrono::NaiveDate;
use domain::{
    AccountId, LicenseId, OptionId, OrderId, OrderLineId, ProductId, Scope, Timestamp,
    licenses::{CustomerPaid, LicenseKey, Life, PaymentStatus, Type},
    orders::OrderNumber,
    products::Kind,
};
use sqlx::any::AnyRow;

use crate::{Error, Tx, clauses::Clauses, row::Read};

/// A license as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct License {
    /// Its id.
    pub id: LicenseId,
    /// Its key.
    pub key: LicenseKey,
    /// The line it was ordered by.
    pub order_line: OrderLineId,
    /// Who is charged for it.
    pub reseller: AccountId,
    /// Whose it is.
    pub customer: AccountId,
    /// Of what.
    pub product: ProductId,
    /// In which row it was picked.
    pub option: OptionId,
    /// Primary or additional.
    pub kind: Kind,
    /// Permanent, trial, subscription.
    pub license_type: Type,
    /// L8: the reseller's payment to the operator; none for a trial.
    pub payment: Option<PaymentStatus>,
    /// L8: the customer's payment to the reseller.
    pub customer_paid: CustomerPaid,
    /// Seen by the reseller only.
    pub reseller_notes: Option<String>,
    /// Seen by the customer.
    pub customer_details: Option<String>,
    /// Since when.
    pub created_at: Timestamp,
    /// L10.
    pub updates_until: Option<Timestamp>,
    /// The times that make its state (L9).
    pub life: Life,
}

/// A license with the names that a list shows beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The license.
    pub license: License,
    /// Its place in the lists.
    pub seq: i64,
    /// The product's name.
    pub product: String,
    /// The option's name.
    pub option: String,
    /// On how many computers it works (L11).
    pub activations: u32,
    /// The customer's name.
    pub customer: String,
    /// Its order.
    pub order: OrderId,
    /// Its order's number.
    pub order_number: OrderNumber,
    /// The price it was bought at, in minor units.
    pub unit_amount: i64,
    /// L5: when it was bought, where it was a trial before.
    pub upgraded_at: Option<Timestamp>,
}

pub(crate) const COLUMNS: &str = "r.seq, r.id, r.license_key, r.order_line_id, r.reseller_id, r.customer_id, r.product_id, \
    r.option_id, r.kind, r.license_type, r.payment_status, r.customer_paid_on, r.reseller_notes, r.customer_details, \
    r.created_at, r.valid_until, r.updates_until, r.suspended_at, r.revoked_at, r.transferred_at, \
    p.name as product_name, o.name as option_name, o.activations, a.name as customer_name, \
    d.id as order_id, d.number as order_number, t.unit_amount, r.upgraded_at";
// All are there. Joined like this they keep their place behind the license, whatever the planner believes of their sizes.
pub(crate) const NAMES: &str = "left join products p on p.id = r.product_id \
    left join license_options o on o.id = r.option_id \
    left join accounts a on a.id = r.customer_id \
    left join order_lines t on t.id = r.order_line_id \
    left join orders d on d.id = t.order_id";

pub(crate) fn read(row: &AnyRow) -> Result<Named, Error> {
    Ok(Named {
        seq: row.int("seq")?,
        license: License {
            id: row.parsed("id")?,
            key: row.word("license_key", |text| LicenseKey::parse(text).ok())?,
            order_line: row.parsed("order_line_id")?,
            reseller: row.parsed("reseller_id")?,
            customer: row.parsed("customer_id")?,
            product: row.parsed("product_id")?,
            option: row.parsed("option_id")?,
            kind: row.word("kind", Kind::from_word)?,
            license_type: row.word("license_type", Type::from_word)?,
            payment: row.maybe_word("payment_status", PaymentStatus::from_word)?,
            customer_paid: CustomerPaid(row.maybe_parsed::<NaiveDate>("customer_paid_on")?),
            reseller_notes: row.maybe_text("reseller_notes")?,
            customer_details: row.maybe_text("customer_details")?,
            created_at: row.time("created_at")?,
            updates_until: row.maybe_time("updates_until")?,
            life: life(row)?,
        },
        product: row.text("product_name")?,
        option: row.text("option_name")?,
        activations: row.small("activations")?,
        customer: row.text("customer_name")?,
        order: row.parsed("order_id")?,
        order_number: OrderNumber(row.int("order_number")?),
        unit_amount: row.int("unit_amount")?,
        upgraded_at: row.maybe_time("upgraded_at")?,
    })
}

fn life(row: &AnyRow) -> Result<Life, Error> {
    Ok(Life {
        valid_until: row.maybe_time("valid_until")?,
        suspended: row.maybe_time("suspended_at")?,
        revoked: row.maybe_time("revoked_at")?,
        transferred: row.maybe_time("transferred_at")?,
    })
}

/// One license of whoever asks.
///
/// # Errors
/// When the database cannot.
pub async fn find(tx: &mut Tx, scope: &Scope, id: LicenseId) -> Result<Option<Named>, Error> {
    let mut clauses = mine(scope);
    clauses.and("r.id = ?", [id.to_string().into()]);
    let sql = format!("select {COLUMNS} from licenses r {NAMES} where {}", clauses.text());
    let row = clauses.rows(sql).fetch_optional(tx.db()).await?;
    row.as_ref().map(read).transpose()
}

/// The licenses of one order line of whoever asks, in the order of their creation. A license that was upgraded is one of both its
/// lines, that of the trial and that of the upgrade (L5).
///
/// # Errors
/// When the database cannot.
pub async fn of_line(tx: &mut Tx, scope: &Scope, line: OrderLineId) -> Result<Vec<Named>, Error> {
    let mut clauses = mine(scope);
    clauses.and("(r.order_line_id = ? or r.trial_line_id = ?)", [line.to_string().into(), line.to_string().into()]);
    let sql = format!("select {COLUMNS} from licenses r {NAMES} where {} order by r.seq", clauses.text());
    let rows = clauses.rows(sql).fetch_all(tx.db()).await?;
    rows.iter().map(read).collect()
}

/// A part of the licenses of a customer of the reseller who asks, in the order of their creation, from behind `after`.
///
/// # Errors
/// When the database cannot.
pub async fn of_customer(
    tx: &mut Tx,
    scope: &Scope,
    customer: AccountId,
    after: i64,
    most: i64,
) -> Result<Vec<Named>, Error> {
    let mut clauses = mine(scope);
    clauses.and("r.customer_id = ?", [customer.to_string().into()]);
    clauses.and("r.seq > ?", [after.into()]);
    let sql = format!("select {COLUMNS} from licenses r {NAMES} where {} order by r.seq limit {most}", clauses.text());
    let rows = clauses.rows(sql).fetch_all(tx.db()).await?;
    rows.iter().map(read).collect()
}

/// The condition that a license is of whoever asks (A11, L16).
pub(crate) fn mine(scope: &Scope) -> Clauses {
    let mut clauses = Clauses::default();
    match (scope.reseller(), scope.customer(), scope.operator()) {
        (Some(reseller), _, _) => clauses.and("r.reseller_id = ?", [reseller.to_string().into()]),
        (_, Some(customer), _) => clauses.and("r.customer_id = ?", [customer.to_string().into()]),
        (_, _, true) => clauses.and("1 = 1", []),
        _ => clauses.and("1 = 0", []),
    }
    clauses
}
