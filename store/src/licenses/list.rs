//! The license list: each view a query that an index answers in the order of the list (L14).
//! Its cost is that of the rows it shows, not of the rows there are.

use domain::{
    ProductId, Scope, Timestamp,
    licenses::{PaidFilter, PaymentStatus, SearchText, Sort, State, Type},
    products::Kind,
};

use super::{COLUMNS, NAMES, Named, mine, read};
use crate::{
    Error, Tx,
    clauses::Clauses,
    row::micros,
    search::{self, Index},
};

/// Which licenses, in which order, from where on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Words that are looked for; only a reseller searches.
    pub search: Option<SearchText>,
    /// L8.
    pub payment: Option<PaymentStatus>,
    /// L8.
    pub paid: Option<PaidFilter>,
    /// Permanent, trial, subscription.
    pub license_type: Option<Type>,
    /// Primary or additional.
    pub kind: Option<Kind>,
    /// L9, at the time `now`.
    pub state: Option<State>,
    /// Of one product.
    pub product: Option<ProductId>,
    /// Of one customer.
    pub customer: Option<domain::AccountId>,
    /// Created then or later.
    pub from: Option<Timestamp>,
    /// Created before then.
    pub before: Option<Timestamp>,
    /// Ending then at the latest; for what ends soon.
    pub ends_by: Option<Timestamp>,
    /// In which order.
    pub sort: Option<Sort>,
    /// After which place.
    pub after: Option<Place>,
    /// How many at the most.
    pub most: i64,
}

/// A place in the list: the last row of the page before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its `seq`.
    pub seq: i64,
    /// Its end in microseconds, where the list is sorted by that.
    pub end: i64,
}

impl Place {
    /// The place of a row.
    pub fn of(row: &Named) -> Self {
        Self { seq: row.seq, end: row.license.life.valid_until.map_or(0, micros) }
    }

    /// As it stands in an address.
    pub fn text(&self) -> String {
        format!("{}.{}", self.seq, self.end)
    }

    /// From an address; `None` when it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (seq, end) = text.split_once('.')?;
        Some(Self { seq: seq.parse().ok()?, end: end.parse().ok()? })
    }
}

/// A page of the licenses of whoever asks.
///
/// # Errors
/// When the database cannot.
pub async fn page(tx: &mut Tx, scope: &Scope, wanted: &Page, now: Timestamp) -> Result<Vec<Named>, Error> {
    let (mut clauses, first) = narrowed(tx, scope, wanted, now).await?;
    let order = search::order(tx.dialect(), Index::Licenses, !first.is_empty());
    let by = match (wanted.sort.unwrap_or(Sort::Newest), wanted.after) {
        (Sort::Newest, after) => {
            match after {
                Some(place) if first.is_empty() => clauses.and("r.seq < ?", [place.seq.into()]),
                Some(place) => clauses.and("license_search.rowid < ?", [place.seq.into()]),
                None => {}
            }
            format!("{order} desc")
        }
        (Sort::Oldest, after) => {
            match after {
                Some(place) if first.is_empty() => clauses.and("r.seq > ?", [place.seq.into()]),
                Some(place) => clauses.and("license_search.rowid > ?", [place.seq.into()]),
                None => {}
            }
            format!("{order} asc")
        }
        (Sort::Ending, after) => {
            if let Some(place) = after {
                clauses.and("(r.valid_until, r.seq) > (?, ?)", [place.end.into(), place.seq.into()]);
            }
            "r.valid_until asc, r.seq asc".to_owned()
        }
    };
    let sql = format!(
        "select {COLUMNS} from {first} licenses r {NAMES} where {} order by {by} limit {}",
        clauses.text(),
        wanted.most
    );
    let rows = clauses.rows(sql).fetch_all(tx.db()).await?;
    rows.iter().map(read).collect()
}

