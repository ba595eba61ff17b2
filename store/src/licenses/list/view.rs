//! A view of the list as SQL. On SQLite the filters are words of the search index, which gives the rows that
//! have them all, in the order of the list; a view without filters is an index of the table, named in the query.
//! On PostgreSQL all are conditions, and the planner knows how many rows have what.

use domain::{
    Scope, Timestamp,
    licenses::{PaidFilter, Sort, State},
};

use super::{
    Page,
    asked::Asked,
    days::{Days, Edge},
};
use crate::{
    clauses::Clauses,
    dialect::Dialect,
    licenses::{COLUMNS, NAMES, listed, mine},
    row::micros,
    search::{self, Index},
};

/// A view of the list as a query in the making.
pub(super) struct View {
    clauses: Clauses,
    /// The index that finds the rows, where a search does: it comes first in the query.
    search: Option<&'static str>,
    /// How SQLite is told which index of the table has the rows in their order.
    hint: String,
    /// A condition speaks of the row itself.
    of_row: bool,
    now: Timestamp,
}

impl View {
    pub(super) fn of(dialect: Dialect, scope: &Scope, wanted: &Page, now: Timestamp, days: Days) -> Self {
        let by_end = wanted.sort == Some(Sort::Ending) || wanted.ends_by.is_some();
        let text = wanted.search.as_ref();
        let mut view = match (scope.reseller(), Asked::of(wanted)) {
            (Some(reseller), Some(Asked { facets, rest })) if dialect == Dialect::Sqlite => {
                let mut clauses = Clauses::default();
                search::narrow(dialect, Index::Licenses, &mut clauses, reseller, &facets, text);
                let (search, of_row) = (Some(Index::Licenses.table()), rest != Page::default());
                let mut view = Self { clauses, search, hint: String::new(), of_row, now };
                view.filter(&rest);
                view
            }
            (reseller, _) => {
                let mut clauses = mine(scope);
                if let (Some(reseller), Some(_)) = (reseller, text) {
                    search::narrow(dialect, Index::Licenses, &mut clauses, reseller, &[], text);
                }
                let hint = match (reseller, scope.customer()) {
                    (Some(_), _) if by_end => dialect.by_index("licenses_ending"),
                    (Some(_), _) if wanted.state == Some(State::Expired) => dialect.by_index("licenses_with_end"),
                    (Some(_), _) => dialect.by_index("licenses_of_reseller"),
                    (_, Some(_)) => dialect.by_index("licenses_of_customer"),
                    (None, None) => String::new(),
                };
                let mut view = Self { clauses, search: None, hint, of_row: true, now };
                view.filter(wanted);
                view
            }
        };
        view.by_time(wanted);
        view.by_day(days);
        view
    }

