//! Applications: somebody asks to become a reseller, and the operator decides (A3).

mod approve;
mod forms;
mod views;

pub use approve::{Approval, ApproveForm};
pub use forms::{Apply, NewApplication, RejectForm};
pub use views::{ApplicationPage, ApplicationRow, Applications, ApplicationsQuery, Person};

use crate::words::words;

words! {
    /// Where an application stands.
    State {
        /// Waits for the operator.
        Applied = "applied", "Waiting";
        /// Has become an account.
        Approved = "approved", "Approved";
        /// Was rejected; what the applicant wrote is erased.
        Rejected = "rejected", "Rejected";
    }
}
