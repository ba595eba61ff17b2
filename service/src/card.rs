//! Paying by card on a hosted page (B7): what the deeds ask of whoever takes cards, and what is told of a payment.
//!
//! Here stand the words; the server's `payments` speaks HTTP. A deed asks between two transactions, never inside one:
//! the payment is written down first, then its session is opened with the payment's own key, so that asking again after
//! a crash or a lost answer opens the same session and no second one.

use std::{fmt::Debug, pin::Pin};

use chrono::Duration;
use domain::{
    Money, Timestamp,
    billing::{News, PaymentNumber},
};
use uuid::Uuid;

/// How long a session is open; as long, nobody else can pay for the same (B6). Stripe takes half an hour to a day, reckoned
/// from when it is asked, so a payment whose session could not be opened within half an hour is begun anew.
pub const OPEN_FOR: Duration = Duration::hours(1);

/// What somebody who takes cards answers.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, CardError>> + Send + 'a>>;

/// Who takes payments by card.
pub trait CardCheckout: Debug + Send + Sync {
    /// Opens a page on which one pays. The same key opens the same page.
    fn open<'a>(&'a self, asked: &'a Asked) -> Answer<'a, Session>;

    /// What stands there now, when nothing was heard for long.
    fn look<'a>(&'a self, session: &'a str) -> Answer<'a, Looked>;

    /// Closes a page on which nobody has paid; afterwards nobody can.
    fn close<'a>(&'a self, session: &'a str, key: Uuid) -> Answer<'a, Looked>;

    /// Gives money back. The same key gives it back once.
    fn refund<'a>(&'a self, asked: &'a RefundAsked) -> Answer<'a, Refunded>;
}

/// A payment as it is asked for. Asking again means asking for the very same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What the payer reads on the page and on the receipt.
    pub number: PaymentNumber,
    /// By what the payment is found when something is told of it, also where its session was never kept.
    pub reference: Uuid,
    /// How much.
    pub amount: Money,
    /// What it is for; sums to the amount.
    pub lines: Vec<Line>,
    /// Until when one can pay: [`OPEN_FOR`] after the payment was begun.
    pub expires: Timestamp,
    /// Where the payer comes back to, having paid.
    pub success_url: String,
    /// Where the payer comes back to without.
    pub cancel_url: String,
    /// The payment's key.
    pub key: Uuid,
}

/// A line of what is paid for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub name: String,
    /// For how much.
    pub amount: Money,
}

/// A page on which one pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// By what it is looked at, and heard of.
    pub id: String,
    /// Where the payer goes.
    pub url: String,
    /// Until when.
    pub expires: Timestamp,
}

/// What stands at a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// Which one.
    pub session: String,
    /// By what its money is given back; only once somebody has paid.
    pub intent: Option<String>,
    /// How it stands.
    pub standing: Standing,
}

/// How a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// One can pay.
    Open,
    /// Somebody has paid in a way that takes days, such as a debit; it may still fail.
    UnderWay,
    /// The money is there.
    Paid(Money),
    /// It did not work.
    Failed,
    /// Nobody paid in time, or it was closed.
    Expired,
}

impl Standing {
    /// What this means to the payment, if anything.
    pub const fn news(self) -> Option<News> {
        match self {
            Self::Open | Self::UnderWay => None,
            Self::Paid(money) => Some(News::Received(money)),
            Self::Failed => Some(News::Failed),
            Self::Expired => Some(News::Expired),
        }
    }
}

/// Money to be given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundAsked {
    /// The [`Looked::intent`] by which it came.
    pub intent: String,
    /// The reference of the payment.
    pub reference: Uuid,
    /// How much.
    pub amount: Money,
    /// The refund's key.
    pub key: Uuid,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refunded {
    /// By what it is heard of.
    pub id: String,
    /// Whether it is on its way or done; otherwise the bank did not take it, and the money is still here.
    pub accepted: bool,
}

/// Something that was told, and proved to come from whom it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its id; the same one may be told again.
    pub id: String,
    /// When it happened there.
    pub at: Timestamp,
    /// The session it is about, where it is about one.
    pub session: Option<String>,
    /// By what the money is given back.
    pub intent: Option<String>,
    /// [`Asked::reference`], where it came along.
    pub reference: Option<Uuid>,
    /// What is told.
    pub told: Told,
}

/// What is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// How the payment stands: for `PaymentState::hear`.
    News(News),
    /// It was paid in a way that takes days: the payment stays begun.
    UnderWay,
    /// So much went back to the payer in all: for `GivenBack::of`.
    GivenBack(Money),
    /// A refund came back; the money is still here.
    RefundFailed(Money),
}

/// Why a card cannot be charged. Its text is for the operator's log and holds no secret; [`CardError::for_payer`] is for
/// the screen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// The amount cannot be charged to a card.
    #[error("{0}")]
    Amount(String),
    /// No answer, or one that says to try later. Asking again with the same key is safe.
    #[error("{0}. Ask again with the same key: nothing happens twice.")]
    Unreachable(String),
    /// The keys of the settings are not good, or not good for this.
    #[error("{0}")]
    Keys(String),
    /// It was understood, and refused.
    #[error("{0}")]
    Refused(String),
    /// The answer is none.
    #[error("{0}")]
    Unreadable(String),
}

impl CardError {
    /// What the payer is told. Opening a page charges nothing, so that can be said.
    pub fn for_payer(&self) -> &str {
        match self {
            Self::Amount(sentence) => sentence,
            Self::Unreachable(_) => {
                "The page for paying by card cannot be reached. Nothing was charged. Try again in a minute, or pay by bank transfer."
            }
            Self::Keys(_) | Self::Refused(_) | Self::Unreadable(_) => {
                "Paying by card does not work at the moment. Nothing was charged. Pay by bank transfer, or ask the operator."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::Currency;

    use super::*;

    #[test]
    fn b7_what_stands_at_a_session_is_news_only_when_it_is_decided() {
        let money = Money::new(16_577, Currency::EUR);
        let news = [Standing::Open, Standing::UnderWay, Standing::Paid(money), Standing::Failed, Standing::Expired];
        let decided = [None, None, Some(News::Received(money)), Some(News::Failed), Some(News::Expired)];
        assert_eq!(news.map(Standing::news), decided);
    }

    #[test]
    fn b7_a_payer_is_told_nothing_of_keys_and_what_to_do_instead() {
        let inside = "Stripe does not know --stripe-secret-key".to_owned();
        for error in
            [CardError::Keys(inside.clone()), CardError::Refused(inside.clone()), CardError::Unreadable(inside)]
        {
            assert!(!error.for_payer().contains("Stripe") && error.for_payer().contains("bank transfer"), "{error:?}");
        }
    }
}
