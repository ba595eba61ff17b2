//! An approval as it was typed, looked at by all that the server knows.

use domain::{
    Deed, FieldErrors,
    accounts::{AccountDetails, CreditForm, CreditLimit},
    applications::{Approval, ApproveForm, NewApplication},
    price_lists::PriceList,
};
use store::accounts::Account;

use crate::{Cx, accounts::places};

/// An approval that can be carried out.
pub(super) struct Decided<'a> {
    /// The name to sign in with, and what else was chosen.
    pub approval: Approval,
    /// The price list that was chosen.
    pub list: Option<&'a PriceList>,
    /// What is kept of the account.
    pub details: AccountDetails,
    /// What it may owe.
    pub limit: CreditLimit,
}

impl<'a> Decided<'a> {
    /// The messages of all fields at once. The account is charged in the currency of its price list, without one in the
    /// operator's; what it may owe is an amount in that.
    pub(super) fn check(
        cx: &Cx,
        operator: &Account,
        lists: &'a [PriceList],
        wrote: &NewApplication,
        form: &ApproveForm,
        credit: &CreditForm,
    ) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let approval = errors.take_all(form.check());
        let list = lists.iter().find(|list| list.id.to_string() == form.price_list.trim());
        if list.is_none() && form.price_list.trim() != ApproveForm::LATER {
            errors.add("price_list", "This price list is not in use any more. Choose another one.");
        }
        let currency = list.map_or(operator.currency, |list| list.currency);
        let limit = errors.take_all(credit.check_new(currency, cx.actor.may(Deed::SetCreditLimits)));
        let details = approval.as_ref().map(|approval| approval.details(wrote, &operator.time_zone, currency));
        if let Some(details) = &details {
            errors.take_all(places::check(details));
        }
        match (approval, details, limit) {
            (Some(approval), Some(details), Some(limit)) if errors.is_empty() => {
                Ok(Self { approval, list, details, limit })
            }
            _ => Err(errors),
        }
    }
}
