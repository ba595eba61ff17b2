//! Every address of the house, and nowhere else: pages, and what is fetched beside them.

mod billing;
mod local;
mod payments;

pub use billing::*;
pub use local::{local, stays_here};
pub use payments::*;

use std::fmt::Display;

use domain::{
    AccountId, ApplicationId, ContactId, DraftId, LicenseId, OptionId, OrderId, PriceListId, ProductId,
    accounts::AccountsQuery,
    accounts::Kind,
    actor::Due,
    applications::ApplicationsQuery,
    audit::AuditQuery,
    customers::{CustomersQuery, Waiting},
    licenses::LicensesQuery,
    mail::MailQuery,
    orders::OrderNumber,
    orders::OrdersQuery,
};
use leptos_router::location::Url;

/// The first page of whoever asks.
pub const HOME: &str = "/";
/// Signing in.
pub const LOGIN: &str = "/login";
/// For those who forgot their password (A7).
pub const FORGOT: &str = "/forgot";
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
/// The home of the staff.
pub const OFFICE: &str = "/office";
/// The accounts.
pub const ACCOUNTS: &str = "/office/accounts";
/// The accounts of a view as a table.
pub const ACCOUNTS_CSV: &str = "/office/accounts.csv";
/// The products as a table, with their options.
pub const PRODUCTS_CSV: &str = "/office/products.csv";
/// The price lists as a table, with their prices.
pub const PRICE_LISTS_CSV: &str = "/office/price-lists.csv";
/// The applications of one state as a table.
pub const APPLICATIONS_CSV: &str = "/office/applications.csv";
/// The operator's people as a table.
pub const STAFF_CSV: &str = "/office/staff.csv";
/// The people of the own account as a table.
pub const TEAM_CSV: &str = "/team.csv";
/// The form of a new account.
pub const NEW_ACCOUNT: &str = "/office/accounts/new";
/// What a reseller may order.
pub const CATALOG: &str = "/catalog";
/// What somebody wants to order.
pub const BASKET: &str = "/basket";
/// Makes an order of it.
pub const CHECKOUT: &str = "/basket/checkout";
/// The licenses that are not paid yet, which take a slot each (L7).
pub const UNPAID_LICENSES: &str = "/licenses?payment=pending";
/// The reseller's orders.
pub const ORDERS: &str = "/orders";
/// The orders of all resellers.
pub const OFFICE_ORDERS: &str = "/office/orders";
/// The orders that wait for a decision.
pub const HELD_ORDERS: &str = "/office/orders?state=submitted";
/// The operator's products.
pub const PRODUCTS: &str = "/office/products";
/// Adds a product.
pub const NEW_PRODUCT: &str = "/office/products/new";
/// The operator's price lists.
pub const PRICE_LISTS: &str = "/office/price-lists";
/// Adds a price list.
pub const NEW_PRICE_LIST: &str = "/office/price-lists/new";
/// The outbox.
pub const MAIL: &str = "/office/mail";
/// Applying as a reseller (A3).
pub const APPLY: &str = "/apply";
/// The queue of applications.
pub const APPLICATIONS: &str = "/office/applications";
/// The whole audit log.
pub const AUDIT: &str = "/office/audit";
/// The whole filter of the audit log as a file.
pub const AUDIT_EXPORT: &str = "/office/audit/export.csv";
/// What was done in the own account.
pub const HISTORY: &str = "/account/history";

/// The people of the own account (A8).
pub const TEAM: &str = "/team";
/// Adds somebody to the own account.
pub const NEW_TEAM: &str = "/team/new";
/// The operator's people (A9).
pub const STAFF: &str = "/office/staff";
/// Adds somebody to the staff.
pub const NEW_STAFF: &str = "/office/staff/new";
/// The people of other accounts, by themselves.
pub const CONTACTS: &str = "/office/contacts";

/// Adds a person to an account (A4).
pub fn office_new_contact(id: AccountId) -> String {
    format!("{}/new", office_account_contacts(id))
}

/// The page of a person in the back office, staff included.
pub fn office_contact(id: ContactId) -> String {
    format!("{CONTACTS}/{id}")
}

/// The page of a person of the own team.
pub fn team_person(id: ContactId) -> String {
    format!("{TEAM}/{id}")
}

/// The page of a person on the side of who acts, after something was done.
pub fn person_done(side: Kind, id: ContactId, done: &str) -> String {
    let page = if side == Kind::Operator { office_contact(id) } else { team_person(id) };
    format!("{page}?done={done}")
}

/// The page that asks for a name, once it was given one.
pub fn forgot_sent() -> String {
    format!("{FORGOT}?done=sent")
}

