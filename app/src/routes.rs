//! Which page stands at which address. Where one address is a different page for a reseller
//! and a customer, it is told apart here. Which of them the browser fetches together stands in [`crate::parts`].

use domain::{Deed, accounts::Kind};
use leptos::prelude::*;
use leptos_router::{
    Lazy,
    SsrMode::Async,
    components::{FlatRoutes, Route},
    path,
};

use crate::{
    account::{AccountRoute, NewAppRoute, SecondFactorRoute},
    accounts,
    applications::{ApplicationRoute, ApplicationsRoute, ApplyRoute},
    audit::{AuditRoute, HistoryRoute},
    basket::{BasketRoute, CheckoutRoute},
    billing,
    billing::invoices,
    billing::month::{MonthRoute, OfficeMonthRoute, OfficeMonthsRoute},
    billing::payments,
    billing::refunds::{CreditInvoiceRoute, TakeBackRoute},
    billing::subscriptions::{AddLicensesRoute, SubscriptionPriceRoute},
    catalog::CatalogRoute,
    contacts::{ActivatePage, ForgotRoute, ResetRoute, people},
    customers,
    home::HomePage,
    licenses,
    mail::MailRoute,
    mine::MinePage,
    office::OfficeRoute,
    orders,
    price_lists::{NewPriceListRoute, PriceListRoute, PriceListsRoute, PriceRoute, SeenAsRoute},
    products::{NewProductRoute, OptionRoute, ProductRoute, ProductsRoute},
    resale::ResaleRoute,
    sessions::{ConfirmRoute, LoginPage, ProveRoute},
    ui::{NotFound, Private},
};

