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
        /// A price list came into being (P1).
        PriceListCreated = "price_list.created", "Created the price list";
        /// Its name, dates, percentage or state were changed.
        PriceListEdited = "price_list.edited", "Changed the price list";
        /// A price was added to it or changed.
        PriceSet = "price_list.price_set", "Set a price of the price list";
        /// A price was taken out of it.
        PriceRemoved = "price_list.price_removed", "Removed a price of the price list";
        /// A product came into being.
        ProductCreated = "product.created", "Created the product";
        /// Its name, description, trial or application were changed.
        ProductEdited = "product.edited", "Changed the product";
        /// A product or an option is not sold any more.
        SaleEnded = "product.sale_ended", "Ended the sale";
        /// A product or an option is sold again.
        SaleResumed = "product.sale_resumed", "Resumed the sale";
        /// A license option came into being.
        OptionCreated = "option.created", "Created the license option";
        /// It or its list prices were changed.
        OptionEdited = "option.edited", "Changed the license option";
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
