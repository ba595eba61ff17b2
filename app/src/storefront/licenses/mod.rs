//! The reseller's licenses: list, wizard, result, page.

mod all;
pub mod api;
mod created;
mod edit;
mod filters;
mod list;
mod many;
mod more;
pub mod new;
mod one;
mod page;
mod rows;
mod sending;
mod upgrade;

pub use all::AllLicensesPage;
pub use created::CreatedPage;
pub use list::LicensesPage;
pub use new::{DetailsPage, NewLicensePage, ReviewPage, UserPage};
pub(crate) use new::{
    PaidOn, People, Refused,
    api::{Begin, catalog},
};
pub use one::OneLicensePage;
pub(crate) use rows::Rows;
pub use upgrade::UpgradePage;
