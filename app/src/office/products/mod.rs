//! Products and their license options, for the staff who see or edit prices (P1, L6): list, page, one
//! option. Their program is fetched when they are opened.

mod add;
pub(crate) mod api;
mod fields;
mod list;
mod option;
mod option_fields;
mod options;
mod page;
mod switch;

pub use add::NewProductPage;
pub use list::ProductsPage;
pub use option::OptionPage;
pub use page::ProductPage;

use crate::ui::{Pill, paths};
use leptos::prelude::*;

/// Whether it is sold, as the style knows it.
#[component]
fn SalePill(active: bool) -> impl IntoView {
    let (word, label) = if active { ("active", "Active") } else { ("inactive", "Inactive") };
    view! { <Pill word=word label=label /> }
}

/// The way up to the list.
fn way_up() -> (String, String) {
    (paths::PRODUCTS.to_owned(), "Products".to_owned())
}
