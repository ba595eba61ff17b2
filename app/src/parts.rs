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

use crate::{
    Fault, account, accounts, applications, audit, basket,
    billing::{self, invoices, month, payments, refunds, subscriptions},
    catalog, command,
    contacts::{self, people},
    customers, home, licenses, mail, office, orders, price_lists, products, resale,
    sessions,
    shortcuts::{self, Insides},
    ui::{FaultPage, Me, awake},
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
        Home => home::HomePage,
    }
    /// The list of licenses.
    list_part {
        Licenses => licenses::AllLicensesPage,
    }
    /// What licenses are sold with: the catalog, the basket, and both wizards to their end.
    selling_part {
        Catalog => catalog::CatalogPage,
        ResalePrice => resale::ResalePage,
        Basket => basket::BasketPage,
        BasketCheckout => basket::CheckoutPage,
        NewCustomer => customers::NewCustomerPage,
        CustomerPerson => customers::PersonPage,
        CustomerAccess => customers::AccessPage,
        NewLicense => licenses::NewLicensePage,
        LicenseUser => licenses::UserPage,
        LicenseDetails => licenses::DetailsPage,
        LicenseReview => licenses::ReviewPage,
        Created => licenses::CreatedPage,
    }
    /// What was sold, and to whom.
    keeping_part {
        License => licenses::OneLicensePage,
        AddLicenses => subscriptions::AddLicensesPage,
        Upgrade => licenses::UpgradePage,
        Customers => customers::CustomersPage,
        Customer => customers::CustomerPage,
        EditCustomer => customers::EditCustomerPage,
        ImportCustomers => customers::ImportPage,
        CheckImport => customers::ImportCheckPage,
        Orders => orders::OrdersPage,
        Order => orders::OrderPage,
    }
    /// What is owed, invoiced and paid.
    billing_part {
        Billing => invoices::BillingPage,
        Ledger => invoices::LedgerPage,
        Invoices => invoices::InvoicesPage,
        Invoice => invoices::InvoicePage,
        Month => month::MonthPage,
        PayCheckout => payments::CheckoutPage,
        TopUp => payments::TopUpPage,
        Discount => payments::DiscountPage,
        Payments => payments::PaymentsPage,
        Payment => payments::PaymentPage,
    }
    /// What somebody keeps for themselves and for their organisation.
    own_part {
        Account => account::AccountPage,
        SecondFactor => account::SecondFactorPage,
        NewApp => account::NewAppPage,
        History => audit::HistoryPage,
        BillingDetails => billing::details::BillingDetailsPage,
        Team => people::TeamPage,
        NewTeam => people::NewTeamPage,
        TeamPerson => people::TeamPersonPage,
    }
    /// The ways in: signing in, activating, a forgotten password, becoming a reseller.
    outside_part {
        Login => sessions::LoginPage,
        Prove => sessions::ProvePage,
        Confirm => sessions::ConfirmPage,
        Activate => contacts::ActivatePage,
        Forgot => contacts::ForgotPage,
        Reset => contacts::ResetPage,
        Apply => applications::ApplyPage,
    }
    /// The back office: accounts and the people of all.
    people_part {
        OfficeAccounts => accounts::AccountsPage,
        OfficeNewAccount => accounts::NewAccountPage,
        OfficeAccount => accounts::AccountPage,
        OfficeAccountPrices => accounts::PriceListPage,
        OfficeAccountCustomers => accounts::CustomersPage,
        OfficeAccountLicenses => accounts::LicensesPage,
        OfficeAccountOrders => accounts::AccountOrdersPage,
        OfficeAccountBilling => billing::office::AccountBillingPage,
        OfficeAccountHistory => accounts::HistoryPage,
        OfficeAccountContacts => people::AccountContactsPage,
        OfficeNewContact => people::NewContactPage,
        OfficeContact => people::ContactPage,
        OfficeEditCustomer => customers::OfficeEditCustomerPage,
        OfficeApplications => applications::ApplicationsPage,
        OfficeApplication => applications::ApplicationPage,
        Staff => people::StaffPage,
        NewStaff => people::NewStaffPage,
    }
    /// The back office: invoices, payments and their settings.
    money_part {
        OfficeSettings => billing::office::SettingsPage,
        OfficeInvoices => invoices::OfficeInvoicesPage,
        OfficeInvoice => invoices::OfficeInvoicePage,
        OfficeCreditInvoice => refunds::CreditInvoicePage,
        OfficeRefund => refunds::TakeBackPage,
        OfficePrice => subscriptions::SubscriptionPricePage,
        OfficeMonths => month::OfficeMonthsPage,
        OfficeMonth => month::OfficeMonthPage,
        OfficeReceipts => payments::ReceiptsPage,
        OfficeReceipt => payments::ReceiptPage,
        OfficePayments => payments::OfficePaymentsPage,
        OfficePayment => payments::OfficePaymentPage,
        OfficeRecord => payments::RecordPage,
        OfficeTable => payments::TablePage,
        OfficeDryRun => payments::DryRunPage,
    }
    /// The back office: products and price lists.
    catalog_part {
        Products => products::ProductsPage,
        NewProduct => products::NewProductPage,
        Product => products::ProductPage,
        ProductOption => products::OptionPage,
        PriceLists => price_lists::PriceListsPage,
        NewPriceList => price_lists::NewPriceListPage,
        PriceList => price_lists::PriceListPage,
        Price => price_lists::PricePage,
        SeenAs => price_lists::SeenAsPage,
    }
    /// The back office: what needs somebody, and what happened.
    watch_part {
        Office => office::OfficePage,
        Mail => mail::MailPage,
        Audit => audit::AuditPage,
    }
    /// The back office: orders.
    orders_part {
        OfficeOrders => orders::OfficeOrdersPage,
        OfficeOrder => orders::OfficeOrderPage,
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
