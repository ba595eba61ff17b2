//! Finance cancels a payment that somebody of a reseller began, such as a transfer that never came (B7).

use serde::{Deserialize, Serialize};

use crate::{FieldErrors, text};

/// The form, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CancelForm {
    /// `Reason`.
    pub reason: String,
}

impl CancelForm {
    /// The reason, which whoever began the payment is told.
    ///
    /// # Errors
    /// A message at `reason` when there is none, or too much.
    pub fn check(&self) -> Result<String, FieldErrors> {
        let missing = "Enter why it is canceled, in one line; whoever began it is told.";
        let reason = text::line(&self.reason, 200).and_then(|reason| reason.ok_or_else(|| missing.to_owned()));
        reason.map_err(|message| FieldErrors::at("reason", message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b7_a_payment_is_canceled_for_a_reason_of_one_line() {
        let check = |reason: &str| CancelForm { reason: reason.to_owned() }.check();
        assert_eq!(check(" No money came. "), Ok("No money came.".to_owned()));
        for wrong in ["", "  ", "a\nb", "a\u{7}b", &"x".repeat(201)] {
            assert!(check(wrong).is_err_and(|errors| errors.get("reason").is_some()), "{wrong:?}");
        }
    }
}
