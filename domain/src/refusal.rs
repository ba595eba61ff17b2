//! What the rules refuse, with the rule, the numbers and the way out.

use serde::{Deserialize, Serialize};

use crate::{
    Currency, Money,
    accounts::Missing,
    billing::{CreditError, Shortfall},
    contacts::State,
    editions::Meanwhile,
    money::AmountError,
    orders::LineChange,
};

/// A deed that the rules do not allow now. The message is a sentence a reseller can act on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    #[error("{}", Refusal::FORM_UNKNOWN)]
    FormUnknown,
    /// O2: the key was used with other entries.
    #[error("This form was sent before with other entries. What was done then stays; open the page again to do more.")]
    FormSentBefore,
    /// X2: so many mails went to one address that its reader would call it a flood.
    #[error(
        "{limit} mails an hour can be sent to {to}, and that many were. Nothing was sent; try again in {minutes} min."
    )]
    MailsToOne {
        /// The address.
        to: String,
        /// How many an hour.
        limit: u32,
        /// When there is room for one more.
        minutes: u64,
    },
    /// X2: the same of all that an account has sent.
    #[error(
        "Your organisation can have {limit} mails an hour sent, and that many were. Nothing was sent; try again in {minutes} min."
    )]
    MailsOfAccount {
        /// How many an hour.
        limit: u32,
        /// When there is room for one more.
        minutes: u64,
    },
    /// The price is another than the one that was shown at review (P3).
    #[error("The price has changed since you saw it: it is {now} now. Please look at it again.")]
    PriceChanged {
        /// The total now, as shown.
        now: String,
    },
    /// O1: nothing is in the basket.
    #[error("Your basket is empty. Add something to it first.")]
    BasketEmpty,
    /// O1: an order is paid in one currency.
    #[error("Amounts in {} and in {} cannot be put together. Keep to one currency.", one.code(), other.code())]
    MixedCurrencies {
        /// The currency of what was there first.
        #[serde(with = "crate::money::code")]
        one: Currency,
        /// The other one.
        #[serde(with = "crate::money::code")]
        other: Currency,
    },
    /// P5: a price is nothing or more.
    #[error("A price cannot be below nothing.")]
    BelowNothing,
    /// P5: more than can be counted.
    #[error("This comes to more than can be counted. Lower the quantity or the amount.")]
    TooMuch,
    /// P3: prices have changed between basket and checkout.
    #[error(
        "Your price list has changed since you filled the basket: {} Confirm this, or change the basket.",
        LineChange::sentences(changes)
    )]
    BasketChanged {
        /// What has changed, line by line.
        changes: Vec<LineChange>,
    },
    /// O1: other terms of use were on the screen than those of now.
    #[error(
        "The terms of use have changed since you saw them. Read them again, and accept them to go on; nothing was ordered."
    )]
    TermsChanged,
    /// B6: other terms were on the screen than those under which is paid now.
    #[error(
        "The terms have changed since you saw them. Read them again, and accept them to go on; no payment was begun."
    )]
    TermsOfPaymentChanged,
    /// O2: an order is executed or canceled once.
    #[error("This order is {state} already.")]
    OrderIs {
        /// The state, in words.
        state: String,
    },
    /// C3: as many orders of the account wait as may.
    #[error(
        "This order would be held for lack of credit, and {most} of your orders are held already. Top up, wait for a decision, or cancel some of them; nothing was ordered."
    )]
    TooManyHeld {
        /// How many may wait.
        most: i64,
    },
    /// C4: a held order is still over the credit of its reseller.
    #[error(
        "This order comes to {} and exceeds the available credit of {} by {}. Wait for a payment, or execute it anyway and say why.",
        shortfall.total, shortfall.available, shortfall.missing
    )]
    OverCredit {
        /// By how much.
        shortfall: Shortfall,
    },
    /// C6: there is no limit to raise.
    #[error("Your credit is unlimited, so there is nothing to top up.")]
    TopUpUnlimited,
    /// B2: nothing is added to what has ended.
    #[error("This subscription does not run any more. Order the licenses anew.")]
    NotRunning,
    /// P3: another price is another one.
    #[error("One costs that already. Enter another price.")]
    SamePrice,
    /// P3: somebody charged or changed it meanwhile, or another day has begun.
    #[error("This subscription is not as you saw it any more. Look at it again; nothing was changed.")]
    NotAsSeen,
    /// What was canceled runs to its end, and is not changed until then.
    #[error("This subscription ends on {last}. Take the cancellation back first.")]
    SubscriptionEnds {
        /// Its last day, as it is read.
        last: String,
    },
    /// L5: only a trial is upgraded.
    #[error("This license is {license_type}, not a trial, so there is nothing to upgrade.")]
    NotATrial {
        /// The type, in words.
        license_type: String,
    },
    /// B6: nothing was ticked.
    #[error("Tick the licenses that you want to pay for.")]
    NothingToPay,
    /// B6: only pending licenses are paid for.
    #[error(
        "{count} of these {of} licenses cannot be paid for: paid, free or given back. Open the list of pending ones again and tick anew."
    )]
    NotToBePaid {
        /// How many.
        count: usize,
        /// Of how many.
        of: usize,
    },
    /// B6: what has to be paid is not what was shown.
    #[error("{now} has to be paid by now, and not {seen}. Look at it again, and go on.")]
    ToPayChanged {
        /// What was shown.
        seen: Money,
        /// What it is.
        now: Money,
    },
    /// B6: nothing of it is open.
    #[error("Nothing of this is open: it is paid, or not due yet.")]
    NothingIsOpen,
    /// B6: nothing is paid twice.
    #[error("This is being paid already, perhaps in another window. Finish or cancel that payment first.")]
    InvoiceBeingPaid,
    /// B6, B7: a payment ends once.
    #[error("This payment is {state} already.")]
    PaymentIs {
        /// The state, in words.
        state: String,
    },
    /// B7: whoever takes cards does not answer, or somebody has just paid.
    #[error("{sentence}")]
    CardSays {
        /// What the payer is told.
        sentence: String,
    },
    /// B7: a receipt is assigned once, and taken back once.
    #[error("This receipt was {state} already. Open the page again.")]
    ReceiptIs {
        /// What was done, in words.
        state: String,
    },
    /// B6: nothing is paid twice.
    #[error("{count} of these {of} licenses {} being paid already, perhaps in another window. Finish or cancel that payment first.", if *count == 1 { "is" } else { "are" })]
    BeingPaid {
        /// How many.
        count: usize,
        /// Of how many.
        of: usize,
    },
    /// B9: nothing was charged for it.
    #[error("Nothing was charged for this license, so there is nothing to give back.")]
    NothingToRefund,
    /// B9: too long ago.
    #[error("A license can be given back for {days} days; this one was bought on {bought}.")]
    RefundTooLate {
        /// For how many days.
        days: u32,
        /// The day, as it is read.
        bought: String,
    },
    /// B5: all of it is given back.
    #[error("This invoice is credited already; nothing is left of it.")]
    NothingToCredit,
    /// B5: another credit note was faster.
    #[error("Line {line} of the invoice does not hold that much any more. Look at its credit notes.")]
    MoreThanLeft {
        /// The line, counted from 1.
        line: usize,
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
    /// A6: the sign-in is in a state in which this makes no sense.
    #[error("This cannot be done now: the sign-in is {}. Open the page again.", state.label().to_lowercase())]
    NotInThisState {
        /// The state it is in.
        state: State,
    },
    /// A6: an account keeps one who may do everything.
    #[error("This is the last active {role} of the account. Make somebody else {role} first.")]
    LastChief {
        /// The role, in words.
        role: String,
    },
    /// A3: another decided before.
    #[error("This application was {state} by {by} already. Nothing more was done.")]
    ApplicationDecided {
        /// The state, in words.
        state: String,
        /// Who decided.
        by: String,
    },
    /// X2: only what was not sent can be sent again.
    #[error("This mail has been sent already.")]
    MailSent,
    /// X2: what a newer mail has replaced is not sent any more.
    #[error(
        "This mail is no longer needed: a newer one was sent, or it went to an address that has been corrected since."
    )]
    MailReplaced,
    /// X2: of a mail that failed for good, links and keys go when no link would work any more, and then the text.
    #[error("The text of this mail is not kept any more. Go to the page that it was sent from and send a new one.")]
    MailTextGone,
    /// Somebody else has changed the same thing since the form was opened.
    #[error(
        "Somebody changed this meanwhile: {}. Nothing of yours was saved. Look at that, correct what you typed, and save again.",
        meanwhile(changed)
    )]
    ChangedMeanwhile {
        /// What was changed by whom, each field once.
        changed: Vec<Meanwhile>,
        /// The edition that another save is made for: who saves for it overwrites what they were told of.
        edition: i64,
    },
    /// The account is suspended already, or it is not.
    #[error("This account is {state} already.")]
    AccountIs {
        /// In words.
        state: String,
    },
    /// The password was right, but the operator has suspended the account.
    #[error("Your account is suspended, so you cannot sign in at present. Please ask {operator}.")]
    Suspended {
        /// Whom to ask.
        operator: String,
    },
    /// Signing in failed; the same words whatever the reason (A6).
    #[error(
        "E-mail or username and password do not match. After four wrong passwords in a row you have to wait 15 minutes."
    )]
    SignInFailed,
    /// There is a second factor already.
    #[error("You have an authenticator app already. Switch it off first to set up another one.")]
    SecondFactorThere,
    /// The browser's answer about a passkey is not one that was asked for, or came late.
    #[error("{}", Refusal::PASSKEY_FAILED)]
    PasskeyFailed,
    /// The account asks for a second factor.
    #[error("Your account asks everybody for a second factor, so it cannot be switched off.")]
    SecondFactorRequired,
    /// There is none to take away.
    #[error("This person has no second factor any more. Open the page again.")]
    SecondFactorGone,
}

