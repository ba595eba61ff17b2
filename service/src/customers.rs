//! Customers: the wizard, the list, the page.

use domain::{
    AccountId, DraftId, FormKey,
    contacts::NewPassword,
    customers::{CustomerPage, CustomerRow, Customers, CustomersQuery, NewCustomerForm, Wizard},
};

use crate::{Cx, Error};

/// todo
pub async fn list(cx: &Cx, query: &CustomersQuery) -> Result<Customers, Error> {
    let _ = (cx, query);
    todo!()
}
/// todo
pub async fn search(cx: &Cx, q: &str) -> Result<Vec<CustomerRow>, Error> {
    let _ = (cx, q);
    todo!()
}
/// todo
pub async fn find(cx: &Cx, id: AccountId) -> Result<CustomerPage, Error> {
    let _ = (cx, id);
    todo!()
}
/// todo
pub async fn resend_link(cx: &Cx, key: FormKey, id: AccountId) -> Result<(), Error> {
    let _ = (cx, key, id);
    todo!()
}
/// todo
pub async fn begin(cx: &Cx, for_license: Option<DraftId>) -> Result<DraftId, Error> {
    let _ = (cx, for_license);
    todo!()
}
/// todo
pub async fn wizard(cx: &Cx, draft: DraftId) -> Result<Wizard, Error> {
    let _ = (cx, draft);
    todo!()
}
/// todo
pub async fn save_draft(cx: &Cx, draft: DraftId, form: &NewCustomerForm) -> Result<(), Error> {
    let _ = (cx, draft, form);
    todo!()
}
/// todo
pub async fn create(
    cx: &Cx,
    draft: FormKey,
    form: &NewCustomerForm,
    password: &NewPassword,
) -> Result<AccountId, Error> {
    let _ = (cx, draft, form, password);
    todo!()
}
