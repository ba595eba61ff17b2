//! The reseller's licenses: list, wizard, result, page.

pub mod api;
mod created;
mod edit;
mod filters;
mod list;
mod many;
mod more;
pub mod new;
mod page;
mod rows;
mod sending;

pub use created::CreatedPage;
pub use list::LicensesPage;
pub(crate) use new::{
    DetailsPage, NewLicensePage, Refused, ReviewPage, UserPage,
    api::{Begin, catalog},
};
pub use page::LicensePage;
pub use rows::Rows;
