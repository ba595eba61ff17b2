//! The license list: each view a query that an index answers in the order of the list (L14).
//! Its cost is that of the rows it shows, not of the rows there are.

mod asked;
mod days;
#[cfg(test)]
mod plans;
mod view;

use domain::{
    ProductId, Scope, Timestamp,
    licenses::{Life, PaidFilter, PaymentStatus, SearchText, Sort, State, Type},
    products::Kind,
};

use self::{days::Days, view::View};
use super::{Listed, Named, listed, read};
use crate::{Error, Tx, row::micros};

pub(super) use days::note as note_day;

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
        Self::at(row.seq, &row.license.life)
    }

    pub(super) fn at(seq: i64, life: &Life) -> Self {
        Self { seq, end: life.valid_until.map_or(0, micros) }
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

/// A page of the licenses of whoever asks, as its rows show them.
///
/// # Errors
/// When the database cannot.
pub async fn rows(tx: &mut Tx, scope: &Scope, wanted: &Page, now: Timestamp) -> Result<Vec<Listed>, Error> {
    let days = Days::of(tx, scope, wanted).await?;
    let (sql, clauses) = View::of(tx.dialect(), scope, wanted, now, days).listed(wanted);
    let rows = clauses.rows(sql).fetch_all(tx.db()).await?;
    rows.iter().map(listed::read).collect()
}

/// A page of the licenses of whoever asks, with all that is known of each.
///
/// # Errors
/// When the database cannot.
pub async fn page(tx: &mut Tx, scope: &Scope, wanted: &Page, now: Timestamp) -> Result<Vec<Named>, Error> {
    let days = Days::of(tx, scope, wanted).await?;
    let (sql, clauses) = View::of(tx.dialect(), scope, wanted, now, days).page(wanted);
    let rows = clauses.rows(sql).fetch_all(tx.db()).await?;
    rows.iter().map(read).collect()
}

/// How many fit, counted up to `most`, wherever the page begins.
///
/// # Errors
/// When the database cannot.
pub async fn count(tx: &mut Tx, scope: &Scope, wanted: &Page, now: Timestamp, most: i64) -> Result<i64, Error> {
    let days = Days::of(tx, scope, wanted).await?;
    let wanted = &counted(wanted, now);
    let (sql, clauses) = View::of(tx.dialect(), scope, wanted, now, days).count(wanted, most);
    Ok(clauses.number(sql).fetch_one(tx.db()).await?)
}

/// What is counted does not need its order: without a search, what has ended, and what is active and
/// ends, is found by its end.
fn counted(wanted: &Page, now: Timestamp) -> Page {
    let ends = matches!(wanted.license_type, Some(Type::Trial | Type::Subscription));
    match (&wanted.search, wanted.state) {
        (None, Some(State::Expired)) => Page { ends_by: wanted.ends_by.or(Some(now)), ..wanted.clone() },
        (None, Some(State::Active)) if ends => Page { sort: Some(Sort::Ending), ..wanted.clone() },
        _ => wanted.clone(),
    }
}
