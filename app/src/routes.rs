//! Which page stands at which address. What the pages are, and which of them the browser fetches together, stands in [`crate::parts`].

use crate::ui::NotFound;
use leptos::prelude::*;
use leptos_router::{
    SsrMode::Async,
    components::{FlatRoutes, Route},
    path,
};

use crate::parts::Page;

/// All pages.
#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=NotFound>
            <Route path=path!("/") view=Page::Home ssr=Async />
            <Route path=path!("/login") view=Page::Login ssr=Async />
            <Route path=path!("/activate/:token") view=Page::Activate ssr=Async />
            <Route path=path!("/login/code") view=Page::Prove ssr=Async />
            <Route path=path!("/confirm") view=Page::Confirm ssr=Async />
            <Route path=path!("/account") view=Page::Account ssr=Async />
            <Route path=path!("/account/second-factor") view=Page::SecondFactor ssr=Async />
            <Route path=path!("/account/second-factor/app") view=Page::NewApp ssr=Async />
            <Route path=path!("/forgot") view=Page::Forgot ssr=Async />
            <Route path=path!("/reset/:token") view=Page::Reset ssr=Async />
            <Route path=path!("/team") view=Page::Team ssr=Async />
            <Route path=path!("/team/new") view=Page::NewTeam ssr=Async />
            <Route path=path!("/team/:id") view=Page::TeamPerson ssr=Async />
            <Route path=path!("/office/accounts/:id/contacts") view=Page::OfficeAccountContacts ssr=Async />
            <Route path=path!("/office/accounts/:id/contacts/new") view=Page::OfficeNewContact ssr=Async />
            <Route path=path!("/office/contacts/:id") view=Page::OfficeContact ssr=Async />
            <Route path=path!("/office/staff") view=Page::Staff ssr=Async />
            <Route path=path!("/office/staff/new") view=Page::NewStaff ssr=Async />
            <Route path=path!("/apply") view=Page::Apply ssr=Async />
            <Route path=path!("/account/history") view=Page::History ssr=Async />
            <Route path=path!("/office") view=Page::Office ssr=Async />
            <Route path=path!("/office/accounts") view=Page::OfficeAccounts ssr=Async />
            <Route path=path!("/office/accounts/new") view=Page::OfficeNewAccount ssr=Async />
            <Route path=path!("/office/accounts/:id") view=Page::OfficeAccount ssr=Async />
            <Route path=path!("/office/accounts/:id/price-list") view=Page::OfficeAccountPrices ssr=Async />
            <Route path=path!("/office/accounts/:id/customers") view=Page::OfficeAccountCustomers ssr=Async />
            <Route path=path!("/office/accounts/:id/licenses") view=Page::OfficeAccountLicenses ssr=Async />
            <Route path=path!("/office/accounts/:id/orders") view=Page::OfficeAccountOrders ssr=Async />
            <Route path=path!("/office/accounts/:id/billing") view=Page::OfficeAccountBilling ssr=Async />
            <Route path=path!("/office/settings") view=Page::OfficeSettings ssr=Async />
            <Route path=path!("/billing/details") view=Page::BillingDetails ssr=Async />
            <Route path=path!("/office/accounts/:id/history") view=Page::OfficeAccountHistory ssr=Async />
            <Route path=path!("/office/mail") view=Page::Mail ssr=Async />
            <Route path=path!("/office/applications") view=Page::OfficeApplications ssr=Async />
            <Route path=path!("/office/applications/:id") view=Page::OfficeApplication ssr=Async />
            <Route path=path!("/office/orders") view=Page::OfficeOrders ssr=Async />
            <Route path=path!("/office/orders/:number") view=Page::OfficeOrder ssr=Async />
            <Route path=path!("/billing") view=Page::Billing ssr=Async />
            <Route path=path!("/billing/ledger") view=Page::Ledger ssr=Async />
            <Route path=path!("/billing/invoices") view=Page::Invoices ssr=Async />
            <Route path=path!("/billing/invoices/:number") view=Page::Invoice ssr=Async />
            <Route path=path!("/office/invoices") view=Page::OfficeInvoices ssr=Async />
            <Route path=path!("/office/invoices/:number") view=Page::OfficeInvoice ssr=Async />
            <Route path=path!("/basket") view=Page::Basket ssr=Async />
            <Route path=path!("/basket/checkout") view=Page::BasketCheckout ssr=Async />
            <Route path=path!("/orders") view=Page::Orders ssr=Async />
            <Route path=path!("/orders/:number") view=Page::Order ssr=Async />
            <Route path=path!("/billing/month") view=Page::Month ssr=Async />
            <Route path=path!("/office/month") view=Page::OfficeMonths ssr=Async />
            <Route path=path!("/office/month/:id") view=Page::OfficeMonth ssr=Async />
            <Route path=path!("/billing/checkout") view=Page::PayCheckout ssr=Async />
            <Route path=path!("/billing/top-up") view=Page::TopUp ssr=Async />
            <Route path=path!("/billing/discount") view=Page::Discount ssr=Async />
            <Route path=path!("/billing/payments") view=Page::Payments ssr=Async />
            <Route path=path!("/billing/payments/:number") view=Page::Payment ssr=Async />
            <Route path=path!("/office/payments") view=Page::OfficeReceipts ssr=Async />
            <Route path=path!("/office/payments/begun") view=Page::OfficePayments ssr=Async />
            <Route path=path!("/office/payments/record") view=Page::OfficeRecord ssr=Async />
            <Route path=path!("/office/payments/import") view=Page::OfficeTable ssr=Async />
            <Route path=path!("/office/payments/import/:draft") view=Page::OfficeDryRun ssr=Async />
            <Route path=path!("/office/payments/receipts/:id") view=Page::OfficeReceipt ssr=Async />
            <Route path=path!("/office/payments/:number") view=Page::OfficePayment ssr=Async />
            <Route path=path!("/office/audit") view=Page::Audit ssr=Async />
            <Route path=path!("/catalog") view=Page::Catalog ssr=Async />
            <Route path=path!("/catalog/:option/resale-price") view=Page::ResalePrice ssr=Async />
            <Route path=path!("/office/products") view=Page::Products ssr=Async />
            <Route path=path!("/office/products/new") view=Page::NewProduct ssr=Async />
            <Route path=path!("/office/products/:id") view=Page::Product ssr=Async />
            <Route path=path!("/office/products/:id/option") view=Page::ProductOption ssr=Async />
            <Route path=path!("/office/price-lists") view=Page::PriceLists ssr=Async />
            <Route path=path!("/office/price-lists/new") view=Page::NewPriceList ssr=Async />
            <Route path=path!("/office/price-lists/:id") view=Page::PriceList ssr=Async />
            <Route path=path!("/office/price-lists/:id/price") view=Page::Price ssr=Async />
            <Route path=path!("/office/accounts/:id/seen-as") view=Page::SeenAs ssr=Async />
            <Route path=path!("/customers") view=Page::Customers ssr=Async />
            <Route path=path!("/customers/new") view=Page::NewCustomer ssr=Async />
            <Route path=path!("/customers/new/:draft") view=Page::CustomerPerson ssr=Async />
            <Route path=path!("/customers/new/:draft/access") view=Page::CustomerAccess ssr=Async />
            <Route path=path!("/customers/import") view=Page::ImportCustomers ssr=Async />
            <Route path=path!("/customers/import/:draft") view=Page::CheckImport ssr=Async />
            <Route path=path!("/customers/:id/edit") view=Page::EditCustomer ssr=Async />
            <Route path=path!("/office/customers/:id/edit") view=Page::OfficeEditCustomer ssr=Async />
            <Route path=path!("/customers/:id") view=Page::Customer ssr=Async />
            <Route path=path!("/licenses") view=Page::Licenses ssr=Async />
            <Route path=path!("/licenses/new") view=Page::NewLicense ssr=Async />
            <Route path=path!("/licenses/new/:draft/user") view=Page::LicenseUser ssr=Async />
            <Route path=path!("/licenses/new/:draft/details") view=Page::LicenseDetails ssr=Async />
            <Route path=path!("/licenses/new/:draft/review") view=Page::LicenseReview ssr=Async />
            <Route path=path!("/licenses/created/:order") view=Page::Created ssr=Async />
            <Route path=path!("/licenses/:id/add") view=Page::AddLicenses ssr=Async />
            <Route path=path!("/licenses/:id/upgrade") view=Page::Upgrade ssr=Async />
            <Route path=path!("/office/licenses/:id/refund") view=Page::OfficeRefund ssr=Async />
            <Route path=path!("/office/licenses/:id/price") view=Page::OfficePrice ssr=Async />
            <Route path=path!("/office/invoices/:number/credit") view=Page::OfficeCreditInvoice ssr=Async />
            <Route path=path!("/licenses/:id") view=Page::License ssr=Async />
        </FlatRoutes>
    }
}
