//! Suspending an account: the reason is asked for, and kept.

use serde::{Deserialize, Serialize};

use crate::{FieldErrors, text};

/// The form by which an account is suspended or reactivated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SuspensionForm {
    /// `Reason`.
    pub reason: String,
}

impl SuspensionForm {
    /// The reason.
    ///
    /// # Errors
    /// A message at `reason` when there is none, or too much.
    pub fn check(&self) -> Result<String, FieldErrors> {
        let reason = text::lines(&self.reason, 500).and_then(|reason| reason.ok_or("Enter the reason.".to_owned()));
        reason.map_err(|message| FieldErrors::at("reason", message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_needed() {
        let reason = |typed: &str| SuspensionForm { reason: typed.to_owned() }.check();
        assert_eq!(reason(" "), Err(FieldErrors::at("reason", "Enter the reason.")));
        assert!(reason(&"x".repeat(10_240)).is_err());
        assert_eq!(reason(" Invoice 7 is overdue "), Ok("Invoice 7 is overdue".to_owned()));
    }
}
