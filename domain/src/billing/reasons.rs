//! Crediting an invoice by hand: which lines, and why (B5).

use serde::{Deserialize, Serialize};

use crate::{FieldErrors, text, ticks::Ticks};

/// What the boxes are named after.
const NOUN: &str = "line";

/// The ticked lines and the reason, as posted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CreditForm(pub Ticks);

/// What is to be credited, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToCredit {
    /// Of these lines all that is left; counted from 0.
    pub lines: Vec<usize>,
    /// Why; it stands on the credit note.
    pub reason: String,
}

impl CreditForm {
    /// The field of the reason.
    pub const REASON: &'static str = "reason";

    /// The name of the box of one line.
    pub fn name(line: usize) -> String {
        Ticks::name(NOUN, line)
    }

    /// Which lines, and why.
    ///
    /// # Errors
    /// Messages at `all` when nothing is ticked, and at `reason`.
    pub fn check(&self) -> Result<ToCredit, FieldErrors> {
        let mut errors = FieldErrors::default();
        let lines = errors.take_all(self.0.check(NOUN));
        let missing = "Enter why it is credited; it stands on the credit note.";
        let reason = errors.take_all(reason(self.0.text(Self::REASON), missing));
        match (lines, reason) {
            (Some(lines), Some(reason)) => Ok(ToCredit { lines, reason }),
            _ => Err(errors),
        }
    }
}

/// How many characters a reason has at the most.
pub const REASON_MOST: usize = 500;

/// A reason that somebody else reads.
pub(super) fn reason(typed: &str, missing: &str) -> Result<String, FieldErrors> {
    let reason = text::lines(typed, REASON_MOST).and_then(|reason| reason.ok_or_else(|| missing.to_owned()));
    reason.map_err(|message| FieldErrors::at(CreditForm::REASON, message))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn form(fields: &[(&str, &str)]) -> CreditForm {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        CreditForm(Ticks(fields.collect::<BTreeMap<_, _>>()))
    }

    #[test]
    fn b5_lines_are_ticked_and_a_reason_is_given() {
        let credited = form(&[("line-2", "on"), ("line-0", "on"), ("reason", " Wrong price ")]).check();
        assert_eq!(credited, Ok(ToCredit { lines: vec![0, 2], reason: "Wrong price".to_owned() }));
        let all = form(&[("all", "0,1"), ("reason", "Wrong")]).check().expect("both lines");
        assert_eq!(all.lines, [0, 1]);
    }

    #[test]
    fn x3_without_lines_and_without_a_reason_both_are_asked_for() {
        let errors = form(&[("reason", " "), ("line-minus", "on")]).check().expect_err("nothing ticked");
        assert_eq!(errors.get("all"), Some("Tick at least one line."));
        assert_eq!(errors.get("reason"), Some("Enter why it is credited; it stands on the credit note."));
    }
}
