//! What the pages of accounts ask the server. The service says who may: those who see, edit, or set limits.

use crate::ui::{Fault, data::Wire};
#[cfg(feature = "ssr")]
use crate::ui::{paths, request};
use domain::{
    accounts::{
        AccountCustomers, AccountForm, AccountHistory, AccountLicenses, AccountOrders, AccountPage, AccountPrices,
        Accounts, AccountsQuery, CreditForm, NewAccount, SuspensionForm,
    },
    orders::OrdersQuery,
    ticks::{Tally, Ticks},
};
use leptos::prelude::*;

/// One page of the list. Who sees accounts.
#[server(endpoint = "accounts/list", protocol = Wire)]
pub async fn list(#[server(default)] view: AccountsQuery) -> Result<Accounts, Fault> {
    Ok(service::accounts::list(&request::cx()?, &view).await?)
}

/// Assigns a price list to the ticked accounts. Who edits accounts.
#[server(endpoint = "accounts/assign_to_many", protocol = Wire)]
pub async fn assign_to_many(
    #[server(default)] idempotency_key: String,
    #[server(default)] back: String,
    #[server(flatten)] form: Ticks,
) -> Result<Tally, Fault> {
    let cx = request::cx()?;
    let done = service::accounts::assign_to_many(&cx, request::form_key(&idempotency_key)?, &form).await?;
    request::redirect_plain_form(&paths::ticked_done(&back, done));
    Ok(done)
}

/// The form of a new account. Who edits accounts.
#[server(endpoint = "accounts/blank", protocol = Wire)]
pub async fn blank() -> Result<NewAccount, Fault> {
    Ok(service::accounts::blank(&request::cx()?).await?)
}

/// Adds an account. Who edits accounts; a credit limit only by who sets those.
#[server(endpoint = "accounts/create", protocol = Wire)]
pub async fn create(
    #[server(default)] idempotency_key: String,
    #[server(flatten)] form: AccountForm,
    #[server(flatten)] credit: CreditForm,
) -> Result<(), Fault> {
    let (cx, key) = (request::cx()?, request::form_key(&idempotency_key)?);
    let id = service::accounts::create(&cx, key, &form, &credit).await?;
    request::redirect(&paths::office_account_done(id, "added"));
    Ok(())
}

/// The page of one account. Who sees accounts.
#[server(endpoint = "accounts/find", protocol = Wire)]
pub async fn find(#[server(default)] id: String) -> Result<AccountPage, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::accounts::find(&cx, id).await?)
}

/// Changes the details of an account. Who edits accounts.
#[server(endpoint = "accounts/edit", protocol = Wire)]
pub async fn edit(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(default)] edition: String,
    #[server(flatten)] form: AccountForm,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    let (key, edition) = (request::form_key(&idempotency_key)?, request::edition(&edition));
    service::accounts::edit(&cx, key, id, edition, &form).await?;
    request::redirect_plain_form(&paths::office_account_done(id, "saved"));
    Ok(())
}

/// Sets what an account may owe. Who sets credit limits.
#[server(endpoint = "accounts/set_credit_limit", protocol = Wire)]
pub async fn set_credit_limit(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(default)] edition: String,
    #[server(flatten)] form: CreditForm,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    let (key, edition) = (request::form_key(&idempotency_key)?, request::edition(&edition));
    service::accounts::set_credit_limit(&cx, key, id, edition, &form).await?;
    request::redirect_plain_form(&paths::office_account_done(id, "saved"));
    Ok(())
}

/// Suspends an account. Who edits accounts.
#[server(endpoint = "accounts/suspend", protocol = Wire)]
pub async fn suspend(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(flatten)] form: SuspensionForm,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    service::accounts::suspend(&cx, request::form_key(&idempotency_key)?, id, &form).await?;
    request::redirect_plain_form(&paths::office_account(id));
    Ok(())
}

/// Lets the people of an account in again. Who edits accounts.
#[server(endpoint = "accounts/reactivate", protocol = Wire)]
pub async fn reactivate(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(flatten)] form: SuspensionForm,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    service::accounts::reactivate(&cx, request::form_key(&idempotency_key)?, id, &form).await?;
    request::redirect_plain_form(&paths::office_account(id));
    Ok(())
}

/// The price list of an account. Who sees accounts.
#[server(endpoint = "accounts/prices", protocol = Wire)]
pub async fn prices(#[server(default)] id: String) -> Result<AccountPrices, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::accounts::prices(&cx, id).await?)
}

/// Assigns a price list to an account, or takes it away. Who edits accounts.
#[server(endpoint = "accounts/assign_price_list", protocol = Wire)]
pub async fn assign_price_list(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(default)] edition: String,
    #[server(default)] price_list: String,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    let (key, edition) = (request::form_key(&idempotency_key)?, request::edition(&edition));
    service::accounts::assign_price_list(&cx, key, id, edition, &price_list).await?;
    request::redirect_plain_form(&paths::office_account_price_list(id));
    Ok(())
}

/// The customers of an account. Who sees accounts.
#[server(endpoint = "accounts/customers", protocol = Wire)]
pub async fn customers(
    #[server(default)] id: String,
    #[server(default)] after: Option<String>,
) -> Result<AccountCustomers, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::accounts::customers(&cx, id, after.as_deref()).await?)
}

/// The licenses of an account. Who sees accounts.
#[server(endpoint = "accounts/licenses", protocol = Wire)]
pub async fn licenses(
    #[server(default)] id: String,
    #[server(default)] after: Option<String>,
) -> Result<AccountLicenses, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::accounts::licenses(&cx, id, after.as_deref()).await?)
}

/// The orders of an account. Who sees accounts and orders.
#[server(endpoint = "accounts/orders", protocol = Wire)]
pub async fn orders(
    #[server(default)] id: String,
    #[server(default)] view: OrdersQuery,
) -> Result<AccountOrders, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::accounts::orders(&cx, id, &view).await?)
}

/// What was done with an account. Who sees accounts.
#[server(endpoint = "accounts/history", protocol = Wire)]
pub async fn history(
    #[server(default)] id: String,
    #[server(default)] after: Option<String>,
) -> Result<AccountHistory, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::accounts::history(&cx, id, after.as_deref()).await?)
}
