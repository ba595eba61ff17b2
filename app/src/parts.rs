//! Which pages the browser fetches together, when the first of them is opened. What everybody sees first is in the
//! program itself: the home, the list of licenses, signing in, an activation.
//!
//! Such a page is a [`LazyRoute`](leptos_router::LazyRoute): `data` makes its resources, in the program itself, so that they are
//! numbered alike on both sides and are on their way while the part is; `view` asks its part here to show it. Pages that follow
//! each other are one part: what a wizard needs is there with its first step. The pages of the back office are a part each.

use domain::accounts::Kind;
#[cfg(feature = "hydrate")]
use js_sys::Reflect;
use leptos::{LazyViewError, lazy, prelude::*, task::spawn_local};

use crate::{
    Fault,
    account::{AccountRoute, NewAppRoute, SecondFactorRoute},
    applications::ApplyRoute,
    audit::HistoryRoute,
    basket::{BasketRoute, CheckoutRoute},
    billing::details::BillingDetailsRoute,
    billing::invoices::{BillingRoute, InvoiceRoute, InvoicesRoute, LedgerRoute},
    billing::month::MonthRoute,
    billing::subscriptions::AddLicensesRoute,
    catalog::CatalogRoute,
    contacts::{ForgotRoute, ResetRoute},
    customers::{
        AccessRoute, CustomerRoute, CustomersRoute, EditCustomerRoute, ImportCheckRoute, ImportRoute, NewCustomerRoute,
        PersonRoute,
    },
    licenses::{CreatedRoute, DetailsRoute, LicenseRoute, NewLicenseRoute, ReviewRoute, UpgradeRoute, UserRoute},
    orders::{OrderRoute, OrdersRoute},
    resale::ResaleRoute,
    sessions::{ConfirmRoute, Me, ProveRoute},
    ui::{FaultPage, awake},
};

/// What licenses are sold with: the catalog, and both wizards to their end.
#[derive(Debug)]
pub enum Selling {
    /// What can be ordered.
    Catalog(CatalogRoute),
    /// What one takes oneself for an option.
    Resale(ResaleRoute),
    /// What somebody wants to order.
    Basket(BasketRoute),
    /// Ordering it.
    Checkout(CheckoutRoute),
    /// Create license: the product.
    Product(NewLicenseRoute),
    /// Create license: the user.
    User(UserRoute),
    /// Create license: the details.
    Details(DetailsRoute),
    /// Create license: the review.
    Review(ReviewRoute),
    /// The keys.
    Created(CreatedRoute),
    /// Create customer: a draft.
    Begin(NewCustomerRoute),
    /// Create customer: the person.
    Person(PersonRoute),
    /// Create customer: the access.
    Access(AccessRoute),
}

/// What was sold, and to whom.
#[derive(Debug)]
pub enum Keeping {
    /// One license.
    License(LicenseRoute),
    /// More licenses of a subscription.
    Add(AddLicensesRoute),
    /// Upgrading a trial.
    Upgrade(UpgradeRoute),
    /// All customers.
    Customers(CustomersRoute),
    /// One customer.
    Customer(CustomerRoute),
    /// Correcting one.
    EditCustomer(EditCustomerRoute),
    /// All orders.
    Orders(OrdersRoute),
    /// One order.
    Order(OrderRoute),
    /// The end of a month.
    Month(MonthRoute),
    /// Many customers: the table.
    Import(ImportRoute),
    /// Many customers: the dry run.
    Check(ImportCheckRoute),
}

/// What is owed, invoiced and settled.
#[derive(Debug)]
pub enum Billing {
    /// What the account owes.
    Home(BillingRoute),
    /// All invoices.
    Invoices(InvoicesRoute),
    /// One invoice.
    Invoice(InvoiceRoute),
    /// The ledger.
    Ledger(LedgerRoute),
}

/// What somebody keeps for themselves.
#[derive(Debug)]
pub enum Own {
    /// The account.
    Account(AccountRoute),
    /// The second factor.
    SecondFactor(SecondFactorRoute),
    /// An authenticator app.
    NewApp(NewAppRoute),
    /// Where its invoices go.
    Billing(BillingDetailsRoute),
    /// What was done in the account.
    History(HistoryRoute),
    /// The code at the sign-in.
    Prove(ProveRoute),
    /// The password once more.
    Confirm(ConfirmRoute),
}

