//! Adding licenses to a running subscription.

mod add;

pub use add::AddLicensesPage;
