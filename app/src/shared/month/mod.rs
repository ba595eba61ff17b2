//! The end of a month, as both sides show it, and what is asked of it.

pub mod api;
mod month_end;
mod ways;

pub use month_end::{MonthView, Months};
pub use ways::Ways;

use domain::billing::MonthQuery;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The view that stands in the address.
pub fn view_of_address() -> Memo<MonthQuery> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| MonthQuery::read(|name| query.get(name))))
}
