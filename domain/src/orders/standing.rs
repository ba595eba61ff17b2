//! Where an order stands, and what may become of it (O2, C3, C4).

use serde::{Deserialize, Serialize};

use super::State;
use crate::{
    FieldErrors, Refusal, Timestamp,
    billing::{Decision, Shortfall},
    text,
};

/// Where an order stands, with what belongs to it. Nothing leads back, and from the last two nothing leads on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Accepted and held (C3): no licenses, no charges.
    Submitted {
        /// Why it is held: this much was missing when it was placed.
        held: Shortfall,
    },
    /// Licenses and charges exist.
    Executed {
        /// Since when.
        at: Timestamp,
    },
    /// Will never be executed.
    Canceled {
        /// Since when.
        at: Timestamp,
    },
}

/// What staff may do with a held order that is over the credit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Why; it stands in the audit log.
    pub reason: String,
}

impl Standing {
    /// C3: an order that is placed is executed at once, or accepted and held.
    pub const fn placed(decision: Decision, now: Timestamp) -> Self {
        match decision {
            Decision::Execute => Self::Executed { at: now },
            Decision::Hold(held) => Self::Submitted { held },
        }
    }

    /// The state, as it is stored and shown.
    pub const fn state(self) -> State {
        match self {
            Self::Submitted { .. } => State::Submitted,
            Self::Executed { .. } => State::Executed,
            Self::Canceled { .. } => State::Canceled,
        }
    }

    /// C4: executes a held order by hand. `decision` is what the credit says of it now; over the credit it takes an
    /// override.
    ///
    /// # Errors
    /// [`Refusal::OrderIs`] when it was executed or canceled before; [`Refusal::OverCredit`].
    pub fn execute(self, decision: Decision, anyway: Option<&Override>, now: Timestamp) -> Result<Self, Refusal> {
        self.still_held()?;
        match (decision, anyway) {
            (Decision::Execute, _) | (Decision::Hold(_), Some(_)) => Ok(Self::Executed { at: now }),
            (Decision::Hold(shortfall), None) => Err(Refusal::OverCredit { shortfall }),
        }
    }

    /// Cancels a held order.
    ///
    /// # Errors
    /// [`Refusal::OrderIs`] when it was executed or canceled before.
    pub fn cancel(self, now: Timestamp) -> Result<Self, Refusal> {
        self.still_held().map(|()| Self::Canceled { at: now })
    }

    fn still_held(self) -> Result<(), Refusal> {
        match self.state() {
            State::Submitted => Ok(()),
            state @ (State::Executed | State::Canceled) => {
                Err(Refusal::OrderIs { state: state.label().to_lowercase() })
            }
        }
    }
}

/// The form at a held order in the back office: `Execute` and `Cancel order` send the same fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HeldForm {
    /// `Execute although it is over the credit`: a box, `on` when ticked.
    pub anyway: String,
    /// `Reason`.
    pub reason: String,
}

impl HeldForm {
    /// For `Execute`: the override, when the box is ticked.
    ///
    /// # Errors
    /// A message at `reason`: an override needs one.
    pub fn check_execute(&self) -> Result<Option<Override>, FieldErrors> {
        match self.anyway.as_str() {
            "on" => self.reason("Enter why it is executed over the credit.").map(|reason| Some(Override { reason })),
            _ => Ok(None),
        }
    }

    /// For `Cancel order`: the reason, which the reseller is told.
    ///
    /// # Errors
    /// A message at `reason` when there is none, or too much.
    pub fn check_cancel(&self) -> Result<String, FieldErrors> {
        self.reason("Enter why it is canceled; the reseller is told.")
    }

    fn reason(&self, missing: &str) -> Result<String, FieldErrors> {
        let reason = text::lines(&self.reason, 500).and_then(|reason| reason.ok_or_else(|| missing.to_owned()));
        reason.map_err(|message| FieldErrors::at("reason", message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Currency, Money};

    fn now() -> Timestamp {
        "2026-11-21T10:00:00Z".parse().expect("a time")
    }

    fn short() -> Decision {
        let [total, available, missing] = [50_000, 40_000, 10_000].map(|minor| Money::new(minor, Currency::EUR));
        Decision::Hold(Shortfall { total, available, missing })
    }

    fn over_credit() -> Override {
        Override { reason: "Paid by phone".to_owned() }
    }

    #[test]
    fn c3_an_order_within_the_credit_is_executed_and_one_over_it_is_held() {
        assert_eq!(Standing::placed(Decision::Execute, now()), Standing::Executed { at: now() });
        assert_eq!(Standing::placed(short(), now()).state(), State::Submitted);
    }

    #[test]
    fn c4_a_held_order_is_executed_when_affordable_or_with_a_reason() {
        let held = Standing::placed(short(), now());
        let executed = Ok(Standing::Executed { at: now() });
        assert_eq!(held.execute(Decision::Execute, None, now()), executed);
        assert_eq!(held.execute(short(), Some(&over_credit()), now()), executed);
        assert_eq!(
            held.execute(short(), None, now()).expect_err("over the credit").to_string(),
            "This order comes to € 500.00 and exceeds the available credit of € 400.00 by € 100.00. \
             Wait for a payment, or execute it anyway and say why."
        );
    }

    #[test]
    fn o2_an_order_is_executed_or_canceled_once() {
        let executed = Standing::Executed { at: now() };
        let canceled = Standing::placed(short(), now()).cancel(now()).expect("held");
        assert_eq!(canceled, Standing::Canceled { at: now() });
        for (standing, state) in [(executed, "executed"), (canceled, "canceled")] {
            let refused = Refusal::OrderIs { state: state.to_owned() };
            assert_eq!(standing.execute(Decision::Execute, Some(&over_credit()), now()), Err(refused.clone()));
            assert_eq!(standing.cancel(now()), Err(refused));
        }
    }

    #[test]
    fn c4_an_override_and_a_cancellation_need_a_reason() {
        let form = |anyway: &str, reason: &str| HeldForm { anyway: anyway.to_owned(), reason: reason.to_owned() };
        assert_eq!(form("", "").check_execute(), Ok(None));
        assert_eq!(form("on", " Paid by phone ").check_execute(), Ok(Some(over_credit())));
        let message = "Enter why it is executed over the credit.";
        assert_eq!(form("on", " ").check_execute(), Err(FieldErrors::at("reason", message)));
        assert!(form("", "").check_cancel().is_err() && form("", &"x".repeat(10_240)).check_cancel().is_err());
        assert_eq!(form("", "Asked for").check_cancel(), Ok("Asked for".to_owned()));
    }
}
