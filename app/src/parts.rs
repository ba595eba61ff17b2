//! The parts of the program, and the pages in each. What the browser fetches at first is the frame around the pages; a page comes
//! with its part, when the first page of the part is opened. Pages that follow each other are in one part: what a wizard needs is there
//! with its first step.
//!
//! A page makes its resources itself, in its part: the program that everybody fetches knows the names of the pages, and nothing of
//! what is on them.

#[cfg(feature = "hydrate")]
use std::time::Duration;

use crate::ui::{Fault, FaultPage, Me, awake};
use domain::accounts::Kind;
#[cfg(feature = "hydrate")]
use js_sys::Reflect;
use leptos::{LazyViewError, lazy, prelude::*, task::spawn_local};
use leptos_router::ChooseView;

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
        Home => crate::storefront::home::HomePage,
    }
    /// The list of licenses.
    list_part {
        Licenses => crate::storefront::licenses::AllLicensesPage,
    }
    /// What licenses are sold with: the catalog, the basket, and both wizards to their end.
    selling_part {
        Catalog => crate::storefront::catalog::CatalogPage,
        ResalePrice => crate::storefront::resale::ResalePage,
        Basket => crate::storefront::basket::BasketPage,
        BasketCheckout => crate::storefront::basket::CheckoutPage,
        NewCustomer => crate::storefront::customers::NewCustomerPage,
        CustomerPerson => crate::storefront::customers::PersonPage,
        CustomerAccess => crate::storefront::customers::AccessPage,
        NewLicense => crate::storefront::licenses::NewLicensePage,
        LicenseUser => crate::storefront::licenses::UserPage,
        LicenseDetails => crate::storefront::licenses::DetailsPage,
        LicenseReview => crate::storefront::licenses::ReviewPage,
        Created => crate::storefront::licenses::CreatedPage,
    }
    /// What was sold, and to whom.
    keeping_part {
        License => crate::storefront::licenses::OneLicensePage,
        AddLicenses => crate::storefront::subscriptions::AddLicensesPage,
        Upgrade => crate::storefront::licenses::UpgradePage,
        Customers => crate::storefront::customers::CustomersPage,
        Customer => crate::storefront::customers::CustomerPage,
        EditCustomer => crate::shared::customers::EditCustomerPage,
        ImportCustomers => crate::storefront::customers::ImportPage,
        CheckImport => crate::storefront::customers::ImportCheckPage,
        Orders => crate::shared::orders::OrdersPage,
        Order => crate::storefront::orders::OrderPage,
    }
    /// What is owed, invoiced and paid.
    billing_part {
        Billing => crate::storefront::invoices::BillingPage,
        Ledger => crate::storefront::invoices::LedgerPage,
        Invoices => crate::storefront::invoices::InvoicesPage,
        Invoice => crate::storefront::invoices::InvoicePage,
        Month => crate::storefront::month::MonthPage,
        PayCheckout => crate::shared::payments::CheckoutPage,
        TopUp => crate::storefront::payments::TopUpPage,
        Discount => crate::storefront::payments::DiscountPage,
        Payments => crate::shared::payments::PaymentsPage,
        Payment => crate::shared::payments::PaymentPage,
    }
    /// What somebody keeps for themselves and for their organisation.
    own_part {
        Account => crate::shared::account::AccountPage,
        SecondFactor => crate::shared::account::SecondFactorPage,
        NewApp => crate::shared::account::NewAppPage,
        History => crate::shared::audit::HistoryPage,
        BillingDetails => crate::shared::billing_details::BillingDetailsPage,
        Team => crate::shared::contacts::people::TeamPage,
        NewTeam => crate::shared::contacts::people::NewTeamPage,
        TeamPerson => crate::shared::contacts::people::TeamPersonPage,
    }
    /// The ways in: signing in, activating, a forgotten password, becoming a reseller.
    outside_part {
        Login => crate::shared::sessions::LoginPage,
        Prove => crate::shared::sessions::ProvePage,
        Confirm => crate::shared::sessions::ConfirmPage,
        Activate => crate::shared::contacts::ActivatePage,
        Forgot => crate::shared::contacts::ForgotPage,
        Reset => crate::shared::contacts::ResetPage,
        Apply => crate::shared::applications::ApplyPage,
    }
    /// The back office: accounts and the people of all.
    people_part {
        OfficeAccounts => crate::office::accounts::AccountsPage,
        OfficeNewAccount => crate::office::accounts::NewAccountPage,
        OfficeAccount => crate::office::accounts::AccountPage,
        OfficeAccountPrices => crate::office::accounts::PriceListPage,
        OfficeAccountCustomers => crate::office::accounts::CustomersPage,
        OfficeAccountLicenses => crate::office::accounts::LicensesPage,
        OfficeAccountOrders => crate::office::accounts::AccountOrdersPage,
        OfficeAccountBilling => crate::office::billing::AccountBillingPage,
        OfficeAccountHistory => crate::office::accounts::HistoryPage,
        OfficeAccountContacts => crate::shared::contacts::people::AccountContactsPage,
        OfficeNewContact => crate::shared::contacts::people::NewContactPage,
        OfficeContact => crate::shared::contacts::people::ContactPage,
        OfficeEditCustomer => crate::shared::customers::OfficeEditCustomerPage,
        OfficeApplications => crate::office::applications::ApplicationsPage,
        OfficeApplication => crate::office::applications::ApplicationPage,
        Staff => crate::shared::contacts::people::StaffPage,
        NewStaff => crate::shared::contacts::people::NewStaffPage,
    }
    /// The back office: invoices, payments and their settings.
    money_part {
        OfficeSettings => crate::office::billing::SettingsPage,
        OfficeInvoices => crate::office::invoices::OfficeInvoicesPage,
        OfficeInvoice => crate::office::invoices::OfficeInvoicePage,
        OfficeCreditInvoice => crate::office::refunds::CreditInvoicePage,
        OfficeRefund => crate::office::refunds::TakeBackPage,
        OfficePrice => crate::office::subscriptions::SubscriptionPricePage,
        OfficeMonths => crate::office::month::OfficeMonthsPage,
        OfficeMonth => crate::office::month::OfficeMonthPage,
        OfficeReceipts => crate::office::payments::ReceiptsPage,
        OfficeReceipt => crate::office::payments::ReceiptPage,
        OfficePayments => crate::office::payments::OfficePaymentsPage,
        OfficePayment => crate::office::payments::OfficePaymentPage,
        OfficeRecord => crate::office::payments::RecordPage,
        OfficeTable => crate::office::payments::TablePage,
        OfficeDryRun => crate::office::payments::DryRunPage,
    }
    /// The back office: products and price lists.
    catalog_part {
        Products => crate::office::products::ProductsPage,
        NewProduct => crate::office::products::NewProductPage,
        Product => crate::office::products::ProductPage,
        ProductOption => crate::office::products::OptionPage,
        PriceLists => crate::office::price_lists::PriceListsPage,
        NewPriceList => crate::office::price_lists::NewPriceListPage,
        PriceList => crate::office::price_lists::PriceListPage,
        Price => crate::office::price_lists::PricePage,
        SeenAs => crate::office::price_lists::SeenAsPage,
    }
    /// The back office: what needs somebody, and what happened.
    watch_part {
        Office => crate::office::home::OfficePage,
        Mail => crate::office::mail::MailPage,
        Audit => crate::office::audit::AuditPage,
    }
    /// The back office: orders.
    orders_part {
        OfficeOrders => crate::office::orders::OfficeOrdersPage,
        OfficeOrder => crate::office::orders::OfficeOrderPage,
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
