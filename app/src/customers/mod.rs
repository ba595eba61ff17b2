//! The reseller's customers: list, wizard, page.

mod access;
pub mod api;
mod begin;
mod edit;
mod import;
mod list;
mod page;
mod person;
mod rows;

pub use access::AccessRoute;
pub use begin::NewCustomerRoute;
pub use edit::{EditCustomerRoute, OfficeEditCustomerRoute};
pub use import::{ImportCheckRoute, ImportRoute};
pub use list::CustomersRoute;
pub use page::CustomerRoute;
pub use person::PersonRoute;

use domain::contacts::State;
use leptos::prelude::*;

use crate::ui::Pill;

/// Whether the person can sign in, as the style knows it.
#[component]
fn StatePill(state: State) -> impl IntoView {
    let word = if state == State::PendingActivation { "activation" } else { state.word() };
    view! { <Pill word=word label=state.label() /> }
}
