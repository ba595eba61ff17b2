//! Refunds: for 30 days a license can be given back (B9).

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Taxed, reasons::reason};
use crate::{
    FieldErrors, Refusal, Timestamp,
    licenses::{PaymentStatus, State, Type},
    time,
    words::words,
};

words! {
    /// What giving a license back has done.
    Refunded {
        /// What was charged for it is credited.
        Credited = "refunded", "License refunded. Its key no longer works, and a credit note was issued.";
        /// B4: nothing was charged for it yet, so there is no credit note.
        Uncharged = "refunded-uncharged", "License refunded. Its key no longer works, and nothing will be charged for it.";
    }
}

/// For how many days of 24 hours a license can be given back.
pub const REFUND_DAYS: u32 = 30;

/// What there is of a license that somebody wants to give back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purchase {
    /// Permanent, trial or subscription.
    pub license_type: Type,
    /// Its state now.
    pub state: State,
    /// Whether the operator has been paid.
    pub payment: Option<PaymentStatus>,
    /// When it was bought: when it was created, or when its trial was upgraded.
    pub bought: Timestamp,
    /// On which day that was, where its reseller is.
    pub bought_on: NaiveDate,
    /// All that was charged for it since.
    pub charged: Taxed,
    /// B4: it is charged in arrears, and nothing was charged yet.
    pub waits: bool,
}

/// What giving a license back does: it is revoked, and its payment status is *refunded*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// The credit note's amount: all that was charged, paid or not. Nothing, where nothing was charged yet: then there is none.
    pub credit: Taxed,
    /// Whether this frees an unpaid slot (L7): it does when the license was still unpaid.
    pub frees_slot: bool,
}

/// The form that gives a license back, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RefundForm {
    /// `Reason`.
    pub reason: String,
}

impl RefundForm {
    /// The reason, which stands on the credit note.
    ///
    /// # Errors
    /// A message at `reason` when there is none, or too much.
    pub fn check(&self) -> Result<String, FieldErrors> {
        reason(&self.reason, "Enter why it is given back; it stands on the credit note.")
    }
}

impl Purchase {
    /// B9: whether this license can be given back now, and what that does.
    ///
    /// # Errors
    /// [`Refusal::LicenseFinal`], [`Refusal::NothingToRefund`], [`Refusal::RefundTooLate`].
    pub fn refund(&self, now: Timestamp) -> Result<Refund, Refusal> {
        if self.state.is_final() {
            return Err(Refusal::LicenseFinal { state: self.state.label().to_lowercase() });
        }
        if self.license_type == Type::Trial || !(self.waits || self.charged.gross().is_positive()) {
            return Err(Refusal::NothingToRefund);
        }
        match self.payment {
            Some(payment @ (PaymentStatus::Paid | PaymentStatus::Pending)) if now <= self.last() => {
                Ok(Refund { credit: self.charged, frees_slot: payment == PaymentStatus::Pending })
            }
            Some(PaymentStatus::Paid | PaymentStatus::Pending) => {
                Err(Refusal::RefundTooLate { days: REFUND_DAYS, bought: time::day(self.bought_on) })
            }
            Some(PaymentStatus::Refunded) | None => Err(Refusal::NothingToRefund),
        }
    }

    /// The last moment at which it can be given back.
    pub fn last(&self) -> Timestamp {
        self.bought.checked_add_signed(Duration::days(REFUND_DAYS.into())).unwrap_or(Timestamp::MAX_UTC)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BasisPoints, Currency, Money};

    fn time(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn bought() -> Purchase {
        let net = Money::new(13_930, Currency::EUR);
        Purchase {
            license_type: Type::Permanent,
            state: State::Active,
            payment: Some(PaymentStatus::Pending),
            bought: time("2026-11-01T10:00:00Z"),
            bought_on: NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day"),
            waits: false,
            charged: Taxed::at(net, BasisPoints::new(1_900).expect("19 %")).expect("countable"),
        }
    }

    #[test]
    fn b9_within_thirty_days_all_that_was_charged_is_credited() {
        let last = time("2026-12-01T10:00:00Z");
        let credit = bought().charged;
        assert_eq!(bought().refund(last), Ok(Refund { credit, frees_slot: true }));
        let paid = Purchase { payment: Some(PaymentStatus::Paid), ..bought() };
        assert_eq!(paid.refund(last), Ok(Refund { credit, frees_slot: false }));
        let late = paid.refund(last + Duration::seconds(1)).expect_err("too late");
        assert_eq!(late.to_string(), "A license can be given back for 30 days; this one was bought on 1 Nov 2026.");
    }

    #[test]
    fn b9_b4_before_its_first_charge_in_arrears_a_license_is_given_back_for_nothing() {
        let waits = Purchase { charged: Taxed::zero(Currency::EUR), waits: true, ..bought() };
        let credit = Taxed::zero(Currency::EUR);
        assert_eq!(waits.refund(waits.last()), Ok(Refund { credit, frees_slot: true }));
        assert!(waits.refund(waits.last() + Duration::seconds(1)).is_err());
    }

    #[test]
    fn b9_what_is_free_gone_or_given_back_is_not_refunded() {
        let refused = |purchase: Purchase| purchase.refund(bought().bought).expect_err("refused");
        let free = Purchase { charged: Taxed::zero(Currency::EUR), ..bought() };
        let trial = Purchase { license_type: Type::Trial, payment: None, ..bought() };
        let refunded = Purchase { payment: Some(PaymentStatus::Refunded), ..bought() };
        assert_eq!([free, trial, refunded].map(refused), [const { Refusal::NothingToRefund }; 3]);
        let revoked = Purchase { state: State::Revoked, ..bought() };
        assert_eq!(refused(revoked), Refusal::LicenseFinal { state: "revoked".to_owned() });
    }
}
