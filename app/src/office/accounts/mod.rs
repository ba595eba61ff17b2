//! Accounts in the back office: list, form, and the page of one with its parts.

pub(crate) mod api;
mod customers;
mod details;
mod fields;
mod history;
mod licenses;
mod limit;
mod list;
mod live;
mod many;
mod new;
mod orders;
mod part;
mod prices;
mod rows;
mod suspension;
mod top;

pub use customers::CustomersPage;
pub use details::AccountPage;
pub(crate) use fields::{CreditFields, ProgrammeFields};
pub use history::HistoryPage;
pub use licenses::LicensesPage;
pub use list::AccountsPage;
pub(crate) use live::{Live, LiveCredit};
pub use new::NewAccountPage;
pub use orders::AccountOrdersPage;
pub use part::Part;
pub use prices::PriceListPage;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The account in the address.
fn account() -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()))
}

/// The account in the address, and where its list begins.
pub fn account_after() -> Memo<(String, Option<String>)> {
    let (id, query) = (account(), use_query_map());
    Memo::new(move |_| (id.get(), query.with(|query| query.get("after"))))
}
