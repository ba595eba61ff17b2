//! What the screens show of the upgrade of a trial (L5).

use serde::{Deserialize, Serialize};

use super::{ResellerRow, Type};
use crate::{
    Money, OptionId, Refusal,
    billing::{Credit, Decision, Taxed},
    orders::{OrderNumber, State},
    products::Billing,
};

/// Something that a trial can be upgraded to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpgradeOffer {
    /// The option.
    pub option: OptionId,
    /// Its name.
    pub name: String,
    /// Permanent, or subscription.
    pub license_type: Type,
    /// How it is charged.
    pub billing: Billing,
    /// How its net amount comes about.
    pub explained: String,
    /// What it comes to.
    pub amount: Taxed,
    /// Whether that is charged when it is upgraded, and not in arrears.
    pub at_once: bool,
    /// What it takes of the available credit.
    pub takes: Money,
    /// C3: whether it is upgraded at once, or held.
    pub decision: Decision,
}

/// The page on which a trial is upgraded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpgradePage {
    /// The license.
    pub license: ResellerRow,
    /// C1.
    pub credit: Credit,
    /// What it can become.
    pub offers: Vec<UpgradeOffer>,
    /// The order that waits to do it.
    pub held: Option<OrderNumber>,
    /// Why it cannot be upgraded.
    pub refusal: Option<Refusal>,
}

/// The button of one offer, as posted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UpgradeForm {
    /// The option.
    pub option: String,
    /// What was shown to be taken of the credit, in minor units (P3).
    pub total: String,
}

/// What has become of the order that upgrades a trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upgraded {
    /// The order.
    pub order: OrderNumber,
    /// Executed, or held.
    pub state: State,
}
