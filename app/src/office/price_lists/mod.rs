//! Price lists, for the staff who see or edit prices (P1, P2): list, page, one price, and what a
//! reseller sees. Their program is fetched when they are opened.

mod add;
pub(crate) mod api;
mod assigned;
mod fields;
mod list;
mod page;
mod price;
mod prices;
mod seen;

pub use add::NewPriceListPage;
pub use list::PriceListsPage;
pub use page::PriceListPage;
pub use price::PricePage;
pub use seen::SeenAsPage;

use crate::ui::{Pill, paths};
use domain::price_lists::State;
use leptos::prelude::*;

/// Whether a price list holds, as the style knows it.
#[component]
fn StatePill(state: State) -> impl IntoView {
    let word = match state {
        State::Active => "active",
        State::Inactive => "inactive",
        State::NotYet => "queued",
        State::Ended => "expired",
    };
    view! { <Pill word=word label=state.label() /> }
}

/// The way up to the list.
fn way_up() -> (String, String) {
    (paths::PRICE_LISTS.to_owned(), "Price lists".to_owned())
}
