//! The reseller's licenses: list, wizard, result, page.

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

pub use created::CreatedRoute;
pub use list::LicensesPage;
pub(crate) use new::{
    DetailsRoute, NewLicenseRoute, PaidOn, People, Refused, ReviewRoute, UserRoute,
    api::{Begin, catalog},
};
pub use one::LicenseRoute;
pub use rows::Rows;
pub use upgrade::UpgradeRoute;