/// The page behind the link for a new password (A7).
pub fn reset(token: &str) -> String {
    format!("/reset/{}", Url::escape(token))
}

/// The same page once the new password is chosen.
pub fn reset_done(token: &str) -> String {
    format!("{}?done=reset", reset(token))
}

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

/// One's own second factor.
pub const SECOND_FACTOR: &str = "/account/second-factor";
/// An authenticator app that is being set up.
pub const NEW_APP: &str = "/account/second-factor/app";
/// Proving the second factor, after the right password.
pub const PROVE: &str = "/login/code";
/// Proving once more who one is.
pub const CONFIRM: &str = "/confirm";

/// Where something is done that is due.
pub const fn due(due: Due) -> &'static str {
    match due {
        Due::Proof => PROVE,
        Due::Password => ACCOUNT,
        Due::SecondFactor => SECOND_FACTOR,
        Due::Debt => BILLING,
    }
}

/// Proving the second factor, and then on to `next`.
pub fn prove_then(next: &str) -> String {
    if next == HOME { PROVE.to_owned() } else { format!("{PROVE}?next={}", Url::escape(next)) }
}

/// Proving once more who one is, and then on to `next`.
pub fn confirm_then(next: &str) -> String {
    format!("{CONFIRM}?next={}", Url::escape(next))
}

/// One's own second factor, after it was changed.
pub fn second_factor_changed() -> String {
    format!("{SECOND_FACTOR}?done=changed")
}

/// Signing in, and then on to `next`.
pub fn login_then(next: &str) -> String {
    if next == HOME { LOGIN.to_owned() } else { format!("{LOGIN}?next={}", Url::escape(next)) }
}

/// One view of the outbox.
pub fn mail(view: &MailQuery) -> String {
    with_query(MAIL, &view.address())
}

/// The view in which something was done with the ticked rows, where it says with how many.
pub fn ticked_done(back: &str, done: impl Display) -> String {
    let back = local(back);
    let sign = if back.contains('?') { '&' } else { '?' };
    format!("{back}{sign}done={done}")
}

/// The page of the application form once it was sent.
pub fn applied() -> String {
    format!("{APPLY}?done=sent")
}

/// One view of the queue of applications.
pub fn applications(view: &ApplicationsQuery) -> String {
    with_query(APPLICATIONS, &view.address())
}

/// All applications of a view as a table.
pub fn applications_csv(view: &ApplicationsQuery) -> String {
    with_query(APPLICATIONS_CSV, &ApplicationsQuery { after: None, ..view.clone() }.address())
}

/// One view of the account's orders.
pub fn orders(view: &OrdersQuery) -> String {
    with_query(ORDERS, &view.address())
}

/// The page of one order.
pub fn order(number: OrderNumber) -> String {
    format!("{ORDERS}/{}", number.0)
}

/// One view of the orders of all resellers.
pub fn office_orders(view: &OrdersQuery) -> String {
    with_query(OFFICE_ORDERS, &view.address())
}

/// The page of one order in the back office.
pub fn office_order(number: OrderNumber) -> String {
    format!("{OFFICE_ORDERS}/{}", number.0)
}

/// The page of one application.
pub fn application(id: ApplicationId) -> String {
    format!("{APPLICATIONS}/{id}")
}

/// One view of the audit log.
pub fn audit(view: &AuditQuery) -> String {
    with_query(AUDIT, &view.address())
}

/// The whole of a view as a file.
pub fn audit_export(view: &AuditQuery) -> String {
    with_query(AUDIT_EXPORT, &AuditQuery { after: None, ..view.clone() }.address())
}

/// One page of the own history.
pub fn history_after(after: &str) -> String {
    format!("{HISTORY}?after={}", Url::escape(after))
}

/// One view of the list of accounts.
pub fn office_accounts(view: &AccountsQuery) -> String {
    with_query(ACCOUNTS, &view.address())
}

/// All accounts of a view as a table.
pub fn office_accounts_csv(view: &AccountsQuery) -> String {
    with_query(ACCOUNTS_CSV, &AccountsQuery { after: None, ..view.clone() }.address())
}

/// The page of one account: its details.
pub fn office_account(id: AccountId) -> String {
    format!("{ACCOUNTS}/{id}")
}

/// The same page right after something was done: `added`, `saved`, `suspended`.
pub fn office_account_done(id: AccountId, done: &str) -> String {
    format!("{}?done={done}", office_account(id))
}

/// The people of an account.
pub fn office_account_contacts(id: AccountId) -> String {
    format!("{}/contacts", office_account(id))
}

/// The people of an account as a table.
pub fn office_account_contacts_csv(id: AccountId) -> String {
    format!("{}.csv", office_account_contacts(id))
}