    /// The column that orders the rows and bounds a page.
    const fn place(&self) -> &'static str {
        if self.search.is_some() { "license_search.rowid" } else { "r.seq" }
    }

    /// The filters as conditions on the row.
    fn filter(&mut self, wanted: &Page) {
        let clauses = &mut self.clauses;
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
        match wanted.state {
            None => {}
            Some(State::Transferred) => clauses.and("r.transferred_at is not null", []),
            Some(State::Revoked) => clauses.and("r.revoked_at is not null and r.transferred_at is null", []),
            Some(State::Suspended) => {
                clauses.and("r.suspended_at is not null and r.revoked_at is null and r.transferred_at is null", []);
            }
            Some(State::Active | State::Expired) => {
                clauses.and("r.suspended_at is null and r.revoked_at is null and r.transferred_at is null", []);
            }
        }
    }

    /// What depends on the time, which no index of words knows.
    fn by_time(&mut self, wanted: &Page) {
        let now = micros(self.now);
        match (self.search, wanted.state) {
            (None, Some(State::Active)) => {
                self.clauses.and("(r.valid_until is null or r.valid_until > ?)", [now.into()]);
            }
            (None, Some(State::Expired)) => self.clauses.and("r.valid_until <= ?", [now.into()]),
            (Some(index), Some(State::Active)) => self.clauses.and(&format!("not {}", ended(index)), [now.into()]),
            (Some(index), Some(State::Expired)) => self.clauses.and(&ended(index), [now.into()]),
            (_, Some(State::Suspended | State::Revoked | State::Transferred) | None) => {}
        }
        if let Some(end) = wanted.ends_by {
            self.of_row = true;
            self.clauses.and("r.valid_until <= ?", [micros(end).into()]);
        }
    }

    /// The days, by their places; a search reads the row only where the place does not tell.
    fn by_day(&mut self, days: Days) {
        let place = self.place();
        let created = match self.search {
            Some(index) => format!("(select created_at from licenses where seq = {index}.rowid)"),
            None => "r.created_at".to_owned(),
        };
        if let Some(Edge { at, outer, inner }) = days.from {
            self.clauses.and(
                &format!("{place} >= ? and ({place} >= ? or {created} >= ?)"),
                [outer.into(), inner.into(), micros(at).into()],
            );
        }
        if let Some(Edge { at, outer, inner }) = days.before {
            self.clauses.and(
                &format!("{place} <= ? and ({place} <= ? or {created} < ?)"),
                [outer.into(), inner.into(), micros(at).into()],
            );
        }
    }

    /// The rows, with their index before them. The left joins find what is always there: unlike others, they
    /// keep their place behind the row, whatever the planner believes of the sizes of tables.
    fn rows(&mut self) -> String {
        match self.search {
            Some(index) => {
                self.clauses.and(&format!("r.seq = {index}.rowid"), []);
                format!("{index} cross join licenses r")
            }
            None => format!("licenses r {}", self.hint),
        }
    }

    /// The page as a query.
    pub(super) fn page(self, wanted: &Page) -> (String, Clauses) {
        self.select(COLUMNS, NAMES, wanted)
    }

    /// The same, for what its rows show.
    pub(super) fn listed(self, wanted: &Page) -> (String, Clauses) {
        self.select(listed::COLUMNS, listed::NAMES, wanted)
    }

    fn select(mut self, columns: &str, names: &str, wanted: &Page) -> (String, Clauses) {
        let (rows, place) = (self.rows(), self.place());
        let mut clauses = self.clauses;
        let by = match wanted.sort.unwrap_or(Sort::Newest) {
            Sort::Newest => {
                if let Some(after) = wanted.after {
                    clauses.and(&format!("{place} < ?"), [after.seq.into()]);
                }
                format!("{place} desc")
            }
            Sort::Oldest => {
                if let Some(after) = wanted.after {
                    clauses.and(&format!("{place} > ?"), [after.seq.into()]);
                }
                format!("{place} asc")
            }
            // One bound only, so that the index begins where the page does.
            Sort::Ending => {
                match wanted.after.filter(|after| after.end > micros(self.now)) {
                    Some(after) => clauses.and(
                        "r.valid_until is not null and (r.valid_until, r.seq) > (?, ?)",
                        [after.end.into(), after.seq.into()],
                    ),
                    None => clauses.and("r.valid_until > ?", [micros(self.now).into()]),
                }
                "r.valid_until asc, r.seq asc".to_owned()
            }
        };
        let (which, most) = (clauses.text(), wanted.most);
        (format!("select {columns} from {rows} {names} where {which} order by {by} limit {most}"), clauses)
    }

    /// The count as a query.
    pub(super) fn count(mut self, wanted: &Page, most: i64) -> (String, Clauses) {
        if wanted.sort == Some(Sort::Ending) {
            self.of_row = true;
            self.clauses.and("r.valid_until > ?", [micros(self.now).into()]);
        }
        let rows = match self.search {
            Some(index) if !self.of_row => index.to_owned(),
            _ => self.rows(),
        };
        let which = self.clauses.text();
        (format!("select count(*) from (select 1 from {rows} where {which} limit {most}) as found"), self.clauses)
    }
}

/// Whether a hit of the search has ended at a time.
fn ended(index: &str) -> String {
    format!(
        "exists (select 1 from licenses e indexed by licenses_ends where e.seq = {index}.rowid and e.valid_until <= ?)"
    )
}
