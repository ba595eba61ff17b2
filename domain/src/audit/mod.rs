//! The audit log: who did what when (X1). It holds no secrets and no keys.

use serde::{Deserialize, Serialize};

use crate::{Moment, words::words};

words! {
    /// Everything that is written down, in the words of the deed.
    What {
        /// Signed in.
        SignedIn = "session.created", "Signed in";
        /// Signed out, or ended from the list of sessions.
        SessionEnded = "session.ended", "Ended a session";
        /// The 4th wrong password (A6).
        Locked = "contact.locked", "Locked after four wrong passwords";
        /// Activated by the link (A5).
        Activated = "contact.activated", "Activated the sign-in";
        /// An activation link went out.
        Invited = "contact.invited", "Sent an activation link";
        /// Changed the own password.
        PasswordChanged = "contact.password_changed", "Changed the password";
        /// A back-office owner was made or reset at the command line.
        OwnerMade = "contact.owner_made", "Made or reset a back-office owner";
        /// An account was added.
        AccountCreated = "account.created", "Added the account";
        /// Details of an account were changed.
        AccountEdited = "account.edited", "Changed the account";
        /// What an account may owe was changed.
        CreditLimitSet = "account.credit_limit_set", "Set the credit limit";
        /// A price list was assigned, or taken away.
        PriceListAssigned = "account.price_list_assigned", "Assigned a price list";
        /// Nobody of the account signs in any more.
        AccountSuspended = "account.suspended", "Suspended the account";
        /// They sign in again.
        AccountReactivated = "account.reactivated", "Reactivated the account";
        /// A customer was created.
        CustomerCreated = "customer.created", "Created the customer";
        /// An order was executed.
        OrderExecuted = "order.executed", "Executed the order";
        /// A license came into being.
        LicenseCreated = "license.created", "Created the license";
        /// Notes or details were changed.
        LicenseEdited = "license.edited", "Changed notes or details";
        /// Customer paid was set or taken back (L8).
        LicenseCustomerPaid = "license.customer_paid", "Changed customer paid";
        /// The details went to the customer (L15).
        LicenseSent = "license.sent", "Sent the details to the customer";
    }
}

/// One line of a history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// When.
    pub at: Moment,
    /// Who, by name.
    pub who: String,
    /// What.
    pub what: What,
    /// What changed, as far as the reader may know.
    pub detail: Option<String>,
}
