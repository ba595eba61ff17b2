//! People, as others see and change them: the contacts of an account, the own team, the staff. Lazy routes: their program
//! is fetched when one of them is opened.

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

pub use list::{AccountContactsRoute, StaffRoute, TeamRoute};
pub use new::{NewContactRoute, NewStaffRoute, NewTeamRoute};
pub use page::{ContactRoute, TeamPersonRoute};
pub use rule::FactorRuleCard;
