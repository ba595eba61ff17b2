//! The table: each address, the deed that it takes, whose thing it is about, and what is sent.

use domain::{Deed, Role, actor::Due};

use super::person::{Home, Person, Standing};

/// One address.
#[derive(Clone, Copy)]
pub struct Row {
    /// As the router knows it.
    pub address: &'static str,
    pub needs: Needs,
    /// Whose the thing is that the address is about; to all others it is not there (A11).
    pub of: Option<Whose>,
    /// What is posted, or stands in the address.
    pub fields: &'static [(&'static str, Value)],
    /// Nothing can be tried with that session afterwards.
    pub ends_the_session: bool,
    /// A file is sent there.
    pub takes_a_file: bool,
}

/// Who may.
#[derive(Clone, Copy)]
pub enum Needs {
    /// Also who is not signed in.
    Anyone,
    /// The same, but whoever is signed in finds their home there, and that is closed before a due change of password.
    Home,
    /// Who has given the right password, whatever else they owe.
    HalfWay,
    /// Who may do one of these.
    One(&'static [Deed]),
}

/// Whose a thing is, of those who may do that with theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// A draft or a session of `RESELLER`'s admin, and of nobody else of the team.
    Maker,
    Team,
    Customer,
    TeamOrCustomer,
    OfficeOrTeam,
    /// Who owes the code.
    Halfway,
    Nobody,
}

impl Whose {
    /// Whether it is that person's.
    pub fn includes(self, person: Person, who: &Standing) -> bool {
        match self {
            Self::Maker => person == Person::With(Role::Admin),
            Self::Team => who.home == Home::Team,
            Self::Customer => who.home == Home::Customer,
            Self::TeamOrCustomer => matches!(who.home, Home::Team | Home::Customer),
            Self::OfficeOrTeam => matches!(who.home, Home::Office | Home::Team),
            Self::Halfway => who.due == Some(Due::Proof),
            Self::Nobody => false,
        }
    }
}

/// Something that is sent.
#[derive(Clone, Copy)]
pub enum Value {
    Text(&'static str),
    /// A form key that was never used.
    Key,
    Customer,
    License,
    /// One that is charged by the month.
    Subscribed,
    Order,
    /// The number of an executed order.
    Number,
    /// The number of a held one.
    HeldNumber,
    Option,
    Session,
    LicenseDraft,
    CustomerDraft,
    /// `RESELLER`'s own.
    Account,
    /// Somebody of `RESELLER`'s team.
    Contact,
    Application,
    Mail,
    PriceList,
    Product,
    ImportDraft,
    /// The number of a payment that was begun.
    Payment,
    Receipt,
}

use Deed::{
    ChangeLicenses, CreateCustomers, CreateLicenses, CreditInvoices, DecideApplications, DecideOrders, EditAccounts,
    EditContacts, EditLicenses, EditPrices, HelpContacts, KeepOwnAccount, ManageStaff, ManageTeam, Pay,
    PriceSubscriptions, RecordPayments, RetryMail, SeeAccounts, SeeAudit, SeeBilling, SeeCatalog, SeeCustomers,
    SeeInvoices, SeeLicenses, SeeMail, SeeOffice, SeeOrders, SeeOwnHistory, SeeOwnLicenses, SeePrices, SetBilling,
    SetCreditLimits, SetResalePrices,
};

use Value::{
    Account, Application, Contact, Customer, CustomerDraft, HeldNumber, ImportDraft, Key, License, LicenseDraft, Mail,
    Number, Option as AnOption, Order, Payment, PriceList, Product, Receipt, Session, Subscribed, Text,
};

const ITS_RESELLER: Whose = Whose::Maker;
const ITS_CUSTOMER: Whose = Whose::Customer;
const NOBODY: Whose = Whose::Nobody;
const ITS_TEAM: Whose = Whose::Team;
const BOTH: Whose = Whose::TeamOrCustomer;
const OFFICE_OR_ITS_RESELLER: Whose = Whose::OfficeOrTeam;

const KEY: (&str, Value) = ("idempotency_key", Key);
/// The first invoice: of the license that was given back.
const CREDITED: Value = Text("INV-000001");
/// The first order that is executed is `RESELLER`'s, and so is the first invoice.
const INVOICE: (&str, Value) = ("number", Text("INV-000001"));
const EDITION: (&str, Value) = ("edition", Text("1"));

const fn anyone(address: &'static str) -> Row {
    Row { address, needs: Needs::Anyone, of: None, fields: &[], ends_the_session: false, takes_a_file: false }
}

const fn who(address: &'static str, deeds: &'static [Deed]) -> Row {
    Row { needs: Needs::One(deeds), ..anyone(address) }
}

const fn half_way(address: &'static str) -> Row {
    Row { needs: Needs::HalfWay, ..anyone(address) }
}

impl Row {
    const fn with(self, fields: &'static [(&'static str, Value)]) -> Self {
        Self { fields, ..self }
    }

    const fn of(self, whose: Whose) -> Self {
        Self { of: Some(whose), ..self }
    }

    const fn takes_a_file(self) -> Self {
        Self { takes_a_file: true, ..self }
    }

    const fn ends_the_session(self) -> Self {
        Self { ends_the_session: true, ..self }
    }
}

