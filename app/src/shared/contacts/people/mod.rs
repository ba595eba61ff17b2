//! People, as others see and change them: the contacts of an account, the own team, the staff.

mod acts;
pub mod api;
mod facts;
mod fields;
mod link;
mod list;
mod lost;
mod new;
mod page;
mod rows;
mod rule;
mod sessions;

pub use list::{AccountContactsPage, StaffPage, TeamPage};
pub use new::{NewContactPage, NewStaffPage, NewTeamPage};
pub use page::{ContactPage, TeamPersonPage};
pub use rule::FactorRuleCard;
