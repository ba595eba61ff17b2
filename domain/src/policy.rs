//! Who may do what (A8, A9, L16): the one policy table, for screen and server.

use serde::{Deserialize, Serialize};

use crate::{accounts::Kind, words::words};

words! {
    /// What a person is within an account; the rights of several are the union.
    Role {
        /// Back office: everything, staff included.
        Owner = "owner", "Owner";
        /// Back office: accounts, contacts, orders, licenses.
        AccountManager = "account-manager", "Account manager";
        /// Back office: payments, invoices, credits, credit limits.
        Finance = "finance", "Finance";
        /// Back office: products, price lists.
        Catalog = "catalog", "Catalog";
        /// Back office: reads; resends, unlocks, resets activations.
        Support = "support", "Support";
        /// Storefront: everything of the own account.
        Admin = "admin", "Admin";
        /// Storefront: creates customers, places orders.
        Buyer = "buyer", "Buyer";
        /// Storefront: changes, renews and cancels existing licenses.
        SubscriptionsManager = "subscriptions-manager", "Subscriptions manager";
        /// Storefront: pays, sees invoices.
        BillingAgent = "billing-agent", "Billing agent";
        /// Storefront: resets activations, reissues keys, edits notes and details.
        LicenseManager = "license-manager", "License manager";
        /// Storefront: branding.
        StorefrontManager = "storefront-manager", "Storefront manager";
        /// A person of an end customer.
        Customer = "customer", "Customer";
    }
}

/// Everything that somebody may or may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// See and end own sessions, change the own password and second factor.
    KeepOwnAccount,
    /// See the reseller's home, products and prices.
    SeeCatalog,
    /// See the reseller's customers.
    SeeCustomers,
    /// Create customers, and send them their activation link again.
    CreateCustomers,
    /// See the reseller's licenses and orders.
    SeeLicenses,
    /// Place orders: create licenses.
    CreateLicenses,
    /// Notes, details, customer paid; resend the details.
    EditLicenses,
    /// See one's own licenses as an end customer (L16).
    SeeOwnLicenses,
    /// Users and roles of the own account (A8).
    ManageTeam,
    /// See what was done in the own account (X1).
    SeeOwnHistory,
    /// See what the own account owes, its invoices and its payments (C5).
    SeeBilling,
    /// Pay for licenses and invoices, top up (B6, C6).
    Pay,
    /// Add to, reduce, upgrade, cancel and give back licenses (B2, B9, L5).
    ChangeLicenses,
    /// Record the own resale prices (P4).
    SetResalePrices,
    /// See the back office's home.
    SeeOffice,
    /// See accounts and their contacts.
    SeeAccounts,
    /// Create, edit, suspend and reactivate accounts; assign price lists (A1).
    EditAccounts,
    /// Set what an account may owe (C1).
    SetCreditLimits,
    /// See the orders of resellers, and which are held (C4).
    SeeOrders,
    /// Execute or cancel held orders (C4).
    DecideOrders,
    /// See what resellers owe, their invoices and payments (B5).
    SeeInvoices,
    /// Record money that came in (B7).
    RecordPayments,
    /// Credit invoices, and take licenses back (B5, B9).
    CreditInvoices,
    /// Set the price of a running subscription (P3).
    PriceSubscriptions,
    /// Set an account's tax, invoicing and reminders, and the operator's bank and terms of payment (B5, B8, C7, C8).
    SetBilling,
    /// Add and edit contacts, switch them off and on (A4, A6).
    EditContacts,
    /// Send links again, unlock (A6).
    HelpContacts,
    /// Approve or reject applications (A3).
    DecideApplications,
    /// See products and price lists.
    SeePrices,
    /// Create and change products and price lists (P1).
    EditPrices,
    /// See the outbox.
    SeeMail,
    /// Send failed mails again.
    RetryMail,
    /// Read the audit log (X1).
    SeeAudit,
    /// Staff and their roles (A9).
    ManageStaff,
}