/// What is there for those who cannot sign in.
#[derive(Debug)]
pub enum Outside {
    /// To become a reseller.
    Apply(ApplyRoute),
    /// A forgotten password.
    Forgot(ForgotRoute),
    /// A new password.
    Reset(ResetRoute),
}

type Part = Result<AnyView, LazyViewError>;

/// A page of this part, as soon as it is there.
pub async fn selling(page: Selling) -> AnyView {
    shown(selling_part(page).await)
}

/// A page of this part, as soon as it is there.
pub async fn keeping(page: Keeping) -> AnyView {
    shown(keeping_part(page).await)
}

/// A page of this part, as soon as it is there.
pub async fn billing(page: Billing) -> AnyView {
    shown(billing_part(page).await)
}

/// A page of this part, as soon as it is there.
pub async fn own(page: Own) -> AnyView {
    shown(own_part(page).await)
}

/// A page of this part, as soon as it is there.
pub async fn outside(page: Outside) -> AnyView {
    shown(outside_part(page).await)
}

/// A part that cannot be fetched is a page that can be tried again.
fn shown(part: Part) -> AnyView {
    part.unwrap_or_else(|_| view! { <FaultPage fault=Fault::Offline /> }.into_any())
}

#[lazy(fallible)]
fn selling_part(page: Selling) -> Part {
    Ok(match page {
        Selling::Catalog(page) => page.show(),
        Selling::Resale(page) => page.show(),
        Selling::Basket(page) => page.show(),
        Selling::Checkout(page) => page.show(),
        Selling::Product(page) => page.show(),
        Selling::User(page) => page.show(),
        Selling::Details(page) => page.show(),
        Selling::Review(page) => page.show(),
        Selling::Created(page) => page.show(),
        Selling::Begin(page) => page.show(),
        Selling::Person(page) => page.show(),
        Selling::Access(page) => page.show(),
    })
}

#[lazy(fallible)]
fn keeping_part(page: Keeping) -> Part {
    Ok(match page {
        Keeping::License(page) => page.show(),
        Keeping::Add(page) => page.show(),
        Keeping::Upgrade(page) => page.show(),
        Keeping::Customers(page) => page.show(),
        Keeping::Customer(page) => page.show(),
        Keeping::EditCustomer(page) => page.show(),
        Keeping::Orders(page) => page.show(),
        Keeping::Order(page) => page.show(),
        Keeping::Month(page) => page.show(),
        Keeping::Import(page) => page.show(),
        Keeping::Check(page) => page.show(),
    })
}

#[lazy(fallible)]
fn billing_part(page: Billing) -> Part {
    Ok(match page {
        Billing::Home(page) => page.show(),
        Billing::Invoices(page) => page.show(),
        Billing::Invoice(page) => page.show(),
        Billing::Ledger(page) => page.show(),
    })
}

#[lazy(fallible)]
fn own_part(page: Own) -> Part {
    Ok(match page {
        Own::Account(page) => page.show(),
        Own::SecondFactor(page) => page.show(),
        Own::NewApp(page) => page.show(),
        Own::Billing(page) => page.show(),
        Own::History(page) => page.show(),
        Own::Prove(page) => page.show(),
        Own::Confirm(page) => page.show(),
    })
}

#[lazy(fallible)]
fn outside_part(page: Outside) -> Part {
    Ok(match page {
        Outside::Apply(page) => page.show(),
        Outside::Forgot(page) => page.show(),
        Outside::Reset(page) => page.show(),
    })
}

/// Fetches what a reseller opens next, once the page that was opened is awake.
pub fn look_ahead() {
    let (me, awake) = (Me::here(), awake());
    Effect::new(move |_| {
        if awake.get() {
            spawn_local(async move {
                if me.who().await.is_ok_and(|actor| actor.is_some_and(|actor| actor.side == Kind::Reseller)) {
                    fetch().await;
                }
            });
        }
    });
}

/// What cannot be fetched now is fetched when it is opened; so is everything for those who told their browser to save data.
async fn fetch() {
    #[cfg(feature = "hydrate")]
    if !saves_data() {
        __preload_selling_part().await.ok();
        __preload_keeping_part().await.ok();
    }
}

/// Whether the browser was told to load no more than it must.
#[cfg(feature = "hydrate")]
fn saves_data() -> bool {
    let connection = Reflect::get(&window().navigator(), &"connection".into());
    connection.and_then(|connection| Reflect::get(&connection, &"saveData".into())).is_ok_and(|saves| saves.is_truthy())
}
