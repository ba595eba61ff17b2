//! Where a reseller sees one by one what a month has added up.

use crate::ui::paths;
use domain::{
    billing::Month,
    licenses::{LicensesQuery, PaymentStatus, Sort},
};

/// The ways on; none where the reader has no such list.
#[derive(Debug, Clone, Default)]
pub struct Ways {
    /// What was bought in the month.
    pub bought: Option<String>,
    /// All that ends, in any month, the first first.
    pub ending: Option<String>,
    /// All that is not paid, however long.
    pub unpaid: Option<String>,
}

impl Ways {
    /// Those of a reseller.
    pub fn of(month: Month) -> Self {
        let created = LicensesQuery { from: Some(month.first()), to: Some(month.last()), ..LicensesQuery::default() };
        let ending = LicensesQuery { sort: Some(Sort::Ending), ..LicensesQuery::default() };
        let unpaid = LicensesQuery { payment: Some(PaymentStatus::Pending), ..LicensesQuery::default() };
        let [bought, ending, unpaid] = [created, ending, unpaid].map(|view| Some(paths::licenses(&view)));
        Self { bought, ending, unpaid }
    }
}
