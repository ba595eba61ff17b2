//! Licenses: storing them, finding one, and what a customer has of a product.

mod list;

pub use list::{Page, Place, count, page};

use chrono::NaiveDate;
use domain::{
    AccountId, LicenseId, OptionId, OrderId, OrderLineId, ProductId, Scope, Timestamp,
    licenses::{CustomerFacts, CustomerPaid, LicenseKey, Life, PaymentStatus, Type, words_of},
    orders::OrderNumber,
    products::Kind,
};
use sqlx::any::AnyRow;

use crate::{
    Error, Tx,
    clauses::Clauses,
    row::{Read, maybe_day, maybe_micros, micros},
    search::{self, Index},
};

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
}

pub(crate) const COLUMNS: &str = "r.seq, r.id, r.license_key, r.order_line_id, r.reseller_id, r.customer_id, r.product_id, \
    r.option_id, r.kind, r.license_type, r.payment_status, r.customer_paid_on, r.reseller_notes, r.customer_details, \
    r.created_at, r.valid_until, r.updates_until, r.suspended_at, r.revoked_at, r.transferred_at, \
    p.name as product_name, o.name as option_name, o.activations, a.name as customer_name, \
    d.id as order_id, d.number as order_number, t.unit_amount";
pub(crate) const NAMES: &str = "join products p on p.id = r.product_id \
    join license_options o on o.id = r.option_id \
    join accounts a on a.id = r.customer_id \
    join order_lines t on t.id = r.order_line_id \
    join orders d on d.id = t.order_id";

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
            life: Life {
                valid_until: row.maybe_time("valid_until")?,
                suspended: row.maybe_time("suspended_at")?,
                revoked: row.maybe_time("revoked_at")?,
                transferred: row.maybe_time("transferred_at")?,
            },
        },
        product: row.text("product_name")?,
        option: row.text("option_name")?,
        activations: row.small("activations")?,
        customer: row.text("customer_name")?,
        order: row.parsed("order_id")?,
        order_number: OrderNumber(row.int("order_number")?),
        unit_amount: row.int("unit_amount")?,
    })
}

/// Stores a new license and gives its place in the lists.
///
/// # Errors
/// When the database cannot.
pub async fn insert(tx: &mut Tx, license: &License) -> Result<i64, Error> {
    let query = sqlx::query_scalar(
        "insert into licenses (id, license_key, order_line_id, reseller_id, customer_id, product_id, option_id,
            kind, license_type, payment_status, customer_paid_on, reseller_notes, customer_details,
            created_at, valid_until, updates_until)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         returning seq",
    )
    .bind(license.id.to_string())
    .bind(license.key.grouped())
    .bind(license.order_line.to_string())
    .bind(license.reseller.to_string())
    .bind(license.customer.to_string())
    .bind(license.product.to_string())
    .bind(license.option.to_string())
    .bind(license.kind.word())
    .bind(license.license_type.word())
    .bind(license.payment.map(PaymentStatus::word))
    .bind(maybe_day(license.customer_paid.0))
    .bind(license.reseller_notes.clone())
    .bind(license.customer_details.clone())
    .bind(micros(license.created_at))
    .bind(maybe_micros(license.life.valid_until))
    .bind(maybe_micros(license.updates_until));
    Ok(query.fetch_one(tx.db()).await?)
}

/// Puts a license into the search: its key, its notes, its order's number and the customer.
///
/// # Errors
/// When the database cannot.
pub async fn index(
    tx: &mut Tx,
    seq: i64,
    license: &License,
    order: OrderNumber,
    customer_words: &str,
) -> Result<(), Error> {
    let own = format!("{} {order} {}", license.key.grouped(), license.reseller_notes.as_deref().unwrap_or_default());
    let words: Vec<_> = words_of(&own).chain(customer_words.split(' ').map(str::to_owned)).collect();
    search::put(tx, Index::Licenses, seq, license.reseller, &words.join(" ")).await
}

/// Stores what a reseller may change: notes, details, customer paid.
///
/// # Errors
/// When the database cannot.
pub async fn save(tx: &mut Tx, license: &License) -> Result<(), Error> {
    let query = sqlx::query(
        "update licenses
         set reseller_notes = $1, customer_details = $2, customer_paid_on = $3
         where id = $4",
    );
    query
        .bind(license.reseller_notes.clone())
        .bind(license.customer_details.clone())
        .bind(maybe_day(license.customer_paid.0))
        .bind(license.id.to_string())
        .execute(tx.db())
        .await?;
    Ok(())
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

/// The licenses of one order line of whoever asks, in the order of their creation.
///
/// # Errors
/// When the database cannot.
pub async fn of_line(tx: &mut Tx, scope: &Scope, line: OrderLineId) -> Result<Vec<Named>, Error> {
    let mut clauses = mine(scope);
    clauses.and("r.order_line_id = ?", [line.to_string().into()]);
    let sql = format!("select {COLUMNS} from licenses r {NAMES} where {} order by r.seq", clauses.text());
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

/// What a customer has of a product (L4, L6).
///
/// # Errors
/// When the database cannot.
pub async fn facts(
    tx: &mut Tx,
    customer: AccountId,
    product: ProductId,
    now: Timestamp,
) -> Result<CustomerFacts, Error> {
    let trial = sqlx::query_scalar::<_, i64>("select count(*) from trials where product_id = $1 and customer_id = $2");
    let trials = trial.bind(product.to_string()).bind(customer.to_string()).fetch_one(tx.db()).await?;
    let live = sqlx::query(
        "select kind, license_type
         from licenses
         where customer_id = $1 and product_id = $2 and revoked_at is null and transferred_at is null
           and suspended_at is null and (valid_until is null or valid_until > $3)
         group by kind, license_type",
    );
    let rows = live.bind(customer.to_string()).bind(product.to_string()).bind(micros(now)).fetch_all(tx.db()).await?;
    let mut facts = CustomerFacts { had_trial: trials > 0, has_live: !rows.is_empty(), has_live_primary: false };
    for row in rows {
        let kind = row.word("kind", Kind::from_word)?;
        let license_type = row.word("license_type", Type::from_word)?;
        facts.has_live_primary |= kind == Kind::Primary && license_type != Type::Trial;
    }
    Ok(facts)
}

/// Notes that a customer has had its trial of a product; `false` when it had one before (L4).
/// The guard is the primary key.
///
/// # Errors
/// When the database cannot.
pub async fn take_trial(tx: &mut Tx, license: &License) -> Result<bool, Error> {
    let query = sqlx::query(
        "insert into trials (product_id, customer_id, license_id)
         values ($1, $2, $3)
         on conflict (product_id, customer_id) do nothing",
    );
    let done = query
        .bind(license.product.to_string())
        .bind(license.customer.to_string())
        .bind(license.id.to_string())
        .execute(tx.db())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The reseller has paid the operator for a license: its slot is free at once (L7). `false` when
/// it was not pending, so that paying twice frees one slot.
///
/// # Errors
/// When the database cannot.
pub async fn mark_paid(tx: &mut Tx, license: &License) -> Result<bool, Error> {
    let query = sqlx::query(
        "update licenses
         set payment_status = 'paid'
         where id = $1 and payment_status = 'pending'",
    );
    let done = query.bind(license.id.to_string()).execute(tx.db()).await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    let query = sqlx::query("update accounts set unpaid_licenses = unpaid_licenses - 1 where id = $1");
    query.bind(license.reseller.to_string()).execute(tx.db()).await?;
    Ok(true)
}
