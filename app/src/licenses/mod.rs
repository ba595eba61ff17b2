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
pub(crate) use new::{
    DetailsPage, NewLicensePage, PaidOn, People, Refused, ReviewPage, UserPage,
    api::{Begin, catalog},
};
pub use one::OneLicensePage;
pub use rows::Rows;
pub use upgrade::UpgradePage;