/// Every address there is.
pub const TABLE: &[Row] = &[
    // Coming in and going out.
    Row { needs: Needs::Home, ..anyone("/") },
    anyone("/login"),
    anyone("/healthz"),
    anyone("/readyz"),
    anyone("/activate/{token}").with(&[("token", Text("0123456789abcdef"))]),
    anyone("/api/account/theme").with(&[("theme", Text("dark"))]),
    anyone("/api/contacts/invitation").with(&[("token", Text("0123456789abcdef"))]),
    anyone("/api/contacts/activate").with(&[("token", Text("0123456789abcdef"))]),
    anyone("/api/contacts/ask_new_link").with(&[("token", Key)]),
    anyone("/apply"),
    anyone("/api/applications/apply").with(&[KEY]),
    anyone("/api/sessions/current"),
    anyone("/api/sessions/sign_in"),
    anyone("/api/sessions/sign_out").ends_the_session(),
    anyone("/forgot"),
    anyone("/reset/{token}").with(&[("token", Text("0123456789abcdef"))]),
    anyone("/api/contacts/forgot"),
    anyone("/api/contacts/reset_shown").with(&[("token", Text("0123456789abcdef"))]),
    anyone("/api/contacts/reset").with(&[("token", Text("0123456789abcdef"))]),
    // One's own account.
    who("/account", &[KeepOwnAccount]),
    who("/events", &[KeepOwnAccount]),
    who("/api/contacts/change_password", &[KeepOwnAccount]).with(&[KEY]),
    who("/confirm", &[KeepOwnAccount]),
    who("/api/sessions/confirm", &[KeepOwnAccount]),
    who("/api/sessions/list", &[KeepOwnAccount]),
    // Before all others of its owner are ended.
    who("/api/sessions/end", &[KeepOwnAccount]).with(&[KEY, ("session", Session)]).of(ITS_RESELLER),
    who("/api/sessions/end_others", &[KeepOwnAccount]).with(&[KEY]),
    // The second factor. Of these people one owes it; nobody else has one, or has begun with one.
    half_way("/login/code"),
    half_way("/api/sessions/prove").of(Whose::Halfway),
    half_way("/api/sessions/challenge").of(NOBODY),
    half_way("/api/sessions/prove_by_passkey").of(NOBODY),
    who("/account/second-factor", &[KeepOwnAccount]),
    who("/account/second-factor/app", &[KeepOwnAccount]).of(NOBODY),
    who("/api/account/second_factor", &[KeepOwnAccount]),
    who("/api/account/new_app", &[KeepOwnAccount]).of(NOBODY),
    who("/api/account/confirm_app", &[KeepOwnAccount]).with(&[KEY]),
    who("/api/account/remove_app", &[KeepOwnAccount]).with(&[KEY]).of(NOBODY),
    who("/api/account/begin_passkey", &[KeepOwnAccount]).of(NOBODY),
    who("/api/account/finish_passkey", &[KeepOwnAccount]).with(&[KEY, ("name", Text("phone"))]).of(NOBODY),
    who("/api/account/remove_passkey", &[KeepOwnAccount]).with(&[KEY, ("id", Text("none"))]).of(NOBODY),
    who("/api/account/begin_app", &[KeepOwnAccount]).with(&[KEY]),
    who("/account/history", &[SeeOwnHistory]),
    who("/api/audit/own", &[SeeOwnHistory]),
    // The basket. Nobody here has one.
    who("/basket", &[CreateLicenses]),
    who("/basket/checkout", &[CreateLicenses]),
    who("/api/basket/find", &[CreateLicenses]),
    who("/api/basket/add", &[CreateLicenses]).with(&[
        KEY,
        ("option", AnOption),
        ("license_type", Text("permanent")),
        ("quantity", Text("1")),
    ]),
    who("/api/basket/set", &[CreateLicenses]).with(&[
        KEY,
        ("option", AnOption),
        ("license_type", Text("permanent")),
        ("quantity", Text("0")),
    ]),
    who("/api/basket/confirm", &[CreateLicenses]).with(&[KEY]),
    who("/api/basket/keep", &[CreateLicenses]).with(&[KEY]).of(NOBODY),
    who("/api/basket/place", &[CreateLicenses]).with(&[KEY, ("total", Text("0"))]).of(NOBODY),
    // Orders.
    who("/orders", &[SeeLicenses]),
    who("/api/orders/list", &[SeeLicenses]),
    who("/orders/{number}", &[SeeLicenses]).with(&[("number", Number)]).of(ITS_TEAM),
    who("/api/orders/find", &[SeeLicenses]).with(&[("number", HeldNumber)]).of(ITS_TEAM),
    who("/api/orders/cancel", &[CreateLicenses]).with(&[KEY, ("number", Number)]).of(ITS_TEAM),
    who("/office/orders", &[SeeOrders]),
    who("/api/orders/list_all", &[SeeOrders]),
    who("/office/orders/{number}", &[SeeOrders]).with(&[("number", HeldNumber)]),
    who("/api/orders/find_any", &[SeeOrders]).with(&[("number", Number)]),
    who("/api/orders/execute", &[DecideOrders]).with(&[KEY, ("number", Number)]),
    // Paying, and money that came in.
    who("/billing/checkout", &[Pay]),
    who("/api/payments/checkout", &[Pay]),
    who("/api/payments/begin", &[Pay]).with(&[KEY]),
    who("/billing/top-up", &[Pay]),
    who("/api/payments/top_up_page", &[Pay]),
    who("/api/payments/top_up", &[Pay]).with(&[KEY]),
    who("/billing/discount", &[SeeBilling]),
    who("/api/payments/discount", &[SeeBilling]),
    who("/billing/payments", &[SeeBilling]),
    who("/api/payments/list", &[SeeBilling]),
    who("/billing/payments/{number}", &[SeeBilling]).with(&[("number", Payment)]).of(ITS_TEAM),
    who("/api/payments/find", &[SeeBilling]).with(&[("number", Payment)]).of(ITS_TEAM),
    who("/api/payments/open_page", &[Pay]).with(&[("number", Payment)]).of(ITS_TEAM),
    who("/api/payments/cancel", &[Pay]).with(&[KEY, ("number", Payment)]).of(ITS_TEAM),
    who("/office/payments", &[SeeInvoices]),
    who("/api/receipts/list", &[SeeInvoices]),
    who("/office/payments/receipts/{id}", &[SeeInvoices]).with(&[("id", Receipt)]),
    who("/api/receipts/find", &[SeeInvoices]).with(&[("id", Receipt)]),
    who("/office/payments/begun", &[SeeInvoices]),
    who("/api/payments/list_all", &[SeeInvoices]),
    who("/office/payments/{number}", &[SeeInvoices]).with(&[("number", Payment)]),
    who("/api/payments/find_any", &[SeeInvoices]).with(&[("number", Payment)]),
    who("/api/payments/cancel_any", &[RecordPayments]).with(&[KEY, ("number", Payment)]),
    who("/api/payments/solve", &[RecordPayments]).with(&[KEY, ("number", Payment)]),
    who("/office/payments/record", &[RecordPayments]),
    who("/api/receipts/record", &[RecordPayments]).with(&[KEY]),
    who("/api/receipts/assign", &[RecordPayments]).with(&[KEY, ("id", Receipt)]),
    who("/api/receipts/take_back", &[RecordPayments]).with(&[KEY, ("id", Receipt)]),
    who("/office/payments/import", &[RecordPayments]),
    who("/office/payments/upload", &[RecordPayments]).takes_a_file(),
    who("/office/payments/import/{draft}", &[RecordPayments]).with(&[("draft", ImportDraft)]).of(NOBODY),
    who("/api/receipts/dry_run", &[RecordPayments]).with(&[("draft", ImportDraft)]).of(NOBODY),
    who("/api/receipts/import", &[RecordPayments]).with(&[("idempotency_key", ImportDraft)]).of(NOBODY),
    who("/api/orders/cancel_held", &[DecideOrders]).with(&[KEY, ("number", Number)]),
    // What is owed and invoiced.
    who("/billing", &[SeeBilling]),
    who("/api/billing/home", &[SeeBilling]),
    who("/billing/ledger", &[SeeBilling]),
    who("/billing/ledger.csv", &[SeeBilling]),
    who("/api/billing/ledger", &[SeeBilling]),
    who("/billing/invoices", &[SeeBilling]),
    who("/billing/invoices.csv", &[SeeBilling]),
    who("/api/invoices/list", &[SeeBilling]),
    who("/billing/invoices/{number}", &[SeeBilling]).with(&[INVOICE]).of(ITS_TEAM),
    who("/billing/invoices/{number}/invoice.pdf", &[SeeBilling]).with(&[INVOICE]).of(ITS_TEAM),
    who("/billing/credit-notes/{number}/credit-note.pdf", &[SeeBilling])
        .with(&[("number", Text("CN-000009"))])
        .of(NOBODY),
    who("/api/invoices/find", &[SeeBilling]).with(&[INVOICE]).of(ITS_TEAM),
    who("/office/invoices", &[SeeInvoices]),
    who("/office/invoices.csv", &[SeeInvoices]),
    who("/api/invoices/list_all", &[SeeInvoices]),
    who("/office/invoices/{number}", &[SeeInvoices]).with(&[INVOICE]),
    who("/office/invoices/{number}/invoice.pdf", &[SeeInvoices]).with(&[INVOICE]),
    who("/office/credit-notes/{number}/credit-note.pdf", &[SeeInvoices])
        .with(&[("number", Text("CN-000009"))])
        .of(NOBODY),
    who("/api/invoices/find_any", &[SeeInvoices]).with(&[INVOICE]),
    // The back office.
    who("/office", &[SeeOffice]),
    who("/api/office/home", &[SeeOffice]),
    who("/office/accounts", &[SeeAccounts]),
    who("/billing/month", &[SeeBilling]),
    who("/billing/month.csv", &[SeeBilling]),
    who("/api/month_ends/own", &[SeeBilling]),
    who("/office/month", &[SeeInvoices]),
    who("/office/month.csv", &[SeeInvoices]),
    who("/office/month/{id}", &[SeeInvoices]).with(&[("id", Account)]),
    who("/office/accounts/{id}/month.csv", &[SeeInvoices]).with(&[("id", Account)]),
    who("/api/month_ends/list", &[SeeInvoices]),
    who("/api/month_ends/find", &[SeeInvoices]).with(&[("id", Account)]),
    who("/office/accounts.csv", &[SeeAccounts]),
    who("/office/accounts/new", &[EditAccounts]),
    who("/office/accounts/{id}", &[SeeAccounts]).with(&[("id", Account)]),
    who("/office/accounts/{id}/price-list", &[SeeAccounts]).with(&[("id", Account)]),
    who("/office/accounts/{id}/customers", &[SeeAccounts]).with(&[("id", Account)]),
    who("/office/accounts/{id}/licenses", &[SeeAccounts]).with(&[("id", Account)]),
    who("/office/accounts/{id}/orders", &[SeeOrders]).with(&[("id", Account)]),
    who("/office/accounts/{id}/history", &[SeeAccounts]).with(&[("id", Account)]),
    who("/office/accounts/{id}/billing", &[SeeInvoices]).with(&[("id", Account)]),
    who("/office/accounts/{id}/ledger.csv", &[SeeInvoices]).with(&[("id", Account)]),
    who("/api/accounts/billing", &[SeeInvoices]).with(&[("id", Account)]),
    who("/api/accounts/set_terms", &[SetBilling]).with(&[KEY, ("id", Account)]),
    who("/office/settings", &[SetBilling]),
    who("/api/billing/settings", &[SetBilling]),
    who("/api/billing/save_settings", &[SetBilling]).with(&[KEY]),
    // The own billing details.
    who("/billing/details", &[Pay]),
    who("/api/billing/details", &[Pay]),
    who("/api/billing/save_details", &[Pay]).with(&[KEY, ("country", Text("nowhere"))]),
    who("/api/accounts/list", &[SeeAccounts]),
    who("/api/accounts/find", &[SeeAccounts]).with(&[("id", Account)]),
    who("/api/accounts/prices", &[SeeAccounts]).with(&[("id", Account)]),
    who("/api/accounts/customers", &[SeeAccounts]).with(&[("id", Account)]),
    who("/api/accounts/licenses", &[SeeAccounts]).with(&[("id", Account)]),
    who("/api/accounts/orders", &[SeeOrders]).with(&[("id", Account)]),
    who("/api/accounts/history", &[SeeAccounts]).with(&[("id", Account)]),
    who("/api/accounts/blank", &[EditAccounts]),
    who("/api/accounts/create", &[EditAccounts]).with(&[KEY]),
    who("/api/accounts/edit", &[EditAccounts]).with(&[KEY, ("id", Account)]),
    who("/api/accounts/suspend", &[EditAccounts]).with(&[KEY, ("id", Account)]),
    who("/api/accounts/reactivate", &[EditAccounts]).with(&[KEY, ("id", Account)]),
    who("/api/accounts/assign_price_list", &[EditAccounts]).with(&[KEY, ("id", Account)]),
    // Without a price list that exists nothing is assigned.
    who("/api/accounts/assign_to_many", &[EditAccounts]).with(&[KEY, ("all", Account)]),
    who("/api/accounts/set_credit_limit", &[SetCreditLimits]).with(&[KEY, ("id", Account)]),
    who("/office/mail", &[SeeMail]),
    who("/api/mail/outbox", &[SeeMail]),
    // The people of an account: by staff, or by an admin of its own.
    who("/office/accounts/{id}/contacts", &[SeeAccounts]).with(&[("id", Account)]),
    who("/office/accounts/{id}/contacts.csv", &[SeeAccounts]).with(&[("id", Account)]),
    who("/office/accounts/{id}/contacts/new", &[EditContacts]).with(&[("id", Account)]),
    who("/office/contacts/{id}", &[SeeAccounts, ManageStaff]).with(&[("id", Contact)]),
    who("/api/contacts/list", &[SeeAccounts, ManageTeam]).with(&[("account", Account)]).of(OFFICE_OR_ITS_RESELLER),
    who("/api/contacts/find", &[SeeAccounts, ManageTeam]).with(&[("id", Contact)]).of(OFFICE_OR_ITS_RESELLER),
    who("/api/contacts/add", &[EditContacts]).with(&[KEY, ("account", Account)]),
    who("/api/contacts/edit", &[EditContacts, ManageTeam]).with(&[KEY, ("id", Contact)]).of(OFFICE_OR_ITS_RESELLER),
    who("/api/contacts/resend_link", &[HelpContacts, ManageTeam])
        .with(&[KEY, ("id", Contact)])
        .of(OFFICE_OR_ITS_RESELLER),
    who("/api/contacts/send_reset", &[HelpContacts, ManageTeam])
        .with(&[KEY, ("id", Contact)])
        .of(OFFICE_OR_ITS_RESELLER),
    who("/api/contacts/unlock", &[HelpContacts, ManageTeam]).with(&[KEY, ("id", Contact)]).of(OFFICE_OR_ITS_RESELLER),
    who("/api/contacts/copy_link", &[EditContacts]).with(&[KEY, ("id", Contact)]),
    who("/api/contacts/deactivate", &[EditContacts, ManageTeam])
        .with(&[KEY, ("id", Contact)])
        .of(OFFICE_OR_ITS_RESELLER),
    who("/api/contacts/reactivate", &[EditContacts, ManageTeam])
        .with(&[KEY, ("id", Contact)])
        .of(OFFICE_OR_ITS_RESELLER),
    who("/api/contacts/end_sessions", &[HelpContacts, ManageTeam])
        .with(&[KEY, ("id", Contact)])
        .of(OFFICE_OR_ITS_RESELLER),
    who("/api/contacts/take_second_factor", &[EditContacts, ManageTeam])
        .with(&[KEY, ("id", Contact)])
        .of(OFFICE_OR_ITS_RESELLER),
    who("/api/contacts/require_second_factor", &[EditAccounts, ManageTeam])
        // Without a word it is not required, as before.
        .with(&[KEY, ("account", Account)])
        .of(OFFICE_OR_ITS_RESELLER),
    // The own team, and the staff.
    who("/team", &[ManageTeam]),
    who("/team.csv", &[ManageTeam]),
    who("/team/new", &[ManageTeam]),
    who("/team/{id}", &[ManageTeam]).with(&[("id", Contact)]).of(ITS_TEAM),
    who("/office/staff", &[ManageStaff]),
    who("/office/staff.csv", &[ManageStaff]),
    who("/office/staff/new", &[ManageStaff]),
    who("/api/contacts/add_to_own", &[ManageTeam, ManageStaff]).with(&[KEY]),
    who("/api/contacts/set_roles", &[ManageTeam, ManageStaff]).with(&[KEY, ("id", Contact)]).of(ITS_TEAM),
    who("/api/mail/retry", &[RetryMail]).with(&[KEY, ("only", Mail)]),
    who("/office/applications", &[DecideApplications]),
    who("/office/applications.csv", &[DecideApplications]),
    who("/office/applications/{id}", &[DecideApplications]).with(&[("id", Application)]),
    who("/api/applications/list", &[DecideApplications]),
    who("/api/applications/find", &[DecideApplications]).with(&[("id", Application)]),
    who("/api/applications/approve", &[DecideApplications]).with(&[KEY, ("id", Application)]),
    who("/api/applications/reject", &[DecideApplications]).with(&[KEY, ("id", Application)]),
    who("/office/audit", &[SeeAudit]),
    who("/office/audit/export.csv", &[SeeAudit]),
    who("/api/audit/list", &[SeeAudit]),
    // Products.
    who("/office/products", &[SeePrices]),
    who("/office/products.csv", &[SeePrices]),
    who("/office/products/new", &[EditPrices]),
    who("/office/products/{id}", &[SeePrices]).with(&[("id", Product)]),
    who("/office/products/{id}/option", &[EditPrices]).with(&[("id", Product), ("option", AnOption)]),
    who("/api/products/list", &[SeePrices]),
    who("/api/products/find", &[SeePrices]).with(&[("id", Product)]),
    who("/api/products/applications", &[EditPrices]),
    who("/api/products/add", &[EditPrices]).with(&[KEY]),
    who("/api/products/save", &[EditPrices]).with(&[KEY, EDITION, ("id", Product)]),
    who("/api/products/switch", &[EditPrices]).with(&[KEY, EDITION, ("id", Product), ("active", Text("on"))]),
    who("/api/products/find_option", &[EditPrices]).with(&[("product", Product), ("option", AnOption)]),
    who("/api/products/add_option", &[EditPrices]).with(&[KEY, ("product", Product)]),
    who("/api/products/save_option", &[EditPrices]).with(&[KEY, EDITION, ("product", Product), ("option", AnOption)]),
    who("/api/products/switch_option", &[EditPrices]).with(&[
        KEY,
        EDITION,
        ("product", Product),
        ("option", AnOption),
        ("active", Text("on")),
    ]),
    // Price lists.
    who("/office/price-lists", &[SeePrices]),
    who("/office/price-lists.csv", &[SeePrices]),
    who("/office/price-lists/new", &[EditPrices]),
    who("/office/price-lists/{id}", &[SeePrices]).with(&[("id", PriceList)]),
    who("/office/price-lists/{id}/price", &[EditPrices]).with(&[("id", PriceList)]),
    who("/office/accounts/{id}/seen-as", &[SeePrices]).with(&[("id", Account)]),
    who("/api/price_lists/list", &[SeePrices]),
    who("/api/price_lists/find", &[SeePrices]).with(&[("id", PriceList)]),
    who("/api/price_lists/seen_as", &[SeePrices]).with(&[("account", Account)]),
    who("/api/price_lists/add", &[EditPrices]).with(&[KEY]),
    who("/api/price_lists/save", &[EditPrices]).with(&[KEY, EDITION, ("id", PriceList)]),
    who("/api/price_lists/price", &[EditPrices]).with(&[("list", PriceList)]),
    who("/api/price_lists/set_price", &[EditPrices]).with(&[KEY, EDITION, ("list", PriceList), ("option", AnOption)]),
    who("/api/price_lists/remove_price", &[EditPrices])
        // Made from an edition that is not the last, so that nothing has to be there to be removed.
        .with(&[KEY, ("edition", Text("0")), ("list", PriceList), ("option", AnOption), ("from", Text("1"))]),
    // The reseller's home and products.
    who("/api/home/reseller", &[SeeCatalog]),
    // Customers.
    who("/customers", &[SeeCustomers]),
    who("/customers/{id}", &[SeeCustomers]).with(&[("id", Customer)]).of(ITS_TEAM),
    who("/customers/{id}/edit", &[CreateCustomers]).with(&[("id", Customer)]).of(ITS_TEAM),
    who("/office/customers/{id}/edit", &[EditContacts]).with(&[("id", Customer)]),
    who("/api/customers/edit_page", &[CreateCustomers, EditContacts])
        .with(&[("id", Customer)])
        .of(OFFICE_OR_ITS_RESELLER),
    who("/api/customers/edit", &[CreateCustomers, EditContacts])
        .with(&[KEY, ("id", Customer), ("edition", Text("0"))])
        .of(OFFICE_OR_ITS_RESELLER),
    who("/customers/new", &[CreateCustomers]),
    who("/customers/new/{draft}", &[CreateCustomers]).with(&[("draft", CustomerDraft)]).of(ITS_RESELLER),
    who("/customers/new/{draft}/access", &[CreateCustomers]).with(&[("draft", CustomerDraft)]).of(ITS_RESELLER),
    who("/api/customers/list", &[SeeCustomers]),
    who("/api/customers/search", &[SeeCustomers]).with(&[("q", Text("north"))]),
    who("/api/customers/find", &[SeeCustomers]).with(&[("id", Customer)]).of(ITS_TEAM),
    who("/api/customers/resend_link", &[CreateCustomers]).with(&[KEY, ("id", Customer)]).of(ITS_TEAM),
    who("/api/customers/begin", &[CreateCustomers]),
    who("/api/customers/wizard", &[CreateCustomers]).with(&[("draft", CustomerDraft)]).of(ITS_RESELLER),
    who("/api/customers/save", &[CreateCustomers]).with(&[("draft", CustomerDraft)]).of(ITS_RESELLER),
    who("/api/customers/create", &[CreateCustomers]).with(&[("idempotency_key", CustomerDraft)]).of(ITS_RESELLER),
    who("/customers.csv", &[SeeCustomers]),
    who("/customers/import", &[CreateCustomers]),
    who("/customers/import/{draft}", &[CreateCustomers]).with(&[("draft", ImportDraft)]).of(ITS_RESELLER),
    who("/customers/import/upload", &[CreateCustomers]).takes_a_file(),
    who("/customers/import/template.csv", &[CreateCustomers]),
    who("/api/customers/dry_run", &[CreateCustomers]).with(&[("draft", ImportDraft)]).of(ITS_RESELLER),
    who("/api/customers/import", &[CreateCustomers]).with(&[("idempotency_key", ImportDraft)]).of(ITS_RESELLER),
    // Licenses: a reseller sees those of its customers, a customer its own.
    who("/licenses", &[SeeLicenses, SeeOwnLicenses]),
    who("/licenses.csv", &[SeeLicenses]),
    who("/licenses/{id}", &[SeeLicenses, SeeOwnLicenses]).with(&[("id", License)]).of(BOTH),
    // Subscriptions.
    who("/licenses/{id}/add", &[ChangeLicenses]).with(&[("id", Subscribed)]).of(ITS_TEAM),
    who("/api/subscriptions/more", &[ChangeLicenses]).with(&[("id", Subscribed)]).of(ITS_TEAM),
    who("/api/subscriptions/add", &[ChangeLicenses])
        .with(&[KEY, ("id", Subscribed), ("total", Text("0"))])
        .of(ITS_TEAM),
    who("/api/subscriptions/renew", &[ChangeLicenses]).with(&[KEY, ("id", Subscribed)]).of(ITS_TEAM),
    who("/api/subscriptions/cancel", &[ChangeLicenses]).with(&[KEY, ("id", Subscribed)]).of(ITS_TEAM),
    who("/api/subscriptions/go_on", &[ChangeLicenses]).with(&[KEY, ("id", Subscribed)]).of(ITS_TEAM),
    who("/licenses/new", &[CreateLicenses]),
    who("/licenses/new/{draft}/user", &[CreateLicenses]).with(&[("draft", LicenseDraft)]).of(ITS_RESELLER),
    who("/licenses/new/{draft}/details", &[CreateLicenses]).with(&[("draft", LicenseDraft)]).of(ITS_RESELLER),
    who("/licenses/new/{draft}/review", &[CreateLicenses]).with(&[("draft", LicenseDraft)]).of(ITS_RESELLER),
    who("/catalog", &[SeeCatalog]),
    who("/api/products/catalog", &[SeeCatalog]),
    who("/api/licenses/begin", &[CreateLicenses]).with(&[("option", AnOption)]),
    who("/api/licenses/wizard", &[CreateLicenses]).with(&[("draft", LicenseDraft)]).of(ITS_RESELLER),
    who("/api/licenses/pick_user", &[CreateLicenses]).with(&[("draft", LicenseDraft)]).of(ITS_RESELLER),
    who("/api/licenses/save_details", &[CreateLicenses]).with(&[("draft", LicenseDraft)]).of(ITS_RESELLER),
    who("/api/licenses/autosave", &[CreateLicenses]).with(&[("draft", LicenseDraft)]).of(ITS_RESELLER),
    who("/api/licenses/create", &[CreateLicenses])
        .with(&[("idempotency_key", LicenseDraft), ("total", Text("7000"))])
        .of(ITS_RESELLER),
    who("/licenses/created/{order}", &[SeeLicenses]).with(&[("order", Order)]).of(ITS_TEAM),
    who("/licenses/created/{order}/keys.txt", &[SeeLicenses]).with(&[("order", Order)]).of(ITS_TEAM),
    anyone("/api/licenses/filter"),
    who("/api/licenses/list", &[SeeLicenses]),
    who("/api/licenses/find", &[SeeLicenses]).with(&[("id", License)]).of(ITS_TEAM),
    who("/api/licenses/edit", &[EditLicenses]).with(&[KEY, ("id", License)]).of(ITS_TEAM),
    who("/api/licenses/send", &[EditLicenses]).with(&[KEY, ("id", License)]).of(ITS_TEAM),
    // Of another's licenses none is changed: service/tests/many.rs.
    who("/api/licenses/change_many", &[EditLicenses, Pay]).with(&[KEY, ("act", Text("send")), ("all", License)]),
    who("/api/licenses/mine", &[SeeOwnLicenses]),
    who("/api/licenses/find_mine", &[SeeOwnLicenses]).with(&[("id", License)]).of(ITS_CUSTOMER),
    // Giving licenses back, and upgrading trials: without a reason, and without a trial, nothing is done.
    who("/api/licenses/refund", &[ChangeLicenses]).with(&[KEY, ("id", License)]).of(ITS_TEAM),
    who("/licenses/{id}/upgrade", &[ChangeLicenses]).with(&[("id", License)]).of(ITS_TEAM),
    who("/api/licenses/upgrades", &[ChangeLicenses]).with(&[("id", License)]).of(ITS_TEAM),
    who("/api/licenses/upgrade", &[ChangeLicenses]).with(&[KEY, ("id", License), ("option", AnOption)]).of(ITS_TEAM),
    who("/office/licenses/{id}/refund", &[CreditInvoices]).with(&[("id", License)]),
    who("/api/refunds/find", &[CreditInvoices]).with(&[("id", License)]),
    who("/api/refunds/take_back", &[CreditInvoices]).with(&[KEY, ("id", License)]),
    // The price of a subscription: without a reason, nothing is changed.
    who("/office/licenses/{id}/price", &[PriceSubscriptions]).with(&[("id", Subscribed)]),
    who("/api/subscriptions/price", &[PriceSubscriptions]).with(&[("id", Subscribed)]),
    who("/api/subscriptions/ask_price", &[PriceSubscriptions]).with(&[("id", Subscribed)]),
    who("/api/subscriptions/reprice", &[PriceSubscriptions]).with(&[KEY, ("id", Subscribed)]),
    // Credit notes.
    who("/office/invoices/{number}/credit", &[CreditInvoices]).with(&[("number", CREDITED)]),
    who("/api/credit_notes/find", &[CreditInvoices]).with(&[("number", CREDITED)]),
    who("/api/credit_notes/issue", &[CreditInvoices]).with(&[KEY, ("number", CREDITED)]),
    // Resale prices: every reseller has its own.
    who("/catalog/{option}/resale-price", &[SetResalePrices]).with(&[("option", AnOption)]),
    who("/api/resale_prices/find", &[SetResalePrices]).with(&[("option", AnOption)]),
    who("/api/resale_prices/set", &[SetResalePrices]).with(&[KEY, ("option", AnOption)]),
    who("/api/orders/executed", &[SeeLicenses]).with(&[("order", Order)]).of(ITS_TEAM),
    who("/api/orders/send", &[EditLicenses]).with(&[KEY, ("order", Order)]).of(ITS_TEAM),
];
