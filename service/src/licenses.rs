//! Licenses: the wizard, the list, the page.

use domain::{
    AccountId, DraftId, FormKey, LicenseId, OptionId, OrderId,
    licenses::{CustomerLicense, CustomerRow, EditForm, LicensePage, Licenses, LicensesQuery, NewLicensesForm, Wizard},
};

use crate::{Cx, Error};

/// todo
pub async fn begin(cx: &Cx, option: OptionId, user: Option<AccountId>) -> Result<DraftId, Error> {
    let _ = (cx, option, user);
    todo!()
}
/// todo
pub async fn wizard(cx: &Cx, draft: DraftId) -> Result<Wizard, Error> {
    let _ = (cx, draft);
    todo!()
}
/// todo
pub async fn pick_user(cx: &Cx, draft: DraftId, user: &str) -> Result<(), Error> {
    let _ = (cx, draft, user);
    todo!()
}
/// todo
pub async fn save_details(cx: &Cx, draft: DraftId, form: &NewLicensesForm) -> Result<(), Error> {
    let _ = (cx, draft, form);
    todo!()
}
/// todo
pub async fn autosave(cx: &Cx, draft: DraftId, form: &NewLicensesForm) -> Result<(), Error> {
    let _ = (cx, draft, form);
    todo!()
}
/// todo
pub async fn create(cx: &Cx, draft: FormKey, seen_total: i64) -> Result<OrderId, Error> {
    let _ = (cx, draft, seen_total);
    todo!()
}
/// todo
pub async fn list(cx: &Cx, query: &LicensesQuery) -> Result<Licenses, Error> {
    let _ = (cx, query);
    todo!()
}
/// todo
pub async fn find(cx: &Cx, id: LicenseId) -> Result<LicensePage, Error> {
    let _ = (cx, id);
    todo!()
}
/// todo
pub async fn edit(cx: &Cx, key: FormKey, id: LicenseId, form: &EditForm) -> Result<(), Error> {
    let _ = (cx, key, id, form);
    todo!()
}
/// todo
pub async fn send(cx: &Cx, key: FormKey, id: LicenseId) -> Result<(), Error> {
    let _ = (cx, key, id);
    todo!()
}
/// todo
pub async fn mine(cx: &Cx, after: Option<String>) -> Result<(Vec<CustomerRow>, Option<String>), Error> {
    let _ = (cx, after);
    todo!()
}
/// todo
pub async fn find_mine(cx: &Cx, id: LicenseId) -> Result<CustomerLicense, Error> {
    let _ = (cx, id);
    todo!()
}