impl Deed {
    /// Every deed there is, for menus and for the test of the access table.
    pub const ALL: [Self; 34] = [
        Self::KeepOwnAccount,
        Self::SeeCatalog,
        Self::SeeCustomers,
        Self::CreateCustomers,
        Self::SeeLicenses,
        Self::CreateLicenses,
        Self::EditLicenses,
        Self::SeeOwnLicenses,
        Self::ManageTeam,
        Self::SeeOwnHistory,
        Self::SeeBilling,
        Self::Pay,
        Self::ChangeLicenses,
        Self::SetResalePrices,
        Self::SeeOffice,
        Self::SeeAccounts,
        Self::EditAccounts,
        Self::SetCreditLimits,
        Self::SeeOrders,
        Self::DecideOrders,
        Self::SeeInvoices,
        Self::RecordPayments,
        Self::CreditInvoices,
        Self::PriceSubscriptions,
        Self::SetBilling,
        Self::EditContacts,
        Self::HelpContacts,
        Self::DecideApplications,
        Self::SeePrices,
        Self::EditPrices,
        Self::SeeMail,
        Self::RetryMail,
        Self::SeeAudit,
        Self::ManageStaff,
    ];
}

impl Role {
    /// The roles that people of such an account can have.
    pub const fn of(side: Kind) -> &'static [Self] {
        use Role::{
            AccountManager, Admin, BillingAgent, Buyer, Catalog, Customer, Finance, LicenseManager, Owner,
            StorefrontManager, SubscriptionsManager, Support,
        };
        match side {
            Kind::Operator => &[Owner, AccountManager, Finance, Catalog, Support],
            Kind::Reseller => &[Admin, Buyer, SubscriptionsManager, BillingAgent, LicenseManager, StorefrontManager],
            Kind::Customer => &[Customer],
        }
    }

    /// The role that may do everything on that side, and of which an account keeps one (A6).
    pub const fn chief(side: Kind) -> Self {
        match side {
            Kind::Operator => Self::Owner,
            Kind::Reseller => Self::Admin,
            Kind::Customer => Self::Customer,
        }
    }

    /// Whether who has this role may do that at all.
    pub const fn may(self, deed: Deed) -> bool {
        use Role::{
            AccountManager, Admin, BillingAgent, Buyer, Catalog, Customer, Finance, LicenseManager, Owner,
            StorefrontManager, SubscriptionsManager, Support,
        };
        match deed {
            Deed::KeepOwnAccount => true,
            Deed::SeeCatalog | Deed::SeeCustomers | Deed::SeeLicenses => {
                matches!(self, Admin | Buyer | SubscriptionsManager | BillingAgent | LicenseManager | StorefrontManager)
            }
            Deed::CreateCustomers | Deed::CreateLicenses => matches!(self, Admin | Buyer),
            Deed::SeeBilling | Deed::Pay => matches!(self, Admin | BillingAgent),
            Deed::ChangeLicenses => matches!(self, Admin | SubscriptionsManager),
            Deed::SetResalePrices => matches!(self, Admin | Buyer),
            Deed::EditLicenses => matches!(self, Admin | SubscriptionsManager | LicenseManager),
            Deed::ManageTeam | Deed::SeeOwnHistory => matches!(self, Admin),
            Deed::SeeOwnLicenses => matches!(self, Customer),
            Deed::SeeOffice => matches!(self, Owner | AccountManager | Finance | Catalog | Support),
            Deed::SeeAccounts | Deed::SeeOrders | Deed::SeeInvoices => {
                matches!(self, Owner | AccountManager | Finance | Support)
            }
            Deed::EditAccounts | Deed::EditContacts | Deed::DecideApplications | Deed::DecideOrders => {
                matches!(self, Owner | AccountManager)
            }
            Deed::SetCreditLimits
            | Deed::RecordPayments
            | Deed::CreditInvoices
            | Deed::PriceSubscriptions
            | Deed::SetBilling => matches!(self, Owner | Finance),
            Deed::HelpContacts | Deed::SeeMail | Deed::RetryMail => matches!(self, Owner | AccountManager | Support),
            Deed::SeePrices => matches!(self, Owner | AccountManager | Finance | Catalog | Support),
            Deed::EditPrices => matches!(self, Owner | Catalog),
            Deed::SeeAudit => matches!(self, Owner | Support),
            Deed::ManageStaff => matches!(self, Owner),
        }
    }
}

/// The roles of a person, in the order of the table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Roles(Vec<Role>);

impl Roles {
    /// These, each once.
    pub fn of(roles: &[Role]) -> Self {
        Self(Role::ALL.iter().copied().filter(|role| roles.contains(role)).collect())
    }

