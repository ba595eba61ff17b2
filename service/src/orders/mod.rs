//! Orders: the one door through which licenses and charges come into being. An order is placed once, and executed once: at
//! once when it is within the credit, otherwise held until staff decide (C3, C4).

mod basket;
mod bill;
mod execute;
mod held;
mod item;
mod list;
mod office;
mod page;
mod place;
mod result;
mod tell;
mod terms;
mod upgrade;

pub(crate) use basket::choose_user;
pub use basket::{
    add as add_to_basket, confirm as confirm_basket, find as basket, keep as keep_checkout, place_basket,
    set as set_in_basket,
};
pub(crate) use bill::Bill;
pub(crate) use execute::customer_words;
pub use held::{cancel, cancel_own, execute};
pub(crate) use item::{Item, quote, terms, updates_until};
pub use list::list;
pub(crate) use office::of_account;
pub use office::{find as find_any, list as list_all};
pub use page::find;
pub(crate) use place::{Placing, place};
pub use result::{executed, send};
pub(crate) use terms::{consent, terms_of_use};
