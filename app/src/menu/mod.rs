//! The bar at the top and, on a phone, the tabs at the bottom: only what exists and what the role may see.

mod account;
mod bar;
mod tabs;

pub use bar::Bar;
pub use tabs::Tabs;

use domain::{Actor, Deed};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::paths;

/// An entry of the menus.
#[derive(Clone, Copy)]
struct Entry {
    /// What one must be allowed to do.
    deed: Deed,
    address: &'static str,
    name: &'static str,
    icon: &'static str,
    /// The pages that belong to it start like this.
    below: &'static str,
}

const fn entry(
    deed: Deed,
    address: &'static str,
    name: &'static str,
    icon: &'static str,
    below: &'static str,
) -> Entry {
    Entry { deed, address, name, icon, below }
}

/// A customer's home is the list of the own licenses; everybody else has both.
const ENTRIES: [Entry; 10] = [
    entry(Deed::SeeOwnLicenses, paths::HOME, "Licenses", "key", paths::LICENSES),
    entry(Deed::SeeCatalog, paths::HOME, "Home", "home", paths::HOME),
    entry(Deed::SeeMail, paths::HOME, "Home", "home", paths::HOME),
    entry(Deed::SeeLicenses, paths::LICENSES, "Licenses", "key", paths::LICENSES),
    entry(Deed::SeeCustomers, paths::CUSTOMERS, "Customers", "people", paths::CUSTOMERS),
    entry(Deed::SeeCatalog, paths::CATALOG, "Catalog", "box", paths::CATALOG),
    entry(Deed::SeePrices, paths::PRODUCTS, "Products", "box", paths::PRODUCTS),
    entry(Deed::SeePrices, paths::PRICE_LISTS, "Price lists", "bill", paths::PRICE_LISTS),
    entry(Deed::SeeMail, paths::MAIL, "Mail", "mail", paths::MAIL),
    entry(Deed::KeepOwnAccount, paths::ACCOUNT, "Account", "person", paths::ACCOUNT),
];

fn entries(actor: &Actor) -> impl Iterator<Item = Entry> + use<> {
    let roles = actor.roles.clone();
    ENTRIES.into_iter().filter(move |entry| roles.may(entry.deed))
}

/// `page` on the entry of the page that is open, also for the pages below it.
fn current(entry: Entry) -> impl Fn() -> Option<&'static str> + Clone {
    let path = use_location().pathname;
    let is_below =
        move |path: &str| path.strip_prefix(entry.below).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    move || path.with(|path| path == entry.address || is_below(path)).then_some("page")
}