/// The price list of an account.
pub fn office_account_price_list(id: AccountId) -> String {
    format!("{}/price-list", office_account(id))
}

/// The customers of an account, from below `after`.
pub fn office_account_customers(id: AccountId, after: Option<&str>) -> String {
    from(format!("{}/customers", office_account(id)), after)
}

/// The licenses of an account, from below `after`.
pub fn office_account_licenses(id: AccountId, after: Option<&str>) -> String {
    from(format!("{}/licenses", office_account(id)), after)
}

/// A page of the orders of an account.
pub fn office_account_orders(id: AccountId, view: &OrdersQuery) -> String {
    with_query(&format!("{}/orders", office_account(id)), &view.address())
}

/// What was done with an account, from below `after`.
pub fn office_account_history(id: AccountId, after: Option<&str>) -> String {
    from(format!("{}/history", office_account(id)), after)
}

/// One page of the products.
pub fn products_after(after: i64) -> String {
    format!("{PRODUCTS}?after={after}")
}

/// The page of one product.
pub fn product(id: ProductId) -> String {
    format!("{PRODUCTS}/{id}")
}

/// The same page once something was done: `added`, `saved`, `option`, `on`, `off`.
pub fn product_done(id: ProductId, done: &str) -> String {
    format!("{}?done={done}", product(id))
}

/// Adds an option to a product.
pub fn new_option(product_id: ProductId) -> String {
    format!("{}/option", product(product_id))
}

/// The page of one option of a product.
pub fn option(product_id: ProductId, option: OptionId) -> String {
    format!("{}?option={option}", new_option(product_id))
}

/// One page of the price lists.
pub fn price_lists_after(after: PriceListId) -> String {
    format!("{PRICE_LISTS}?after={after}")
}

/// The page of one price list.
pub fn price_list(id: PriceListId) -> String {
    format!("{PRICE_LISTS}/{id}")
}

/// The same page once something was done: `added`, `saved`, `price`, `removed`.
pub fn price_list_done(id: PriceListId, done: &str) -> String {
    format!("{}?done={done}", price_list(id))
}

/// The same page with the accounts from below a place.
pub fn price_list_accounts(id: PriceListId, after: i64) -> String {
    format!("{}?after={after}", price_list(id))
}

/// Adds a price to a price list.
pub fn new_price(list: PriceListId) -> String {
    format!("{}/price", price_list(list))
}

/// The price of an option from a quantity on.
pub fn price(list: PriceListId, option: OptionId, from: u32) -> String {
    format!("{}?option={option}&from={from}", new_price(list))
}

/// What a reseller sees of the products.
pub fn seen_as(account: AccountId) -> String {
    format!("/office/accounts/{account}/seen-as")
}

/// One view of the customer list.
pub fn customers(view: &CustomersQuery) -> String {
    with_query(CUSTOMERS, &view.address())
}

/// Starts the create-customer wizard for a license wizard that waits for its user.
pub fn new_customer_for(license: DraftId) -> String {
    format!("{NEW_CUSTOMER}?license={license}")
}

/// The same for the checkout of a basket.
pub fn new_customer_for_basket(basket: DraftId) -> String {
    format!("{NEW_CUSTOMER}?basket={basket}")
}

/// Where something waits for a new customer.
pub fn waiting(waiting: Waiting) -> String {
    match waiting {
        Waiting::License(draft) => new_license_user(draft),
        Waiting::Checkout => CHECKOUT.to_owned(),
    }
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

/// Corrects a customer.
pub fn customer_edit(id: AccountId) -> String {
    format!("{}/edit", customer(id))
}

/// The same in the office.
pub fn office_customer_edit(id: AccountId) -> String {
    format!("/office/customers/{id}/edit")
}

/// The page of a customer once it was corrected.
pub fn customer_saved(id: AccountId) -> String {
    format!("{}?done=saved", customer(id))
}

/// The same page once a new activation link was sent.
pub fn customer_link_sent(id: AccountId) -> String {
    format!("{}?done=link", customer(id))
}

/// One view of the license list.
pub fn licenses(view: &LicensesQuery) -> String {
    with_query(LICENSES, &view.address())
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
    [LOGIN, PROVE, CONFIRM, FORGOT].contains(&path)
        || ["/activate/", "/reset/"].iter().any(|link| path.starts_with(link))
}

/// Whether the page wakes although nobody is signed in: somebody activates, or proves with a passkey who they are.
pub fn wakes_for_strangers(path: &str) -> bool {
    [PROVE, CONFIRM].contains(&path) || path.starts_with("/activate/")
}

fn from(path: String, after: Option<&str>) -> String {
    match after {
        Some(after) => format!("{path}?after={}", Url::escape(after)),
        None => path,
    }
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
