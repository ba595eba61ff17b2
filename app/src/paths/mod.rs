//! Every address of the house, and nowhere else: pages, and what is fetched beside them.

mod local;

pub use local::local;

use std::fmt::Display;

use domain::{
    AccountId, DraftId, LicenseId, OptionId, OrderId,
    customers::CustomersQuery,
    licenses::{LicensesQuery, Many},
};
use leptos_router::location::Url;

/// The first page of whoever asks.
pub const HOME: &str = "/";
/// Signing in.
pub const LOGIN: &str = "/login";
/// Own details, password, sessions.
pub const ACCOUNT: &str = "/account";
/// The reseller's customers.
pub const CUSTOMERS: &str = "/customers";
/// Starts the create-customer wizard.
pub const NEW_CUSTOMER: &str = "/customers/new";
/// Sends a table of customers to be imported.
pub const IMPORT: &str = "/customers/import";
/// Takes such a table; no page.
pub const IMPORT_UPLOAD: &str = "/customers/import/upload";
/// A table with nothing but its header.
pub const IMPORT_TEMPLATE: &str = "/customers/import/template.csv";
/// The licenses: of a reseller's customers, or a customer's own.
pub const LICENSES: &str = "/licenses";
/// The reseller's licenses as a table.
pub const LICENSES_CSV: &str = "/licenses.csv";
/// The reseller's customers as a table.
pub const CUSTOMERS_CSV: &str = "/customers.csv";
/// The first step of the create-license wizard: the products.
pub const NEW_LICENSE: &str = "/licenses/new";
/// The outbox.
pub const MAIL: &str = "/office/mail";

/// The page behind the link in an invitation (A5).
pub fn activate(token: &str) -> String {
    format!("/activate/{}", Url::escape(token))
}

/// The same page once the account is active.
pub fn activated(token: &str) -> String {
    format!("{}?done=activated", activate(token))
}

/// The same page once a new link was asked for.
pub fn new_link_asked(token: &str) -> String {
    format!("{}?done=asked", activate(token))
}

/// One's own account, after the password was changed.
pub fn account_password_changed() -> String {
    format!("{ACCOUNT}?done=password")
}

/// Signing in, and then on to `next`.
pub fn login_then(next: &str) -> String {
    if next == HOME { LOGIN.to_owned() } else { format!("{LOGIN}?next={}", Url::escape(next)) }
}

/// One page of the outbox.
pub fn mail(after: &str) -> String {
    format!("{MAIL}?after={}", Url::escape(after))
}

/// One view of the customer list.
pub fn customers(view: &CustomersQuery) -> String {
    with_query(CUSTOMERS, &view.address())
}

/// Starts the create-customer wizard for a license wizard that waits for its user.
pub fn new_customer_for(license: DraftId) -> String {
    format!("{NEW_CUSTOMER}?license={license}")
}

/// The first step of the create-customer wizard.
pub fn new_customer_person(draft: DraftId) -> String {
    format!("{NEW_CUSTOMER}/{draft}")
}

/// The second step of the create-customer wizard.
pub fn new_customer_access(draft: DraftId) -> String {
    format!("{NEW_CUSTOMER}/{draft}/access")
}

/// What would come of a table of customers, and what came of it.
pub fn import(draft: impl Display) -> String {
    format!("{IMPORT}/{draft}")
}

/// The page of one customer.
pub fn customer(id: AccountId) -> String {
    format!("{CUSTOMERS}/{id}")
}

/// The trials that end first.
pub const TRIALS_ENDING: &str = "/licenses?state=active&type=trial&sort=ending";

/// The same page right after the customer was created.
pub fn customer_added(id: AccountId) -> String {
    format!("{}?done=added", customer(id))
}

/// The same page once a new activation link was sent.
pub fn customer_link_sent(id: AccountId) -> String {
    format!("{}?done=link", customer(id))
}

/// One view of the license list.
pub fn licenses(view: &LicensesQuery) -> String {
    with_query(LICENSES, &view.address())
}

/// The view that many licenses were changed in, where it says what was done.
pub fn licenses_done(back: &str, done: Many) -> String {
    let back = local(back);
    let sign = if back.contains('?') { '&' } else { '?' };
    format!("{back}{sign}done={done}")
}

/// All licenses of a view as a table.
pub fn licenses_csv(view: &LicensesQuery) -> String {
    with_query(LICENSES_CSV, &LicensesQuery { after: None, ..view.clone() }.address())
}

/// All customers of a view as a table.
pub fn customers_csv(view: &CustomersQuery) -> String {
    with_query(CUSTOMERS_CSV, &CustomersQuery { after: None, ..view.clone() }.address())
}

/// One page of the customer's own licenses.
pub fn licenses_after(after: &str) -> String {
    format!("{LICENSES}?after={}", Url::escape(after))
}

/// The products, to create a license for that customer.
pub fn new_license_for(customer: AccountId) -> String {
    format!("{NEW_LICENSE}?customer={customer}")
}

/// The products, with one option picked: where its `Create license` button leads without script.
pub fn new_license_of(option: OptionId) -> String {
    format!("{NEW_LICENSE}?option={option}")
}

/// The products once more, to go on from that draft with another of them.
pub fn new_license_again(draft: DraftId) -> String {
    format!("{NEW_LICENSE}?draft={draft}")
}

/// The second step of the create-license wizard.
pub fn new_license_user(draft: DraftId) -> String {
    format!("{NEW_LICENSE}/{draft}/user")
}

/// The third step of the create-license wizard.
pub fn new_license_details(draft: DraftId) -> String {
    format!("{NEW_LICENSE}/{draft}/details")
}

/// The last step of the create-license wizard.
pub fn new_license_review(draft: DraftId) -> String {
    format!("{NEW_LICENSE}/{draft}/review")
}

/// What the create-license wizard has made.
pub fn created(order: OrderId) -> String {
    format!("{LICENSES}/created/{order}")
}

/// The keys of an order as a text file.
pub fn keys_file(order: OrderId) -> String {
    format!("{LICENSES}/created/{order}/keys.txt")
}

/// The page of one license.
pub fn license(id: LicenseId) -> String {
    format!("{LICENSES}/{id}")
}

/// The same page once a change was saved.
pub fn license_saved(id: LicenseId) -> String {
    format!("{}?done=saved", license(id))
}

/// The same page once the details were sent.
pub fn license_sent(id: LicenseId) -> String {
    format!("{}?done=sent", license(id))
}

/// The stream of changes since a version of the account.
pub fn events(since: i64) -> String {
    format!("/events?since={since}")
}

/// Whether the page stands alone in the middle: signing in and activating.
pub fn is_gate(path: &str) -> bool {
    path == LOGIN || path.starts_with("/activate/")
}

fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_after_signing_in_is_escaped() {
        assert_eq!(login_then("/"), "/login");
        assert_eq!(login_then("/licenses?q=a&b"), "/login?next=%2Flicenses%3Fq%3Da%26b");
    }
}