/// How many fit, counted up to `most`, wherever the page begins.
///
/// # Errors
/// When the database cannot.
pub async fn count(tx: &mut Tx, scope: &Scope, wanted: &Page, now: Timestamp, most: i64) -> Result<i64, Error> {
    let (clauses, first) = narrowed(tx, scope, wanted, now).await?;
    let sql = format!(
        "select count(*) from (select 1 from {first} licenses r where {} limit {most}) as found",
        clauses.text()
    );
    Ok(clauses.number(sql).fetch_one(tx.db()).await?)
}

async fn narrowed(tx: &mut Tx, scope: &Scope, wanted: &Page, now: Timestamp) -> Result<(Clauses, &'static str), Error> {
    let mut clauses = mine(scope);
    let first = match (&wanted.search, scope.reseller()) {
        (Some(text), Some(reseller)) => search::narrow(tx.dialect(), Index::Licenses, &mut clauses, reseller, text),
        _ => "",
    };
    if let Some(payment) = wanted.payment {
        clauses.and("r.payment_status = ?", [payment.word().into()]);
    }
    match wanted.paid {
        Some(PaidFilter::Yes) => clauses.and("r.customer_paid_on is not null", []),
        Some(PaidFilter::No) => clauses.and("r.customer_paid_on is null", []),
        None => {}
    }
    if let Some(license_type) = wanted.license_type {
        clauses.and("r.license_type = ?", [license_type.word().into()]);
    }
    if let Some(kind) = wanted.kind {
        clauses.and("r.kind = ?", [kind.word().into()]);
    }
    if let Some(product) = wanted.product {
        clauses.and("r.product_id = ?", [product.to_string().into()]);
    }
    if let Some(customer) = wanted.customer {
        clauses.and("r.customer_id = ?", [customer.to_string().into()]);
    }
    if let Some(state) = wanted.state {
        in_state(&mut clauses, state, now);
    }
    if wanted.sort == Some(Sort::Ending) {
        clauses.and("r.valid_until > ?", [micros(now).into()]);
    }
    if let Some(end) = wanted.ends_by {
        clauses.and("r.valid_until <= ?", [micros(end).into()]);
    }
    created_between(tx, scope, &mut clauses, wanted).await?;
    Ok((clauses, first))
}

/// L9 as conditions on the times.
fn in_state(clauses: &mut Clauses, state: State, now: Timestamp) {
    match state {
        State::Transferred => return clauses.and("r.transferred_at is not null", []),
        State::Revoked => clauses.and("r.revoked_at is not null", []),
        State::Suspended => clauses.and("r.suspended_at is not null and r.revoked_at is null", []),
        State::Active | State::Expired => clauses.and("r.suspended_at is null and r.revoked_at is null", []),
    }
    clauses.and("r.transferred_at is null", []);
    match state {
        State::Active => clauses.and("(r.valid_until is null or r.valid_until > ?)", [micros(now).into()]),
        State::Expired => clauses.and("r.valid_until <= ?", [micros(now).into()]),
        State::Suspended | State::Revoked | State::Transferred => {}
    }
}

/// Days as places in the list: an index finds the first and the last, and the page walks in between.
async fn created_between(tx: &mut Tx, scope: &Scope, clauses: &mut Clauses, wanted: &Page) -> Result<(), Error> {
    if let Some(from) = wanted.from {
        let mut first = mine(scope);
        first.and("r.created_at >= ?", [micros(from).into()]);
        let sql = format!("select r.seq from licenses r where {} order by r.created_at, r.seq limit 1", first.text());
        let seq = first.number(sql).fetch_optional(tx.db()).await?;
        clauses.and("r.seq >= ?", [seq.unwrap_or(i64::MAX).into()]);
    }
    if let Some(before) = wanted.before {
        let mut last = mine(scope);
        last.and("r.created_at < ?", [micros(before).into()]);
        let sql = format!(
            "select r.seq from licenses r where {} order by r.created_at desc, r.seq desc limit 1",
            last.text()
        );
        let seq = last.number(sql).fetch_optional(tx.db()).await?;
        clauses.and("r.seq <= ?", [seq.unwrap_or(0).into()]);
    }
    Ok(())
}
