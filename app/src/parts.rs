//! The parts of the program, and the pages in each. What the browser fetches at first is the frame around the pages; a page comes
//! with its part, when the first page of the part is opened. Pages that follow each other are in one part: what a wizard needs is there
//! with its first step.
//!
//! A page makes its resources itself, in its part: the program that everybody fetches knows the names of the pages, and nothing of
//! what is on them.

#[cfg(feature = "hydrate")]
use std::time::Duration;

use domain::accounts::Kind;
#[cfg(feature = "hydrate")]
use js_sys::Reflect;
use leptos::{LazyViewError, lazy, prelude::*, task::spawn_local};
use leptos_router::ChooseView;
use ui::{Fault, FaultPage, Me, awake};

use crate::{
    command,
    shortcuts::{self, Insides},
};

/// How often a part is asked for again while the page wakes.
#[cfg(feature = "hydrate")]
const TRIES: u32 = 4;

type Part = Result<AnyView, LazyViewError>;

/// The type of all pages, and for each part the function that shows a page of it. In the browser that function fetches the part first.
macro_rules! parts {
    ($($(#[$about:meta])* $part:ident { $($page:ident => $shown:path,)+ })+) => {
        /// A page.
        #[derive(Debug, Clone, Copy)]
        pub enum Page {
            $($($page,)+)+
        }

        impl ChooseView for Page {
            /// A part that cannot be fetched is a page that can be tried again.
            async fn choose(self) -> AnyView {
                for tried in 0.. {
                    let part = match self {
                        $($(Self::$page)|+ => $part(self).await,)+
                    };
                    match part {
                        Ok(page) => return page,
                        Err(_) if wakes() => wait(tried).await,
                        Err(_) => break,
                    }
                }
                view! { <FaultPage fault=Fault::Offline /> }.into_any()
            }

            async fn preload(&self) {}
        }

        $(
            $(#[$about])*
            #[lazy(fallible)]
            fn $part(page: Page) -> Part {
                Ok(match page {
                    $(Page::$page => $shown().into_any(),)+
                    _ => ().into_any(),
                })
            }
        )+
    };
}

parts! {
    /// The first page of everybody.
    home_part {
        Home => storefront::home::HomePage,
    }
    /// The list of licenses.
    list_part {
        Licenses => storefront::licenses::AllLicensesPage,
    }
    /// What licenses are sold with: the catalog, the basket, and both wizards to their end.
    selling_part {
        Catalog => storefront::catalog::CatalogPage,
        ResalePrice => storefront::resale::ResalePage,
        Basket => storefront::basket::BasketPage,
        BasketCheckout => storefront::basket::CheckoutPage,
        NewCustomer => storefront::customers::NewCustomerPage,
        CustomerPerson => storefront::customers::PersonPage,
        CustomerAccess => storefront::customers::AccessPage,
        NewLicense => storefront::licenses::NewLicensePage,
        LicenseUser => storefront::licenses::UserPage,
        LicenseDetails => storefront::licenses::DetailsPage,
        LicenseReview => storefront::licenses::ReviewPage,
        Created => storefront::licenses::CreatedPage,
    }
    /// What was sold, and to whom.
    keeping_part {
        License => storefront::licenses::OneLicensePage,
        AddLicenses => storefront::subscriptions::AddLicensesPage,
        Upgrade => storefront::licenses::UpgradePage,
        Customers => storefront::customers::CustomersPage,
        Customer => storefront::customers::CustomerPage,
        EditCustomer => shared::customers::EditCustomerPage,
        ImportCustomers => storefront::customers::ImportPage,
        CheckImport => storefront::customers::ImportCheckPage,
        Orders => shared::orders::OrdersPage,
        Order => storefront::orders::OrderPage,
    }
    /// What is owed, invoiced and paid.
    billing_part {
        Billing => storefront::invoices::BillingPage,
        Ledger => storefront::invoices::LedgerPage,
        Invoices => storefront::invoices::InvoicesPage,
        Invoice => storefront::invoices::InvoicePage,
        Month => storefront::month::MonthPage,
        PayCheckout => shared::payments::CheckoutPage,
        TopUp => storefront::payments::TopUpPage,
        Discount => storefront::payments::DiscountPage,
        Payments => shared::payments::PaymentsPage,
        Payment => shared::payments::PaymentPage,
    }
    /// What somebody keeps for themselves and for their organisation.
    own_part {
        Account => shared::account::AccountPage,
        SecondFactor => shared::account::SecondFactorPage,
        NewApp => shared::account::NewAppPage,
        History => shared::audit::HistoryPage,
        BillingDetails => shared::billing_details::BillingDetailsPage,
        Team => shared::contacts::people::TeamPage,
        NewTeam => shared::contacts::people::NewTeamPage,
        TeamPerson => shared::contacts::people::TeamPersonPage,
    }
    /// The ways in: signing in, activating, a forgotten password, becoming a reseller.
    outside_part {
        Login => shared::sessions::LoginPage,
        Prove => shared::sessions::ProvePage,
        Confirm => shared::sessions::ConfirmPage,
        Activate => shared::contacts::ActivatePage,
        Forgot => shared::contacts::ForgotPage,
        Reset => shared::contacts::ResetPage,
        Apply => shared::applications::ApplyPage,
    }
    /// The back office: accounts and the people of all.
    people_part {
        OfficeAccounts => office::accounts::AccountsPage,
        OfficeNewAccount => office::accounts::NewAccountPage,
        OfficeAccount => office::accounts::AccountPage,
        OfficeAccountPrices => office::accounts::PriceListPage,
        OfficeAccountCustomers => office::accounts::CustomersPage,
        OfficeAccountLicenses => office::accounts::LicensesPage,
        OfficeAccountOrders => office::accounts::AccountOrdersPage,
        OfficeAccountBilling => office::billing::AccountBillingPage,
        OfficeAccountHistory => office::accounts::HistoryPage,
        OfficeAccountContacts => shared::contacts::people::AccountContactsPage,
        OfficeNewContact => shared::contacts::people::NewContactPage,
        OfficeContact => shared::contacts::people::ContactPage,
        OfficeEditCustomer => shared::customers::OfficeEditCustomerPage,
        OfficeApplications => office::applications::ApplicationsPage,
        OfficeApplication => office::applications::ApplicationPage,
        Staff => shared::contacts::people::StaffPage,
        NewStaff => shared::contacts::people::NewStaffPage,
    }
    /// The back office: invoices, payments and their settings.
    money_part {
        OfficeSettings => office::billing::SettingsPage,
        OfficeInvoices => office::invoices::OfficeInvoicesPage,
        OfficeInvoice => office::invoices::OfficeInvoicePage,
        OfficeCreditInvoice => office::refunds::CreditInvoicePage,
        OfficeRefund => office::refunds::TakeBackPage,
        OfficePrice => office::subscriptions::SubscriptionPricePage,
        OfficeMonths => office::month::OfficeMonthsPage,
        OfficeMonth => office::month::OfficeMonthPage,
        OfficeReceipts => office::payments::ReceiptsPage,
        OfficeReceipt => office::payments::ReceiptPage,
        OfficePayments => office::payments::OfficePaymentsPage,
        OfficePayment => office::payments::OfficePaymentPage,
        OfficeRecord => office::payments::RecordPage,
        OfficeTable => office::payments::TablePage,
        OfficeDryRun => office::payments::DryRunPage,
    }
    /// The back office: products and price lists.
    catalog_part {
        Products => office::products::ProductsPage,
        NewProduct => office::products::NewProductPage,
        Product => office::products::ProductPage,
        ProductOption => office::products::OptionPage,
        PriceLists => office::price_lists::PriceListsPage,
        NewPriceList => office::price_lists::NewPriceListPage,
        PriceList => office::price_lists::PriceListPage,
        Price => office::price_lists::PricePage,
        SeenAs => office::price_lists::SeenAsPage,
    }
    /// The back office: what needs somebody, and what happened.
    watch_part {
        Office => office::home::OfficePage,
        Mail => office::mail::MailPage,
        Audit => office::audit::AuditPage,
    }
    /// The back office: orders.
    orders_part {
        OfficeOrders => office::orders::OfficeOrdersPage,
        OfficeOrder => office::orders::OfficeOrderPage,
    }
}

/// What stands in the dialogs, which everybody may open from anywhere.
///
/// # Errors
/// When it cannot be fetched.
#[lazy(fallible)]
pub fn dialogs_part() -> Result<Insides, LazyViewError> {
    Ok(Insides { command: command::lines, shortcuts: shortcuts::list })
}

/// Whether the page that the server wrote is waking: then no other can be put in its place.
fn wakes() -> bool {
    cfg!(feature = "hydrate") && Owner::current_shared_context().is_some_and(|page| page.during_hydration())
}

/// Before a part is asked for again, twice as long each time. A part that does not come then is one of a program that was replaced
/// meanwhile, so the page is loaded anew.
async fn wait(tried: u32) {
    #[cfg(feature = "hydrate")]
    {
        if tried == TRIES {
            window().location().reload().ok();
        }
        gloo_timers::future::sleep(Duration::from_secs(1 << tried.min(TRIES))).await;
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = tried;
}

/// Fetches what is opened next, once the page that was opened is awake.
pub fn look_ahead() {
    let (me, awake) = (Me::here(), awake());
    Effect::new(move |_| {
        if let (true, Some(actor)) = (awake.get(), me.who()) {
            spawn_local(fetch(actor.side));
        }
    });
}

/// The pages of resellers, and the dialogs of everybody. What cannot be fetched now is fetched when it is opened; so is everything for
/// those who told their browser to save data.
async fn fetch(side: Kind) {
    #[cfg(feature = "hydrate")]
    if !saves_data() {
        if side == Kind::Reseller {
            __preload_home_part().await.ok();
            __preload_list_part().await.ok();
            __preload_selling_part().await.ok();
            __preload_keeping_part().await.ok();
        }
        __preload_dialogs_part().await.ok();
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = side;
}

/// Whether the browser was told to load no more than it must.
#[cfg(feature = "hydrate")]
fn saves_data() -> bool {
    let connection = Reflect::get(&window().navigator(), &"connection".into());
    connection.and_then(|connection| Reflect::get(&connection, &"saveData".into())).is_ok_and(|saves| saves.is_truthy())
}
