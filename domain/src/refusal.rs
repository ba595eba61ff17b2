//! What the rules refuse, with the rule, the numbers and the way out.

use serde::{Deserialize, Serialize};

use crate::accounts::Missing;

/// A deed that the rules do not allow now. The message is a sentence a reseller can act on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    /// L7: the unpaid cap.
    #[error(
        "{left} of {cap} unpaid slots left, {asked} asked for. Lower the quantity or pay the operator for licenses."
    )]
    UnpaidCap {
        /// How many unpaid licenses the reseller may have.
        cap: i64,
        /// How many more it may create now.
        left: i64,
        /// How many it asked for.
        asked: i64,
    },
    /// P2: what a wizard was begun with is not sold any more, or not to this reseller.
    #[error("This option is not offered to you any more. Begin again with another one; nothing was created.")]
    NotOffered,
    /// A2: the reseller cannot order yet.
    #[error("Ordering is not possible yet: {}.", Missing::sentence(missing))]
    NotReady {
        /// What is missing.
        missing: Vec<Missing>,
    },
    /// L4: one trial per product per customer, ever.
    #[error("This customer has had a trial of {product} before. There is one trial of a product per customer.")]
    TrialUsed {
        /// The product's name.
        product: String,
    },
    /// L4: no trial beside a live license.
    #[error("This customer has a working license of {product}, so there is nothing to try.")]
    TrialNotNeeded {
        /// The product's name.
        product: String,
    },
    /// L6: an additional license needs a live primary.
    #[error(
        "An additional license works only beside a primary one. Create a primary license of {product} for this customer first."
    )]
    PrimaryMissing {
        /// The product's name.
        product: String,
    },
    /// L6: an add-on has no additional licenses.
    #[error("Additional licenses are for the application only, not for an add-on.")]
    AdditionalAddOn,
    /// L9: only a live license can be changed or sent.
    #[error("This license is {state} and cannot be changed any more.")]
    LicenseFinal {
        /// The state, in words.
        state: String,
    },
    /// O2: the form carries no key of ours, or one of another form.
    #[error("This form is not known here any more. Open the page again; nothing was done.")]
    FormUnknown,
    /// O2: the key was used with other entries.
    #[error("This form was sent before with other entries. What was done then stays; open the page again to do more.")]
    FormSentBefore,
    /// The price is another than the one that was shown at review (P3).
    #[error("The price has changed since you saw it: it is {now} now. Please look at it again.")]
    PriceChanged {
        /// The total now, as shown.
        now: String,
    },
    /// Somebody else changed the same thing after it was shown.
    #[error("{changes} since you opened this page. Nothing of yours was saved; open the page again and look at both.")]
    ChangedSince {
        /// Who changed what, in words: "Ada Berg has changed the name".
        changes: String,
    },
    /// A5: the link is too old.
    #[error("This link has expired.")]
    LinkExpired,
    /// A5: the link did its work.
    #[error("This link has been used already.")]
    LinkUsed,
    /// A5: no such link, or a later one has taken its place.
    #[error("This link is not valid. If you were sent a newer one, use that.")]
    LinkUnknown,
    /// A6, A10: the contact is in a state in which this makes no sense.
    #[error("This is possible only while the activation is pending.")]
    NotPending,
    /// Signing in failed; the same words whatever the reason (A6).
    #[error("E-mail or username and password do not match. After four wrong passwords in a row, signing in is locked.")]
    SignInFailed,
}
