//! Paying the operator: licenses that were ticked, invoices, or a top-up (B6, B7, C6). A payment is begun, and then either money comes in,
//! by a bank transfer that finance records or by a card, or it ends without.

mod begin;
mod card;
mod checkout;
mod discount;
mod import;
mod list;
mod money;
mod office;
mod receipts;
mod stop;
mod tell;
mod told;
mod top_up;
mod wanted;

pub use begin::begin;
pub use card::{hear, look, open_page};
pub use checkout::checkout;
pub use discount::discount;
pub use import::{dry_run, import, upload};
pub use list::{find, list};
pub use office::{find_any, find_receipt, list_all, receipts};
pub use receipts::{assign, record, take_back};
pub use stop::{cancel, cancel_any, solve};
pub use told::sweep;
pub use top_up::{top_up, top_up_page};
