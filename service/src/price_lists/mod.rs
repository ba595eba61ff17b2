//! Price lists as staff keep them: the list, the page, the prices, and what a reseller sees of them (P1, P2).

mod edit;
mod export;
mod list;
mod prices;
mod seen;

pub use edit::{add, save};
pub use export::{COLUMNS, export};
pub use list::{find, list};
pub use prices::{price, remove_price, set_price};
pub use seen::seen_as;
