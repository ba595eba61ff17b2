//! The audit log: who did what when (X1). It holds no secrets and no keys.

mod views;

pub use views::{AuditLog, AuditQuery, AuditRow, Change, OwnEntry, OwnHistory};

use serde::{Deserialize, Serialize};

use crate::{Moment, words::words};

words! {
    /// Everything that is written down, in the words of the deed.
    What {
        /// Signed in.
        SignedIn = "session.created", "Signed in";
        /// Signed out, or ended from the list of sessions.
        SessionEnded = "session.ended", "Ended a session";
        /// Everywhere but in the browser that asked.
        OtherSessionsEnded = "session.others_ended", "Ended all other sessions";
        /// The 4th wrong password or code in a row that somebody signed in entered when asked once more.
        SessionCutOff = "session.cut_off", "Ended after four wrong passwords or codes";
        /// Wrong passwords in a row over all networks (A6). Until November 2026 it was the fourth.
        Locked = "contact.locked", "Locked after too many wrong passwords";
        /// The 4th wrong password in a row from one network, of which the person was told (A6).
        Throttled = "contact.throttled", "Four wrong passwords: the network has to wait";
        /// Activated by the link (A5).
        Activated = "contact.activated", "Activated the sign-in";
        /// An activation link went out.
        Invited = "contact.invited", "Sent an activation link";
        /// Changed the own password.
        PasswordChanged = "contact.password_changed", "Changed the password";
        /// Set an authenticator app up.
        SecondFactorOn = "contact.second_factor_on", "Switched the second factor on";
        /// Took it away.
        SecondFactorOff = "contact.second_factor_off", "Switched the second factor off";
        /// Added a passkey.
        PasskeyAdded = "contact.passkey_added", "Added a passkey";
        /// Took a passkey away.
        PasskeyRemoved = "contact.passkey_removed", "Removed a passkey";
        /// Signed in with a recovery code.
        RecoveryUsed = "contact.recovery_used", "Used a recovery code";
        /// Took it from somebody who has lost it.
        SecondFactorTaken = "contact.second_factor_taken", "Took the second factor away";
        /// A back-office owner was made or reset at the command line.
        OwnerMade = "contact.owner_made", "Made or reset a back-office owner";
        /// A person was added to an account (A4).
        ContactAdded = "contact.added", "Added the person";
        /// Details of a person were changed.
        ContactEdited = "contact.edited", "Changed the person's details";
        /// User type or roles were changed (A8, A9).
        RolesChanged = "contact.roles_changed", "Changed the roles";
        /// An activation link was shown to staff (A5).
        LinkCopied = "contact.link_copied", "Took an activation link to pass on";
        /// All sessions of a person were ended by somebody who may help.
        SessionsEnded = "contact.sessions_ended", "Ended all sessions of the person";
        /// Signing in was unlocked (A6).
        Unlocked = "contact.unlocked", "Unlocked the sign-in";
        /// Signing in was switched off (A6).
        Deactivated = "contact.deactivated", "Made the sign-in inactive";
        /// Signing in was switched on again (A6).
        Reactivated = "contact.reactivated", "Made the sign-in active";
        /// A link for a new password went out (A7).
        ResetSent = "contact.reset_sent", "Sent a link for a new password";
        /// A new password was chosen by that link (A7).
        PasswordReset = "contact.password_reset", "Chose a new password by a link";
        /// A list or keys were taken home as a file.
        FileTaken = "export.taken", "Downloaded a list or keys";
        /// An account was added.
        AccountCreated = "account.created", "Added the account";
        /// Details of an account were changed.
        AccountEdited = "account.edited", "Changed the account";
        /// What an account may owe was changed.
        CreditLimitSet = "account.credit_limit_set", "Set the credit limit";
        /// An account's tax, invoices, reminders or suspension were changed (B5, C7, C8).
        AccountTermsSet = "account.terms_set", "Changed how the account is billed";
        /// What the operator says once about billing was changed.
        BillingSettingsSet = "billing.settings_set", "Changed the settings of billing";
        /// A price list was assigned, or taken away.
        PriceListAssigned = "account.price_list_assigned", "Assigned a price list";
        /// All people of an account need a second factor.
        SecondFactorRequired = "account.second_factor_required", "Required a second factor of everybody";
        /// They do not any more.
        SecondFactorNotRequired = "account.second_factor_not_required", "No longer required a second factor";
        /// Nobody of the account signs in any more.
        AccountSuspended = "account.suspended", "Suspended the account";
        /// They sign in again.
        AccountReactivated = "account.reactivated", "Reactivated the account";
        /// A table of customers was accepted, who are made of it (A10).
        CustomersImported = "customer.imported", "Accepted a table of customers";
        /// A customer was created.
        CustomerCreated = "customer.created", "Created the customer";
        /// An order was placed and is held over the credit (C3).
        OrderHeld = "order.held", "Placed the order, which is held";
        /// A held order will never be executed.
        OrderCanceled = "order.canceled", "Canceled the order";
        /// An order was executed.
        OrderExecuted = "order.executed", "Executed the order";
        /// Charges were invoiced (B5).
        InvoiceIssued = "invoice.issued", "Issued the invoice";
        /// Somebody is about to pay (B6, B7, C6).
        PaymentBegun = "payment.begun", "Began the payment";
        /// The money is there.
        PaymentReceived = "payment.received", "Received the payment";
        /// It did not work, or nobody paid in time; everything stays unpaid.
        PaymentFailed = "payment.failed", "Noted that the payment has ended without money";
        /// It is not wanted any more.
        PaymentCanceled = "payment.canceled", "Canceled the payment";
        /// Money went back to the payer.
        PaymentGivenBack = "payment.given_back", "Noted that money went back to the payer";
        /// Another amount was told than was asked for.
        PaymentOdd = "payment.odd", "Noted that somebody has to look at the payment";
        /// Somebody has looked at it.
        PaymentSolved = "payment.solved", "Looked at the payment";
        /// Money came in by bank transfer (B7).
        ReceiptRecorded = "receipt.recorded", "Recorded the receipt";
        /// Somebody has said whose it is.
        ReceiptAssigned = "receipt.assigned", "Said whose the receipt is";
        /// It was recorded by mistake.
        ReceiptTakenBack = "receipt.taken_back", "Took the receipt back";
        /// A license came into being.
        LicenseCreated = "license.created", "Created the license";
        /// Notes or details were changed.
        LicenseEdited = "license.edited", "Changed notes or details";
        /// Customer paid was set or taken back (L8).
        LicenseCustomerPaid = "license.customer_paid", "Changed customer paid";
        /// The details went to the customer (L15).
        LicenseSent = "license.sent", "Sent the details to the customer";
        /// The next period of a subscription was charged (B1).
        SubscriptionCharged = "subscription.charged", "Charged the subscription";
        /// Fewer licenses are renewed, or all again (P3).
        SubscriptionChanged = "subscription.changed", "Changed how many licenses are renewed";
        /// It costs something else from a day on (P3).
        SubscriptionRepriced = "subscription.repriced", "Changed the price of the subscription";
        /// It ends with its period.
        SubscriptionCanceled = "subscription.canceled", "Canceled the subscription";
        /// It does not, after all.
        SubscriptionKept = "subscription.kept", "Took the cancellation back";
        /// A trial was bought (L5).
        LicenseUpgraded = "license.upgraded", "Upgraded the trial";
        /// It was given back (B9).
        LicenseRefunded = "license.refunded", "Gave the license back";
        /// A credit note was issued (B5).
        InvoiceCredited = "invoice.credited", "Credited the invoice";
        /// The reseller recorded what it takes itself (P4).
        ResalePriceSet = "resale_price.set", "Set the own resale price";
        /// Somebody applied as a reseller (A3).
        Applied = "application.received", "Applied as a reseller";
        /// The application has become an account (A3).
        ApplicationApproved = "application.approved", "Approved the application";
        /// The applicant was told no, and forgotten (A3).
        ApplicationRejected = "application.rejected", "Rejected the application";
        /// A mail is to be sent once more (X2).
        MailRetried = "mail.retried", "Sent the mail again";
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