impl Refusal {
    /// What [`Refusal::FormUnknown`] says; the browser says it itself of what it cannot read as a form.
    pub const FORM_UNKNOWN: &str = "This form is not known here any more. Open the page again; nothing was done.";
    /// What [`Refusal::PasskeyFailed`] says; the browser says it itself where the device gives no answer.
    pub const PASSKEY_FAILED: &str = "The passkey did not work. Try again, or enter a code instead.";
}

impl From<CreditError> for Refusal {
    fn from(error: CreditError) -> Self {
        match error {
            CreditError::NothingLeft => Self::NothingToCredit,
            CreditError::MoreThanLeft { line } => Self::MoreThanLeft { line: line + 1 },
            CreditError::Amount(error) => error.into(),
        }
    }
}

impl From<AmountError> for Refusal {
    fn from(error: AmountError) -> Self {
        match error {
            AmountError::Mixed { one, other } => Self::MixedCurrencies { one, other },
            AmountError::Negative => Self::BelowNothing,
            AmountError::TooLarge => Self::TooMuch,
        }
    }
}

/// The changed fields as one part of a sentence.
fn meanwhile(changed: &[Meanwhile]) -> String {
    match changed {
        [] => "another change was saved".to_owned(),
        changed => changed.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Money, editions::Changed, licenses::Type, orders::Now};

    #[test]
    fn c4_a_refusal_about_money_arrives_in_the_browser_as_it_was() {
        let [total, available, missing] = [50_000, -40_000, 90_000].map(|minor| Money::new(minor, Currency::EUR));
        let change = LineChange {
            option: uuid::Uuid::from_u128(1).into(),
            license_type: Type::Permanent,
            seen: total,
            now: Now::NotOffered,
        };
        for refusal in [
            Refusal::OverCredit { shortfall: Shortfall { total, available, missing } },
            Refusal::BasketChanged { changes: vec![change] },
            Refusal::MixedCurrencies { one: Currency::EUR, other: Currency::USD },
            Refusal::NotToBePaid { count: 1, of: 2 },
        ] {
            let json = serde_json::to_string(&refusal).expect("JSON");
            assert_eq!(serde_json::from_str::<Refusal>(&json).expect("a refusal"), refusal, "{json}");
        }
    }

    #[test]
    fn what_somebody_changed_meanwhile_is_told_by_who_and_from_what_to_what() {
        let told = |name: &str, after: &str| Meanwhile {
            who: "Ada Berg".to_owned(),
            changed: Changed::new(name, "before", after),
        };
        let refusal = Refusal::ChangedMeanwhile { changed: vec![told("phone", "+49 1"), told("city", "")], edition: 3 };
        let words = "Somebody changed this meanwhile: Ada Berg changed phone from \u{201c}before\u{201d} to \u{201c}+49 1\u{201d}; \
                     Ada Berg changed city from \u{201c}before\u{201d} to nothing. Nothing of yours was saved.";
        assert!(refusal.to_string().starts_with(words), "{refusal}");
    }
}
