//! The reseller's customers: list, wizard, page, import.

mod access;
mod begin;
mod import;
mod list;
mod page;
mod person;
mod rows;

pub use access::AccessPage;
pub use begin::NewCustomerPage;
pub use import::{ImportCheckPage, ImportPage};
pub use list::CustomersPage;
pub use page::CustomerPage;
pub use person::PersonPage;

use crate::ui::Pill;
use domain::contacts::State;
use leptos::prelude::*;

/// Whether the person can sign in, as the style knows it.
#[component]
fn StatePill(state: State) -> impl IntoView {
    let word = if state == State::PendingActivation { "activation" } else { state.word() };
    view! { <Pill word=word label=state.label() /> }
}