    /// The one that may do everything on that side.
    pub fn chief(side: Kind) -> Self {
        Self(vec![Role::chief(side)])
    }

    /// As they are stored: words with a space between them. `None` when one of them is no role.
    pub fn from_words(words: &str) -> Option<Self> {
        let roles: Option<Vec<_>> = words.split_whitespace().map(Role::from_word).collect();
        roles.map(|roles| Self::of(&roles))
    }

    /// As they are stored.
    pub fn words(&self) -> String {
        self.0.iter().map(|role| role.word()).collect::<Vec<_>>().join(" ")
    }

    /// As they stand on the screen.
    pub fn labels(&self) -> String {
        self.0.iter().map(|role| role.label()).collect::<Vec<_>>().join(", ")
    }

    /// Whether this is one of them.
    pub fn has(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One after the other.
    pub fn iter(&self) -> impl Iterator<Item = Role> + '_ {
        self.0.iter().copied()
    }

    /// Whether one of them may do that (A8: the rights are the union).
    pub fn may(&self, deed: Deed) -> bool {
        self.iter().any(|role| role.may(deed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rights(roles: &[Role]) -> Vec<Deed> {
        Deed::ALL.into_iter().filter(|deed| Roles::of(roles).may(*deed)).collect()
    }

    #[test]
    fn l16_a_customer_may_see_only_its_own_licenses_and_keep_its_account() {
        assert_eq!(rights(&[Role::Customer]), [Deed::KeepOwnAccount, Deed::SeeOwnLicenses]);
    }

    #[test]
    fn a8_a_buyer_creates_and_a_license_manager_edits_and_who_is_both_does_both() {
        let sees = [Deed::KeepOwnAccount, Deed::SeeCatalog, Deed::SeeCustomers];
        let creates = [&sees[..], &[Deed::CreateCustomers, Deed::SeeLicenses, Deed::CreateLicenses]].concat();
        let (edits, sells) = ([Deed::EditLicenses], [Deed::SetResalePrices]);
        assert_eq!(rights(&[Role::Buyer]), [&creates[..], &sells].concat());
        assert_eq!(rights(&[Role::LicenseManager]), [&sees[..], &[Deed::SeeLicenses], &edits].concat());
        assert_eq!(rights(&[Role::LicenseManager, Role::Buyer]), [&creates[..], &edits, &sells].concat());
    }

    #[test]
    fn a9_no_storefront_role_reaches_the_back_office_and_no_staff_role_the_storefront() {
        for (role, deed) in Role::ALL.iter().flat_map(|role| Deed::ALL.map(|deed| (*role, deed))) {
            let staff = Role::of(Kind::Operator).contains(&role);
            let office = matches!(
                deed,
                Deed::SeeOffice
                    | Deed::SeeAccounts
                    | Deed::EditAccounts
                    | Deed::SetCreditLimits
                    | Deed::SeeOrders
                    | Deed::DecideOrders
                    | Deed::SeeInvoices
                    | Deed::RecordPayments
                    | Deed::CreditInvoices
                    | Deed::PriceSubscriptions
                    | Deed::SetBilling
                    | Deed::EditContacts
                    | Deed::HelpContacts
                    | Deed::DecideApplications
                    | Deed::SeePrices
                    | Deed::EditPrices
                    | Deed::SeeMail
                    | Deed::RetryMail
                    | Deed::SeeAudit
                    | Deed::ManageStaff
            );
            assert!(deed == Deed::KeepOwnAccount || !role.may(deed) || staff == office, "{role:?} {deed:?}");
        }
    }

    #[test]
    fn a9_an_owner_may_do_all_that_any_staff_may() {
        let staff = rights(Role::of(Kind::Operator));
        assert_eq!(rights(&[Role::Owner]), staff);
    }

    #[test]
    fn a8_roles_are_stored_as_words_in_one_order() {
        let roles = Roles::of(&[Role::BillingAgent, Role::Buyer, Role::Buyer]);
        assert_eq!(roles.words(), "buyer billing-agent");
        assert_eq!(Roles::from_words("billing-agent buyer"), Some(roles));
        assert_eq!(Roles::from_words("buyer king"), None);
    }
}