/// All pages.
#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=NotFound>
            <Route path=path!("/") view=HomePage ssr=Async />
            <Route path=path!("/login") view=LoginPage ssr=Async />
            <Route path=path!("/activate/:token") view=ActivatePage ssr=Async />
            <Route path=path!("/login/code") view={Lazy::<ProveRoute>::new()} ssr=Async />
            <Route path=path!("/confirm") view={Lazy::<ConfirmRoute>::new()} ssr=Async />
            <Route path=path!("/account") view={Lazy::<AccountRoute>::new()} ssr=Async />
            <Route path=path!("/account/second-factor") view={Lazy::<SecondFactorRoute>::new()} ssr=Async />
            <Route path=path!("/account/second-factor/app") view={Lazy::<NewAppRoute>::new()} ssr=Async />
            <Route path=path!("/forgot") view={Lazy::<ForgotRoute>::new()} ssr=Async />
            <Route path=path!("/reset/:token") view={Lazy::<ResetRoute>::new()} ssr=Async />
            <Route path=path!("/team") view={Lazy::<people::TeamRoute>::new()} ssr=Async />
            <Route path=path!("/team/new") view={Lazy::<people::NewTeamRoute>::new()} ssr=Async />
            <Route path=path!("/team/:id") view={Lazy::<people::TeamPersonRoute>::new()} ssr=Async />
            <Route path=path!("/office/accounts/:id/contacts") view={Lazy::<people::AccountContactsRoute>::new()} ssr=Async />
            <Route path=path!("/office/accounts/:id/contacts/new") view={Lazy::<people::NewContactRoute>::new()} ssr=Async />
            <Route path=path!("/office/contacts/:id") view={Lazy::<people::ContactRoute>::new()} ssr=Async />
            <Route path=path!("/office/staff") view={Lazy::<people::StaffRoute>::new()} ssr=Async />
            <Route path=path!("/office/staff/new") view={Lazy::<people::NewStaffRoute>::new()} ssr=Async />
            <Route path=path!("/apply") view={Lazy::<ApplyRoute>::new()} ssr=Async />
            <Route path=path!("/account/history") view={Lazy::<HistoryRoute>::new()} ssr=Async />
            <Route path=path!("/office") view={Lazy::<OfficeRoute>::new()} ssr=Async />
            <Route path=path!("/office/accounts") view={Lazy::<accounts::AccountsRoute>::new()} ssr=Async />
            <Route path=path!("/office/accounts/new") view={Lazy::<accounts::NewAccountRoute>::new()} ssr=Async />
            <Route path=path!("/office/accounts/:id") view={Lazy::<accounts::AccountRoute>::new()} ssr=Async />
            <Route path=path!("/office/accounts/:id/price-list") view={Lazy::<accounts::PriceListRoute>::new()} ssr=Async />
            <Route path=path!("/office/accounts/:id/customers") view={Lazy::<accounts::CustomersRoute>::new()} ssr=Async />
            <Route path=path!("/office/accounts/:id/licenses") view={Lazy::<accounts::LicensesRoute>::new()} ssr=Async />
            <Route path=path!("/office/accounts/:id/orders") view={Lazy::<accounts::AccountOrdersRoute>::new()} ssr=Async />
            <Route path=path!("/office/accounts/:id/billing") view={Lazy::<billing::office::AccountBillingRoute>::new()} ssr=Async />
            <Route path=path!("/office/settings") view={Lazy::<billing::office::SettingsRoute>::new()} ssr=Async />
            <Route path=path!("/billing/details") view={Lazy::<billing::details::BillingDetailsRoute>::new()} ssr=Async />
            <Route path=path!("/office/accounts/:id/history") view={Lazy::<accounts::HistoryRoute>::new()} ssr=Async />
            <Route path=path!("/office/mail") view={Lazy::<MailRoute>::new()} ssr=Async />
            <Route path=path!("/office/applications") view={Lazy::<ApplicationsRoute>::new()} ssr=Async />
            <Route path=path!("/office/applications/:id") view={Lazy::<ApplicationRoute>::new()} ssr=Async />
            <Route path=path!("/office/orders") view={Lazy::<orders::OfficeOrdersRoute>::new()} ssr=Async />
            <Route path=path!("/office/orders/:number") view={Lazy::<orders::OfficeOrderRoute>::new()} ssr=Async />
            <Route path=path!("/billing") view={Lazy::<invoices::BillingRoute>::new()} ssr=Async />
            <Route path=path!("/billing/ledger") view={Lazy::<invoices::LedgerRoute>::new()} ssr=Async />
            <Route path=path!("/billing/invoices") view={Lazy::<invoices::InvoicesRoute>::new()} ssr=Async />
            <Route path=path!("/billing/invoices/:number") view={Lazy::<invoices::InvoiceRoute>::new()} ssr=Async />
            <Route path=path!("/office/invoices") view={Lazy::<invoices::OfficeInvoicesRoute>::new()} ssr=Async />
            <Route path=path!("/office/invoices/:number") view={Lazy::<invoices::OfficeInvoiceRoute>::new()} ssr=Async />
            <Route path=path!("/basket") view={Lazy::<BasketRoute>::new()} ssr=Async />
            <Route path=path!("/basket/checkout") view={Lazy::<CheckoutRoute>::new()} ssr=Async />
            <Route path=path!("/orders") view={Lazy::<orders::OrdersRoute>::new()} ssr=Async />
            <Route path=path!("/orders/:number") view={Lazy::<orders::OrderRoute>::new()} ssr=Async />
            <Route path=path!("/billing/month") view={Lazy::<MonthRoute>::new()} ssr=Async />
            <Route path=path!("/office/month") view={Lazy::<OfficeMonthsRoute>::new()} ssr=Async />
            <Route path=path!("/office/month/:id") view={Lazy::<OfficeMonthRoute>::new()} ssr=Async />
            <Route path=path!("/billing/checkout") view={Lazy::<payments::CheckoutRoute>::new()} ssr=Async />
            <Route path=path!("/billing/top-up") view={Lazy::<payments::TopUpRoute>::new()} ssr=Async />
            <Route path=path!("/billing/discount") view={Lazy::<payments::DiscountRoute>::new()} ssr=Async />
            <Route path=path!("/billing/payments") view={Lazy::<payments::PaymentsRoute>::new()} ssr=Async />
            <Route path=path!("/billing/payments/:number") view={Lazy::<payments::PaymentRoute>::new()} ssr=Async />
            <Route path=path!("/office/payments") view={Lazy::<payments::ReceiptsRoute>::new()} ssr=Async />
            <Route path=path!("/office/payments/begun") view={Lazy::<payments::OfficePaymentsRoute>::new()} ssr=Async />
            <Route path=path!("/office/payments/record") view={Lazy::<payments::RecordRoute>::new()} ssr=Async />
            <Route path=path!("/office/payments/import") view={Lazy::<payments::TableRoute>::new()} ssr=Async />
            <Route path=path!("/office/payments/import/:draft") view={Lazy::<payments::DryRunRoute>::new()} ssr=Async />
            <Route path=path!("/office/payments/receipts/:id") view={Lazy::<payments::ReceiptRoute>::new()} ssr=Async />
            <Route path=path!("/office/payments/:number") view={Lazy::<payments::OfficePaymentRoute>::new()} ssr=Async />
            <Route path=path!("/office/audit") view={Lazy::<AuditRoute>::new()} ssr=Async />
            <Route path=path!("/catalog") view={Lazy::<CatalogRoute>::new()} ssr=Async />
            <Route path=path!("/catalog/:option/resale-price") view={Lazy::<ResaleRoute>::new()} ssr=Async />
            <Route path=path!("/office/products") view={Lazy::<ProductsRoute>::new()} ssr=Async />
            <Route path=path!("/office/products/new") view={Lazy::<NewProductRoute>::new()} ssr=Async />
            <Route path=path!("/office/products/:id") view={Lazy::<ProductRoute>::new()} ssr=Async />
            <Route path=path!("/office/products/:id/option") view={Lazy::<OptionRoute>::new()} ssr=Async />
            <Route path=path!("/office/price-lists") view={Lazy::<PriceListsRoute>::new()} ssr=Async />
            <Route path=path!("/office/price-lists/new") view={Lazy::<NewPriceListRoute>::new()} ssr=Async />
            <Route path=path!("/office/price-lists/:id") view={Lazy::<PriceListRoute>::new()} ssr=Async />
            <Route path=path!("/office/price-lists/:id/price") view={Lazy::<PriceRoute>::new()} ssr=Async />
            <Route path=path!("/office/accounts/:id/seen-as") view={Lazy::<SeenAsRoute>::new()} ssr=Async />
            <Route path=path!("/customers") view={Lazy::<customers::CustomersRoute>::new()} ssr=Async />
            <Route path=path!("/customers/new") view={Lazy::<customers::NewCustomerRoute>::new()} ssr=Async />
            <Route path=path!("/customers/new/:draft") view={Lazy::<customers::PersonRoute>::new()} ssr=Async />
            <Route path=path!("/customers/new/:draft/access") view={Lazy::<customers::AccessRoute>::new()} ssr=Async />
            <Route path=path!("/customers/import") view={Lazy::<customers::ImportRoute>::new()} ssr=Async />
            <Route path=path!("/customers/import/:draft") view={Lazy::<customers::ImportCheckRoute>::new()} ssr=Async />
            <Route path=path!("/customers/:id/edit") view={Lazy::<customers::EditCustomerRoute>::new()} ssr=Async />
            <Route path=path!("/office/customers/:id/edit") view={Lazy::<customers::OfficeEditCustomerRoute>::new()} ssr=Async />
            <Route path=path!("/customers/:id") view={Lazy::<customers::CustomerRoute>::new()} ssr=Async />
            <Route path=path!("/licenses") view=Licenses ssr=Async />
            <Route path=path!("/licenses/new") view={Lazy::<licenses::NewLicenseRoute>::new()} ssr=Async />
            <Route path=path!("/licenses/new/:draft/user") view={Lazy::<licenses::UserRoute>::new()} ssr=Async />
            <Route path=path!("/licenses/new/:draft/details") view={Lazy::<licenses::DetailsRoute>::new()} ssr=Async />
            <Route path=path!("/licenses/new/:draft/review") view={Lazy::<licenses::ReviewRoute>::new()} ssr=Async />
            <Route path=path!("/licenses/created/:order") view={Lazy::<licenses::CreatedRoute>::new()} ssr=Async />
            <Route path=path!("/licenses/:id/add") view={Lazy::<AddLicensesRoute>::new()} ssr=Async />
            <Route path=path!("/licenses/:id/upgrade") view={Lazy::<licenses::UpgradeRoute>::new()} ssr=Async />
            <Route path=path!("/office/licenses/:id/refund") view={Lazy::<TakeBackRoute>::new()} ssr=Async />
            <Route path=path!("/office/licenses/:id/price") view={Lazy::<SubscriptionPriceRoute>::new()} ssr=Async />
            <Route path=path!("/office/invoices/:number/credit") view={Lazy::<CreditInvoiceRoute>::new()} ssr=Async />
            <Route path=path!("/licenses/:id") view={Lazy::<licenses::LicenseRoute>::new()} ssr=Async />
        </FlatRoutes>
    }
}

#[component]
fn Licenses() -> impl IntoView {
    view! {
        <Private deed=Deed::SeeLicenses or=Deed::SeeOwnLicenses let:actor>
            {match actor.side {
                Kind::Reseller => {
                    let may_edit = actor.may(Deed::EditLicenses);
                    let may_pay = actor.may(Deed::Pay);
                    view! { <licenses::LicensesPage may_edit=may_edit may_pay=may_pay /> }.into_any()
                }
                Kind::Customer => MinePage().into_any(),
                Kind::Operator => NotFound().into_any(),
            }}
        </Private>
    }
}
