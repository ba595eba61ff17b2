//! A second factor that everybody of an account is asked for, and one that somebody has lost.

use serde::{Deserialize, Serialize};

use crate::{AccountId, FieldErrors};

/// Who asks the people of an account for a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asker {
    /// The operator: of a reseller, or of the staff.
    Operator,
    /// The admins of the account itself.
    Account,
}

/// Whether all who sign in for an account need a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactorRule {
    /// The account.
    pub account: AccountId,
    /// The operator asks for it.
    pub by_operator: bool,
    /// The account's own admins ask for it.
    pub by_account: bool,
    /// How many of those who sign in have none yet, up to [`FactorRule::MOST`].
    pub without: i64,
    /// For whom the reader speaks.
    pub reader: Asker,
    /// Whether the reader may change it.
    pub may_change: bool,
}

impl FactorRule {
    /// As far as those without one are counted.
    pub const MOST: i64 = 1_000;

    /// Whether the reader's side asks for it. Each takes back only what it asked.
    pub const fn is_ours(&self) -> bool {
        match self.reader {
            Asker::Operator => self.by_operator,
            Asker::Account => self.by_account,
        }
    }

    /// Whether there is something for the reader to change: nothing is gained by asking for what the operator asks for.
    pub const fn can_change(&self) -> bool {
        self.may_change && (self.is_ours() || !matches!(self.reader, Asker::Account) || !self.by_operator)
    }
}

/// Taking somebody's second factor away, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TakeFactor {
    /// `It is really this person who asks`: a box, `on` when ticked.
    pub sure: String,
}

impl TakeFactor {
    /// Whether it was confirmed.
    ///
    /// # Errors
    /// A message at `sure`.
    pub fn check(&self) -> Result<(), FieldErrors> {
        match self.sure.as_str() {
            "on" => Ok(()),
            _ => Err(FieldErrors::at("sure", "Make sure who asks, and tick this. Then send it again.")),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn rule(by_operator: bool, by_account: bool, reader: Asker) -> FactorRule {
        FactorRule { account: Uuid::nil().into(), by_operator, by_account, without: 0, reader, may_change: true }
    }

    #[test]
    fn second_factor_each_side_takes_back_only_what_it_asked() {
        for (by_operator, by_account, operator, account) in [
            (false, false, (false, true), (false, true)),
            (true, false, (true, true), (false, false)),
            (false, true, (false, true), (true, true)),
            (true, true, (true, true), (true, true)),
        ] {
            let shown = |reader| rule(by_operator, by_account, reader);
            let read = |rule: FactorRule| (rule.is_ours(), rule.can_change());
            assert_eq!(read(shown(Asker::Operator)), operator);
            assert_eq!(read(shown(Asker::Account)), account);
        }
        assert!(!FactorRule { may_change: false, ..rule(true, false, Asker::Operator) }.can_change());
    }

    #[test]
    fn second_factor_nobody_loses_it_by_a_slip() {
        assert!(TakeFactor::default().check().is_err());
        assert_eq!(TakeFactor { sure: "on".to_owned() }.check(), Ok(()));
    }
}
